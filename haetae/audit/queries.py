"""Everything that reads events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from haetae.audit.heads import SignedHead
from haetae.audit.models import Event, Head, Leaf, LogExport, Restoration, Stamp, Succession
from haetae.audit.succession import SignedSuccession

# Ids are given before they are committed, so that one below the highest sealed one may still be without a leaf. The
# sealer looks back further; who only wants to know how it stands sees in this what is younger than some seconds.
_LOOK_BACK = 1_000
_MOST_COUNTED = 10_000


@dataclass(frozen=True, kw_only=True)
class Tail:
    """The newest events, which no signed head covers yet: they are true, and cannot be proven.

    `events` is counted up to `_MOST_COUNTED`; `more` says that there are more.
    """

    events: int
    more: bool
    oldest_at: datetime | None


def get_event(event_id: int) -> Event:
    """Raises Event.DoesNotExist."""
    return Event.objects.get(pk=event_id)


def events_after(event_id: int) -> QuerySet[Event]:
    """Events with a higher id, in order."""
    return Event.objects.filter(pk__gt=event_id).order_by("pk")


def newest_event_id() -> int:
    """0 when nothing has happened yet."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def about(subject_ids: Iterable[UUID]) -> QuerySet[Event]:
    """What happened to these subjects, in order."""
    return Event.objects.filter(subject_id__in=list(subject_ids)).order_by("pk")


def unprovable_tail() -> Tail:
    """How much of the record is not sealed yet, and how old the oldest of it is."""
    highest = Leaf.objects.aggregate(highest=Max("event_id"))["highest"] or 0
    sealed = Leaf.objects.filter(event_id=OuterRef("pk"), event_id__gt=highest - _LOOK_BACK)
    rows = Event.objects.filter(~Exists(sealed), pk__gt=highest - _LOOK_BACK).order_by("pk")
    times = list(rows.values_list("at", flat=True)[: _MOST_COUNTED + 1])
    return Tail(
        events=min(len(times), _MOST_COUNTED),
        more=len(times) > _MOST_COUNTED,
        oldest_at=times[0] if times else None,
    )


def leaves_of(event_ids: Iterable[int]) -> dict[int, int]:
    """The place in the log of those of these events that are sealed."""
    rows = Leaf.objects.filter(event_id__in=list(event_ids))
    return dict(rows.values_list("event_id", "index"))


def leaf_digests(*, size: int) -> Iterator[bytes]:
    """Of the first `size` leaves, in order."""
    rows = Leaf.objects.filter(index__lt=size).order_by("index").values_list("digest", flat=True)
    yield from (bytes(digest) for digest in rows.iterator(chunk_size=10_000))


def newest_head() -> Head | None:
    """The last signed word about the log."""
    return Head.objects.order_by("-size").first()


def oldest_head() -> Head | None:
    """The first signed word about the log."""
    return Head.objects.order_by("size").first()


def newest_stamp() -> Stamp | None:
    """The last word of an outside authority about the log."""
    return Stamp.objects.order_by("-size").first()


def stamps() -> QuerySet[Stamp]:
    """The newest first."""
    return Stamp.objects.order_by("-size")


def log_exports() -> QuerySet[LogExport]:
    """Who took the log out, the newest first; by whom stands in the event of each."""
    return LogExport.objects.order_by("-at")


def is_head_to_be_stamped(*, now: datetime) -> bool:
    """Once a day of the officials there is something to be stamped, if anything was sealed at all."""
    stamp = newest_stamp()
    if stamp is not None and timezone.localdate(stamp.at) >= timezone.localdate(now):
        return False
    return Head.objects.exists()


def was_ever_restored() -> bool:
    """Whether the database is one that was put back: then things were said to others of which it knows nothing."""
    return Restoration.objects.exists()


def signed_head(head: Head) -> SignedHead:
    """The row as what it says."""
    return SignedHead(size=head.size, at=head.at, root=bytes(head.root), signature=bytes(head.signature))


def successions() -> list[SignedSuccession]:
    """Every change of the key of the log, the first first."""
    return [
        SignedSuccession(
            size=row.size,
            at=row.at,
            former=bytes(row.former),
            newer=bytes(row.newer),
            by_former=bytes(row.by_former),
            by_newer=bytes(row.by_newer),
        )
        for row in Succession.objects.order_by("size", "at")
    ]
