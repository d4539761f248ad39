"""The pages of the desk: what waits, one request in full, how the operator is reached, and its own numbers."""
