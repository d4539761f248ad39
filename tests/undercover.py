"""Undercover operations on the way, for stories that need one. Every word in them is a word that may leak nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.files.states import Victim
from haetae.agencies.investigation.undercover import queries
from haetae.agencies.investigation.undercover.acts.actions import Done, record_act
from haetae.agencies.investigation.undercover.authorisation import actions as applying
from haetae.agencies.investigation.undercover.deciding import actions as deciding
from haetae.agencies.investigation.undercover.deciding.actions import Decision
from haetae.agencies.investigation.undercover.models import UndercoverApplication, UndercoverOperation
from haetae.agencies.investigation.undercover.rules import Applied
from haetae.agencies.investigation.undercover.states import Desk, Item
from haetae.common import clock
from haetae.law.packs import load_pack
from haetae.law.undercover import ActKind, Operation, Shown, Threshold
from tests import people
from tests.commission import seat
from tests.investigations import approver, begin_file, judge, officer, prosecutor

# Each stands in one field, and nowhere else.
SECRETS: dict[str, str] = {
    "office": "Office of the Amber Otter",
    "purpose": "to find who runs the Basalt Lantern",
    "scope": "talks about the Cedar Compass only",
    "target": "the account Dusty Falcon",
    "place": "the channel Emerald Quarry",
    "method": "joining as Fennel Harbour",
    "why": "because of the Garnet Meadow ledger",
    "support": "enclosed: the Hazel Pillar statement",
    "urgency": "the Indigo Willow closes tonight",
    "what": "greeted the Juniper Anvil",
    "intent": "offered the Kelp Mountain before",
    "note": "the Lilac Bridge is not explained",
    "answer": "the Maple Thimble explains it",
    "who": "Nettle Saddler",
    "of_what": "the Opal Rowboat picture",
    "explained": "that the Pepper Lighthouse sees it",
    "reason": "the Quartz Sparrow is found",
    "summary": "the Russet Candle was seized",
}


def days(number: int) -> str:
    """The day so far ahead, for a date field."""
    return (timezone.localdate(clock.now()) + timedelta(days=number)).isoformat()


def application_form(kind: Operation, **other: Any) -> dict[str, Any]:
    """As an officer sends it; `other` replaces fields."""
    law = _law(kind)
    form: dict[str, Any] = {
        **{name: SECRETS[name] for name in ("office", "purpose", "scope", "target", "place", "method")},
        "acts": [str(act) for act in law.acts],
        "until": days(60),
        **{str(one): SECRETS["why"] for one in law.thresholds},
        "support": SECRETS["support"],
        "form_key": str(uuid4()),
    }
    return form | other


def applied(kind: Operation, *, victim: Shown = Shown.ADULT, **other: Any) -> Applied:
    law = _law(kind, victim)
    asked = Applied(
        office=SECRETS["office"],
        purpose=SECRETS["purpose"],
        scope=SECRETS["scope"],
        acts=frozenset(law.acts),
        items={item: (SECRETS[item], f"{SECRETS[item]} too") for item in Item},
        until=clock.now() + timedelta(days=60),
        thresholds=dict.fromkeys(Threshold, SECRETS["why"]),
        support=SECRETS["support"],
    )
    return replace(asked, **other)


@dataclass(frozen=True)
class Cast:
    """Everybody who has a part, each with one seat."""

    officer: Official
    approver: Official
    prosecutor: Official
    judge: Official
    overseer: Official
    file: OpenFile

    def desk(self, desk: Desk) -> Official:
        return {Desk.APPROVER: self.approver, Desk.PROSECUTOR: self.prosecutor, Desk.COURT: self.judge}[desk]


def cast(*, victim: Victim = Victim.ADULT, offence: str = "spread") -> Cast:
    park = officer()
    return Cast(
        officer=park,
        approver=approver(),
        prosecutor=prosecutor(),
        judge=judge(),
        overseer=seat(people.OVERSEER, Role.OVERSIGHT, agency="police_commission"),
        file=begin_file(park, victim=victim, offence=offence),
    )


def ask(by: Cast, kind: Operation, *, victim: Shown = Shown.ADULT, **other: Any) -> UndercoverOperation:
    """An operation that is applied for, or has begun in urgency."""
    operation_id = applying.apply(
        investigation_id=by.file.investigation.pk,
        kind=kind,
        applied=applied(kind, victim=victim, **other),
        form_key=uuid4(),
        official_id=by.officer.pk,
    )
    return UndercoverOperation.objects.get(pk=operation_id)


def first_paper(operation: UndercoverOperation) -> UndercoverApplication:
    return UndercoverApplication.objects.get(operation=operation, number=1)


def decision(application: UndercoverApplication, **other: Any) -> Decision:
    """As applied for."""
    scope = queries.asked_scope(application)
    asked = Decision(
        purpose=SECRETS["purpose"],
        scope=SECRETS["scope"],
        acts=scope.acts,
        items=scope.items,
        until=application.until,
    )
    return replace(asked, **other)


def permit(by: Cast, application: UndercoverApplication, **other: Any) -> None:
    """By whoever the law names."""
    desk = Desk.APPROVER
    if application.operation.kind == Operation.ASSUMED:
        deciding.petition(application_id=application.pk, official_id=by.prosecutor.pk)
        desk = Desk.COURT
    deciding.grant(
        application_id=application.pk,
        desk=desk,
        decision=decision(application, **other),
        official_id=by.desk(desk).pk,
    )


def act(by: Cast, operation: UndercoverOperation, **other: Any) -> str:
    """What the officer does now: the code of the refusal, or nothing."""
    done = Done(
        kind=ActKind.OBSERVE,
        items=named(operation),
        what=SECRETS["what"],
    )
    return record_act(
        operation_id=operation.pk,
        done=replace(done, **other),
        form_key=uuid4(),
        official_id=by.officer.pk,
    )


def named(operation: UndercoverOperation, position: int = 0) -> Mapping[Item, UUID | None]:
    """The target, the place and the method of that position."""
    return {Item(one.what): one.pk for one in queries.items_of(operation) if one.position == position}


def _law(kind: Operation, victim: Shown = Shown.ADULT) -> Any:
    law = load_pack("kr").undercover.rule(kind, victim, on=timezone.localdate(clock.now()))
    assert law is not None
    return law
