"""A small foreign picture board to try deletion requests against. It stands on the standard library alone."""
