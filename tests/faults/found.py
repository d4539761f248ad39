"""Which scenarios there are, by their numbers, and which of them share one process."""

import re
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Final

NUMBERS: Final = range(1, 16)
# A whole haetae takes long to start: those that kill its processes one after the other share one.
_IN_ONE_HOUSE: Final = frozenset({1, 2, 3, 5})
_FOLDER: Final = Path(__file__).with_name("scenarios")
_NAMED: Final = re.compile(r"f([0-9]{2})_[a-z0-9_]+")


def scenarios(folder: Path = _FOLDER) -> dict[int, str]:
    """The module of each number. Raises ValueError where two have the same."""
    found: dict[int, str] = {}
    for file in sorted(folder.glob("f*.py")):
        named = _NAMED.fullmatch(file.stem)
        if named is None:
            raise ValueError(f"{file.name} is not named after a number, as f04_two_senders.py is.")
        number = int(named.group(1))
        if number in found:
            raise ValueError(f"F{number} is played by {found[number]} and by {file.stem}: keep one.")
        found[number] = file.stem
    return found


def number_in(text: str) -> int:
    """`F4`, `f04` or `4`. Raises ArgumentTypeError for what is none of the fifteen."""
    digits = text.lower().removeprefix("f")
    if not (digits.isascii() and digits.isdigit() and int(digits) in NUMBERS):
        raise ArgumentTypeError(f"{text} is no scenario: write F1 to F{NUMBERS[-1]}.")
    return int(digits)


def plays(numbers: set[int]) -> list[tuple[int, ...]]:
    """What is played in one process each; the longest first, so that the others run beside it."""
    together = tuple(sorted(numbers & _IN_ONE_HOUSE))
    return [*([together] if together else []), *((one,) for one in sorted(numbers - _IN_ONE_HOUSE))]
