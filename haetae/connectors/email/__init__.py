"""Operators that have no interface: a letter to their desk, with a link that answers it."""
