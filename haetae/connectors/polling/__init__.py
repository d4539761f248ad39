"""Operators that fetch what is asked of them, at our door, when they like."""
