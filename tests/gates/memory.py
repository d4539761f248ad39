"""The world in memory: the same pure rules and the same gate, and nothing else of haetae."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from haetae.agencies.investigation.undercover import gate, rules
from haetae.agencies.investigation.undercover.states import (
    BEFORE_SOMEBODY,
    MOVES,
    OPEN,
    PAPER_MOVES,
    Desk,
    Item,
    Paper,
    State,
    WhyEnded,
)
from haetae.common.states import check_move
from haetae.law.packs import load_pack
from haetae.law.undercover import ActKind, Operation, Shown
from tests.gates.world import OFFICER, PEOPLE, SEATS, Deed, Refused, Wish, item_id, refuse, scope_of

_IDS = {who: UUID(int=number) for number, who in enumerate(PEOPLE, start=1)}
_TEXT = "a text that is long enough"


class Memory:
    def __init__(self) -> None:
        self._now = datetime(2026, 11, 26, 3, tzinfo=UTC)
        self._pack = load_pack("kr")
        self._members = {OFFICER}
        self._state = State.NEVER_BEGUN
        self._paper = Paper.LAPSED
        self._granted: list[gate.Granted] = []
        self._began: datetime | None = None
        self._urgent_until: datetime | None = None
        self._ended: datetime | None = None
        self._kind: Operation | None = None
        self._not_urgent: set[Operation] = set()

    def now(self) -> datetime:
        return self._now

    def passes(self, time: timedelta) -> None:
        self._now += time

    def joins(self, who: str) -> None:
        self._members.add(who)

    def clock_runs(self) -> None:
        lapsed = self._lapsed()
        if lapsed:
            self._end(lapsed)

    def applies(self, who: str, kind: Operation, wish: Wish, *, urgent: bool) -> str:
        self._of_the_file(who)
        rule = self._pack.undercover.rule(kind, Shown.ADULT, on=self._now.date())
        assert rule is not None
        applied = rules.Applied(
            office=_TEXT,
            purpose=_TEXT,
            scope=_TEXT,
            acts=wish.acts,
            items={item: tuple(f"{item} {one}" for one in sorted(wish.numbers)) for item in Item},
            until=wish.until,
            thresholds=dict.fromkeys(rule.thresholds, _TEXT),
            support=_TEXT,
        )
        last = self._pack.due_at(start=self._now, duration=rule.longest)
        refuse(rules.why_not_apply(applied, rule, offence="spread", last=last, now=self._now))
        before = self._not_urgent_now()
        if urgent and kind in before:
            raise Refused("urgent_before")
        self._not_urgent = before
        self._kind, self._rule, self._applicant, self._number = kind, rule, who, 1
        self._asked = scope_of(wish)
        self._paper, self._petitioners = Paper.APPLIED, set[str]()
        self._state, self._granted = State.WAITING, []
        self._began = self._urgent_until = self._ended = None
        return self.begins_urgently(who) if urgent else ""

    def _not_urgent_now(self) -> set[Operation]:
        """With the one that is over now, if it was refused or began in urgency and was never permitted."""
        unpermitted = not self._granted and (self._urgent_until or self._paper is Paper.REFUSED)
        return self._not_urgent | ({self._kind} if self._kind and unpermitted else set())

    def begins_urgently(self, who: str) -> str:
        self._of_the_file(who)
        may = self._rule.may_be_urgent(self._now.date())
        refuse(
            rules.why_not_begin_urgently(
                self._rule,
                may=may,
                urgency=_TEXT,
                state=self._state,
                was_urgent=self._kind in self._not_urgent,
            )
        )
        if self._paper is Paper.RETURNED:
            raise Refused("urgent_not_applied")
        assert self._rule.urgent is not None
        self._began = self._now
        self._urgent_until = self._pack.due_at(start=self._now, duration=self._rule.urgent.within)
        self._move(State.URGENT)
        return ""

    def asks_more(self, who: str, until: datetime) -> str:
        self._of_the_file(who)
        ends = self._permitted_until()
        refuse(
            rules.why_not_extend(
                self._rule, state=self._state, until=ends, is_asked=self._paper in OPEN, now=self._now
            )
        )
        assert ends is not None
        refuse(
            "period_over"
            if until <= ends
            else rules.why_not_period(until, last=self._last_extension(), now=self._now)
        )
        self._number, self._applicant = self._number + 1, who
        self._asked, self._paper = self._granted[-1].scope, Paper.APPLIED
        return ""

    def sends_again(self, who: str) -> str:
        self._of_the_file(who)
        if self._paper is not Paper.RETURNED:
            raise Refused("paper_not_returned")
        self._move_paper(Paper.APPLIED)
        return ""

    def withdraws(self, who: str) -> str:
        self._of_the_file(who)
        refuse(rules.why_not_withdraw(self._paper))
        self._move_paper(Paper.WITHDRAWN)
        self._stop(WhyEnded.WITHDRAWN)
        return ""

    def petitions(self, who: str) -> str:
        self._decides(who, Desk.PROSECUTOR)
        self._refuse_late()
        self._petitioners.add(who)
        self._move_paper(Paper.PETITIONED)
        return ""

    def sends_back(self, who: str, desk: Desk) -> str:
        self._decides(who, desk)
        self._move_paper(Paper.RETURNED)
        return ""

    def refuses(self, who: str, desk: Desk) -> str:
        self._decides(who, desk)
        self._move_paper(Paper.REFUSED)
        self._stop(WhyEnded.REFUSED)
        return ""

    def grants(self, who: str, desk: Desk, wish: Wish) -> str:
        self._decides(who, desk)
        if desk is Desk.PROSECUTOR:
            raise Refused("not_your_desk")
        self._refuse_late()
        starts, last = (
            self._now,
            self._pack.due_at(start=self._began or self._now, duration=self._rule.longest),
        )
        if self._number > 1:
            ends = self._permitted_until()
            assert ends is not None
            starts, last = ends, self._last_extension()
        named = {item_id(item, number): item for item in Item for number in (0, 1)}
        refuse(
            rules.why_not_grant(
                granted=scope_of(wish),
                applied=self._asked,
                named=named,
                until=wish.until,
                last=last,
                now=max(self._now, starts),
            )
        )
        self._granted.append(gate.Granted(scope=scope_of(wish), valid_from=starts, valid_until=wish.until))
        self._move_paper(Paper.GRANTED)
        if self._state is not State.RUNNING:
            self._began = self._began or self._now
            self._move(State.RUNNING)
        return ""

    def acts(self, who: str, deed: Deed) -> str:
        self._of_the_file(who)
        urgent = None
        if self._urgent_until is not None and self._began is not None:
            urgent = gate.UrgentStart(
                scope=self._asked,
                began_at=self._began,
                until=self._urgent_until,
                is_before_somebody=self._number == 1 and self._paper in BEFORE_SOMEBODY,
            )
        consent = gate.Consent(
            acts=frozenset(ActKind),
            given_at=self._now,
            until=self._now + timedelta(days=1),
            withdrawn_at=None,
        )
        permission = gate.Permission(
            state=self._state,
            rule=self._rule,
            granted=tuple(self._granted),
            urgent=urgent,
            last_moment=self._longest(),
        )
        act = gate.Act(
            kind=deed.kind,
            items={item: item_id(item, number) for item, number in zip(Item, deed.numbers, strict=True)},
            material=deed.material,
            consent=consent if deed.has_consent else None,
            says_intent_was_there=deed.says_intent,
        )
        return gate.why_not_act(permission, act, now=self._now) or ""

    def ends(self, who: str, why: WhyEnded) -> str:
        self._of_the_file(who)
        if self._state is State.ENDED:
            return ""
        refuse(rules.why_not_end(self._state))
        self._end(self._lapsed() or self._now)
        return ""

    def ended_at(self) -> datetime | None:
        return self._ended

    def _of_the_file(self, who: str) -> None:
        if who not in self._members:
            raise Refused("file_of_others")

    def _decides(self, who: str, desk: Desk) -> None:
        hands = rules.Hands(
            members=frozenset(_IDS[one] for one in self._members),
            applied_by=_IDS[self._applicant],
            petitioned_by=frozenset(_IDS[one] for one in self._petitioners),
        )
        refuse(
            rules.why_not_decide(
                desk=desk,
                holds=desk in SEATS[who],
                operation=self._kind,
                paper=self._paper,
                official_id=_IDS[who],
                hands=hands,
            )
        )

    def _refuse_late(self) -> None:
        if self._number == 1:
            refuse(rules.why_not_begin_late(self._state, urgent_until=self._urgent_until, now=self._now))
            return
        ends = self._permitted_until()
        refuse(rules.why_not_extend(self._rule, state=self._state, until=ends, is_asked=False, now=self._now))

    def _stop(self, why: WhyEnded) -> None:
        if self._number > 1:
            return
        if self._state is State.WAITING:
            self._move(State.NEVER_BEGUN)
        elif self._state is State.URGENT:
            assert self._urgent_until is not None
            self._end(min(self._now, self._urgent_until))

    def _end(self, at: datetime) -> None:
        self._move(State.ENDED)
        self._ended = at
        if self._paper in OPEN:
            self._move_paper(Paper.LAPSED)

    def _lapsed(self) -> datetime | None:
        if self._state is State.URGENT and self._urgent_until and self._now >= self._urgent_until:
            return self._urgent_until
        ends = self._permitted_until()
        return ends if self._state is State.RUNNING and ends is not None and self._now >= ends else None

    def _permitted_until(self) -> datetime | None:
        return max((one.valid_until for one in self._granted), default=None)

    def _longest(self) -> datetime | None:
        return self._pack.due_at(start=self._began, duration=self._rule.in_all) if self._began else None

    def _last_extension(self) -> datetime:
        ends, longest = self._permitted_until(), self._longest()
        assert ends is not None
        assert longest is not None
        assert self._rule.extension is not None
        return min(self._pack.due_at(start=ends, duration=self._rule.extension.each), longest)

    def _move(self, after: State) -> None:
        check_move(MOVES, self._state, after)
        self._state = after

    def _move_paper(self, after: Paper) -> None:
        check_move(PAPER_MOVES, self._paper, after)
        self._paper = after
