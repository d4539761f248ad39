"""Chance against everything of ours that reads foreign bytes: `python -m tests.fuzz --seconds N`."""
