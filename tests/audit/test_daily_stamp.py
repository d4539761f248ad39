"""Once a day somebody outside says when the log was written; where nobody does, that is said."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import translation

from haetae.audit.models import Event, Stamp
from haetae.audit.sealer import Sealer
from haetae.common import clock
from haetae.common.stamp_authority import StampAuthority
from haetae.flow import jobs
from haetae.flow.overview.health import STAMP_LATE_AFTER, health, stamping
from haetae.web.console.alarms import alarms
from tests.audit.logs import KEY, Log
from tests.stamping import Authority, authority_at_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority(tmp_path: Path, settings) -> Iterator[Authority]:
    with authority_at_work(tmp_path / "authority") as authority:
        settings.STAMP_AUTHORITY = StampAuthority(url=authority.url, roots_file=authority.roots_file)
        yield authority


@pytest.fixture
def log(tmp_path: Path, authority: Authority) -> Log:
    outside = tmp_path / "event-log-heads.jsonl"
    made = Log(outside=outside, authority=authority, sealer=Sealer(key=KEY, outside=outside))
    made.happened(3)
    return made


def test_the_newest_head_is_stamped_once_a_day_and_that_stands_in_the_log(log, authority) -> None:
    jobs.stamp_head(0)
    jobs.stamp_head(0)
    assert len(authority.asked) == 1
    log.sealer.seal()
    report = log.verified()
    assert (report.ok, report.stamps) == (True, 1), report.findings
    assert Event.objects.filter(name="log.stamped").count() == 1


def test_the_next_day_it_is_stamped_again(log, authority) -> None:
    jobs.stamp_head(0)
    log.happened(1)
    with time_machine.travel(clock.now() + timedelta(days=1), tick=True):
        jobs.stamp_head(0)
    assert Stamp.objects.count() == 2


@pytest.mark.parametrize("misbehaves", ["down", "garbage", "other_digest", "other_nonce", "forged"])
def test_what_proves_nothing_is_not_kept_and_the_next_round_tries_again(log, authority, misbehaves) -> None:
    authority.misbehaves = misbehaves
    jobs.stamp_head(0)
    assert not Stamp.objects.exists()
    authority.misbehaves = ""
    jobs.stamp_head(0)
    assert Stamp.objects.count() == 1


def test_a_day_without_a_stamp_is_an_alarm_and_no_authority_is_said(log, settings) -> None:
    later = clock.now() + STAMP_LATE_AFTER + timedelta(minutes=1)
    words = "no time stamp of an outside authority"
    with translation.override("en"):
        assert not any(words in str(one.words) for one in alarms(health(now=clock.now()), now=clock.now()))
        assert any(words in str(one.words) for one in alarms(health(now=later), now=later))
    settings.STAMP_AUTHORITY = None
    assert not stamping().named
    jobs.stamp_head(0)
    assert not Stamp.objects.exists()
