"""Evidence is destroyed by two when its time is over, and a hold forbids it."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest

from haetae.agencies.investigation.evidence import queries
from haetae.agencies.investigation.evidence.capture.actions import CannotKeepError
from haetae.agencies.investigation.evidence.custody import actions as custody
from haetae.agencies.investigation.evidence.keeping import actions as keeping
from haetae.agencies.investigation.evidence.states import State
from haetae.agencies.investigation.files.states import Victim
from haetae.audit.models import Event
from haetae.common import clock
from tests import people
from tests.evidence import REASON, held_page, keeper, public_page, stamping, stored_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(tmp_path):
    with public_page() as opened, stamping(tmp_path / "authority"):
        yield opened


def later(monkeypatch, **time):
    moment = clock.now() + timedelta(**time)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_it_is_destroyed_by_two_when_its_time_is_over_and_the_proof_stays(
    site, monkeypatch, django_capture_on_commit_callbacks
):
    min_, ha = keeper(), keeper(people.SECOND_CUSTODIAN)
    piece = held_page(site, min_)
    path = stored_file(queries.get_evidence(piece))
    with pytest.raises(CannotKeepError, match="evidence_term"):
        keeping.ask_destruction(evidence_id=piece, official_id=min_.official.pk)
    later(monkeypatch, days=3653)
    keeping.ask_destruction(evidence_id=piece, official_id=min_.official.pk)
    with pytest.raises(CannotKeepError, match="evidence_same_person"):
        keeping.confirm_destruction(evidence_id=piece, official_id=min_.official.pk)
    with django_capture_on_commit_callbacks(execute=True):
        keeping.confirm_destruction(evidence_id=piece, official_id=ha.official.pk)
    evidence = queries.get_evidence(piece)
    assert evidence.state == State.DESTROYED
    assert not path.exists()
    proof = keeping.proof_of(evidence.destruction)
    assert Event.objects.get(name="evidence.destroyed").facts["proof"] == hashlib.sha256(proof).hexdigest()
    with pytest.raises(CannotKeepError, match="evidence_destroyed"):
        custody.open_one(evidence_id=piece, use=min_.use(), official_id=min_.official.pk)


def test_a_hold_forbids_it_until_it_ends(site, monkeypatch):
    min_ = keeper()
    piece = held_page(site, min_)
    later(monkeypatch, days=3653)
    keeping.set_hold(
        evidence_id=piece,
        reason=REASON,
        until=clock.now() + timedelta(days=30),
        form_key=uuid4(),
        official_id=min_.official.pk,
    )
    with pytest.raises(CannotKeepError, match="evidence_hold"):
        keeping.ask_destruction(evidence_id=piece, official_id=min_.official.pk)
    later(monkeypatch, days=31)
    keeping.ask_destruction(evidence_id=piece, official_id=min_.official.pk)


def test_a_hold_between_the_two_stops_the_second(site, monkeypatch):
    min_, ha = keeper(), keeper(people.SECOND_CUSTODIAN)
    piece = held_page(site, min_)
    later(monkeypatch, days=3653)
    keeping.ask_destruction(evidence_id=piece, official_id=min_.official.pk)
    until = clock.now() + timedelta(days=30)
    keeping.set_hold(
        evidence_id=piece, reason=REASON, until=until, form_key=uuid4(), official_id=ha.official.pk
    )
    with pytest.raises(CannotKeepError, match="evidence_hold"):
        keeping.confirm_destruction(evidence_id=piece, official_id=ha.official.pk)


def test_a_hold_lasts_no_longer_than_our_own_rule(site):
    min_ = keeper()
    piece = held_page(site, min_)
    with pytest.raises(CannotKeepError, match="until_too_far"):
        keeping.set_hold(
            evidence_id=piece,
            reason=REASON,
            until=clock.now() + timedelta(days=400),
            form_key=uuid4(),
            official_id=min_.official.pk,
        )


@pytest.mark.parametrize("victim", [Victim.UNDER_19, Victim.UNKNOWN])
def test_where_a_minor_may_be_in_it_it_is_kept_for_good(site, monkeypatch, victim):
    min_ = keeper()
    piece = held_page(site, min_, victim=victim)
    later(monkeypatch, days=40_000)
    with pytest.raises(CannotKeepError, match="evidence_for_good"):
        keeping.ask_destruction(evidence_id=piece, official_id=min_.official.pk)
