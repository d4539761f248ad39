"""The pages of investigations. Whoever does not work on a file gets no page of it, not even that it exists."""
