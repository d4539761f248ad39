"""The state machine: anything is tried by anybody at any time, and the watcher agrees with every answer."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from haetae.agencies.investigation.undercover.states import Desk, Material, WhyEnded
from haetae.law.undercover import ActKind, Operation
from tests.gates.memory import Memory
from tests.gates.watcher import Watcher, months_later
from tests.gates.world import (
    APPROVER,
    COLLEAGUE,
    DOUBLE,
    JUDGE,
    OFFICER,
    PEOPLE,
    PROSECUTOR,
    UNNAMED,
    Deed,
    Refused,
    Wish,
    World,
)

_SILENT = ("approach", "observe", "not_disclose", "buy", "receive")
_SPANS = [
    timedelta(seconds=1),
    timedelta(hours=1),
    timedelta(hours=47),
    timedelta(hours=48),
    timedelta(hours=48, seconds=1),
    timedelta(days=29),
    timedelta(days=89),
    timedelta(days=100),
]
# Half of the tries are by whoever may, at the desk that it lies before: or hardly any would lead anywhere.
RIGHT: Final = "right"
HERE: Final = "here"
_RIGHT_ONES: Final = {Desk.APPROVER: APPROVER, Desk.PROSECUTOR: PROSECUTOR, Desk.COURT: JUDGE}
who_may_be = st.sampled_from((*PEOPLE, DOUBLE, DOUBLE, *[RIGHT] * len(PEOPLE)))
desks = st.sampled_from((*Desk, *[HERE] * 6))
STARTS: Final = (
    "nothing",
    "applied",
    "petitioned",
    "urgent",
    "running",
    "running",
    "running, assumed",
    "the double too",
)
who_works = st.sampled_from((*[OFFICER] * 7, COLLEAGUE, DOUBLE))
days_ahead = st.sampled_from([1, 30, 60, 88, 91, 93, 200, 366])
act_kinds = st.sampled_from(list(ActKind))
kinds_of_act = st.one_of(st.just(frozenset(ActKind)), st.frozensets(act_kinds, min_size=0, max_size=6))
numbers = st.sampled_from([frozenset({0}), frozenset({1}), frozenset({0, 1}), frozenset({0, 1})])
deeds = st.builds(
    Deed,
    kind=st.one_of(act_kinds, st.sampled_from([ActKind.OBSERVE, ActKind.APPROACH])),
    numbers=st.one_of(
        st.just((0, 0, 0)),
        st.tuples(*[st.sampled_from([0, 0, 1, UNNAMED])] * 3),  # type: ignore[arg-type]
    ),
    material=st.sampled_from(list(Material)),
    has_consent=st.booleans(),
    says_intent=st.booleans(),
)


class Gates(RuleBasedStateMachine):
    """`tries` counts what was done, and what was refused by code, over every run of this process."""

    tries: ClassVar[Counter[str]] = Counter()

    def make_world(self) -> World:
        return Memory()

    @initialize(start=st.sampled_from(STARTS))
    def opens_the_file(self, start: str) -> None:
        self.world, self.watcher = self.make_world(), Watcher()
        self.tries["runs"] += 1
        if start == "nothing":
            return
        assumed = start in {"petitioned", "running, assumed"}
        kind = Operation.ASSUMED if assumed else Operation.UNDISCLOSED
        self.applies(who=OFFICER, kind=kind, days=88, named=frozenset({0, 1}), urgent=start == "urgent")
        if start == "the double too":
            self.joins(who=DOUBLE, often=0)
        if assumed:
            self.petitions(who=PROSECUTOR)
        if start.startswith("running"):
            self.grants(who=RIGHT, desk=HERE, acts=frozenset(ActKind), named=frozenset({0, 1}), days=60)

    @rule(who=st.sampled_from((COLLEAGUE, DOUBLE)), often=st.integers(0, 3))
    def joins(self, who: str, often: int) -> None:
        if not often:
            self.world.joins(who)
            self.watcher.members.add(who)

    @rule(span=st.sampled_from(_SPANS))
    def time_passes(self, span: timedelta) -> None:
        self.world.passes(span)

    @rule()
    @precondition(lambda self: self.watcher.kind is not None)
    def a_clock_runs(self) -> None:
        self.world.clock_runs()
        if self.watcher.is_late(self.world.now()) and not self.watcher.is_over:
            assert self.world.ended_at() is not None, "a clock ran, and it goes on"
            self._over()
        elif not self.watcher.is_over and self.world.ended_at() is not None:
            self._over()  # at its very last moment

    @rule(
        who=who_works,
        kind=st.sampled_from(list(Operation)),
        days=days_ahead,
        named=numbers,
        urgent=st.booleans(),
    )
    @precondition(lambda self: self.watcher.is_over)
    def applies(self, who: str, kind: Operation, days: int, named: frozenset[int], urgent: bool) -> None:
        now = self.world.now()
        acts = (
            frozenset(ActKind(one) for one in _SILENT)
            if kind is Operation.UNDISCLOSED
            else frozenset(ActKind)
        )
        # As an application names them, they are numbered from 0.
        wish = Wish(acts=acts, numbers=frozenset(range(len(named))), until=now + timedelta(days=days))
        if self._tried("apply", lambda: self.world.applies(who, kind, wish, urgent=urgent)):
            assert who in self.watcher.members
            assert wish.until <= months_later(now, 3), "longer than the law allows"
            never_urgent = self.watcher.no_more_urgent()
            assert not (urgent and kind in never_urgent), "urgent once more instead of permitted"
            first = Desk.APPROVER if kind is Operation.UNDISCLOSED else Desk.PROSECUTOR
            self.watcher = Watcher(
                members=self.watcher.members,
                kind=kind,
                asked=wish,
                applicant=who,
                paper=first,
                began=now if urgent else None,
                urgent=now if urgent else None,
                is_over=False,
                never_urgent=never_urgent,
            )

    @rule(who=who_works)
    @precondition(lambda self: not self.watcher.is_over and self.watcher.began is None)
    def begins_urgently(self, who: str) -> None:
        if self._tried("begin", lambda: self.world.begins_urgently(who)):
            assert who in self.watcher.members
            assert self.watcher.paper in set(Desk), "nobody has the application before them"
            assert self.watcher.kind not in self.watcher.never_urgent, "urgent once more instead of permitted"
            self.watcher.began = self.watcher.urgent = self.world.now()

    @rule(who=who_works, days=days_ahead)
    @precondition(lambda self: bool(self.watcher.grants) and not self.watcher.is_over)
    def asks_more(self, who: str, days: int) -> None:
        now, before = self.world.now(), self.watcher.grants[-1][1]
        until = before.until + timedelta(days=days)
        if self._tried("extend", lambda: self.world.asks_more(who, until)):
            assert who in self.watcher.members
            assert self.watcher.kind is Operation.ASSUMED, "nothing extends an undisclosed identity"
            assert not self.watcher.is_late(now)
            self.watcher.is_extension, self.watcher.applicant = True, who
            self.watcher.paper = Desk.PROSECUTOR

    @rule(who=who_works)
    @precondition(lambda self: self.watcher.paper == "returned")
    def sends_again(self, who: str) -> None:
        if self._tried("again", lambda: self.world.sends_again(who)):
            assert who in self.watcher.members
            silent = self.watcher.kind is Operation.UNDISCLOSED
            self.watcher.paper = Desk.APPROVER if silent else Desk.PROSECUTOR

    @rule(who=who_works, often=st.integers(0, 4))
    @precondition(lambda self: bool(self.watcher.paper))
    def withdraws(self, who: str, often: int) -> None:
        if not often and self._tried("withdraw", lambda: self.world.withdraws(who)):
            assert who in self.watcher.members
            self._paper_is_gone()

    @rule(who=who_may_be)
    @precondition(lambda self: bool(self.watcher.paper))
    def petitions(self, who: str) -> None:
        who = PROSECUTOR if who == RIGHT else who
        may = self.watcher.may_decide(who, Desk.PROSECUTOR) and not self.watcher.is_late(self.world.now())
        done = self._tried("petition", lambda: self.world.petitions(who))
        assert done == may, f"{who} petitions"
        if done:
            self.watcher.petitioners.add(who)
            self.watcher.paper = Desk.COURT

    @rule(who=who_may_be, desk=desks, refuses=st.booleans(), often=st.integers(0, 3))
    @precondition(lambda self: bool(self.watcher.paper))
    def says_no(self, who: str, desk: str, refuses: bool, often: int) -> None:
        if often:
            return
        who, at = self._right(who, desk)
        may = self.watcher.may_decide(who, at)
        if refuses:
            done = self._tried("refuse", lambda: self.world.refuses(who, at))
        else:
            done = self._tried("return", lambda: self.world.sends_back(who, at))
        assert done == may, f"{who} says no at the desk {desk}"
        if done and refuses:
            self.watcher.is_refused = not self.watcher.is_extension
            self._paper_is_gone()
        elif done:
            self.watcher.paper = "returned"

    @rule(who=who_may_be, desk=desks, acts=kinds_of_act, named=numbers, days=days_ahead)
    @precondition(lambda self: bool(self.watcher.paper))
    def grants(self, who: str, desk: str, acts: frozenset[ActKind], named: frozenset[int], days: int) -> None:
        assert self.watcher.asked is not None
        who, at = self._right(who, desk)
        now = self.world.now()
        starts = self.watcher.grants[-1][1].until if self.watcher.is_extension else now
        wide = self.watcher.grants[-1][1] if self.watcher.is_extension else self.watcher.asked
        wish = Wish(
            acts=wide.acts if acts == frozenset(ActKind) else acts,
            numbers=named,
            until=starts + timedelta(days=days),
        )
        may = (
            at is not Desk.PROSECUTOR
            and self.watcher.may_decide(who, at)
            and self.watcher.may_grant(wish, now)
        )
        done = self._tried("grant", lambda: self.world.grants(who, at, wish))
        assert done == may, f"{who} grants at the desk {desk}: {wish}"
        if done:
            self.watcher.grants.append((starts, wish))
            self.watcher.began = self.watcher.began or now
            self.watcher.paper = ""

    @rule(who=who_works, deed=deeds)
    @precondition(lambda self: self.watcher.kind is not None)
    def acts(self, who: str, deed: Deed) -> None:
        lawful = self.watcher.is_lawful(who, deed, self.world.now())
        done = self._tried("act", lambda: self.world.acts(who, deed))
        assert done == lawful, f"{who} does {deed}"

    @rule(who=who_works, often=st.integers(0, 5))
    @precondition(lambda self: not self.watcher.is_over)
    def ends(self, who: str, often: int) -> None:
        if not often and self._tried("end", lambda: self.world.ends(who, WhyEnded.PURPOSE_REACHED)):
            assert who in self.watcher.members
            self._over()

    @invariant()
    def nothing_lasts_beyond_its_longest(self) -> None:
        watcher = getattr(self, "watcher", None)
        if watcher is None or watcher.began is None:
            return
        months = 12 if watcher.kind is Operation.ASSUMED else 3
        ended = self.world.ended_at()
        assert ended is None or ended <= months_later(watcher.began, months)
        assert all(wish.until <= months_later(watcher.began, months) for _, wish in watcher.grants)

    def _right(self, who: str, desk: str) -> tuple[str, Desk]:
        """Whoever is meant, and at which desk; where it lies before nobody, at the first."""
        here = self.watcher.paper if self.watcher.paper in set(Desk) else Desk.APPROVER
        at = Desk(here if desk == HERE else desk)
        return (_RIGHT_ONES[at] if who == RIGHT else who), at

    def _paper_is_gone(self) -> None:
        """The first one takes the operation along; an extension does not."""
        self.watcher.paper = ""
        if not self.watcher.is_extension:
            self._over()

    def _over(self) -> None:
        self.watcher.is_over, self.watcher.paper = True, ""

    def _tried(self, verb: str, act: Callable[[], str]) -> bool:
        try:
            code = act()
        except Refused as refused:
            code = str(refused)
        self.tries[f"{verb}: {code or 'done'}"] += 1
        return not code
