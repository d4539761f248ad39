"""One sighting as one line of the control room: an overview.Row in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from haetae.flow import STAGES
from haetae.flow.deadlines.models import Deadline
from haetae.flow.overview import Row
from haetae.flow.overview.standing import Counts
from haetae.flow.verification.models import Probe, Sight
from haetae.web.console.blocks import BlockLine, block_line
from haetae.web.words.clocks import officials_first
from haetae.web.words.codes import code_words
from haetae.web.words.countries import country_words
from haetae.web.words.depicted import told_words
from haetae.web.words.reasons import reason_words
from haetae.web.words.states import PROBES, PURPOSES, SEEN, SOURCES, StateMark, stage_words, state_mark
from haetae.web.words.times import Moment, moment, planned_after

_MET: Final = "met"
_CLOSED: Final = "closed"
_LOOKS_SHOWN: Final = 2  # which is what it takes to believe that something is gone
_RUNNING: Final = frozenset({"set", "passed"})


@dataclass(frozen=True, kw_only=True)
class Due:
    """A due date: `at` is None where the law says "without delay"; `late` when it has passed unmet.

    `closed`: the operator refused, so it no longer runs although nothing was removed; a refusal must not look
    like a duty kept, nor like the end of a duty of the law. `clocks`: the date in Seoul and at the operator's desk.
    `country` is whose law says so, where that is not ours.
    """

    at: Moment | None
    met: bool
    late: bool
    closed: bool
    clocks: Sequence[str]
    country: str = ""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One look of ours: what page and media answered."""

    shape: str
    seen: str
    page: str
    media: str
    at: Moment


@dataclass(frozen=True, kw_only=True)
class Line:
    """Everything a line shows, worded."""

    sighting_id: UUID
    number: str
    host: str
    operator: str
    stage: str
    mark: StateMark
    block: BlockLine | None
    came_back: bool
    found_how: str
    found: Moment
    changed: Moment
    reasons: Sequence[str]
    reported: bool
    told: str
    legal: Due | None
    legal_there: Due | None
    target: Due | None
    proof: Sequence[Proof]
    for_people: bool


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stop of the flow's picture: how many sightings stand there, how many of them wait for people."""

    key: str
    words: str
    count: int
    for_people: int


def line(row: Row, *, now: datetime) -> Line:
    return Line(
        sighting_id=row.sighting_id,
        number=number_of(row.sighting_id),
        host=row.host,
        operator=row.operator or "",
        stage=stage_words(row.stage),
        mark=state_mark(row.shown_state),
        block=block_line(row.block, ends=row.block_ends, now=now, zone=row.operator_zone)
        if row.block
        else None,
        came_back=row.came_back,
        found_how=_("found %(source)s") % {"source": SOURCES.get(row.source, row.source)},
        found=moment(row.found_at, now=now),
        changed=moment(row.changed_at, now=now),
        reasons=[reason_words(reason) for reason in row.reasons],
        reported=bool(row.told),
        told=told_words(row.told),
        legal=due(row.legal, now=now, zone=row.operator_zone),
        legal_there=due(row.legal_there, now=now, zone=row.operator_zone),
        target=due(row.target, now=now, zone=row.operator_zone),
        proof=[proof(sight, now=now) for sight in row.looks[-_LOOKS_SHOWN:]],
        for_people=row.for_people,
    )


def number_of(thing_id: UUID) -> str:
    """The first 8 hex digits, by which people tell things apart and find them; the whole id is in the record."""
    return str(thing_id)[:8]


def due(deadline: Deadline | None, *, now: datetime, zone: str = "") -> Due | None:
    """In words; `zone` is that of the operator's desk, where an operator is concerned."""
    if deadline is None:
        return None
    met = deadline.state == _MET
    return Due(
        at=moment(deadline.due_at, now=now) if deadline.due_at else None,
        met=met,
        late=deadline.state in _RUNNING and deadline.due_at is not None and deadline.due_at <= now,
        closed=deadline.state == _CLOSED,
        clocks=officials_first(deadline.due_at, zone=zone) if deadline.due_at else [],
        country=country_words(deadline.pack) if deadline.pack else "",
    )


def proof(sight: Sight, *, now: datetime) -> Proof:
    shape = {"gone": "✓", "live": "✕"}.get(sight.seen, "?")
    return Proof(
        shape=shape,
        seen=str(SEEN.get(sight.seen, sight.seen)),
        page=code_words(sight.page_why),
        media=code_words(sight.media_why),
        at=moment(sight.at, now=now),
    )


def probe_words(probe: Probe) -> str:
    """What a probe looks for, when it is due and what it has come to."""
    when = f"{planned_after(probe.planned_after)}: {PROBES.get(probe.state, probe.state)}"
    return when if probe.purpose == "removal" else f"{PURPOSES.get(probe.purpose, '?')} {when}"


def picture_of_flow(counts: Counts) -> list[Stage]:
    """The stages in their order, counted over all sightings."""
    return [
        Stage(
            key=key,
            words=stage_words(key),
            count=counts.at_stage[key],
            for_people=counts.for_people_at_stage[key],
        )
        for key in STAGES
    ]


def news(counts: Counts) -> str:
    """What a screen reader is told when it changes, and nothing else."""
    waiting, gone = sum(counts.for_people_at_stage.values()), counts.verified
    return _("%(waiting)s need a person, %(gone)s verified removed") % {"waiting": waiting, "gone": gone}
