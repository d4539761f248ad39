"""The only way in: record() writes one event and defers what follows, in the transaction of the change itself."""

import re
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import models, transaction

from haetae.audit.actor import Actor
from haetae.audit.models import Event
from haetae.common import clock, jobs

Fact = str | int | bool | None
_NAME = re.compile(r"[a-z_]+\.[a-z_]+")
# Ids, codes, digests and durations. Spaces are not allowed: a sentence cannot get in.
_LARGEST_NUMBER = 2**53 - 1  # RFC 8785: beyond it readers disagree about the digits
_CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,160}")


class NotACodeError(ValueError):
    """Somebody tried to put free text into the record."""


_NOTHING_FOLLOWS: set[str] = set()


def nothing_follows(events: Iterable[str]) -> None:
    """The flow says once, at the start, which events cause no step: they are recorded and wake nobody."""
    _NOTHING_FOLLOWS.update(events)


def record(
    *, event: str, subject: models.Model, actor: Actor, facts: Mapping[str, Fact] | None = None
) -> Event:
    """Write down one change of state and wake what follows from it.

    Must be called inside the transaction that makes the change. Raises NotACodeError when a fact is free text.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the change that it records")
    facts = dict(facts or {})
    _refuse_free_text(event, facts)
    assert isinstance(subject.pk, UUID)
    row = Event.objects.create(
        at=clock.now(),
        name=event,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        actor_kind=actor.kind,
        actor_id=actor.id,
        facts=facts,
    )
    if event not in _NOTHING_FOLLOWS:
        jobs.defer(jobs.NEXT_STEP, event_id=row.pk)
    return row


def _refuse_free_text(event: str, facts: Mapping[str, Fact]) -> None:
    if not _NAME.fullmatch(event):
        raise NotACodeError(f"{event!r} is not an event's name; it reads room.what_happened")
    for key, value in facts.items():
        if isinstance(value, int) and abs(value) > _LARGEST_NUMBER:
            raise NotACodeError(f"the fact {key!r} of {event} is a number that canonical JSON cannot hold")
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise NotACodeError(
                f"the fact {key!r} of {event} is not a code; events hold ids, codes and digests only"
            )
