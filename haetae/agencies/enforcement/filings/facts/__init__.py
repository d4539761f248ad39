"""What is known of an operator: by its own word, or found by an official."""
