"""What is hidden for now: by whom, until when, and what ends it."""
