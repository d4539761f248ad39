"""What each published number means, in Korean and English, as dictionary.toml says it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from haetae.agencies.statistics.measures import BY_NAME, By

LANGUAGES: Final = ("ko", "en")
TIMES: Final = "time_to_verified"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One measure in one language. `events` are the names in the record; `since` is YYYY-MM."""

    name: str
    title: str
    meaning: str
    unit: str
    since: str
    events: tuple[str, ...]
    by: tuple[By, ...]


def entries(language: str) -> list[Entry]:
    return [_entry(row, language) for row in _data()["measure"]]


def entry(name: str, language: str) -> Entry:
    """Raises KeyError for something that is not counted."""
    return {one.name: one for one in entries(language)}[name]


def by_words(by: str, language: str) -> str:
    return _said(_data()["by"], by, language)


def part_words(part: str, language: str) -> str:
    """A name of an operator, or a way nobody has worded, stands as it is."""
    return _said(_data()["part"], part, language)


def reason_words(reason: str, language: str) -> str:
    return _said(_data()["reason"], reason, language)


def parts() -> Mapping[str, Mapping[str, str]]:
    """Every code of a part with its words."""
    found: Mapping[str, Mapping[str, str]] = _data()["part"]
    return found


def _entry(row: dict[str, Any], language: str) -> Entry:
    measure = BY_NAME.get("verified" if row["name"] == TIMES else row["name"])
    assert measure is not None, row["name"]
    return Entry(
        name=row["name"],
        title=_in(row["title"], language),
        meaning=_in(row["meaning"], language),
        unit=_in(row["unit"], language),
        since=row["since"],
        events=measure.events,
        by=measure.by,
    )


def _said(words: Mapping[str, Mapping[str, str]], key: str, language: str) -> str:
    return _in(words[key], language) if key in words else key


def _in(words: Mapping[str, str], language: str) -> str:
    return words["ko" if language.startswith("ko") else "en"]


@cache
def _data() -> dict[str, Any]:
    found = resources.files("haetae.agencies.statistics") / "dictionary.toml"
    return tomllib.loads(found.read_text(encoding="utf-8"))
