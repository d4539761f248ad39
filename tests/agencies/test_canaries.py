"""Each week harmless pictures of ours go where every picture goes, and what would have been done to them is counted."""

from datetime import timedelta

import numpy as np
import pytest
import time_machine

from haetae.agencies.canaries import jobs
from haetae.agencies.canaries.models import Flight
from haetae.agencies.canaries.pictures import landscapes
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.detect.examination import examine
from haetae.detect.finding import Verdict
from haetae.detect.hashing.pdq import QUALITY_TO_MATCH
from haetae.detect.matching import Bank, Tier
from haetae.flow.arrival.models import Sighting
from haetae.flow.next_step import next_step
from haetae.flow.openers import openers
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.models import Task
from haetae.hashbank.actions import add_known_picture

SEED = "0f" * 16


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(jobs, "TRIED", 4)
    monkeypatch.setattr(jobs.secrets, "token_hex", lambda _bytes: SEED)


def test_the_pictures_are_unlike_each_other_and_rich_enough_to_be_matched() -> None:
    found = [examine(one, bank=Bank(), openers=openers()) for one in landscapes(SEED, count=24)]
    assert {one.verdict for one in found} == {Verdict.NOTHING}
    hashes = [one.fingerprints.perceptual[0] for one in found if one.fingerprints]
    assert min(one.pdq_quality for one in hashes) >= QUALITY_TO_MATCH
    bits = np.array([[int(one.pdq, 16) >> place & 1 for place in range(256)] for one in hashes])
    apart = (bits[:, None] != bits[None]).sum(axis=2)[np.triu_indices(len(bits), 1)]
    assert apart.min() > 31, "no two of them are one picture"


def test_the_same_seed_makes_the_same_pictures_and_another_others() -> None:
    assert list(landscapes(SEED, count=2)) == list(landscapes(SEED, count=2))
    assert set(landscapes(SEED, count=3)).isdisjoint(landscapes("1" + SEED[1:], count=3))


def test_once_a_week_they_are_counted_and_nothing_is_done(few: None) -> None:
    with time_machine.travel("2026-11-22T12:00:00+09:00", tick=False) as moving:
        jobs.fly(timestamp=0)
        moving.shift(timedelta(days=6, hours=23))
        jobs.fly(timestamp=0)
        flight = Flight.objects.get()
        assert (flight.tried, flight.asked_for, flight.put_before_people, flight.not_examined) == (4, 0, 0, 0)
        moving.shift(timedelta(hours=9))  # nobody worked when the week was over
        jobs.fly(timestamp=0)
    assert Event.objects.filter(name="canaries.counted").count() == Flight.objects.count() == 2
    assert not Sighting.objects.exists()


def test_one_that_would_have_been_asked_for_calls_people_and_asks_nobody(few: None) -> None:
    """A list that answers for something wrong: one of the harmless pictures is on it, by both of its hashes."""
    (picture,) = landscapes(SEED, count=1)
    known = examine(picture, bank=Bank(), openers=openers()).fingerprints
    assert known is not None
    add_known_picture(
        list_name="wrong",
        tier=Tier.COUNSELLOR_CHECKED,
        sha256="",
        pdq=known.perceptual[0].pdq,
        dhash=known.perceptual[0].dhash,
        actor=SYSTEM,
    )
    jobs.fly(timestamp=0)
    flight = Flight.objects.get()
    assert (flight.tried, flight.asked_for) == (4, 1)
    next_step(Event.objects.get(name="canaries.wrongful").pk)
    assert Task.objects.get(kind="canary").subject_id == flight.pk
    assert not DeletionRequest.objects.exists()
