"""Everything that reads about designations."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from haetae.accounts.seats.queries import carried_on
from haetae.agencies.enforcement.designation import rules
from haetae.agencies.enforcement.designation.channels.queries import channels_of
from haetae.agencies.enforcement.designation.models import Designation
from haetae.agencies.enforcement.designation.papers import Notice
from haetae.agencies.enforcement.designation.states import IN_FORCE, OPEN, SIGNED, State
from haetae.agencies.enforcement.filings.facts.queries import facts_of, known
from haetae.agencies.enforcement.filings.facts.rules import Known, in_force
from haetae.agencies.enforcement.filings.states import FactKind
from haetae.common import clock
from haetae.flow.hearings.queries import why_not_act
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


def why_not_sign(designation: Designation, *, official_id: UUID) -> str | None:
    """Why this official may not sign it now, or None."""
    return rules.why_not_designate(
        State(designation.state),
        proposers={designation.proposed_by_id, *carried_on(designation.pk)},
        official_id=official_id,
        unheard=why_not_act(designation.pk),
        users=daily_users(designation.operator_id, day=timezone.localdate(clock.now())),
        users_at_least=load_pack(settings.JURISDICTION).designation.daily_users_at_least,
    )


def proposals_of(official_id: UUID) -> list[UUID]:
    """What this official has proposed and nobody has signed or dropped."""
    proposals = Designation.objects.filter(proposed_by=official_id, state__in=sorted(OPEN - SIGNED))
    return list(proposals.order_by("proposed_at").values_list("pk", flat=True))


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
