"""What a check says. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    OK = "ok"
    WARNING = "warning"  # look at it today
    WRONG = "wrong"  # look at it now
    UNKNOWN = "unknown"  # could not be looked at; what stands in the way is a check of its own


@dataclass(frozen=True, kw_only=True)
class Check:
    """`words` say how it is, `way_out` what to do about it; that one is empty where nothing is to be done."""

    code: str
    grade: Grade
    words: str
    way_out: str = ""

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "grade": self.grade, "words": self.words, "way_out": self.way_out}


def ok(code: str, words: str) -> Check:
    return Check(code=code, grade=Grade.OK, words=words)


def warning(code: str, words: str, way_out: str) -> Check:
    return Check(code=code, grade=Grade.WARNING, words=words, way_out=way_out)


def wrong(code: str, words: str, way_out: str) -> Check:
    return Check(code=code, grade=Grade.WRONG, words=words, way_out=way_out)


def unknown(code: str, words: str, way_out: str = "") -> Check:
    return Check(code=code, grade=Grade.UNKNOWN, words=words, way_out=way_out)


def passed(checks: Sequence[Check]) -> bool:
    """Nothing is wrong, and nothing could not be looked at. Warnings are for the day."""
    return not any(check.grade in (Grade.WRONG, Grade.UNKNOWN) for check in checks)


def exit_code(checks: Sequence[Check]) -> int:
    """0: all is well; 1: something is to be looked at today; 2: now."""
    if not passed(checks):
        return 2
    return 1 if any(check.grade is Grade.WARNING for check in checks) else 0


def span(seconds: float) -> str:
    """A length of time for people: the two largest units."""
    units = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
    left, parts = int(seconds), []
    for name, size in units:
        number, left = divmod(left, size)
        if number:
            parts.append(f"{number} {name}")
    return " ".join(parts[:2]) or "0 s"
