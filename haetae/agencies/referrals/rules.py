"""What may be handed to whom, and why not. Pure: it says why not, in a code."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from haetae.agencies.referrals.states import Basis, To

PACKAGE_SHORTEST: Final = 10
PACKAGE_LONGEST: Final = 8_000


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Why something may be handed over at all; `consent_id` where the person agreed."""

    basis: Basis
    consent_id: UUID | None = None


def ground_for(to: To, *, consent_id: UUID | None, ex_officio: bool) -> Ground | None:
    """What lets it be handed over, or None. The law's own reason reaches the police and nobody else."""
    if consent_id is not None:
        return Ground(basis=Basis.CONSENT, consent_id=consent_id)
    return Ground(basis=Basis.EX_OFFICIO) if ex_officio and to is To.POLICE else None


def why_not_send(*, ground: Ground | None, package: str) -> str | None:
    """What stands against it, or None."""
    if ground is None:
        return "referral_not_agreed"
    return None if PACKAGE_SHORTEST <= len(package.strip()) <= PACKAGE_LONGEST else "referral_length"
