"""The scan service: what is this file, what is this hash, and what would follow. It stores nothing."""
