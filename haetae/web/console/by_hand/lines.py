"""A mark and a storm as the page shows them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haetae.accounts.models import Official
from haetae.flow.by_hand.models import MarkedPlace, Storm
from haetae.flow.by_hand.states import EndGround, Ground, State
from haetae.web.words.agencies import Officials
from haetae.web.words.by_hand import END_GROUNDS, GROUNDS
from haetae.web.words.times import Moment, moment


@dataclass(frozen=True, kw_only=True)
class By:
    """Who did it, and when."""

    who: str
    at: Moment


@dataclass(frozen=True, kw_only=True)
class MarkLine:
    """`mine`: whoever reads it wanted it ended, and does not agree to that as well."""

    mark_id: UUID
    place: str
    is_host: bool
    ground: str
    reference: str
    marked: By
    end_ground: str
    wanted: By | None
    ended: By | None
    mine: bool


@dataclass(frozen=True, kw_only=True)
class StormLine:
    storm_id: UUID
    host: str
    most: int
    usual: str
    stands: bool
    began: Moment
    looked: By | None


def mark_line(mark: MarkedPlace, officials: Officials, *, now: datetime, me: UUID) -> MarkLine:
    wanted = _by(mark.end_asked_by, mark.end_asked_at, officials, now=now)
    host, _, path = mark.place.removesuffix("/").partition("/")
    return MarkLine(
        mark_id=mark.pk,
        place=f"{host}/{path}" if path else host,
        is_host=not path,
        ground=str(GROUNDS[Ground(mark.ground)]),
        reference=mark.reference,
        marked=By(
            who=officials.named(
                mark.marked_by.get_username(), official_id=mark.marked_by_id, at=mark.marked_at
            ),
            at=moment(mark.marked_at, now=now),
        ),
        end_ground=str(END_GROUNDS[EndGround(mark.end_ground)]) if mark.end_ground else "",
        wanted=wanted,
        ended=_by(mark.ended_by, mark.ended_at, officials, now=now),
        mine=State(mark.state) is State.ENDING and mark.end_asked_by_id == me,
    )


def storm_line(storm: Storm, officials: Officials, *, now: datetime) -> StormLine:
    return StormLine(
        storm_id=storm.pk,
        host=storm.host,
        most=storm.most,
        usual=f"{storm.usual:.1f}",
        stands=storm.stands(now=now),
        began=moment(storm.began_at, now=now),
        looked=_by(storm.looked_by, storm.looked_at, officials, now=now),
    )


def _by(who: Official | None, at: datetime | None, officials: Officials, *, now: datetime) -> By | None:
    if who is None or at is None:
        return None
    return By(who=officials.named(who.get_username(), official_id=who.pk, at=at), at=moment(at, now=now))
