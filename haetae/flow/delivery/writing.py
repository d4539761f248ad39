"""Writes the notice of a delivery: once, checked by the law where the recipient is, and the same in every attempt."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from haetae.accounts.models import Operator, OperatorKind
from haetae.flow.deadlines import queries as deadlines
from haetae.flow.deadlines.states import Basis as Clock
from haetae.flow.deadlines.states import Kind as Awaited
from haetae.flow.deadlines.states import State
from haetae.flow.delivery import actions
from haetae.flow.delivery.duties import duty_of
from haetae.flow.delivery.models import Delivery
from haetae.law.countries import RemovalDuty
from haetae.law.duration import due_at
from haetae.law.packs import NotInForceError, Pack, load_pack
from haetae.notice import words
from haetae.notice.checking import Problem, UnfitNoticeError, why_not_send
from haetae.notice.document import (
    Answering,
    Asked,
    Basis,
    Decision,
    Due,
    Duty,
    Ground,
    Issuer,
    Manipulated,
    Notice,
    Place,
    Recipient,
    Text,
)
from haetae.notice.prints import prints_of

_REQUESTS: Final = "/api/operators/v1/requests"
_DESK: Final = "/operator/"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What a stage knows of what it wants said. `due_of` is the request whose due dates it carries, where it has any.

    `kept` are the fingerprints of the examination.
    """

    asked: Asked
    ground: Ground
    place: Place
    kept: Mapping[str, Any]
    legal_basis: str
    asked_at: datetime
    minor_protected: bool = False
    manipulated: Manipulated = Manipulated.UNKNOWN
    decision: Decision | None = None
    due_of: UUID | None = None


def document_for(delivery: Delivery, matter: Matter) -> Mapping[str, Any]:
    """The notice as JSON: the one that is kept, else a new one. Raises UnfitNoticeError where it may not go out."""
    if delivery.notice is None:
        duty = duty_of(delivery.operator, at=matter.asked_at)
        notice = _written(delivery, matter, duty=duty)
        problems = why_not_send(notice, duty)
        if problems:
            raise UnfitNoticeError(problems)
        text = notice.as_bytes().decode()
        delivery.notice = actions.keep_notice(delivery_id=delivery.pk, notice=text)
    document: Mapping[str, Any] = json.loads(delivery.notice)
    return document


def _written(delivery: Delivery, matter: Matter, *, duty: RemovalDuty | None) -> Notice:
    pack, operator = load_pack(settings.JURISDICTION), delivery.operator
    issuer, day = _issuer(), matter.asked_at.astimezone(pack.zone).date()
    return Notice(
        key=delivery.key,
        asked=matter.asked,
        issued_at=matter.asked_at,
        issuer=issuer,
        recipient=_recipient(operator, matter.place),
        basis=_basis(pack, matter.legal_basis, on=day),
        duty=None if duty is None else _duty(duty),
        due=_due(matter, duty, zone=operator.zone if operator else pack.zone.key),
        place=matter.place,
        fingerprints=prints_of(matter.kept),
        manipulated=matter.manipulated,
        minor_protected=matter.minor_protected,
        ground=matter.ground,
        explanation=words.explanation_of(matter.ground, manipulated=matter.manipulated),
        good_faith=words.good_faith_of(matter.ground),
        declaration=words.declaration_of(matter.ground),
        signature=words.signature_of(issuer),
        appeal=words.appeal(),
        answering=_answering(delivery.key),
        decision=matter.decision,
    )


def _issuer() -> Issuer:
    agency = settings.AGENCY
    name = Text(ko=agency.name_ko, en=agency.name_en)
    return Issuer(name=name, country=agency.country, mailbox=agency.mailbox, site=agency.public_origin)


def _answering(key: UUID) -> Answering:
    origin = settings.AGENCY.operators_origin
    if not origin:
        return Answering(api="", desk="")
    return Answering(api=f"{origin}{_REQUESTS}/{key}/answer", desk=f"{origin}{_DESK}")


def _recipient(operator: Operator | None, place: Place) -> Recipient:
    """Of an address that nobody is registered for, whoever runs its host."""
    if operator is None:
        return Recipient(name=urlsplit(place.media).hostname or "", kind=OperatorKind.PLATFORM.value)
    return Recipient(name=operator.name, kind=operator.kind)


def _basis(pack: Pack, basis_id: str, *, on: date) -> Basis:
    try:
        found = pack.legal_basis(basis_id, on=on)
    except NotInForceError as problem:
        raise UnfitNoticeError(
            [Problem(code="basis_not_in_force", field="legal_basis", sentence=str(problem))]
        ) from problem
    return Basis(
        basis_id=found.basis_id,
        article=found.article,
        citation=Text(ko=found.citation_ko, en=found.citation_en),
        verified=found.verified,
    )


def _duty(duty: RemovalDuty) -> Duty:
    return Duty(
        pack=duty.pack_id,
        article=duty.article,
        citation=Text(ko=duty.citation_ko, en=duty.citation_en),
        verified=duty.verified,
        as_soon_as_possible=duty.as_soon_as_possible,
        copies=str(duty.copies),
    )


def _due(matter: Matter, duty: RemovalDuty | None, *, zone: str) -> Due:
    """The hour of the law is counted as it says; of our own target the row says what is left to run."""
    if matter.due_of is None:
        return Due(legal=None, target=None, zone=zone)
    legal = None
    if duty is not None and duty.due_after is not None and duty.starts_with.is_ours:
        legal = due_at(start=matter.asked_at, duration=duty.due_after, tz=duty.zone)
    ours = deadlines.of_subjects([matter.due_of]).filter(
        kind=Awaited.REMOVE, basis=Clock.POLICY, state=State.SET
    )
    return Due(legal=legal, target=ours.values_list("due_at", flat=True).first(), zone=zone)


def written_for_trial(*, key: UUID, operator: Operator, matter: Matter) -> str:
    """The notice of an exercise, of no delivery, under no law: as canonical JSON. Raises UnfitNoticeError."""
    notice = _written(Delivery(key=key, operator=operator), matter, duty=None)
    problems = why_not_send(notice, None)
    if problems:
        raise UnfitNoticeError(problems)
    return notice.as_bytes().decode()
