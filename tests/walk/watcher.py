"""Reads the record of a walk and complains of everything that the procedure does not allow."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from tests.walk.procedure import ALL, BINDING, BLOCK_DAYS, DECISIONS, MAJORITY, NEW


class Recorded(Protocol):
    name: str
    subject_id: Any
    actor_id: str
    facts: dict[str, Any]
    at: datetime


_ROOM_OF = {name: room for room, arrows in ALL.items() for name in arrows}


@dataclass
class Watcher:
    """`taken` counts every arrow that was gone; `complaints` ought to be empty for ever."""

    states: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    ends: dict[str, datetime] = field(default_factory=dict)
    by: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    votes: defaultdict[tuple[str, int], dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    recused: set[tuple[str, str]] = field(default_factory=set)
    operator_heard: dict[str, str] = field(default_factory=dict)
    order_of: dict[str, str] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)

    def read(self, events: Iterable[Recorded]) -> None:
        for event in events:
            self._vote(event)
            room = _ROOM_OF.get(event.name)
            if room is not None:
                self._arrow(event, room)

    def state(self, subject_id: object) -> str:
        return self.states.get(str(subject_id), NEW)

    def of_room(self, room: str) -> list[str]:
        """The ids of everything that this room has seen, the oldest first."""
        return [subject for subject, its in self.rooms.items() if its == room]

    def overdue_blocks(self, now: datetime) -> list[str]:
        """Blocks that hide beyond their end, and nobody has said why."""
        return [
            subject for subject, end in self.ends.items() if self.states[subject] == "on_clock" and end <= now
        ]

    def _arrow(self, event: Recorded, room: str) -> None:
        subject = str(event.subject_id)
        before, after = ALL[room][event.name]
        now = self.state(subject)
        if now not in before:
            self._complain(event, f"{room} was {now}")
        getattr(self, f"_{room}", lambda _: None)(event)
        self.states[subject], self.rooms[subject] = after, room
        self.taken[f"{room}: {now} → {after}"] += 1

    def _vote(self, event: Recorded) -> None:
        subject, actor = str(event.subject_id), event.actor_id
        if event.name == "review.recused":
            self.recused.add((subject, actor))
        if event.name != "review.voted":
            return
        votes = self.votes[subject, int(event.facts["round"])]
        if actor in votes:
            self._complain(event, "a member voted twice in a round")
        if (subject, actor) in self.recused:
            self._complain(event, "a member who takes no part voted")
        if self.state(subject) not in {"open", "late"}:
            self._complain(event, "a vote on what is over")
        votes[actor] = str(event.facts["decision"])

    def _review(self, event: Recorded) -> None:
        decision = DECISIONS.get(event.name)
        if decision is None:
            return
        subject = str(event.subject_id)
        rounds = [votes for (review, _), votes in self.votes.items() if review == subject]
        agreed = Counter(rounds[-1].values() if rounds else ())[decision]
        if agreed < MAJORITY:
            self._complain(event, f"only {agreed} voted for it")
        if decision in BINDING:
            self._must_be_heard(event)

    def _block(self, event: Recorded) -> None:
        subject = str(event.subject_id)
        if event.name == "review.block_claimed":
            self.ends[subject] = event.at + timedelta(days=BLOCK_DAYS)
        elif event.name == "review.block_extended":
            until = datetime.fromisoformat(str(event.facts["until"]))
            if until <= self.ends[subject]:
                self._complain(event, "an extension that does not extend")
            if not event.facts.get("why"):
                self._complain(event, "an extension without a reason")
            self.ends[subject] = until
        elif event.name == "review.block_expired" and event.at < self.ends[subject]:
            self._complain(event, "it expired before its end")

    def _order(self, event: Recorded) -> None:
        subject = str(event.subject_id)
        self.by[subject][event.name] = event.actor_id
        if event.name == "orders.issued":
            self._must_be_heard(event)
            self._must_be_another(event, "orders.drafted")

    def _sanction(self, event: Recorded) -> None:
        subject = str(event.subject_id)
        self.by[subject][event.name] = event.actor_id
        if event.name == "sanctions.proposed" and self.state(event.facts["order"]) != "not_complied":
            self._complain(event, "a sanction without an order that was not followed")
        if event.name == "sanctions.decided":
            self._must_be_heard(event)
            self._must_be_another(event, "sanctions.proposed")
        if event.name in {"sanctions.upheld", "sanctions.changed", "sanctions.annulled"}:
            self._must_be_another(event, "sanctions.proposed")
            self._must_be_another(event, "sanctions.decided")

    def _hearing(self, event: Recorded) -> None:
        if event.facts["party"] == "operator":
            self.operator_heard[str(event.facts["for"])] = event.name

    def _must_be_heard(self, event: Recorded) -> None:
        if self.operator_heard.get(str(event.subject_id), "hearings.asked") == "hearings.asked":
            self._complain(event, "nobody was heard, and no exception stands there")

    def _must_be_another(self, event: Recorded, earlier: str) -> None:
        if self.by[str(event.subject_id)].get(earlier) == event.actor_id:
            self._complain(event, f"the same person as {earlier}")

    def _complain(self, event: Recorded, why: str) -> None:
        self.complaints.append(f"{event.name}: {why}")
