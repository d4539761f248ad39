"""Some events with the proof that they stand in the log, for whoever is handed them."""

from collections.abc import Sequence
from dataclasses import dataclass

from haetae.audit import queries
from haetae.audit.inclusion import paths
from haetae.audit.models import Event, Head


@dataclass(frozen=True, kw_only=True)
class Proven:
    """One event with its place in the log and the path to the root of `head`; both empty where it is not sealed yet."""

    event: Event
    leaf: int | None
    path: Sequence[bytes]


def proven(told: Sequence[Event], head: Head | None) -> list[Proven]:
    """In the order in which they are given; without a head nothing can be proven."""
    leaves = queries.leaves_of(event.pk for event in told)
    size = head.size if head else 0
    ways = paths(queries.leaf_digests(size=size), size=size, of=leaves.values())
    return [
        Proven(
            event=event,
            leaf=leaves.get(event.pk) if leaves.get(event.pk) in ways else None,
            path=ways.get(leaves.get(event.pk, -1), []),
        )
        for event in told
    ]
