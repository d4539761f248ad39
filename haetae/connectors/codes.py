"""What an operator writes, as a code."""

_LONGEST_CODE = 64


def as_code(value: object) -> str:
    """What is not a plain word never reaches our record."""
    text = str(value or "")[:_LONGEST_CODE]
    return "".join(
        character if character.isascii() and (character.isalnum() or character in "_-.") else "_"
        for character in text
    )
