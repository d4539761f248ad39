"""Knows the law of undercover work in its own words, and says whether something may be. It reads nothing of haetae's
rules: it counts months, hours and people by itself."""

import calendar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from haetae.agencies.investigation.undercover.states import Desk, Material
from haetae.law.undercover import ActKind, Operation
from tests.gates.world import OFFICER, SEATS, Deed, Wish

SEOUL = ZoneInfo("Asia/Seoul")
_URGENT = timedelta(hours=48)
_SILENT_ACTS = {"approach", "observe", "not_disclose", "buy", "receive"}
_OFFERS = {"buy", "contract", "provide", "sell", "advertise"}


def months_later(at: datetime, months: int) -> datetime:
    local = at.astimezone(SEOUL)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day)


@dataclass
class Watcher:
    """`paper` is before whom the newest application lies: a desk, `returned` or nothing."""

    members: set[str] = field(default_factory=lambda: {OFFICER})
    kind: Operation | None = None
    asked: Wish | None = None
    applicant: str = ""
    petitioners: set[str] = field(default_factory=set)
    paper: str = ""
    is_extension: bool = False
    began: datetime | None = None
    urgent: datetime | None = None
    grants: list[tuple[datetime, Wish]] = field(default_factory=list)
    is_over: bool = True
    is_refused: bool = False
    never_urgent: set[Operation] = field(default_factory=set)

    def no_more_urgent(self) -> set[Operation]:
        """Kinds of which one was refused, or began in urgency and was never permitted: none of them begins so again."""
        unpermitted = not self.grants and (self.urgent is not None or self.is_refused)
        return self.never_urgent | ({self.kind} if self.kind is not None and unpermitted else set())

    def may_decide(self, who: str, desk: Desk) -> bool:
        return (
            desk in SEATS[who]
            and who not in self.members
            and who != self.applicant
            and not (desk is Desk.COURT and who in self.petitioners)
            and self.paper == desk
        )

    def is_late(self, now: datetime) -> bool:
        """What began in urgency and was not permitted in time, or what was permitted and is over."""
        if self.grants:
            return now > self.grants[-1][1].until
        return self.urgent is not None and now > self.urgent + _URGENT

    def may_grant(self, wish: Wish, now: datetime) -> bool:
        assert self.asked is not None
        if self.is_late(now) or self.is_over:
            return False
        if self.is_extension:
            before = self.grants[-1][1]
            assert self.began is not None
            last = min(months_later(before.until, 3), months_later(self.began, 12))
            wide, starts = before, before.until
        else:
            wide, starts, last = self.asked, now, months_later(self.began or now, 3)
        return (
            bool(wish.acts)
            and bool(wish.numbers)
            and wish.acts <= wide.acts
            and wish.numbers <= wide.numbers
            and starts < wish.until <= last
        )

    def is_lawful(self, who: str, deed: Deed, now: datetime) -> bool:
        """By the permission, its scope and this moment."""
        if who not in self.members or self.is_over or self.kind is None:
            return False
        scope = self._scope(now)
        if scope is None or deed.kind not in scope.acts or not set(deed.numbers) <= scope.numbers:
            return False
        if self.kind is Operation.UNDISCLOSED and deed.kind not in _SILENT_ACTS:
            return False
        if deed.kind in _OFFERS and not deed.says_intent:
            return False
        assert self.began is not None
        if now > months_later(self.began, 12 if self.kind is Operation.ASSUMED else 3):
            return False
        return self._material(deed)

    def _scope(self, now: datetime) -> Wish | None:
        holding = [wish for since, wish in self.grants if since <= now <= wish.until]
        if holding:
            return holding[-1]
        if self.grants or self.urgent is None or now > self.urgent + _URGENT:
            return None
        return self.asked if self.paper in set(Desk) else None

    @staticmethod
    def _material(deed: Deed) -> bool:
        """Of adults: handed on with consent; of anybody else never."""
        if deed.kind is ActKind.POSSESS:
            return deed.material is not Material.NONE
        if deed.kind not in {ActKind.PROVIDE, ActKind.SELL, ActKind.ADVERTISE}:
            return True
        if deed.material is Material.NONE:
            return deed.kind is ActKind.ADVERTISE
        return deed.material is Material.NOBODY or (deed.material is Material.ADULT and deed.has_consent)
