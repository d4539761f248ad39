"""Operators fetch what is asked of them, and answer: with a key, or with a signature."""
