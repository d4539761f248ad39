"""Operators that misbehave on purpose, on loopback: for tests and for measuring."""
