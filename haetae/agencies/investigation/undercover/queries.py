"""Everything that reads operations: for whoever works on the file, and for whoever decides about them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from haetae.accounts.permissions import Permission as Right
from haetae.accounts.queries import who_may_on
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.files.models import Member
from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.agencies.investigation.undercover import gate, rules
from haetae.agencies.investigation.undercover.models import (
    Permit,
    ScopeItem,
    UndercoverApplication,
    UndercoverOperation,
)
from haetae.agencies.investigation.undercover.states import (
    BEFORE_SOMEBODY,
    Desk,
    Item,
    Paper,
    State,
)
from haetae.audit.queries import about
from haetae.common import clock
from haetae.common.case_keys import open_text
from haetae.law.packs import load_pack
from haetae.law.undercover import ActKind, Operation, Shown, UndercoverRule

RIGHTS: Final[Mapping[Desk, Right]] = {
    Desk.APPROVER: Right.UNDERCOVER_APPROVE,
    Desk.PROSECUTOR: Right.UNDERCOVER_PETITION,
    Desk.COURT: Right.UNDERCOVER_PERMIT,
}


def rule_on(operation: str, victim: str, *, at: datetime) -> UndercoverRule | None:
    """What the law says of such an operation on the day of that moment."""
    pack = load_pack(settings.JURISDICTION)
    return pack.undercover.rule(Operation(operation), Shown(victim), on=at.astimezone(pack.zone).date())


def operations_of(investigation_id: UUID) -> Sequence[UndercoverOperation]:
    """Of one file, the newest first."""
    return list(
        UndercoverOperation.objects.filter(investigation=investigation_id).order_by("-opened_at", "pk")
    )


def operation_in(investigation_id: UUID, operation_id: UUID) -> UndercoverOperation | None:
    return UndercoverOperation.objects.filter(pk=operation_id, investigation=investigation_id).first()


def applications_of(operation: UndercoverOperation) -> Sequence[UndercoverApplication]:
    """The one for the beginning first."""
    rows = UndercoverApplication.objects.filter(operation=operation).order_by("number")
    return list(rows.select_related("applied_by", "petitioned_by", "decided_by"))


def permits_of(operation: UndercoverOperation) -> Sequence[Permit]:
    return list(Permit.objects.filter(operation=operation).order_by("valid_from"))


def was_urgent_before(operation: UndercoverOperation) -> bool:
    """Whether another of its kind in this file began in urgency and was never permitted, or was refused."""
    others = UndercoverOperation.objects.filter(investigation=operation.investigation_id, kind=operation.kind)
    refused = Q(applications__number=1, applications__state=Paper.REFUSED)
    urgent = Q(urgent_until__isnull=False, permits__isnull=True)
    return others.exclude(pk=operation.pk).filter(refused | urgent).exists()


def is_unfinished(investigation_id: UUID) -> bool:
    """Whether an operation of the file waits or runs, or somebody still has to report it or to tell who consented."""
    operations = UndercoverOperation.objects.filter(investigation=investigation_id)
    begun = Q(state__in=[State.WAITING, State.URGENT, State.RUNNING])
    unsaid = Q(state=State.ENDED) & (
        Q(report__isnull=True) | Q(consents__told_at=None, consents__isnull=False)
    )
    return operations.filter(begun | unsaid).exists()


def permitted_until(operation: UndercoverOperation) -> datetime | None:
    """The end of all that was permitted; None where nothing was."""
    ends = Permit.objects.filter(operation=operation).order_by("-valid_until")
    return ends.values_list("valid_until", flat=True).first()


def items_of(operation: UndercoverOperation) -> Sequence[ScopeItem]:
    return list(ScopeItem.objects.filter(operation=operation).order_by("what", "position"))


def words_of(sealed: bytes | memoryview, *, key: bytes, about: UUID) -> dict[str, Any]:
    """What lies sealed in a row; nothing where the row has no words yet."""
    found: dict[str, Any] = json.loads(open_text(sealed, key=key, about=about)) if bytes(sealed) else {}
    return found


def scope_of(acts: Sequence[str], items: Sequence[str | UUID]) -> gate.Scope:
    return gate.Scope(
        acts=frozenset(ActKind(one) for one in acts), items=frozenset(UUID(str(one)) for one in items)
    )


def asked_scope(application: UndercoverApplication) -> gate.Scope:
    """Of an extension never more than what was permitted last."""
    permits = permits_of(application.operation) if application.number > 1 else []
    items = permits[-1].items if permits else [one.pk for one in items_of(application.operation)]
    return scope_of(application.acts, items)


def permission_of(operation: UndercoverOperation, *, now: datetime) -> gate.Permission:
    """All that the gate needs to know of an operation at this moment."""
    first = UndercoverApplication.objects.get(operation=operation, number=1)
    granted = [
        gate.Granted(
            scope=scope_of(one.acts, one.items), valid_from=one.valid_from, valid_until=one.valid_until
        )
        for one in permits_of(operation)
    ]
    urgent = None
    if operation.urgent_until is not None and operation.began_at is not None:
        urgent = gate.UrgentStart(
            scope=scope_of(first.acts, [one.pk for one in items_of(operation)]),
            began_at=operation.began_at,
            until=operation.urgent_until,
            is_before_somebody=Paper(first.state) in BEFORE_SOMEBODY,
        )
    return gate.Permission(
        state=State(operation.state),
        rule=rule_on(operation.kind, operation.victim, at=now),
        granted=tuple(granted),
        urgent=urgent,
        last_moment=operation.longest_until,
    )


def holds(desk: Desk, official_id: UUID) -> bool:
    """Whether somebody has a seat at that desk today."""
    day = timezone.localdate(clock.now())
    return who_may_on(RIGHTS[desk], day=day).filter(pk=official_id).exists()


def hands_of(application: UndercoverApplication) -> rules.Hands:
    """Everybody who had a part in it; of prosecutors also whoever petitioned before a paper came back."""
    operation = application.operation
    members = Member.objects.filter(investigation=operation.investigation_id)
    papers = UndercoverApplication.objects.filter(operation=operation).values_list("pk", flat=True)
    petitioned = about(papers).filter(name="undercover.petitioned").values_list("actor_id", flat=True)
    return rules.Hands(
        members=frozenset(members.values_list("official", flat=True)) | {operation.opened_by_id},
        applied_by=application.applied_by_id,
        petitioned_by=frozenset(UUID(one) for one in petitioned),
    )


def why_not_decide(application: UndercoverApplication, *, desk: Desk, official_id: UUID) -> str | None:
    """What stands against a decision by this official at this desk, now."""
    return rules.why_not_decide(
        desk=desk,
        holds=holds(desk, official_id),
        operation=Operation(application.operation.kind),
        paper=Paper(application.state),
        official_id=official_id,
        hands=hands_of(application),
    )


@dataclass(frozen=True, kw_only=True)
class LaidBefore:
    """What somebody who decides reads: this application and what was permitted on it, and nothing else of the file."""

    application: UndercoverApplication
    key: bytes

    @property
    def words(self) -> dict[str, Any]:
        return words_of(self.application.words, key=self.key, about=self.application.pk)

    @property
    def items(self) -> dict[Item, list[tuple[UUID, str]]]:
        """Of each kind the number and the words."""
        return items_in_words(self.application.operation, key=self.key)


def items_in_words(operation: UndercoverOperation, *, key: bytes) -> dict[Item, list[tuple[UUID, str]]]:
    found: dict[Item, list[tuple[UUID, str]]] = {item: [] for item in Item}
    for one in items_of(operation):
        found[Item(one.what)].append((one.pk, open_text(one.text, key=key, about=one.pk)))
    return found


def desk_papers(desk: Desk) -> Sequence[UndercoverApplication]:
    """What lies or lay before a desk, what waits first, then the newest. The words of none are opened."""
    kind = Operation.UNDISCLOSED if desk is Desk.APPROVER else Operation.ASSUMED
    rows = UndercoverApplication.objects.filter(operation__kind=kind).select_related(
        "operation", "applied_by"
    )
    if desk is Desk.COURT:
        rows = rows.filter(petitioned_at__isnull=False)
    waiting = Paper.PETITIONED if desk is Desk.COURT else Paper.APPLIED
    return sorted(rows, key=lambda one: (one.state != waiting, -one.applied_at.timestamp()))


def laid_before(application_id: UUID, *, desk: Desk, official_id: UUID) -> LaidBefore:
    """The application with its words, for whoever sits at a desk before which it lies or lay.

    Whoever belongs to the file reads it there and not here. Raises NotYoursError.
    """
    found = next((one for one in desk_papers(desk) if one.pk == application_id), None)
    if found is None or not holds(desk, official_id):
        raise NotYoursError("paper_not_before_you")
    hands = hands_of(found)
    if official_id in hands.members:
        raise NotYoursError("same_person_applied")
    if desk is Desk.COURT and official_id in hands.petitioned_by:
        raise NotYoursError("same_person_petitioned")
    return LaidBefore(application=found, key=files.key_of(found.operation.investigation))
