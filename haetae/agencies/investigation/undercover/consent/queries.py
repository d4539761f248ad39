"""Everything that reads consents."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from haetae.agencies.investigation.undercover import gate
from haetae.agencies.investigation.undercover.models import UndercoverOperation, VictimConsent
from haetae.agencies.investigation.undercover.queries import words_of
from haetae.law.undercover import ActKind


@dataclass(frozen=True, kw_only=True)
class ConsentFacts:
    consent_id: UUID
    facts: gate.Consent


@dataclass(frozen=True, kw_only=True)
class ConsentInWords:
    consent: VictimConsent
    who: str
    of_what: str
    explained: str


def consent_facts(operation: UndercoverOperation, consent_id: UUID | None) -> ConsentFacts | None:
    """One of this operation, as the gate reads it; None for none and for one of another operation."""
    found = VictimConsent.objects.filter(pk=consent_id, operation=operation).first() if consent_id else None
    if found is None:
        return None
    facts = gate.Consent(
        acts=frozenset(ActKind(one) for one in found.acts),
        given_at=found.given_at,
        until=found.until,
        withdrawn_at=found.withdrawn_at,
    )
    return ConsentFacts(consent_id=found.pk, facts=facts)


def consents_of(operation: UndercoverOperation, *, key: bytes) -> Sequence[ConsentInWords]:
    """The newest first, those taken back too."""
    rows = VictimConsent.objects.filter(operation=operation).order_by("-given_at", "pk")
    return [ConsentInWords(consent=one, **words_of(one.words, key=key, about=one.pk)) for one in rows]
