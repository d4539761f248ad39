"""The gate by itself: which act is lawful under which permission, at which moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from haetae.agencies.investigation.undercover.gate import (
    Act,
    Consent,
    Granted,
    Permission,
    Scope,
    UrgentStart,
    why_not_act,
)
from haetae.agencies.investigation.undercover.states import Item, Material, State
from haetae.law.packs import load_pack
from haetae.law.undercover import ActKind, Operation, Shown

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
ITEMS = {item: UUID(int=number) for number, item in enumerate(Item, start=1)}
SCOPE = Scope(acts=frozenset(ActKind), items=frozenset(ITEMS.values()))
ACT = Act(
    kind=ActKind.APPROACH,
    items=dict(ITEMS),
    material=Material.NONE,
    consent=None,
    says_intent_was_there=False,
)
CONSENT = Consent(
    acts=frozenset({ActKind.SELL}),
    given_at=NOW - timedelta(days=1),
    until=NOW + timedelta(days=1),
    withdrawn_at=None,
)


def rule(operation=Operation.ASSUMED, victim=Shown.ADULT):
    return load_pack("kr").undercover.rule(operation, victim, on=date(2026, 11, 26))


def running(**other) -> Permission:
    known = Permission(
        state=State.RUNNING,
        rule=rule(),
        granted=(Granted(scope=SCOPE, valid_from=NOW, valid_until=NOW + timedelta(days=30)),),
        urgent=None,
        last_moment=NOW + timedelta(days=365),
    )
    return replace(known, **other)


def test_what_is_within_permission_scope_and_time_is_lawful():
    assert why_not_act(running(), ACT, now=NOW) is None


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (timedelta(seconds=-1), "permit_not_yet"),
        (timedelta(days=30), None),
        (timedelta(days=30, seconds=1), "permit_over"),
        (timedelta(days=366), "longest_over"),
    ],
)
def test_a_permission_holds_from_its_first_moment_to_its_last(after, code):
    assert why_not_act(running(), ACT, now=NOW + after) == code


@pytest.mark.parametrize(
    ("after", "code"),
    [(timedelta(0), None), (timedelta(hours=48), None), (timedelta(hours=48, seconds=1), "urgent_over")],
)
def test_an_urgent_start_stops_after_48_hours_whatever_a_clock_has_done(after, code):
    urgent = UrgentStart(scope=SCOPE, began_at=NOW, until=NOW + timedelta(hours=48), is_before_somebody=True)
    begun = running(state=State.URGENT, granted=(), urgent=urgent)
    assert why_not_act(begun, ACT, now=NOW + after) == code


def test_an_urgent_start_without_an_application_before_anybody_does_nothing():
    urgent = UrgentStart(scope=SCOPE, began_at=NOW, until=NOW + timedelta(hours=48), is_before_somebody=False)
    begun = running(state=State.URGENT, granted=(), urgent=urgent)
    assert why_not_act(begun, ACT, now=NOW) == "urgent_not_applied"


@pytest.mark.parametrize("state", [State.ENDED, State.NEVER_BEGUN])
def test_what_is_over_is_over_although_its_permit_still_ran(state):
    assert why_not_act(running(state=state), ACT, now=NOW) == "operation_over"


def test_without_a_permission_or_a_law_nothing_is_lawful():
    assert why_not_act(running(granted=(), state=State.WAITING), ACT, now=NOW) == "not_permitted"
    assert why_not_act(running(rule=None), ACT, now=NOW) == "no_law_today"


@pytest.mark.parametrize("item", Item)
def test_a_target_place_or_method_that_the_permission_does_not_name_is_refused(item):
    for other in (None, UUID(int=99)):
        act = replace(ACT, items=ITEMS | {item: other})
        assert why_not_act(running(), act, now=NOW) == f"{item}_not_in_scope"


def test_a_kind_of_act_outside_the_permission_or_the_law_is_refused():
    narrow = Scope(acts=frozenset({ActKind.OBSERVE}), items=SCOPE.items)
    granted = (Granted(scope=narrow, valid_from=NOW, valid_until=NOW + timedelta(days=1)),)
    assert why_not_act(running(granted=granted), ACT, now=NOW) == "act_not_in_scope"
    papers = replace(ACT, kind=ActKind.USE_PAPERS)
    silent = running(rule=rule(Operation.UNDISCLOSED))
    assert why_not_act(silent, papers, now=NOW) == "act_not_in_law"


def test_an_offer_needs_an_intent_that_was_there_before():
    buy = replace(ACT, kind=ActKind.BUY)
    assert why_not_act(running(), buy, now=NOW) == "intent_not_said"
    assert why_not_act(running(), replace(buy, says_intent_was_there=True), now=NOW) is None


@pytest.mark.parametrize(
    ("victim", "material", "consent", "code"),
    [
        (Shown.ADULT, Material.NOBODY, None, None),
        (Shown.ADULT, Material.ADULT, CONSENT, None),
        (Shown.ADULT, Material.ADULT, None, "consent_missing"),
        (Shown.ADULT, Material.ADULT, replace(CONSENT, withdrawn_at=NOW), "consent_withdrawn"),
        (Shown.ADULT, Material.ADULT, replace(CONSENT, until=NOW - timedelta(seconds=1)), "consent_over"),
        (Shown.ADULT, Material.ADULT, replace(CONSENT, acts=frozenset()), "consent_not_for_this"),
        (Shown.ADULT, Material.UNDER_19, CONSENT, "material_of_minor"),
        (Shown.ADULT, Material.INFIRM, CONSENT, "material_of_infirm"),
        (Shown.ADULT, Material.UNKNOWN, CONSENT, "material_of_unknown"),
        (Shown.ADULT, Material.NONE, CONSENT, "material_not_said"),
        (Shown.UNDER_19, Material.NOBODY, None, None),
        (Shown.UNDER_19, Material.ADULT, CONSENT, "material_without_consent_rule"),
        (Shown.UNDER_19, Material.UNDER_19, None, "material_of_minor"),
    ],
)
def test_material_is_handed_on_only_without_a_victim_or_with_an_adults_consent(
    victim, material, consent, code
):
    sell = replace(ACT, kind=ActKind.SELL, material=material, consent=consent, says_intent_was_there=True)
    assert why_not_act(running(rule=rule(victim=victim)), sell, now=NOW) == code


def test_under_the_act_on_children_nothing_is_handed_over_for_free():
    provide = replace(ACT, kind=ActKind.PROVIDE, material=Material.NOBODY, says_intent_was_there=True)
    assert why_not_act(running(rule=rule(victim=Shown.UNDER_19)), provide, now=NOW) == "act_not_in_law"


def test_the_newest_permission_decides_where_two_meet():
    narrow = Scope(acts=frozenset({ActKind.OBSERVE}), items=SCOPE.items)
    end = NOW + timedelta(days=30)
    more = Granted(scope=narrow, valid_from=end, valid_until=end + timedelta(days=30))
    both = running(granted=(*running().granted, more))
    assert why_not_act(both, ACT, now=end - timedelta(seconds=1)) is None
    assert why_not_act(both, ACT, now=end) == "act_not_in_scope"
