"""The record of many sightings, as far as pages read it: the names of what happened, and leaves that prove nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from haetae.audit.models import Event, Head, Leaf
from haetae.common import clock
from haetae.flow.arrival.models import Sighting
from haetae.flow.removal.models import DeletionRequest

_BATCH: Final = 2_000
_UNSEALED: Final = 50
# What is told of a request after it was made, by the state in which it ends up.
_TOLD: Final[Mapping[str, Sequence[str]]] = {
    "sent": ["sent"],
    "claimed": ["sent", "claimed"],
    "verified": ["sent", "claimed", "verified"],
    "unsure": ["sent", "unsure"],
    "refused": ["sent", "refused"],
    "overdue": ["sent", "overdue"],
    "access_blocked": ["sent", "access_blocked"],
    "undeliverable": ["undeliverable"],
}
# Of a hundred claims that were proven in the end, one was false before.
_FALSE_BEFORE: Final = 100


def record(made: Sequence[tuple[Sighting, str, datetime]], asked: Mapping[UUID, DeletionRequest]) -> None:
    """Of each place, its state in the end and since when; `asked` are the requests by place.

    All of it is sealed but the newest fifty.
    """
    events = [event for one in made for event in _of_one(*one, request=asked.get(one[0].pk))]
    kept = Event.objects.bulk_create(events, batch_size=_BATCH)
    first, sealed = Leaf.objects.count(), kept[:-_UNSEALED]
    leaves = [
        Leaf(index=first + at, event_id=it.pk, digest=sha256(b"many").digest())
        for at, it in enumerate(sealed)
    ]
    Leaf.objects.bulk_create(leaves, batch_size=_BATCH)
    Head.objects.create(size=first + len(sealed), at=clock.now(), root=b"", signature=b"")


def _of_one(
    sighting: Sighting, state: str, at: datetime, *, request: DeletionRequest | None
) -> Iterator[Event]:
    for name in ("arrival.found", "assessment.opened", "assessment.request"):
        yield _event(name, kind="arrival.sighting", subject=sighting.pk, at=at)
    if request is None:
        return
    told = ["requested", *_TOLD.get(state, [])]
    if state == "verified" and sighting.pk.int % _FALSE_BEFORE == 0:
        told[-1:] = ["claim_false", "claimed", "verified"]
    for hours, name in enumerate(told):
        yield _event(
            f"removal.{name}",
            kind="removal.deletionrequest",
            subject=request.pk,
            at=at + timedelta(hours=hours),
        )


def _event(name: str, *, kind: str, subject: UUID, at: datetime) -> Event:
    facts = {"reason": "not_sexual"} if name == "removal.refused" else {}
    return Event(at=at, name=name, subject_kind=kind, subject_id=subject, actor_kind="system", facts=facts)
