"""What may be handed to whom, and why not. Pure: it says why not, in a code."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from haetae.agencies.referrals.states import Basis, Matter, To

# To whom a person's case may go at all.
CASE_TO: Final = frozenset({To.POLICE, To.LAWYER, To.REGIONAL_CENTRE})
# What the agencies hand to each other. A review is about one place; the regulator and the police look at both.
ABOUT: Final = {
    To.REVIEWER: frozenset({Matter.PLACE}),
    To.REGULATOR: frozenset({Matter.PLACE, Matter.OPERATOR}),
    To.POLICE: frozenset({Matter.PLACE, Matter.OPERATOR}),
    To.SUPPORT_CENTRE: frozenset({Matter.PLACE}),
}
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


def why_not_refer(*, to: str, matter: Matter, note: str) -> str | None:
    """What stands against handing this from one agency to another, or None."""
    if matter not in ABOUT.get(To(to), frozenset()):
        return "referral_not_about_that"
    return None if PACKAGE_SHORTEST <= len(note.strip()) <= PACKAGE_LONGEST else "referral_length"


def why_not_call_back(*, is_open: bool, is_case: bool) -> str | None:
    """A person's case is called back by the person's own word, and by nobody's at a desk."""
    if is_case:
        return "referral_of_a_case"
    return None if is_open else "referral_over"
