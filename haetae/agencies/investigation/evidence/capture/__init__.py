"""Keeping a public page as it was, without a single picture."""
