"""What a clock is, and the clocks of investigations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.lengths import law, plan
from haetae.flow.lengths_undercover import (
    permitted_at_most,
    permitting_articles,
    urgent_articles,
    urgent_starts,
)
from haetae.law.packs import Pack


@dataclass(frozen=True, kw_only=True)
class Clock:
    """`set_by` is the function that writes the row, below `haetae`; `law` and `length` are words from a pack."""

    kind: Kind
    basis: Basis
    set_by: str
    length: Callable[[Pack], str]
    source: Callable[[Pack], str]


OF_INVESTIGATIONS: Final = (
    Clock(
        kind=Kind.SEAL_AGAIN,
        basis=Basis.POLICY,
        set_by="agencies.investigation.evidence.capture.actions.not_stamped",
        length=lambda pack: f"between two tries to have it stamped: {pack.evidence.stamp_again}",
        source=lambda pack: plan(pack.evidence),
    ),
    Clock(
        kind=Kind.URGENT_ENDS,
        basis=Basis.LEGAL,
        set_by="agencies.investigation.undercover.authorisation.actions.begin_urgently",
        length=urgent_starts,
        source=urgent_articles,
    ),
    Clock(
        kind=Kind.PERMIT_ENDS,
        basis=Basis.LEGAL,
        set_by="agencies.investigation.undercover.deciding.actions._run",
        length=permitted_at_most,
        source=permitting_articles,
    ),
    Clock(
        kind=Kind.PLATFORM_ANSWER,
        basis=Basis.POLICY,
        set_by="agencies.investigation.subscribers.actions.sent",
        length=lambda pack: f"from when it was sent: {pack.asking.answer_within}",
        source=lambda pack: plan(pack.asking),
    ),
    Clock(
        kind=Kind.APPROVE_URGENT,
        basis=Basis.LEGAL,
        set_by="agencies.investigation.preservation.actions.ask_urgently",
        length=lambda _: "immediately after: no number of hours (never passes)",
        source=lambda pack: law(pack.asking.preserving.article, pack.asking.preserving),
    ),
    Clock(
        kind=Kind.APPROVE_URGENT,
        basis=Basis.POLICY,
        set_by="agencies.investigation.preservation.actions.ask_urgently",
        length=lambda pack: f"from when the platform was asked: {pack.asking.preserving.approve_within}",
        source=lambda pack: plan(pack.asking),
    ),
    Clock(
        kind=Kind.PRESERVED_UNTIL,
        basis=Basis.POLICY,
        set_by="agencies.investigation.preservation.actions._keep_from",
        length=lambda pack: f"from when the platform was asked: {pack.asking.preserving.keep_for}",
        source=lambda pack: plan(pack.asking),
    ),
)
