"""Keys that change while everybody works: what a person's command does, step by step."""
