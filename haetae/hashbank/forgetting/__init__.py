"""A tombstone keeps its hashes only while a partner must be told by them."""
