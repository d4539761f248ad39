"""Everything that reads consents."""

from uuid import UUID

from haetae.agencies.support.consent.models import Consent
from haetae.agencies.support.consent.states import Kind


def in_force(case_id: UUID, kind: Kind) -> Consent | None:
    return Consent.objects.filter(case_id=case_id, kind=kind, ended_at=None).first()


def of_case(case_id: UUID) -> list[Consent]:
    """Those in force first, then the ended ones, the newest first."""
    found = Consent.objects.filter(case_id=case_id).order_by("-given_at", "pk")
    return sorted(found, key=lambda it: it.ended_at is not None)
