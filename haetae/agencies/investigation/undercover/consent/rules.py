"""Whose consent counts, and why not. Pure. What is not clear is not allowed."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from haetae.agencies.investigation.undercover.rules import is_text
from haetae.law.undercover import ActKind, UndercoverRule


@dataclass(frozen=True, kw_only=True)
class Given:
    """What somebody consents to: `of_what` may be handed on by `acts` until then. `explained` is what they heard."""

    who: str
    of_what: str
    explained: str
    acts: Set[ActKind]
    explained_at: datetime
    until: datetime
    is_adult: bool
    can_judge: bool
    is_written: bool


def why_not_consent(given: Given, rule: UndercoverRule | None, *, now: datetime) -> str | None:
    """A minor's consent and that of somebody who cannot judge it never count, whoever else agrees."""
    if rule is None or not rule.needs_consent:
        return "material_without_consent_rule"
    if not given.is_adult:
        return "consent_of_minor"
    if not given.can_judge:
        return "consent_of_infirm"
    if not given.is_written:
        return "consent_not_written"
    if not (is_text(given.who, least=2) and is_text(given.of_what) and is_text(given.explained)):
        return "consent_words_missing"
    if given.explained_at > now:
        return "consent_explained_later"
    if given.until <= now:
        return "period_over"
    return None if given.acts and given.acts <= rule.needs_consent else "consent_not_for_this"
