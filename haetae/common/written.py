"""What somebody writes: how long it is, and its lines. Pure."""


def fits(text: str, least: int, most: int) -> bool:
    """At least so many characters that somebody can read, and no more than `most` in all, without spaces around it."""
    stripped = text.strip()
    return sum(one.isprintable() for one in stripped) >= least and len(stripped) <= most


def lines_of(text: str) -> list[str]:
    """Those on which something stands, without spaces around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]
