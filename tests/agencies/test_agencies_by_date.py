"""Old acts keep the old name; a role sits where it belongs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from haetae.accounts.actions import WrongSeatError, official_actor, seat_official
from haetae.accounts.agencies import SITS_IN, AgencyKey, home_of, roles_in
from haetae.accounts.permissions import AT_AN_OPERATOR, Role
from haetae.audit.actor import SYSTEM
from haetae.law.facts import Role as AgencyRole
from haetae.web.words.agencies import Officials, acting, agency_on
from tests.people import REVIEWER


@dataclass(frozen=True)
class Act:
    at: datetime
    actor_kind: str
    actor_id: str


def test_agencies_are_named_as_the_pack_names_them_and_every_role_sits_somewhere():
    assert {key.value for key in AgencyKey} == {role.value for role in AgencyRole}
    assert set(SITS_IN) == set(Role) - AT_AN_OPERATOR
    assert Role.COMMISSION_MEMBER in roles_in(AgencyKey.REVIEWER)
    assert Role.REGULATOR not in roles_in(AgencyKey.REVIEWER)
    assert Role.AGENCY_ADMINISTRATOR in roles_in(home_of(Role.POLICY_LEAD))


@pytest.mark.parametrize(
    ("key", "last_day", "before", "after"),
    [
        ("reviewer", date(2025, 9, 30), "방송통신심의위원회", "방송미디어통신심의위원회"),
        ("regulator", date(2025, 9, 30), "방송통신위원회", "방송미디어통신위원회"),
        ("prosecutor", date(2026, 10, 1), "검찰청", "공소청"),
    ],
)
def test_an_agency_is_called_what_it_was_called_on_the_day(key, last_day, before, after):
    with translation.override("ko"):
        assert agency_on(key, day=last_day) == before
        assert agency_on(key, day=date.fromordinal(last_day.toordinal() + 1)) == after
        assert agency_on("nobody_knows", day=last_day) == "nobody_knows"


@pytest.mark.django_db
def test_a_seat_outlives_the_new_name_and_what_was_done_before_keeps_the_old_one():
    """Nothing is done on the day on which the commission is renamed; midnight is that of Seoul."""
    official = seat_official(
        username=REVIEWER.name, role=Role.REVIEWER, agency="reviewer", since=date(2025, 1, 1), actor=SYSTEM
    )
    by = official_actor(official.pk)
    before, after = (
        Act(at=at, actor_kind=by.kind, actor_id=by.id)
        for at in (datetime(2025, 9, 30, 14, 59, tzinfo=UTC), datetime(2025, 9, 30, 15, 0, tzinfo=UTC))
    )
    with translation.override("en"):
        actors = acting([before, after])
        assert "(KCSC)" in actors.words(before)
        assert "(KMCSC)" in actors.words(after)
        assert REVIEWER.name not in actors.words(after)
        named = Officials([official.pk]).named("kim", official_id=official.pk, at=after.at)
        assert named.startswith("kim · Korea Media")
        too_early = Officials([official.pk]).agency(official.pk, at=datetime(2024, 1, 1, tzinfo=UTC))
        assert too_early == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "agency"),
    [
        (Role.REVIEWER, "regulator"),
        (Role.REGULATOR, "reviewer"),
        (Role.COUNSELLOR, "police"),
        (Role.POLICE_OFFICER, "support_centre"),
        (Role.AUDITOR, "demo"),
    ],
)
def test_nobody_sits_in_an_agency_in_which_their_role_does_not_exist(role, agency):
    with pytest.raises(WrongSeatError, match="it sits in: "):
        seat_official(username=REVIEWER.name, role=role, agency=agency, since=date(2026, 1, 1), actor=SYSTEM)
