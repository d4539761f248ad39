"""The world in the database: the real actions, by people with seats."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import time_machine

from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.agencies.investigation.files import actions as files
from haetae.agencies.investigation.files import queries as file_queries
from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.agencies.investigation.files.states import Reason
from haetae.agencies.investigation.undercover import actions, queries
from haetae.agencies.investigation.undercover.actions import CannotGoUndercoverError
from haetae.agencies.investigation.undercover.acts.actions import Done, record_act
from haetae.agencies.investigation.undercover.authorisation import actions as applying
from haetae.agencies.investigation.undercover.consent.actions import give
from haetae.agencies.investigation.undercover.consent.rules import Given
from haetae.agencies.investigation.undercover.deciding import actions as deciding
from haetae.agencies.investigation.undercover.models import UndercoverAct, UndercoverOperation
from haetae.agencies.investigation.undercover.rules import Applied
from haetae.agencies.investigation.undercover.states import Desk, Item, WhyEnded
from haetae.common import clock
from haetae.flow.deadlines import actions as deadlines
from haetae.law.undercover import ActKind, Operation, Threshold
from tests import people
from tests.commission import seat
from tests.gates.world import APPROVER, COLLEAGUE, DOUBLE, JUDGE, OFFICER, PROSECUTOR, Deed, Refused, Wish
from tests.investigations import approver, begin_file, judge, officer, prosecutor
from tests.work import do_all_jobs

_TEXT = "a text that is long enough"


def seated() -> dict[str, Official]:
    """Everybody with their seats; the double sits everywhere."""
    found = {
        OFFICER: officer(),
        COLLEAGUE: officer(people.SECOND_OFFICER),
        APPROVER: approver(),
        PROSECUTOR: prosecutor(),
        JUDGE: judge(),
        DOUBLE: officer(people.THIRD_OFFICER),
    }
    for role, agency in (
        (Role.POLICE_APPROVER, "police"),
        (Role.PROSECUTOR, "prosecutor"),
        (Role.JUDGE, "court"),
    ):
        seat(people.THIRD_OFFICER, role, agency=agency)
    return found


class Database:
    def __init__(self, time: time_machine.Traveller, cast: dict[str, Official]) -> None:
        self._time, self._cast = time, cast
        self._file = begin_file(cast[OFFICER]).investigation.pk
        self._operation: UUID | None = None

    def now(self) -> datetime:
        return clock.now()

    def passes(self, time: timedelta) -> None:
        self._time.shift(time)

    def clock_runs(self) -> None:
        do_all_jobs()
        while deadlines.pass_due(at=clock.now()):
            do_all_jobs()

    def joins(self, who: str) -> None:
        if not file_queries.is_member(self._file, self._id(who)):
            self._opens(OFFICER)
            files.add_member(
                investigation_id=self._file, colleague_id=self._id(who), official_id=self._id(OFFICER)
            )

    def applies(self, who: str, kind: Operation, wish: Wish, *, urgent: bool) -> str:
        self._opens(who)
        applied = Applied(
            office=_TEXT,
            purpose=_TEXT,
            scope=_TEXT,
            acts=wish.acts,
            items={item: tuple(f"{item} {one}" for one in sorted(wish.numbers)) for item in Item},
            until=wish.until,
            thresholds=dict.fromkeys(Threshold, _TEXT),
            support=_TEXT,
            urgency=_TEXT if urgent else "",
        )

        def applies() -> None:
            self._operation = applying.apply(
                investigation_id=self._file,
                kind=kind,
                applied=applied,
                form_key=uuid4(),
                official_id=self._id(who),
            )

        return self._tried(applies)

    def begins_urgently(self, who: str) -> str:
        self._opens(who)
        return self._tried(
            lambda: applying.begin_urgently(
                operation_id=self._here(), urgency=_TEXT, official_id=self._id(who)
            )
        )

    def asks_more(self, who: str, until: datetime) -> str:
        self._opens(who)
        return self._tried(
            lambda: applying.ask_extension(
                operation_id=self._here(),
                until=until,
                why=_TEXT,
                form_key=uuid4(),
                official_id=self._id(who),
            )
        )

    def sends_again(self, who: str) -> str:
        self._opens(who)
        return self._tried(
            lambda: applying.send_again(application_id=self._paper(), answer=_TEXT, official_id=self._id(who))
        )

    def withdraws(self, who: str) -> str:
        self._opens(who)
        return self._tried(lambda: applying.withdraw(application_id=self._paper(), official_id=self._id(who)))

    def petitions(self, who: str) -> str:
        return self._tried(lambda: deciding.petition(application_id=self._paper(), official_id=self._id(who)))

    def sends_back(self, who: str, desk: Desk) -> str:
        return self._tried(
            lambda: deciding.send_back(
                application_id=self._paper(), desk=desk, note=_TEXT, official_id=self._id(who)
            )
        )

    def refuses(self, who: str, desk: Desk) -> str:
        return self._tried(
            lambda: deciding.refuse(
                application_id=self._paper(), desk=desk, note=_TEXT, official_id=self._id(who)
            )
        )

    def grants(self, who: str, desk: Desk, wish: Wish) -> str:
        items = self._items()
        numbers = [named[number] for named in items.values() for number in wish.numbers if number in named]
        decision = deciding.Decision(
            purpose=_TEXT, scope=_TEXT, acts=wish.acts, items=frozenset(numbers), until=wish.until
        )
        if wish.numbers - set(items[Item.TARGET]):
            decision = deciding.Decision(
                purpose=_TEXT,
                scope=_TEXT,
                acts=wish.acts,
                items=frozenset(numbers) | {uuid4()},
                until=wish.until,
            )
        return self._tried(
            lambda: deciding.grant(
                application_id=self._paper(), desk=desk, decision=decision, official_id=self._id(who)
            )
        )

    def acts(self, who: str, deed: Deed) -> str:
        self._opens(who)
        items, code = self._items(), ""
        before = UndercoverAct.objects.filter(code="").count()
        consent = self._consent(who) if deed.has_consent else None
        done = Done(
            kind=deed.kind,
            items={item: items[item].get(number) for item, number in zip(Item, deed.numbers, strict=True)},
            what=_TEXT,
            material=deed.material,
            consent_id=consent,
            intent_was_there=deed.says_intent,
            intent=_TEXT,
        )
        try:
            code = record_act(
                operation_id=self._here(), done=done, form_key=uuid4(), official_id=self._id(who)
            )
        except (CannotGoUndercoverError, NotYoursError) as refused:
            code = str(refused)
        assert UndercoverAct.objects.filter(code="").count() == before + (not code)
        return code

    def ends(self, who: str, why: WhyEnded) -> str:
        self._opens(who)
        return self._tried(lambda: actions.end(operation_id=self._here(), why=why, official_id=self._id(who)))

    def ended_at(self) -> datetime | None:
        return UndercoverOperation.objects.get(pk=self._here()).ended_at

    def _consent(self, who: str) -> UUID | None:
        now = clock.now()
        given = Given(
            who=_TEXT,
            of_what=_TEXT,
            explained=_TEXT,
            acts=frozenset({ActKind.PROVIDE, ActKind.SELL, ActKind.ADVERTISE}),
            explained_at=now,
            until=now + timedelta(days=1),
            is_adult=True,
            can_judge=True,
            is_written=True,
        )
        try:
            return give(operation_id=self._here(), given=given, form_key=uuid4(), official_id=self._id(who))
        except (CannotGoUndercoverError, NotYoursError):
            return None

    def _tried(self, act: Callable[[], None]) -> str:
        try:
            act()
        except (CannotGoUndercoverError, NotYoursError) as refused:
            raise Refused(str(refused)) from refused
        return ""

    def _opens(self, who: str) -> None:
        """A member gives a reason each day; a stranger cannot."""
        if file_queries.is_member(self._file, self._id(who)):
            files.open_for(investigation_id=self._file, reason=Reason.INVESTIGATE, official_id=self._id(who))

    def _id(self, who: str) -> UUID:
        return self._cast[who].pk

    def _here(self) -> UUID:
        assert self._operation is not None
        return self._operation

    def _paper(self) -> UUID:
        operation = UndercoverOperation.objects.get(pk=self._here())
        return queries.applications_of(operation)[-1].pk

    def _items(self) -> dict[Item, dict[int, UUID]]:
        operation = UndercoverOperation.objects.get(pk=self._here())
        found: dict[Item, dict[int, UUID]] = {item: {} for item in Item}
        for item, named in queries.items_in_words(operation, key=self._key()).items():
            found[item] = {int(text.rsplit(" ", 1)[1]): item_id for item_id, text in named}
        return found

    def _key(self) -> bytes:
        return file_queries.key_of(UndercoverOperation.objects.get(pk=self._here()).investigation)
