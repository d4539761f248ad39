"""What others have published, as history.toml holds it: dated, with its source, and never added to ours."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

GRADES: Final = frozenset({"official", "press"})


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`beside` names the measure of ours that comes nearest; empty: we count nothing like it."""

    id: str
    period: str
    value: int
    grade: str
    source: str
    title: str
    beside: str
    why_not_the_same: str


def history(language: str) -> list[Figure]:
    """In the order of the file."""
    key = "ko" if language.startswith("ko") else "en"
    return [
        Figure(**{name: value[key] if isinstance(value, dict) else value for name, value in row.items()})
        for row in _rows()
    ]


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    found = resources.files("haetae.agencies.statistics") / "history.toml"
    return tuple(tomllib.loads(found.read_text(encoding="utf-8"))["figure"])
