"""What an operator writes, as a code."""

from typing import Final

_LONGEST_CODE: Final = 64


def as_code(value: object) -> str:
    """Somebody's word or number; what is neither, and every sign that is not plain, never reaches our record."""
    is_plain = isinstance(value, str | int) and not isinstance(value, bool)
    text = str(value)[:_LONGEST_CODE] if is_plain else ""
    return "".join(
        character if character.isascii() and (character.isalnum() or character in "_-.") else "_"
        for character in text
    )
