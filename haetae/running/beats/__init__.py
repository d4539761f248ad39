"""Which processes live, on whatever machine, and what they have counted: rows that every machine can read."""
