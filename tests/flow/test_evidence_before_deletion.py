"""What an investigator asked to keep is kept before it is deleted, and nobody waits for that for long."""

from datetime import timedelta

import pytest
from board import MEDIA, PAGE
from neighbours import RECEIVED
from steps import found, happened, wait
from work import do_all_jobs

from haetae.agencies.investigation.evidence.capture import actions as capturing
from haetae.agencies.investigation.evidence.models import Evidence
from haetae.agencies.investigation.files.states import Victim
from haetae.common import clock
from haetae.flow.overview.desk.rows import requests_of
from haetae.flow.removal.models import DeletionRequest
from tests.evidence import ask_in, keeper
from tests.investigations import begin_file, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(board, coffee, make_known, moving_clock):
    """The picture is known, so that it is asked for at once when it is found."""
    make_known(coffee)
    board.picture = coffee
    board.answers = [RECEIVED] * 9
    return board


@pytest.fixture
def slow(monkeypatch):
    """The page takes long: it is not visited before the test says so."""
    monkeypatch.setattr("haetae.agencies.investigation.evidence.jobs.capture.func", lambda evidence_id: None)


def desk_shows_it():
    """Whether somebody at the operator could read the request at its desk."""
    request = DeletionRequest.objects.get()
    return requests_of(request.sighting.operator_id).filter(pk=request.pk).exists()


def asked(victim=Victim.ADULT):
    keeper()
    park = officer()
    return ask_in(begin_file(park, victim=victim), PAGE, by=park)


def test_the_operator_is_asked_when_it_is_sealed_and_not_before(known, slow, moving_clock):
    evidence = asked()
    found()
    assert DeletionRequest.objects.count() == 1
    assert known.orders == []
    assert not desk_shows_it()
    kept = capturing.Kept(
        content_digest="0" * 64,
        content_bytes=1,
        manifest_digest="1" * 64,
        pictures=0,
        keys=(),
        captured_at=clock.now(),
    )
    capturing.captured(evidence_id=evidence.pk, kept=kept)
    wait(moving_clock, minutes=1)
    assert known.orders == []
    capturing.sealed(evidence_id=evidence.pk, token=b"x", stamped_at=clock.now(), authority="a")
    do_all_jobs()
    wait(moving_clock, seconds=1)
    assert len(known.orders) == 1
    assert desk_shows_it()
    assert happened().index("evidence.sealed") < happened().index("removal.sent")
    assert "evidence.overtaken" not in happened()


def test_what_cannot_be_kept_holds_up_nothing(known, slow, moving_clock):
    evidence = asked()
    found()
    capturing.not_captured(evidence_id=evidence.pk, code="http_404")
    do_all_jobs()
    wait(moving_clock, seconds=1)
    assert len(known.orders) == 1


def test_after_twenty_minutes_the_operator_is_asked_all_the_same_and_that_is_said(known, slow, moving_clock):
    evidence = asked()
    found()
    wait(moving_clock, minutes=19)
    assert known.orders == []
    wait(moving_clock, minutes=1, seconds=1)
    assert len(known.orders) == 1
    evidence.refresh_from_db()
    assert evidence.overtaken_at is not None


def test_the_desk_shows_it_after_that_time_also_where_no_clock_of_ours_runs(known, slow, moving_clock):
    asked()
    found()
    moving_clock.shift(timedelta(minutes=19))
    assert not desk_shows_it()
    moving_clock.shift(timedelta(minutes=1, seconds=1))
    assert desk_shows_it()


@pytest.mark.parametrize("victim", [Victim.UNDER_19, Victim.UNKNOWN])
def test_for_a_minor_it_is_five_minutes(known, slow, moving_clock, victim):
    asked(victim)
    found()
    wait(moving_clock, minutes=4)
    assert known.orders == []
    wait(moving_clock, minutes=1, seconds=1)
    assert len(known.orders) == 1


def test_where_the_request_may_be_about_a_minor_the_file_does_not_make_it_longer(known, slow, moving_clock):
    asked(Victim.ADULT)
    found()
    DeletionRequest.objects.update(minor_protected=True)
    Evidence.objects.update(held_until=clock.now() + timedelta(hours=9))
    from haetae.flow.delivery.models import Delivery
    from haetae.flow.steps.asking import hand_over

    hand_over(Delivery.objects.get().pk)
    wait(moving_clock, minutes=5, seconds=1)
    assert len(known.orders) == 1


def test_a_place_makes_a_deletion_wait_once(known, slow, moving_clock):
    first = asked()
    capturing.not_captured(evidence_id=first.pk, code="http_500")
    park = officer()
    second = ask_in(begin_file(park), PAGE, by=park)
    assert second.held_until is None
    found()
    assert len(known.orders) == 1


def test_a_second_word_about_another_address_of_the_place_makes_nobody_wait_again(known, slow, moving_clock):
    asked()
    found()
    wait(moving_clock, minutes=19)
    park = officer()
    assert ask_in(begin_file(park), MEDIA, by=park).held_until is not None
    assert known.orders == []
    wait(moving_clock, minutes=1, seconds=1)
    assert len(known.orders) == 1


def test_a_deletion_that_went_out_before_is_told_to_whoever_reads_the_evidence(known, slow, moving_clock):
    found()
    evidence = asked()
    do_all_jobs()
    evidence.refresh_from_db()
    assert evidence.overtaken_at is not None
