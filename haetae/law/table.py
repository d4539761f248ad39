"""Strict reading of one TOML table: a wrong type, a missing key and an unknown key each name their place."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from types import TracebackType
from typing import Any, Self, TypeVar

from haetae.law.duration import Duration, DurationError, parse_duration
from haetae.law.money import Money, MoneyError, parse_money

Choice = TypeVar("Choice", bound=StrEnum)


class PackError(ValueError):
    """A jurisdiction pack says something it may not; the message names the key and the way out."""


class Said(dict[str, Any]):
    """What a table says, and in which file: `part` is the file of all of it, `parts` the file of each key."""

    def __init__(self, values: dict[str, Any] | None = None) -> None:
        super().__init__(values or {})
        self.part: str | None = None
        self.parts: dict[str, str] = {}


class Table:
    """Read every key by name inside a `with` block; a key nobody asked for is refused when the block ends."""

    def __init__(self, *, name: str, values: dict[str, Any], part: str | None = None, path: str = "") -> None:
        """`name` is the pack's; `part` and `path` say where in it the table stands."""
        self._name, self._path = name, path
        self._part = part or (values.part if isinstance(values, Said) else None)
        self._parts = values.parts if isinstance(values, Said) else {}
        self._unread = dict(values)

    @property
    def where(self) -> str:
        """The pack, the file and the table, as in "kr/removal.toml [legal] [[removal]] number 1"."""
        return self._where(self._part)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if kind is None and self._unread:
            part = self._part or self._parts.get(next(iter(self._unread)))
            raise PackError(
                f"{self._where(part)}: unknown key {_listed(self._unread)}; remove it or correct its spelling."
            )

    def error(self, sentence: str) -> PackError:
        return PackError(f"{self.where}: {sentence}")

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._unread))

    def text(self, key: str) -> str:
        text = self.text_or_none(key)
        if text is None:
            raise self.error(f"key '{key}' is missing; add it.")
        return text

    def text_or_none(self, key: str) -> str | None:
        text = self._take(key)
        if text is not None and not (isinstance(text, str) and text.strip()):
            raise self.error(f"key '{key}' must be a text that is not empty.")
        return text

    def day(self, key: str) -> date:
        day = self.day_or_none(key)
        if day is None:
            raise self.error(f"key '{key}' is missing; add a date such as 2025-10-01.")
        return day

    def day_or_none(self, key: str) -> date | None:
        day = self._take(key)
        if day is not None and (isinstance(day, datetime) or not isinstance(day, date)):
            raise self.error(f"key '{key}' must be a date without quotes, such as 2025-10-01.")
        return day

    def flag(self, key: str, *, default: bool) -> bool:
        flag = self._take(key)
        if flag is None:
            return default
        if not isinstance(flag, bool):
            raise self.error(f"key '{key}' must be true or false.")
        return flag

    def whole_number(self, key: str, *, least: int = 0, most: int = 1_000_000) -> int:
        number = self._take(key)
        if type(number) is not int or not least <= number <= most:
            raise self.error(f"key '{key}' must be a whole number from {least} to {most}.")
        return number

    def whole_number_or_none(self, key: str, *, least: int = 0, most: int = 1_000_000) -> int | None:
        return self.whole_number(key, least=least, most=most) if key in self._unread else None

    def whole_numbers(self, key: str, *, least: int = 0, most: int = 1_000_000) -> tuple[int, ...]:
        """At least one of them, in their order."""
        numbers = self._take(key)
        if not (isinstance(numbers, list) and numbers and all(type(one) is int for one in numbers)):
            raise self.error(f"key '{key}' must be a list of whole numbers with at least one.")
        if not all(least <= one <= most for one in numbers):
            raise self.error(f"key '{key}' must hold whole numbers from {least} to {most}.")
        return tuple(numbers)

    def texts(self, key: str) -> tuple[str, ...]:
        """At least one text; none of them empty, none twice."""
        texts = self._take(key)
        if not (isinstance(texts, list) and texts and all(isinstance(text, str) and text for text in texts)):
            raise self.error(f"key '{key}' must be a list of texts with at least one.")
        if len(set(texts)) < len(texts):
            raise self.error(f"key '{key}' says one thing twice.")
        return tuple(texts)

    def choices(self, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
        return tuple(self._chosen(key, text, kind) for text in self.texts(key))

    def choices_or_none(self, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
        """None of them is fine too."""
        return self.choices(key, kind) if key in self._unread else ()

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        return self._chosen(key, self.text(key), kind)

    def choice_or(self, key: str, kind: type[Choice], *, default: Choice) -> Choice:
        return self.choice(key, kind) if key in self._unread else default

    def duration(self, key: str) -> Duration:
        return self._parsed(key, self.text(key))

    def duration_or_none(self, key: str) -> Duration | None:
        text = self.text_or_none(key)
        return None if text is None else self._parsed(key, text)

    def rising_durations(self, key: str) -> tuple[Duration, ...]:
        """At least one duration; each must be exact and longer than the one before it."""
        texts = self._take(key)
        if not (isinstance(texts, list) and texts and all(isinstance(text, str) for text in texts)):
            raise self.error(f"key '{key}' must be a list of durations such as ['PT1H', 'P1D'].")
        durations = tuple(self._parsed(key, text) for text in texts)
        if any(duration.months for duration in durations):
            raise self.error(f"key '{key}' must count in days or less, so that its order is certain.")
        if any(later.exact <= earlier.exact for earlier, later in pairwise(durations)):
            raise self.error(f"key '{key}' must rise: each duration longer than the one before it.")
        return durations

    def money_or_none(self, key: str) -> Money | None:
        text = self.text_or_none(key)
        try:
            return None if text is None else parse_money(text)
        except MoneyError as error:
            raise self.error(f"key '{key}': {error}") from error

    def table(self, key: str) -> "Table":
        values = self._take(key)
        if not isinstance(values, dict):
            raise self.error(f"table [{key}] is missing; add it.")
        return self._inner(values, f"[{key}]")

    def table_or_none(self, key: str) -> "Table | None":
        return self.table(key) if key in self._unread else None

    def tables(self, key: str) -> "list[Table]":
        rows = self._take(key)
        if not (isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows)):
            raise self.error(f"list of tables [[{key}]] is missing; add at least one.")
        return [self._inner(row, f"[[{key}]] number {number}") for number, row in enumerate(rows, start=1)]

    def tables_or_none(self, key: str) -> "list[Table]":
        """None of them is fine too."""
        return self.tables(key) if key in self._unread else []

    def _inner(self, values: dict[str, Any], path: str) -> "Table":
        return Table(name=self._name, values=values, part=self._part, path=f"{self._path} {path}")

    def _where(self, part: str | None) -> str:
        return f"{self._name}/{part}{self._path}" if part else f"{self._name}{self._path}"

    def _chosen(self, key: str, text: str, kind: type[Choice]) -> Choice:
        try:
            return kind(text)
        except ValueError as error:
            raise self.error(f"key '{key}' is {text!r}; choose one of {_listed(kind)}.") from error

    def _parsed(self, key: str, text: str) -> Duration:
        try:
            return parse_duration(text)
        except DurationError as error:
            raise self.error(f"key '{key}': {error}") from error

    def _take(self, key: str) -> object:
        return self._unread.pop(key, None)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
