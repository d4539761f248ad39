"""What the person decides about their own case: stop, go on, say it otherwise, take new words."""
