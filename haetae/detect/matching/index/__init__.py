"""Exact search for hashes of 256 bits within 31 bits, by dense tables. Nothing within reach is missed."""
