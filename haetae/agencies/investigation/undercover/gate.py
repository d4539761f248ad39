"""The gate: what stands against an act at this very moment. Pure, and the same for everybody: there is no override.

It reckons from the permission, its scope and the time, never from a state that a clock ought to have changed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from haetae.agencies.investigation.undercover.states import Item, Material, State
from haetae.law.undercover import ActKind, UndercoverRule

# Acts that offer something or take an offer up: intent must have been there before (SCA 22-9).
OFFER_LIKE: Final = frozenset(
    {ActKind.BUY, ActKind.CONTRACT, ActKind.PROVIDE, ActKind.SELL, ActKind.ADVERTISE}
)
WITH_MATERIAL: Final = frozenset({ActKind.POSSESS, ActKind.PROVIDE, ActKind.SELL, ActKind.ADVERTISE})


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which acts, and which of the targets, places and methods that the application named."""

    acts: frozenset[ActKind]
    items: frozenset[UUID]


@dataclass(frozen=True, kw_only=True)
class Granted:
    """A permission in writing; both moments are included."""

    scope: Scope
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, kw_only=True)
class UrgentStart:
    """Begun without permission. `is_before_somebody` while an application for it lies before whoever decides next."""

    scope: Scope
    began_at: datetime
    until: datetime
    is_before_somebody: bool


@dataclass(frozen=True, kw_only=True)
class Consent:
    """Of an adult who can judge what it means, in writing and after it was explained. `acts` are what it covers."""

    acts: frozenset[ActKind]
    given_at: datetime
    until: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Permission:
    """All that is known of an operation when somebody acts. `rule` is None where no law holds that day.

    `last_moment` is how long the law lets it last with every extension.
    """

    state: State
    rule: UndercoverRule | None
    granted: tuple[Granted, ...]
    urgent: UrgentStart | None
    last_moment: datetime | None


@dataclass(frozen=True, kw_only=True)
class Act:
    """`items` are the one target, place and method; None for what the application does not name."""

    kind: ActKind
    items: dict[Item, UUID | None]
    material: Material
    consent: Consent | None
    says_intent_was_there: bool


def why_not_act(permission: Permission, act: Act, *, now: datetime) -> str | None:
    """A code, or None where the act is lawful at `now` by what was permitted."""
    if permission.state in {State.ENDED, State.NEVER_BEGUN}:
        return "operation_over"
    if permission.rule is None:
        return "no_law_today"
    if permission.last_moment is not None and now > permission.last_moment:
        return "longest_over"
    scope = _scope_now(permission, now=now)
    if isinstance(scope, str):
        return scope
    return (
        _why_not_kind(permission.rule, scope, act.kind)
        or _why_not_items(scope, act)
        or _why_not_material(permission.rule, act, now=now)
        or ("intent_not_said" if act.kind in OFFER_LIKE and not act.says_intent_was_there else None)
    )


def _scope_now(permission: Permission, *, now: datetime) -> Scope | str:
    """The newest permission that covers this moment, or the urgent start; otherwise why there is none."""
    covering = [one for one in permission.granted if one.valid_from <= now <= one.valid_until]
    if covering:
        return max(covering, key=lambda one: one.valid_from).scope
    if permission.granted:
        first = min(one.valid_from for one in permission.granted)
        return "permit_not_yet" if now < first else "permit_over"
    urgent = permission.urgent
    if urgent is None:
        return "not_permitted"
    if now > urgent.until:
        return "urgent_over"
    if not urgent.is_before_somebody:
        return "urgent_not_applied"
    return urgent.scope if now >= urgent.began_at else "not_permitted"


def _why_not_kind(rule: UndercoverRule, scope: Scope, kind: ActKind) -> str | None:
    if kind not in rule.acts:
        return "act_not_in_law"
    return None if kind in scope.acts else "act_not_in_scope"


def _why_not_items(scope: Scope, act: Act) -> str | None:
    for item in Item:
        named = act.items.get(item)
        if named is None or named not in scope.items:
            return f"{item}_not_in_scope"
    return None


def _why_not_material(rule: UndercoverRule, act: Act, *, now: datetime) -> str | None:
    """Material without a victim may be handed on; with an adult only by consent; with others never."""
    if act.kind not in WITH_MATERIAL:
        return None
    if act.material is Material.NONE:
        return None if act.kind is ActKind.ADVERTISE else "material_not_said"
    if act.kind is ActKind.POSSESS or act.material is Material.NOBODY:
        return None
    if act.material is not Material.ADULT:
        return {
            Material.UNDER_19: "material_of_minor",
            Material.INFIRM: "material_of_infirm",
        }.get(act.material, "material_of_unknown")
    if act.kind in rule.needs_consent:
        return why_not_by_consent(act.consent, kind=act.kind, now=now)
    return "material_without_consent_rule"


def why_not_by_consent(consent: Consent | None, *, kind: ActKind, now: datetime) -> str | None:
    if consent is None:
        return "consent_missing"
    if consent.withdrawn_at is not None and consent.withdrawn_at <= now:
        return "consent_withdrawn"
    if not consent.given_at <= now <= consent.until:
        return "consent_over"
    return None if kind in consent.acts else "consent_not_for_this"
