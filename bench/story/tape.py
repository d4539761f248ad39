"""The tape: what happened in each scene, by the record itself, and what the rules refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import time_machine

from haetae.audit.models import Event
from haetae.common import clock
from haetae.documents.document import Language
from haetae.documents.plain import plain
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import State as Due
from haetae.flow.issued.models import IssuedDocument
from haetae.flow.issued.queries import document_of
from tests.work import do_all_jobs


@dataclass
class Scene:
    """`events` are the ids of what happened in it; `refused` codes by the room whose rule it was."""

    name: str
    at: datetime
    events: list[int] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    papers: list[dict[str, Any]] = field(default_factory=list)

    def refuses(self, room: str, act: Callable[[], object], *, who: str) -> None:
        """Somebody tries what may not be. That it is refused is part of the story: otherwise it is not recorded."""
        try:
            act()
        except Exception as refusal:
            code = str(getattr(refusal, "code", "") or refusal)
            if not code.replace("_", "").isalnum():
                raise  # of whichever room: a refusal has a code, and everything else is a fault
            self.refused.append({"room": room, "code": code, "who": who})
            return
        raise AssertionError(f"{self.name}: {room} refuses nothing")


@dataclass
class Tape:
    """`scenes` in the order in which they were played; `eye` says what everybody gets at the place they are about."""

    time: time_machine.Traveller
    scenes: list[Scene] = field(default_factory=list)
    eye: Callable[[], int] | None = None

    @contextmanager
    def scene(self, name: str, *, follows: bool = True) -> Iterator[Scene]:
        """What is done in it, and all that follows at this moment, unless that is a scene of its own."""
        before = _newest()
        papers = set(IssuedDocument.objects.values_list("pk", flat=True))
        scene = Scene(name, clock.now())
        self.scenes.append(scene)
        yield scene
        if follows:
            self.jobs()
        scene.events = list(Event.objects.filter(pk__gt=before).order_by("pk").values_list("pk", flat=True))
        if self.eye is not None:
            scene.facts["shows"] = self.eye()
        scene.papers += [_paper(one) for one in IssuedDocument.objects.exclude(pk__in=papers).order_by("pk")]

    def passes(self, **time: float) -> None:
        """Time goes by, and every clock does at its moment what it is set for."""
        end = clock.now() + timedelta(**time)
        while (due := _next_due(end)) is not None:
            self.time.move_to(max(due, clock.now()))
            self.follow()
        self.time.move_to(end)

    def jobs(self) -> None:
        """What follows now, and nothing that a clock has to do."""
        do_all_jobs()

    def follow(self) -> None:
        """What follows now, and whatever is due by now."""
        do_all_jobs()
        while pass_due(at=clock.now()):
            do_all_jobs()


def _newest() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _next_due(until: datetime) -> datetime | None:
    waiting = Deadline.objects.filter(state=Due.SET, due_at__lte=until).order_by("due_at")
    return waiting.values_list("due_at", flat=True).first()


def _paper(issued: IssuedDocument) -> dict[str, Any]:
    texts = {str(one): plain(document_of(issued, one)) for one in (Language.KO, Language.EN)}
    return {"kind": issued.kind, "reference": issued.reference, "digest": issued.digest_en, "text": texts}
