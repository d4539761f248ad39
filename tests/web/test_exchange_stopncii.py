"""Partners read, submit and speak over the JSON wire: each gets what was agreed, and learns nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.wires import second_of
from haetae.detect.matching import Tier
from haetae.hashbank import actions, jobs
from haetae.hashbank.models import HashFeedback, HashList, KnownPicture, PartnerCopy, Recall
from haetae.hashbank.rules import NewEntry
from haetae.hashbank.states import Media, Purpose
from tests.hashbank.partners import make_known, partner_named, pdq
from tests.web.exchange_clients import StopNcii

pytestmark = pytest.mark.django_db
BLOCKED = {"feedbackValue": "Blocked", "tags": ["seen"]}


@pytest.fixture
def hotline() -> StopNcii:
    return StopNcii(partner_named("hotline"))


def record(number: int, **more):
    return {"signalType": "ImagePDQ", "hashValue": pdq(number), "CSPFeedbacks": [BLOCKED], **more}


def test_a_partner_reads_everything_page_by_page_and_each_record_once(hotline):
    make_known(*range(25))
    pages = hotline.all_pages(size=10)
    read = [record["hashValue"] for page in pages for record in page["hashRecords"]]
    assert [page["count"] for page in pages] == [10, 10, 5]
    assert sorted(read) == sorted(map(pdq, range(25)))
    assert Event.objects.filter(name="hashbank.read").count() == 3


def test_whoever_is_interrupted_after_any_page_and_resumes_by_timestamp_misses_nothing(hotline):
    make_known(*range(7))
    make_known(*range(7, 20))
    for stopped_after in range(1, 5):
        pages = hotline.all_pages(size=5)[:stopped_after]
        first = {record["hashValue"] for page in pages for record in page["hashRecords"]}
        later = set(hotline.held(start=pages[-1]["nextSetTimestamp"]))
        assert first | later == set(map(pdq, range(20)))


def test_nothing_new_is_an_empty_answer_that_keeps_the_partners_timestamp(hotline):
    page = hotline.get(startTimestamp=1_800_000_000).json()
    assert (page["count"], page["hasMoreRecords"], page["nextSetTimestamp"]) == (0, False, 1_800_000_000)


@pytest.mark.parametrize("how", ["withdrawn", "disputed", "put aside", "ended"])
def test_what_no_longer_counts_is_a_tombstone_for_whoever_was_given_it_and_nothing_for_others(hotline, how):
    (known,) = make_known(1)
    assert hotline.held() == {pdq(1): "Active"}
    if how == "withdrawn":
        actions.withdraw_known_picture(known_id=known, actor=SYSTEM)
    elif how == "disputed":
        actions.dispute_known_picture(known_id=known, actor=SYSTEM)
    elif how == "put aside":
        actions.quarantine_list(name="test", actor=SYSTEM)
    else:
        KnownPicture.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert hotline.held() == {pdq(1): "Withdrawn"}
    assert StopNcii(partner_named("late")).held() == {}
    assert [recall.told_at is not None for recall in Recall.objects.all()] == [True]


def test_a_list_that_is_matched_again_is_live_again_and_nothing_is_recalled(hotline):
    make_known(1)
    hotline.held()
    actions.quarantine_list(name="test", actor=SYSTEM)
    assert hotline.held() == {pdq(1): "Withdrawn"}
    actions.release_list(list_id=HashList.objects.get().pk, actor=SYSTEM)
    assert hotline.held() == {pdq(1): "Active"}
    assert not Recall.objects.exists()


def test_a_partner_of_a_quiet_bank_has_acknowledged_a_tombstone_when_it_begins_to_read_behind_it(hotline):
    noon = "2026-11-22T12:00:00"
    with time_machine.travel(f"{noon}.100+00:00", tick=False):
        (known,) = make_known(1)
        (page,) = hotline.all_pages()
        since = page["nextSetTimestamp"]
        assert since == second_of(clock.now()), "something may still come into this second"
    with time_machine.travel(f"{noon}.600+00:00", tick=False):
        actions.withdraw_known_picture(known_id=known, actor=SYSTEM)
        for _ in range(2):
            (page,) = hotline.all_pages(start=since)
            assert page["nextSetTimestamp"] == since
        assert Recall.objects.get().acknowledged_at is None, (
            "it may have begun there before the tombstone came"
        )
    with time_machine.travel(f"{noon[:-1]}1.000+00:00", tick=False):
        (page,) = hotline.all_pages(start=since)
        assert (page["count"], page["nextSetTimestamp"]) == (1, since + 1)
        assert Recall.objects.get().acknowledged_at is None
        (page,) = hotline.all_pages(start=since + 1)
        assert (page["count"], page["nextSetTimestamp"]) == (0, since + 1)
        assert Recall.objects.get().acknowledged_at is not None


def test_nothing_gets_a_moment_in_a_second_that_was_read_to_its_end_whatever_clocks_say(hotline):
    with time_machine.travel("2026-11-22T12:00:00.100+00:00", tick=False):
        make_known(1)
    with time_machine.travel("2026-11-22T12:00:05+00:00", tick=False):
        (page,) = hotline.all_pages()
    with time_machine.travel("2026-11-22T12:00:00.200+00:00", tick=False):
        make_known(2)  # by a machine whose clock is late
    (later,) = hotline.all_pages(start=page["nextSetTimestamp"])
    assert [one["hashValue"] for one in later["hashRecords"]] == [pdq(2)]


def test_whoever_reads_on_is_shown_the_end_of_what_expired_in_the_order_of_the_ends(hotline):
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        make_known(1, 2, 3)
        KnownPicture.objects.filter(pdq=pdq(1)).update(expires_at=noon + timedelta(minutes=2))
        KnownPicture.objects.filter(pdq=pdq(2)).update(expires_at=noon + timedelta(minutes=1))
        hotline.held()
    for minute, gone in ((1, {pdq(2): "Withdrawn"}), (2, {pdq(1): "Withdrawn"})):
        with time_machine.travel(noon + timedelta(minutes=minute, seconds=5), tick=False):
            since = second_of(clock.now()) - 50
            assert hotline.held(start=since) == {}
            jobs.tell_of_ends(timestamp=0)
            assert hotline.held(start=since) == gone
            jobs.tell_of_ends(timestamp=0)
    assert Event.objects.filter(name="hashbank.ended").count() == 2
    assert Recall.objects.count() == 2


def test_a_partner_can_say_that_it_dropped_what_was_withdrawn(hotline):
    (known,) = make_known(1)
    hotline.held()
    actions.withdraw_known_picture(known_id=known, actor=SYSTEM)
    hotline.held()
    assert hotline.say({"hashValue": pdq(1), "feedbackValue": "Deleted", "tags": []}).status_code == 200
    assert Recall.objects.get().acknowledged_at is not None


def test_a_hash_stays_active_while_another_list_still_holds_it(hotline):
    (first,) = make_known(1)
    make_known(1, list_name="another")
    hotline.held()
    actions.withdraw_known_picture(known_id=first, actor=SYSTEM)
    (page,) = hotline.all_pages()
    (only,) = [one for one in page["hashRecords"] if one["hashValue"] == pdq(1)]
    assert only["hashStatus"] == "Active"
    assert sorted(only["caseNumbers"].values()) == ["Active", "Withdrawn"]


def test_a_partner_is_given_only_what_its_tier_allows_and_no_harmless_list():
    make_known(1, tier=Tier.SELF_DECLARED)
    make_known(2, tier=Tier.COUNSELLOR_CHECKED)
    make_known(3, tier=Tier.REGULATOR_DECIDED)
    actions.keep_list(name="harmless", purpose=Purpose.BENIGN, actor=SYSTEM)
    make_known(2**200, tier=Tier.REGULATOR_DECIDED, list_name="harmless")
    given = {
        tier: set(StopNcii(partner_named(f"takes-{int(tier)}", takes_tier=tier)).held())
        for tier in (Tier.SELF_DECLARED, Tier.COUNSELLOR_CHECKED, Tier.REGULATOR_DECIDED)
    }
    numbers = {tier: {int(value, 16) for value in values} for tier, values in given.items()}
    assert list(numbers.values()) == [{1, 2, 3}, {2, 3}, {3}]


def test_a_film_goes_by_its_md5(hotline):
    film = NewEntry(media=Media.FILM, md5="ab" * 16, tier=Tier.OPERATOR_CONFIRMED)
    actions.add_entries(list_name="films", entries=[film], actor=SYSTEM)
    ((record_,),) = [page["hashRecords"] for page in hotline.all_pages()]
    assert (record_["signalType"], record_["hashValue"]) == ("VideoMD5", "ab" * 16)


def test_what_a_partner_submits_stands_on_its_own_list_as_self_declared_and_is_not_given_back(hotline):
    answer = hotline.submit(
        record(1), record(2, signalType="StopNCIISignalType.ImagePDQ", hashValue=pdq(0xAB).upper())
    )
    assert answer.json() == {"count": 2, "new": 2, "known": 0}
    rows = KnownPicture.objects.order_by("pdq")
    assert {(row.list_id, row.tier) for row in rows} == {("partner-hotline", Tier.SELF_DECLARED)}
    assert HashList.objects.get().partner.name == "hotline"
    assert HashFeedback.objects.filter(source="hotline", value="blocked").count() == 2
    assert hotline.held() == {}
    other = StopNcii(partner_named("board", takes_tier=Tier.SELF_DECLARED))
    assert other.held() == {pdq(1): "Active", pdq(0xAB): "Active"}


def test_submitting_again_renews_the_word_and_doubles_nothing(hotline):
    hotline.submit(record(1), record(1))
    again = {"feedbackValue": "NotBlocked", "tags": []}
    assert hotline.submit(record(1, CSPFeedbacks=[again])).json() == {"count": 1, "new": 0, "known": 1}
    assert KnownPicture.objects.count() == 1
    assert HashFeedback.objects.get().value == "not_blocked"


def test_a_partner_takes_back_what_it_sent(hotline):
    hotline.submit(record(1))
    other = StopNcii(partner_named("board", takes_tier=Tier.SELF_DECLARED))
    other.held()
    hotline.say({"hashValue": pdq(1), "feedbackValue": "Withdrawn", "tags": []})
    assert other.held() == {pdq(1): "Withdrawn"}


def test_a_doubt_is_not_shed_by_taking_a_hash_back_and_sending_it_again(hotline):
    hotline.submit(record(1))
    actions.dispute_known_picture(known_id=KnownPicture.objects.get().pk, actor=SYSTEM)
    hotline.say({"hashValue": pdq(1), "feedbackValue": "Withdrawn", "tags": []})
    assert hotline.submit(record(1), record(2)).json() == {"count": 2, "new": 2, "known": 0}
    counting = KnownPicture.objects.filter(withdrawn_at=None)
    assert {row.pdq: row.disputed_at is not None for row in counting} == {pdq(1): True, pdq(2): False}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"hashValue": "xyz"}, "hashRecords[1].hashValue"),
        ({"signalType": "VideoMD5"}, "hashRecords[1].hashValue"),
        ({"signalType": "Text"}, "hashRecords[1].signalType"),
        ({"signalType": ["ImagePDQ"]}, "hashRecords[1].signalType"),
        ({"CSPFeedbacks": [{"feedbackValue": "Perhaps"}]}, "hashRecords[1].CSPFeedbacks[0].feedbackValue"),
        ({"CSPFeedbacks": [BLOCKED | {"tags": ["a name"]}]}, "hashRecords[1].CSPFeedbacks[0].tags"),
        ({"CSPFeedbacks": ["Blocked"]}, "hashRecords[1].CSPFeedbacks[0]"),
        ({"CSPFeedbacks": [BLOCKED, BLOCKED]}, "hashRecords[1].CSPFeedbacks"),
    ],
)
def test_one_bad_record_refuses_the_batch_and_is_named(hotline, wrong, field):
    answer = hotline.submit(record(1), record(2, **wrong))
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert not KnownPicture.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"{", "body"),
        (b"[" * 200_000, "body"),
        (b"[]", "hashRecords"),
        (b'{"hashRecords": []}', "hashRecords"),
        (b'{"hashRecords": [1]}', "hashRecords[0]"),
        (b'{"count": 2, "hashRecords": [{}]}', "count"),
    ],
)
def test_a_body_that_is_no_batch_is_refused_by_its_field(hotline, body, field):
    answer = hotline.post("SubmitHashes", body)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_a_flood_is_put_aside_and_given_to_nobody(hotline, monkeypatch):
    from haetae.hashbank import rules

    limits = rules.FloodLimits(entries_most=3, window=timedelta(hours=1))
    monkeypatch.setattr(rules, "FLOOD", limits)
    assert hotline.submit(*map(record, range(3))).status_code == 200
    other = StopNcii(partner_named("board", takes_tier=Tier.SELF_DECLARED))
    assert len(other.held()) == 3
    assert hotline.submit(record(3)).status_code == 200
    assert HashList.objects.get().quarantined_at is not None
    assert set(other.held().values()) == {"Withdrawn"}
    assert pdq(3) not in other.held()


def test_feedback_on_what_a_partner_may_not_have_is_refused_as_on_what_nobody_knows(hotline):
    make_known(1, tier=Tier.SELF_DECLARED)
    (gone,) = make_known(2)
    actions.withdraw_known_picture(known_id=gone, actor=SYSTEM)
    refusals = [hotline.say({"hashValue": pdq(number), "feedbackValue": "Blocked"}) for number in (1, 2, 77)]
    assert {answer.status_code for answer in refusals} == {404}
    assert len({answer.content for answer in refusals}) == 1


def test_feedback_on_several_hashes_is_kept_whole_or_not_at_all(hotline):
    make_known(1)
    words = {"feedbackValue": "NotBlocked", "tags": ["parody"]}
    refused = hotline.say({"hashValue": pdq(1), **words}, {"hashValue": pdq(9), **words})
    assert (refused.status_code, refused.json()["field"]) == (404, "hashFeedbacks[1].hashValue")
    assert not HashFeedback.objects.exists()
    assert hotline.say({"hashValue": pdq(1), **words}).json() == {"count": 1}
    (page,) = hotline.all_pages()
    assert page["hashRecords"][0]["CSPFeedbacks"] == [{"source": "hotline", **words}]
    other = StopNcii(partner_named("board"))
    assert other.all_pages()[0]["hashRecords"][0]["CSPFeedbacks"][0]["source"] == "another"


def test_only_what_was_given_is_remembered_as_given(hotline):
    make_known(1)
    make_known(2, tier=Tier.SELF_DECLARED)
    hotline.held()
    assert [copy.known.pdq for copy in PartnerCopy.objects.all()] == [pdq(1)]
