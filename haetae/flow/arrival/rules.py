"""What a report must hold. Pure: it says why not, in a code that the page words."""

LONGEST_LINK = 2_048


def why_not_a_link(link: str) -> str | None:
    """A code for what is wrong with a link that somebody typed, or None. Nothing is looked up."""
    if not link.strip():
        return "link_missing"
    if len(link) > LONGEST_LINK:
        return "link_too_long"
    if not link.strip().lower().startswith(("http://", "https://")):
        return "link_without_scheme"
    if any(character.isspace() or not character.isprintable() for character in link.strip()):
        return "link_with_spaces"
    return None
