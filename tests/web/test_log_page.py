"""The auditor's page of the log, and what leaves by it."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from haetae.accounts.actions import seat_official
from haetae.accounts.agencies import home_of
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.audit.exported import verify_export
from haetae.audit.models import Event, LogExport
from tests import people
from tests.audit.logs import KEY, Log, begun
from tests.stamping import make_authority

pytestmark = pytest.mark.django_db
PAGE = "/console/log/"
WHOLE = {"after": "0", "content": "events", "reason": "audit"}


@pytest.fixture
def auditor(visitor):
    official = seat_official(
        username=people.AUDITOR.name,
        role=Role.AUDITOR,
        agency=home_of(Role.AUDITOR),
        since=date(2026, 1, 1),
        actor=SYSTEM,
    )
    browser = visitor("en")
    browser.force_login(official)
    return browser


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return begun(tmp_path, make_authority(tmp_path / "authority"))


def test_the_page_says_how_far_it_is_proven_and_by_whom(auditor, log):
    page = auditor.get(PAGE).content.decode()
    assert "Authority of the tests, time stamps" in page.replace("\\", "")
    assert "BEGIN PUBLIC KEY" in page
    assert "No authority is named" in page
    assert settings.STAMP_AUTHORITY is None


def test_a_log_without_a_stamp_says_so_on_the_page_of_health(auditor, db):
    assert "no authority is named" in auditor.get("/console/health/").content.decode()


def test_what_is_taken_can_be_checked_and_that_it_was_taken_stands_in_the_log(auditor, log):
    answer = auditor.post(PAGE, WHOLE)
    report = verify_export(
        b"".join(answer.streaming_content).splitlines(keepends=True), key=KEY.public_key(), roots=log.roots
    )
    assert report.ok, report.findings
    event = Event.objects.get(name="log.exported")
    assert (event.actor_kind, event.facts["reason"], event.facts["with_events"]) == (
        "official",
        "audit",
        True,
    )
    assert "An audit by law or by order" in auditor.get(PAGE).content.decode()


def test_a_part_without_events_goes_on_from_a_stamped_head(auditor, log):
    size = min(int(one.facts["size"]) for one in Event.objects.filter(name="log.stamped"))
    answer = auditor.post(PAGE, {"after": size, "content": "digests", "reason": "kept_outside"})
    told = b"".join(answer.streaming_content)
    assert verify_export(told.splitlines(keepends=True), key=KEY.public_key()).first == size
    assert b"hashbank" not in told


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"reason": "because"},
        {"after": "-1"},
        {"after": "2"},
        {"after": "99999999"},
        {"after": "many"},
    ],
)
def test_without_a_reason_or_a_beginning_nothing_leaves_and_nothing_is_written(auditor, log, wrong):
    answer = auditor.post(PAGE, WHOLE | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not LogExport.objects.exists()


def test_where_nothing_is_sealed_that_is_said(auditor, db):
    assert auditor.get(PAGE).status_code == 200
    answer = auditor.post(PAGE, WHOLE)
    assert (answer.status_code, "nothing to hand out" in answer.content.decode()) == (422, True)
