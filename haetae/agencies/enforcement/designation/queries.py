"""Everything that reads about designations."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from haetae.agencies.enforcement.designation.channels.queries import channels_of
from haetae.agencies.enforcement.designation.models import Designation
from haetae.agencies.enforcement.designation.papers import Notice
from haetae.agencies.enforcement.designation.states import IN_FORCE, OPEN
from haetae.agencies.enforcement.filings.facts.queries import facts_of, known
from haetae.agencies.enforcement.filings.facts.rules import Known, in_force
from haetae.agencies.enforcement.filings.states import FactKind
from haetae.common import clock
from haetae.law.facts import Role
from haetae.law.packs import load_pack


def get_designation(designation_id: UUID, *, operator_id: UUID) -> Designation:
    """Raises Designation.DoesNotExist, also for another operator's."""
    return Designation.objects.select_related("operator").get(pk=designation_id, operator_id=operator_id)


def of_operator(operator_id: UUID) -> QuerySet[Designation]:
    """All that there ever were, the newest first."""
    return Designation.objects.filter(operator_id=operator_id).order_by("-proposed_at")


def open_of(operator_id: UUID) -> Designation | None:
    """The one that is proposed or in force; there is one at most."""
    return of_operator(operator_id).filter(state__in=sorted(OPEN)).first()


def in_force_at(operator_id: UUID) -> Designation | None:
    """The one that is signed and has not ended."""
    return of_operator(operator_id).filter(state__in=sorted(IN_FORCE)).first()


def all_open() -> QuerySet[Designation]:
    """What is proposed or in force at any operator, the oldest change first."""
    open_ones = Designation.objects.filter(state__in=sorted(OPEN))
    return open_ones.select_related("operator").order_by("changed_at")


def daily_users(operator_id: UUID, *, day: date) -> Known | None:
    """How many users a day it is known to have on a day, and who says so."""
    facts = known(facts_of(operator_id).filter(kind=FactKind.DAILY_USERS))
    return in_force(facts, FactKind.DAILY_USERS, on=day)


def notice_of(designation_id: UUID) -> Notice:
    """What its letters say: as signed, or, before that, as they would be signed today."""
    designation = Designation.objects.select_related("operator").get(pk=designation_id)
    pack = load_pack(settings.JURISDICTION)
    at = designation.designated_at or clock.now()
    on, law = at.astimezone(pack.zone).date(), pack.designation
    agency = pack.agency(role=Role.REGULATOR, on=on)
    channels = channels_of(designation.operator_id).filter(first_seen_on__lte=on)
    newest = channels.first()
    return Notice(
        operator=designation.operator.name,
        issuer=(agency.name_ko, agency.name_en),
        law=(law.source.cite_ko(law.article), law.source.cite_en(law.article)),
        on=on,
        reason=designation.reason,
        daily_users=designation.daily_users,
        users_on=designation.users_on,
        users_found=designation.users_found,
        users_at_least=law.daily_users_at_least,
        channels=channels.count(),
        last_seen_on=newest.last_seen_on if newest else None,
        name_within_days=law.name_within.exact.days,
        reply_within_hours=int(law.reply_within.exact.total_seconds()) // 3_600,
    )


def names_of(subject_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The operators' names, for those of these ids that are a designation."""
    rows = Designation.objects.filter(pk__in=list(subject_ids)).values_list("pk", "operator__name")
    return dict(rows)
