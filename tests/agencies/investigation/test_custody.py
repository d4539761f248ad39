"""Evidence goes from hand to hand, is used for lawful purposes alone, and what was altered is found."""

import random
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from haetae.agencies.investigation.evidence import queries
from haetae.agencies.investigation.evidence.capture.actions import CannotKeepError
from haetae.agencies.investigation.evidence.custody import actions as custody
from haetae.agencies.investigation.evidence.jobs import look_after
from haetae.agencies.investigation.evidence.keeping import actions as keeping
from haetae.agencies.investigation.evidence.keeping import boxes, store
from haetae.agencies.investigation.evidence.models import CustodyLink, Evidence
from haetae.agencies.investigation.evidence.states import Act, State
from haetae.agencies.investigation.files.queries import opened_by
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.tasks.models import Task
from tests import people
from tests.evidence import REASON, ask_in, held_page, keeper, public_page, sealed_page, stamping, stored_file
from tests.investigations import custodian
from tests.work import do_all_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(tmp_path):
    with public_page() as opened, stamping(tmp_path / "authority"):
        yield opened


def acts(evidence_id):
    return [Act(one.act) for one in queries.chain_of(queries.get_evidence(evidence_id))]


def test_it_goes_from_hand_to_hand_and_both_sides_say_so(site):
    min_, ha = keeper(), keeper(people.SECOND_CUSTODIAN)
    piece = held_page(site, min_)
    custody.give(evidence_id=piece, to_id=ha.official.pk, identity="", official_id=min_.official.pk)
    with pytest.raises(CannotKeepError, match="evidence_on_its_way"):
        custody.open_one(evidence_id=piece, use=min_.use(), official_id=min_.official.pk)
    with pytest.raises(CannotKeepError, match="evidence_not_given"):
        custody.receive(evidence_id=piece, official_id=min_.official.pk)
    custody.receive(evidence_id=piece, official_id=ha.official.pk)
    assert custody.open_one(evidence_id=piece, use=ha.use(), official_id=ha.official.pk).files
    assert acts(piece) == [Act.TAKEN, Act.GIVEN, Act.RECEIVED, Act.OPENED]


def test_for_a_custodian_who_came_later_it_is_locked_anew(site):
    min_ = keeper()
    piece = held_page(site, min_)
    before = stored_file(queries.get_evidence(piece))
    ha = keeper(people.SECOND_CUSTODIAN)
    with pytest.raises(CannotKeepError, match="evidence_key_unreadable"):
        custody.give(evidence_id=piece, to_id=ha.official.pk, identity="", official_id=min_.official.pk)
    custody.give(
        evidence_id=piece, to_id=ha.official.pk, identity=min_.identity, official_id=min_.official.pk
    )
    custody.receive(evidence_id=piece, official_id=ha.official.pk)
    assert not before.exists()
    assert custody.open_one(evidence_id=piece, use=ha.use(), official_id=ha.official.pk).files


def test_what_was_not_received_can_be_taken_back(site):
    min_, ha = keeper(), keeper(people.SECOND_CUSTODIAN)
    piece = held_page(site, min_)
    custody.give(evidence_id=piece, to_id=ha.official.pk, identity="", official_id=min_.official.pk)
    custody.take_back(evidence_id=piece, official_id=min_.official.pk)
    assert queries.get_evidence(piece).state == State.HELD
    with pytest.raises(CannotKeepError, match="evidence_not_given"):
        custody.receive(evidence_id=piece, official_id=ha.official.pk)


def test_only_its_holder_opens_it_with_their_own_key(site):
    min_, ha = keeper(), keeper(people.SECOND_CUSTODIAN)
    piece = held_page(site, min_)
    with pytest.raises(CannotKeepError, match="evidence_not_held"):
        custody.open_one(evidence_id=piece, use=ha.use(), official_id=ha.official.pk)
    for identity, code in [
        (boxes.new_identity(), "evidence_key_other"),
        ("nonsense", "evidence_key_unreadable"),
    ]:
        with pytest.raises(CannotKeepError, match=code):
            custody.open_one(evidence_id=piece, use=min_.use(identity=identity), official_id=min_.official.pk)
    assert acts(piece) == [Act.TAKEN]


@pytest.mark.parametrize(
    ("purpose", "reason", "code"),
    [
        ("training", REASON, "evidence_purpose"),
        ("", REASON, "evidence_purpose"),
        ("same_or_related_offence", "so", "evidence_reason"),
    ],
)
def test_without_a_lawful_purpose_and_a_reason_nobody_opens_it(site, purpose, reason, code):
    min_ = keeper()
    piece = held_page(site, min_)
    with pytest.raises(CannotKeepError, match=code):
        custody.open_one(
            evidence_id=piece, use=min_.use(purpose=purpose, reason=reason), official_id=min_.official.pk
        )


def test_before_the_law_named_a_purpose_there_was_none(site, monkeypatch):
    min_ = keeper()
    piece = held_page(site, min_)
    earlier = clock.now() - timedelta(days=900)
    monkeypatch.setattr(clock, "now", lambda: earlier)
    with pytest.raises(CannotKeepError, match="evidence_purpose"):
        custody.open_one(evidence_id=piece, use=min_.use(), official_id=min_.official.pk)


def test_a_reason_stands_in_no_row_and_no_event(site):
    min_ = keeper()
    piece = held_page(site, min_)
    custody.open_one(evidence_id=piece, use=min_.use(), official_id=min_.official.pk)
    link = CustodyLink.objects.get(act=Act.OPENED)
    assert REASON.encode() not in bytes(link.reason)
    assert REASON not in str(list(Event.objects.values()))
    key = queries.file_key(queries.get_evidence(piece))
    assert queries.reason_of(link, key=key) == REASON


def test_a_hundred_flipped_bits_are_all_found(site):
    min_ = keeper()
    piece = held_page(site, min_)
    evidence = queries.get_evidence(piece)
    path = stored_file(evidence)
    whole, chance = path.read_bytes(), random.Random(20261126)
    for _ in range(100):
        bit = chance.randrange(len(whole) * 8)
        spoilt = bytearray(whole)
        spoilt[bit // 8] ^= 1 << bit % 8
        path.write_bytes(spoilt)
        with pytest.raises(store.DamagedError):
            store.check(evidence.content_digest)
        with pytest.raises(store.DamagedError):
            store.read(evidence.content_digest)
    path.write_bytes(whole)
    assert keeping.check_one(piece)


def test_what_was_altered_is_found_at_night_and_custodians_are_called(site):
    min_ = keeper()
    piece = held_page(site, min_)
    path = stored_file(queries.get_evidence(piece))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    for _ in range(2):
        look_after(0)
        do_all_jobs()
    assert queries.get_evidence(piece).damaged_at is not None
    assert Task.objects.filter(kind="evidence_damaged", subject_id=piece).count() == 1
    with pytest.raises(CannotKeepError, match="evidence_damaged"):
        custody.open_one(evidence_id=piece, use=min_.use(), official_id=min_.official.pk)


def test_what_is_missing_is_found_when_somebody_reads_it(site):
    min_ = keeper()
    piece = held_page(site, min_)
    stored_file(queries.get_evidence(piece)).unlink()
    with pytest.raises(CannotKeepError, match="evidence_damaged"):
        custody.open_one(evidence_id=piece, use=min_.use(), official_id=min_.official.pk)
    assert Event.objects.get(name="evidence.damaged").facts["code"] == "missing"


def test_it_is_released_after_it_was_handed_out_and_not_before(site):
    min_ = keeper()
    piece = held_page(site, min_)
    with pytest.raises(CannotKeepError, match="evidence_not_exported"):
        custody.release(evidence_id=piece, use=min_.use(), official_id=min_.official.pk)


def test_nobody_takes_what_is_not_sealed_or_taken(site):
    min_, ha = keeper(), keeper(people.SECOND_CUSTODIAN)
    piece = held_page(site, min_)
    with pytest.raises(CannotKeepError, match="evidence_not_to_take"):
        custody.take(evidence_id=piece, official_id=ha.official.pk)


def test_a_custodian_for_whom_it_is_not_locked_does_not_take_it(site):
    keeper()
    evidence = sealed_page(site)
    ha = keeper(people.SECOND_CUSTODIAN)
    with pytest.raises(CannotKeepError, match="evidence_not_for_you"):
        custody.take(evidence_id=evidence.pk, official_id=ha.official.pk)


def test_the_database_refuses_what_is_held_by_nobody(site):
    min_ = keeper()
    piece = held_page(site, min_)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=piece).update(holder=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=piece).update(stamp=None)


def test_a_key_belongs_to_one_custodian_and_a_newer_one_takes_its_place():
    min_, ha = keeper(), keeper(people.SECOND_CUSTODIAN)
    with pytest.raises(CannotKeepError, match="evidence_key_known"):
        keeping.register_key(recipient=boxes.public_half(min_.identity), official_id=ha.official.pk)
    with pytest.raises(CannotKeepError, match="evidence_key_unreadable"):
        keeping.register_key(recipient="age1nonsense", official_id=ha.official.pk)
    keeping.register_key(recipient=boxes.public_half(boxes.new_identity()), official_id=ha.official.pk)
    assert len(queries.keys_now()) == 2


def test_who_works_on_the_file_does_not_keep_its_evidence_in_a_second_seat(site):
    keeper()
    evidence = sealed_page(site)
    park = custodian(people.OFFICER)
    identity = boxes.new_identity()
    keeping.register_key(recipient=boxes.public_half(identity), official_id=park.pk)
    again = sealed_page_of(site, evidence)
    with pytest.raises(CannotKeepError, match="evidence_own_file"):
        custody.take(evidence_id=again.pk, official_id=park.pk)


def sealed_page_of(site, before):
    """Another piece of the same file, locked for everybody who has a key by now."""
    opened = opened_by(before.investigation_id, before.asked_by_id)
    again = ask_in(opened, f"{site.origin}/p/17", by=before.asked_by)
    do_all_jobs()
    again.refresh_from_db()
    return again
