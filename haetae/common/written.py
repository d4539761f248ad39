"""How long a text is that somebody writes. Pure."""


def fits(text: str, least: int, most: int) -> bool:
    """At least so many characters that somebody can read, and no more than `most` in all, without spaces around it."""
    stripped = text.strip()
    return sum(one.isprintable() for one in stripped) >= least and len(stripped) <= most
