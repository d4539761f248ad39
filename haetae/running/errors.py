"""What can keep haetae from running. Light to import."""


class CannotStartError(Exception):
    """Something outside is missing; the text says what, and the way out."""
