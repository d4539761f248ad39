"""What the pack says of undercover work, by the day and by who is shown."""

from datetime import UTC, date, datetime

import pytest

from haetae.law.facts import Role
from haetae.law.packs import load_pack
from haetae.law.undercover import ActKind, Operation, ReportField, Shown

UNDERCOVER = load_pack("kr").undercover
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("victim", "first"), [(Shown.ADULT, date(2025, 6, 4)), (Shown.UNDER_19, date(2021, 9, 24))]
)
@pytest.mark.parametrize("operation", Operation)
def test_no_act_lets_the_police_do_it_before_its_first_day(operation, victim, first):
    before = date.fromordinal(first.toordinal() - 1)
    assert UNDERCOVER.rule(operation, victim, on=before) is None
    assert UNDERCOVER.rule(operation, victim, on=first) is not None


def test_only_assumed_identity_can_be_extended_and_only_by_as_much_as_the_act_says():
    pack = load_pack("kr")
    for victim in Shown:
        silent = UNDERCOVER.rule(Operation.UNDISCLOSED, victim, on=TODAY)
        assumed = UNDERCOVER.rule(Operation.ASSUMED, victim, on=TODAY)
        assert silent is not None
        assert silent.extension is None
        assert str(silent.in_all) == "P3M"
        assert assumed is not None
        assert assumed.extension is not None
        assert (str(assumed.extension.each), str(assumed.in_all)) == ("P3M", "P1Y")
        begun = datetime(2026, 11, 30, 3, tzinfo=UTC)
        assert pack.due_at(start=begun, duration=assumed.longest) == datetime(2027, 2, 28, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("operation", "victim", "day", "may"),
    [
        (Operation.UNDISCLOSED, Shown.ADULT, date(2025, 6, 3), False),
        (Operation.UNDISCLOSED, Shown.ADULT, date(2025, 6, 4), True),
        (Operation.UNDISCLOSED, Shown.UNDER_19, date(2026, 10, 1), False),
        (Operation.UNDISCLOSED, Shown.UNDER_19, date(2026, 10, 2), True),
        (Operation.ASSUMED, Shown.UNDER_19, date(2021, 9, 24), True),
    ],
)
def test_it_may_begin_in_urgency_only_since_the_law_says_so(operation, victim, day, may):
    rule = UNDERCOVER.rule(operation, victim, on=TODAY)
    assert rule is not None
    assert rule.may_be_urgent(day) is may
    assert rule.urgent is not None
    assert str(rule.urgent.within) == "P2D"


def test_consent_helps_for_adults_and_nobody_is_ever_shown_under_the_act_on_children():
    adult = UNDERCOVER.rule(Operation.ASSUMED, Shown.ADULT, on=TODAY)
    minor = UNDERCOVER.rule(Operation.ASSUMED, Shown.UNDER_19, on=TODAY)
    assert adult is not None
    assert minor is not None
    assert adult.needs_consent == {ActKind.PROVIDE, ActKind.SELL, ActKind.ADVERTISE}
    assert ActKind.PROVIDE not in minor.acts
    assert minor.needs_consent == set()
    assert minor.never_shows == {ActKind.SELL, ActKind.ADVERTISE}


def test_the_assembly_is_told_less_than_the_commission_and_neither_of_assumed_identities():
    commission, assembly = (UNDERCOVER.report(role) for role in (Role.POLICE_COMMISSION, Role.ASSEMBLY))
    assert commission is not None
    assert assembly is not None
    assert len(commission.fields) == 8
    assert {ReportField.TARGET, ReportField.METHOD, ReportField.SUMMARY}.isdisjoint(assembly.fields)
    assert commission.every is None
    assert str(assembly.every) == "P6M"
