"""What enters the bank from a foreign list, what leaves it again, and what a kill between two pages does: nothing."""

from datetime import timedelta

import pytest
import time_machine

from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.detect.matching import Tier
from haetae.hashbank import actions as bank
from haetae.hashbank import jobs, rules
from haetae.hashbank.models import HashList, KnownPicture, Recall
from haetae.hashbank.sources import actions, queries
from haetae.hashbank.states import Media, Purpose, Wire
from tests.hashbank.foreign import (
    LATER,
    deleted,
    foreign,  # noqa: F401 - a fixture
    image,
    matched,
    page,
    pages,
    record,
    source_at,
    xml,
)
from tests.hashbank.partners import make_known, pdq

pytestmark = pytest.mark.django_db


def pull(source):
    done = jobs.pull_pages(source.pk)
    source.refresh_from_db()
    return {kind: count for kind, count in done.counts.items() if count}


def test_every_page_of_a_round_enters_as_self_declared_and_the_next_round_begins_behind_it(foreign):  # noqa: F811
    source = source_at(foreign.base)
    film = {"signalType": "VideoMD5", "hashValue": "AB" * 16}
    foreign.answer = pages([record(1), record(2)], [record(3)], [record(0, **film)])
    assert pull(source) == {"added": 4}
    rows = KnownPicture.objects.filter(list=source.fills)
    assert {row.tier for row in rows} == {Tier.SELF_DECLARED}
    assert matched(source) == [1, 2, 3]
    assert rows.get(media=Media.FILM).md5 == "ab" * 16
    assert [one.query["startTimestamp"] for one in foreign.asked] == ["10"] * 3
    assert {one.headers["x-functions-key"] for one in foreign.asked} == {"user:password"}
    foreign.answer = lambda _: page(record(3))
    assert pull(source) == {"unchanged": 1}
    assert foreign.asked[-1].query["startTimestamp"] == str(LATER)
    assert source.due_at - source.succeeded_at == timedelta(seconds=900)


@pytest.mark.parametrize("status", ["Withdrawn", "Deleted"])
def test_what_is_withdrawn_there_is_matched_no_more_here_until_it_is_active_again(foreign, status):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = lambda _: page(record(1), record(2))
    pull(source)
    foreign.answer = lambda _: page(record(1, status))
    assert pull(source) == {"withdrawn": 1}
    assert matched(source) == [2]
    assert KnownPicture.objects.get(pdq=pdq(1)).withdrawn_by_issuer
    assert Event.objects.filter(name="hashbank.withdrawn").count() == 1
    assert pull(source) == {}, "it is said again, and nothing happens"
    foreign.answer = lambda _: page(record(1))
    assert pull(source) == {"added": 1}
    assert matched(source) == [1, 2]
    assert KnownPicture.objects.filter(pdq=pdq(1)).count() == 2, "the tombstone stays"


def test_a_withdrawal_reaches_whoever_had_the_hash_from_us(foreign):  # noqa: F811
    from haetae.accounts.actions import register_partner
    from haetae.common.wires import EPOCH
    from haetae.hashbank.exchange.actions import hand_over
    from haetae.hashbank.exchange.queries import Wanted

    source = source_at(foreign.base)
    foreign.answer = lambda _: page(record(1))
    pull(source)
    reader = register_partner(name="reader", takes_tier=Tier.SELF_DECLARED, actor=SYSTEM)
    hand_over(partner=reader, wanted=Wanted(wire=Wire.STOPNCII, since=EPOCH, most=10))
    foreign.answer = lambda _: page(record(1, "Withdrawn"))
    pull(source)
    assert [recall.partner for recall in Recall.objects.all()] == [reader]
    own = Wanted(wire=Wire.STOPNCII, since=EPOCH, most=10)
    assert hand_over(partner=source.partner, wanted=own).entries == [], "nobody is given back its own"


def test_what_we_have_withdrawn_ourselves_stays_withdrawn_whatever_the_other_side_says(foreign):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = lambda _: page(record(1))
    pull(source)
    bank.withdraw_known_picture(known_id=KnownPicture.objects.get().pk, actor=SYSTEM)
    assert pull(source) == {"withdrawn_here": 1}
    assert matched(source) == []


def test_a_doubt_is_not_shed_by_withdrawing_a_hash_and_making_it_known_again(foreign):  # noqa: F811
    source = source_at(foreign.base)
    for status in ("Active", "Withdrawn", "Active"):
        foreign.answer = lambda _, status=status: page(record(1, status), record(2, status))
        pull(source)
        if not KnownPicture.objects.exclude(disputed_at=None).exists():
            bank.dispute_known_picture(known_id=KnownPicture.objects.get(pdq=pdq(1)).pk, actor=SYSTEM)
    live = KnownPicture.objects.filter(withdrawn_at=None)
    assert {row.pdq: row.disputed_at is not None for row in live} == {pdq(1): True, pdq(2): False}


def test_kinds_that_we_cannot_hold_and_what_is_not_in_force_are_counted_and_stay_out(foreign):  # noqa: F811
    source = source_at(foreign.base)
    kinds = [record(n, signalType=kind) for n, kind in enumerate(("VideoTMK", "Text", "URL", "Unknown"))]
    foreign.answer = lambda _: page(*kinds, record(8, "Received"), record(9, "Unknown"), record(1))
    assert pull(source) == {"added": 1, "not_held": 6}
    assert matched(source) == [1]


def test_of_two_records_for_one_hash_in_one_page_the_last_one_counts(foreign):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = lambda _: page(record(1), record(1, "Withdrawn"), record(2, "Withdrawn"), record(2))
    assert pull(source) == {"added": 1}
    assert matched(source) == [2]


def test_a_flood_is_put_aside_and_what_it_withdraws_is_withdrawn_all_the_same(foreign, monkeypatch):  # noqa: F811
    monkeypatch.setattr(rules, "FLOOD", rules.FloodLimits(entries_most=3, window=timedelta(hours=1)))
    source = source_at(foreign.base)
    foreign.answer = lambda _: page(record(1), record(2))
    pull(source)
    assert HashList.objects.get(source=source).quarantined_at is None
    foreign.answer = lambda _: page(record(1, "Withdrawn"), *map(record, range(10, 14)))
    assert pull(source) == {"added": 4, "withdrawn": 1}
    assert HashList.objects.get(source=source).quarantined_at is not None


def test_what_a_person_has_released_is_put_aside_only_by_another_flood(foreign, monkeypatch):  # noqa: F811
    monkeypatch.setattr(rules, "FLOOD", rules.FloodLimits(entries_most=3, window=timedelta(hours=1)))
    source = source_at(foreign.base)
    for numbers, is_flood in ((range(5), True), (range(5, 8), False), (range(8, 9), True)):
        foreign.answer = lambda _, numbers=numbers: page(*map(record, numbers))
        pull(source)
        kept = HashList.objects.get(source=source)
        assert (kept.quarantined_at is not None) is is_flood
        if numbers[0] == 0:
            bank.release_list(list_id=kept.pk, actor=SYSTEM)


def test_what_lies_near_a_harmless_picture_comes_in_disputed(foreign):  # noqa: F811
    bank.keep_list(name="harmless", purpose=Purpose.BENIGN, actor=SYSTEM)
    make_known(7, list_name="harmless")
    source = source_at(foreign.base)
    foreign.answer = lambda _: page(record(7), record(2**255 - 1))
    pull(source)
    doubted = KnownPicture.objects.filter(list=source.fills, disputed_at__isnull=False)
    assert [row.pdq for row in doubted] == [pdq(7)]


def test_entries_of_ncmec_are_keyed_by_member_and_id_replaced_and_deleted(foreign):  # noqa: F811
    source = source_at(foreign.base, wire=Wire.NCMEC)
    film = '<video><member id="42"/><id>f</id><fingerprints><md5>CD</md5></fingerprints></video>'
    foreign.answer = lambda _: xml(
        image("a", pdq=pdq(1), md5="ab" * 16, sha1="00" * 20),
        image("b", sha1="00" * 20),
        image("c", pdna="1,2,3"),
        videos=film.replace("CD", "cd" * 16),
    )
    assert pull(source) == {"added": 2, "not_held": 2}
    assert HashList.objects.get(source=source).purpose == Purpose.CSAM
    foreign.answer = lambda _: xml(image("a", pdq=pdq(2)))
    assert pull(source) == {"changed": 1}
    assert matched(source) == [2]
    foreign.answer = lambda _: xml(deleted("a"), deleted("never-seen"))
    assert pull(source) == {"withdrawn": 1}
    foreign.answer = lambda _: xml(image("a", pdq=pdq(2)))
    assert pull(source) == {"added": 1}
    foreign.answer = lambda _: xml(image("a", sha1="00" * 20))
    assert pull(source) == {"withdrawn": 1, "not_held": 1}


def test_a_window_of_ncmec_is_read_to_its_end_and_the_next_one_overlaps_it(foreign):  # noqa: F811
    source = source_at(foreign.base, wire=Wire.NCMEC)

    def answer(asked):
        if "start" in asked.query:
            return xml(image("b", pdq=pdq(2)))
        return xml(image("a", pdq=pdq(1)), following="/v2/entries?from=x&to=y&start=2001")

    foreign.answer = answer
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        pull(source)
    first, second = foreign.asked
    assert (first.query["from"], first.query["to"]) == ("1970-01-01T00:00:00Z", "2026-11-22T12:00:00Z")
    assert second.query == {"from": "x", "to": "y", "start": "2001"}
    assert first.headers["authorization"].startswith("Basic ")
    with time_machine.travel("2026-11-22T13:00:00+00:00", tick=False):
        pull(source)
    assert foreign.asked[2].query == {"from": "2026-11-22T11:00:00Z", "to": "2026-11-22T13:00:00Z"}
    assert matched(source) == [1, 2]


def meanwhile(monkeypatch, happens):
    """Something else happens between the question and the answer."""
    fetched = jobs._fetched

    def fetch(*question):
        answer = fetched(*question)
        monkeypatch.setattr(jobs, "_fetched", fetched)
        happens()
        return answer

    monkeypatch.setattr(jobs, "_fetched", fetch)


def test_another_process_that_took_the_page_first_is_noticed_and_nothing_is_written_twice(
    foreign,  # noqa: F811
    monkeypatch,
):
    source = source_at(foreign.base)
    foreign.answer = pages([record(1)], [record(2)])
    meanwhile(monkeypatch, lambda: jobs.pull_pages(source.pk))
    assert pull(source) == {}
    assert matched(source) == [1, 2]
    assert source.failures == 0


def test_a_long_list_is_fetched_in_several_jobs_and_each_goes_on_where_the_last_one_stopped(foreign):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = pages(*([record(number)] for number in range(7)))
    for _ in range(3):
        assert jobs.pull_pages(source.pk, pages_most=2).more
    assert not jobs.pull_pages(source.pk, pages_most=2).more
    assert matched(source) == list(range(7))
    assert len(foreign.asked) == 7


def test_only_what_is_due_is_fetched_and_once(foreign):  # noqa: F811
    from procrastinate.contrib.django.models import ProcrastinateJob

    source = source_at(foreign.base)
    for _ in range(2):
        jobs.pull_due(timestamp=0)
    waiting = ProcrastinateJob.objects.filter(task_name=jobs.PULL)
    assert [row.args for row in waiting] == [{"source_id": str(source.pk)}]
    foreign.answer = lambda _: page()
    pull(source)
    assert queries.due(at=clock.now()) == []
    assert queries.due(at=clock.now() + timedelta(seconds=901)) == [source.pk]


def test_a_source_that_is_removed_while_it_is_fetched_ends_in_order(foreign, monkeypatch):  # noqa: F811
    source = source_at(foreign.base)
    foreign.answer = pages([record(1)], [record(2)])
    meanwhile(monkeypatch, lambda: actions.remove_source(source_id=source.pk, actor=SYSTEM))
    assert not jobs.pull_pages(source.pk).more
    assert not KnownPicture.objects.exists()
    assert len(foreign.asked) == 1


def test_a_source_that_is_removed_while_its_server_fails_ends_in_order_too(foreign, monkeypatch):  # noqa: F811
    source = source_at(foreign.base)
    fetched = jobs._fetched

    def removed_first(*question):
        actions.remove_source(source_id=source.pk, actor=SYSTEM)
        return fetched(*question)

    monkeypatch.setattr(jobs, "_fetched", removed_first)
    done = jobs.pull_pages(source.pk)
    assert (done.more, done.code) == (False, "")


def test_a_list_of_somebody_else_or_for_something_else_is_not_filled(foreign):  # noqa: F811
    make_known(1, list_name="foreign")
    with pytest.raises(bank.CannotEnterError, match="filled by somebody else"):
        source_at(foreign.base)
    with pytest.raises(bank.CannotEnterError, match="is for ncii, this wire for csam"):
        source_at(foreign.base, wire=Wire.NCMEC)


def test_a_source_at_another_address_is_read_from_the_beginning(foreign):  # noqa: F811
    foreign.answer = lambda _: page(record(1))
    pull(source_at(foreign.base))
    again = source_at(foreign.base)
    assert queries.position_of(again).since_s == LATER
    moved = source_at(foreign.base + "/v1")
    assert (moved.pk, queries.position_of(moved).since_s) == (again.pk, 0)
