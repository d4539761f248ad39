"""Hearings on pages of both sides on which people sign in: what each act is, and where its own page lies."""
