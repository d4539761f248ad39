"""Which institutions there are, and who works for each: entered and named by the ministry."""
