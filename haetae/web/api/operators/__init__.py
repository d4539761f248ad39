"""Addresses for the systems of operators."""
