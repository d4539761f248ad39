"""The sandbox platform, treated as what it stands for: a foreign system that may misbehave."""
