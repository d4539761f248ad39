"""Every address of the installation, walked out of the URL map, with something plausible in every gap."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from haetae.web.sides.which import MAPS

SOMETHING: dict[str, object] = {
    "number": "0a1b2c3d",
    "secret": "unknown-secret",
    "token": "unknown-token",
    "sighting_id": UUID(int=7),
    "review_id": UUID(int=8),
    "sanction_id": UUID(int=23),
    "hearing_id": UUID(int=20),
    "subject_id": UUID(int=21),
    "task_id": UUID(int=9),
    "hold_id": UUID(int=11),
    "mark_id": UUID(int=31),
    "storm_id": UUID(int=32),
    "look_id": UUID(int=11),
    "request_id": UUID(int=18),
    "delivery_id": UUID(int=19),
    "case_id": UUID(int=12),
    "referral_id": UUID(int=13),
    "notice_id": UUID(int=14),
    "pk": 1,
    "pdq": "0f" * 32,
    "member": 1,
    "entry_id": UUID(int=10),
    "kind": "PDQ",
    "official_id": UUID(int=16),
    "key_id": UUID(int=17),
    "application_id": UUID(int=14),
    "key": UUID(int=15),
    "document_id": UUID(int=20),
    "reference": "KMCC-2026-000123",
    "language": "ko",
    "form": "html",
    "operator_id": UUID(int=22),
    "order_id": UUID(int=21),
    "fact_id": UUID(int=21),
    "report_id": UUID(int=22),
    "designation_id": UUID(int=23),
    "question_id": UUID(int=24),
    "year": 2025,
    "investigation_id": UUID(int=25),
    "evidence_id": UUID(int=26),
    "self_report_id": UUID(int=26),
    "proceeds_id": UUID(int=27),
    "row_id": UUID(int=28),
    "charge_id": UUID(int=29),
    "list_id": UUID(int=30),
    "preservation_id": UUID(int=26),
    "step_id": UUID(int=27),
    "operation_id": UUID(int=26),
    "verb": "end",
    "half": 2,
    "scene": "told",
    "month": "2025-01",
    "revision": 1,
    "name": "figures.csv",
    "audience": "middle",
    "session_id": UUID(int=30),
    "incident_id": UUID(int=31),
    "institution_id": UUID(int=32),
    "teaching_id": UUID(int=33),
    "told_id": UUID(int=34),
}


@dataclass(frozen=True)
class Address:
    """`gaps` are the names in it that are filled in; `path` has something plausible in each."""

    name: str
    path: str
    view: Callable[..., Any]
    gaps: frozenset[str] = frozenset()
    map_: str | None = None

    def about(self, **real: object) -> str:
        """The same address of rows that there are, where it has a gap for them."""
        filled = {gap: real.get(gap, SOMETHING[gap]) for gap in self.gaps}
        return reverse(self.name, self.map_, kwargs=filled)


def every_address() -> list[Address]:
    """Of the whole map, and of the map of a side that has one of its own: its sign-in stands nowhere else."""
    found: dict[str, Address] = {}
    for own in (None, *MAPS.values()):
        for one in _walk(get_resolver(own).url_patterns, namespace="", gaps=frozenset(), map_=own):
            found.setdefault(one.path, one)
    return list(found.values())


def _walk(
    patterns: list[URLPattern | URLResolver], *, namespace: str, gaps: frozenset[str], map_: str | None
) -> Iterator[Address]:
    for pattern in patterns:
        filled = gaps | set(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, namespace=inner, gaps=filled, map_=map_)
            continue
        assert pattern.name, f"{pattern} has no name; give it one, so that it can be checked"
        name = f"{namespace}{pattern.name}"
        yield Address(
            name=name,
            path=reverse(name, map_, kwargs={gap: SOMETHING[gap] for gap in filled}),
            view=pattern.callback,
            gaps=filled,
            map_=map_,
        )
