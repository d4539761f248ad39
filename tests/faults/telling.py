"""The table at the end."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tests.faults.playing import Played

_WIDTH: Final = 112
_INDENT: Final = " " * 6


def table(results: Sequence[Played]) -> str:
    """By number: what was broken, what was counted, and whether every promise held."""
    held = sum(result.held for result in results)
    lines = [line for result in results for line in _lines(result)]
    return "\n".join([*lines, "", f"{held} of {len(results)} held"])


def _lines(result: Played) -> Iterator[str]:
    verdict = f"held, {result.took_s:.0f} s" if result.held else "BROKEN"
    yield from _wrapped(f"{f'F{result.number}':<4}  {result.says} ({verdict})")
    if result.counts:
        yield from _wrapped(_INDENT + in_words(result.counts))
    for sentence in result.broken:
        yield from _wrapped(f"{_INDENT}! {sentence}")


def in_words(counts: Mapping[str, int | float | str]) -> str:
    return "; ".join(f"{name}: {_number(value)}" for name, value in counts.items())


def _number(value: float | str) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, _WIDTH, subsequent_indent=_INDENT)
