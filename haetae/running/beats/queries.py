"""Everything that reads beats and tallies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haetae.running.beats.models import Beat, Tally
from haetae.running.kinds import SILENT_AFTER_S, Kind, State


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One process of any machine, and how long ago it last said that it lives."""

    kind: Kind
    machine: str
    state: State
    version: str
    silent_s: float

    @property
    def is_alive(self) -> bool:
        # A row is written less often than a file.
        return self.silent_s <= SILENT_AFTER_S[self.kind] + 15


def heard(*, now: datetime) -> Sequence[Heard]:
    """Of those that ended in order nothing is left here; of those that were killed, for a day."""
    known = Beat.objects.filter(kind__in=list(Kind), state__in=list(State)).order_by(
        "kind", "machine", "name"
    )
    return [
        Heard(
            kind=Kind(row.kind),
            machine=row.machine,
            state=State(row.state),
            version=row.version,
            silent_s=max(0.0, (now - row.at).total_seconds()),
        )
        for row in known
    ]


def tallied() -> Sequence[Tally]:
    """All numbers, those of one name and of the same labels together."""
    return list(Tally.objects.order_by("name", "labels", "bucket"))
