"""The page for a terminal: what is wrong first, in words and not in colours alone."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from haetae.running.doctor.checks import Check, Grade

_ORDER: Final = (Grade.WRONG, Grade.UNKNOWN, Grade.WARNING, Grade.OK)
_LOOKS: Final = {
    Grade.WRONG: "bold red",
    Grade.UNKNOWN: "magenta",
    Grade.WARNING: "yellow",
    Grade.OK: "green",
}


def tell(checks: Sequence[Check]) -> None:
    console = Console()
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for grade in _ORDER:
        for check in (one for one in checks if one.grade is grade):
            words = Text(check.words)
            if check.way_out:
                words.append(f"\n→ {check.way_out}", style="bold")
            table.add_row(Text(grade, style=_LOOKS[grade]), check.code, words)
    console.print(table)
    console.print(Text(_sum(checks)))


def _sum(checks: Sequence[Check]) -> str:
    numbers = {grade: sum(check.grade is grade for check in checks) for grade in Grade}
    if numbers[Grade.WRONG] or numbers[Grade.UNKNOWN]:
        return f"{numbers[Grade.WRONG]} wrong, {numbers[Grade.UNKNOWN]} unknown, {numbers[Grade.WARNING]} warnings."
    return f"Nothing is wrong; {numbers[Grade.WARNING]} warnings."
