"""The comparison of the kill tests must be able to say no: every promise is broken once, in one of the three books."""

from dataclasses import replace

import pytest

from tests.faults.books import Kept, Posted, Report, Request, Seen, Sent, Told, compare
from tests.faults.load import kind_of, with_bytes_of_its_own
from tests.faults.visitor import Answer

TOLD = Told(
    sent=[
        Sent(link="page-1", receipts=["aaaa0001", "aaaa0001"]),
        Sent(link="nowhere", receipts=["aaaa0002"]),
    ],
    posted=[Posted(post_id="1", media_url="media-1"), Posted(post_id="2", media_url="media-2")],
)
KEPT = Kept(
    reports=[Report(number="aaaa0001", link="page-1"), Report(number="aaaa0002", link="nowhere")],
    sightings=["media-1", "media-2"],
    requests=[
        Request(key="key-1", media_url="media-1", verified=True),
        Request(key="key-2", media_url="media-2", verified=True),
    ],
)
SEEN = Seen(
    asked=[("key-1", "body-1"), ("key-1", "body-1"), ("key-2", "body-2")],
    post_by_key={"key-1": "1", "key-2": "2"},
    removed=frozenset({"1", "2"}),
)


# Somebody took it away before the operator was asked: nothing need be said, and still nobody asked for it.
STOPPED = replace(KEPT, requests=[KEPT.requests[0], replace(KEPT.requests[1], delivery="stopped")])


def wrong(*, told: Told = TOLD, kept: Kept = KEPT, seen: Seen = SEEN) -> dict[str, int]:
    """The names of what is wrong, with how often."""
    faults = compare(told=told, kept=kept, seen=seen)
    found = {name: count for name, count in faults.counts().items() if count}
    assert bool(faults) == bool(found)
    return found


def test_books_that_agree_have_no_fault_even_if_a_request_was_delivered_twice() -> None:
    assert wrong() == {}


def test_a_report_that_somebody_was_given_a_receipt_for_and_that_is_gone_is_lost() -> None:
    kept = replace(KEPT, reports=KEPT.reports[1:])
    assert wrong(kept=kept) == {"reports_lost": 1, "receipts_without_report": 2}


def test_a_receipt_that_names_another_report_is_false() -> None:
    kept = replace(KEPT, reports=[Report(number="bbbb0001", link="page-1"), KEPT.reports[1]])
    told = replace(TOLD, sent=[Sent(link="page-1", receipts=["aaaa0001"]), TOLD.sent[1]])
    assert wrong(told=told, kept=kept) == {"receipts_without_report": 1}


def test_a_form_that_nobody_answered_may_or_may_not_be_kept() -> None:
    told = replace(TOLD, sent=[*TOLD.sent, Sent(link="never answered")])
    assert wrong(told=told) == {}
    kept = replace(KEPT, reports=[*KEPT.reports, Report(number="aaaa0003", link="never answered")])
    assert wrong(told=told, kept=kept) == {}


def test_two_reports_from_one_form_are_found() -> None:
    kept = replace(KEPT, reports=[*KEPT.reports, Report(number="aaaa0009", link="page-1")])
    assert wrong(kept=kept) == {"reports_doubled": 1}


def test_two_receipts_for_one_form_are_found() -> None:
    kept = replace(KEPT, reports=[*KEPT.reports, Report(number="aaaa0009", link="page-1")])
    told = replace(TOLD, sent=[Sent(link="page-1", receipts=["aaaa0001", "aaaa0009"]), TOLD.sent[1]])
    assert wrong(told=told, kept=kept) == {"reports_doubled": 2}


def test_a_report_that_nobody_looked_up_is_found() -> None:
    kept = replace(KEPT, reports=[KEPT.reports[0], replace(KEPT.reports[1], waiting=True)])
    assert wrong(kept=kept) == {"reports_not_looked_up": 1}


def test_one_place_kept_twice_is_found() -> None:
    assert wrong(kept=replace(KEPT, sightings=[*KEPT.sightings, "media-1"])) == {"sightings_doubled": 1}


def test_a_second_body_under_one_key_is_found() -> None:
    assert wrong(seen=replace(SEEN, asked=[*SEEN.asked, ("key-1", "body-9")])) == {"requests_doubled": 1}


def test_a_second_key_that_only_the_platform_connects_with_the_post_is_found() -> None:
    asked = [*SEEN.asked, ("key-9", "body-9")]
    seen = replace(SEEN, asked=asked, post_by_key={**SEEN.post_by_key, "key-9": "1"})
    assert wrong(seen=seen) == {"requests_doubled": 2}, (
        "two keys for the post, and one of them in no book of ours"
    )


def test_a_second_key_that_only_our_own_book_connects_with_the_picture_is_found() -> None:
    again = Request(key="key-9", media_url="media-1", verified=False)
    kept = replace(KEPT, requests=[*KEPT.requests, again])
    assert wrong(kept=kept, seen=replace(SEEN, asked=[*SEEN.asked, ("key-9", "body-9")])) == {
        "requests_doubled": 1
    }


@pytest.mark.parametrize(
    ("kept", "seen"),
    [
        (STOPPED, replace(SEEN, asked=SEEN.asked[:2])),
        (KEPT, replace(SEEN, removed=frozenset({"1"}))),
        (replace(KEPT, requests=[KEPT.requests[0], replace(KEPT.requests[1], verified=False)]), SEEN),
    ],
    ids=["nobody asked", "it is still there", "nobody looked"],
)
def test_a_picture_that_was_passed_over_is_found(kept: Kept, seen: Seen) -> None:
    assert wrong(kept=kept, seen=seen) == {"requests_skipped": 1}


def test_a_decision_without_a_request_is_found() -> None:
    assert wrong(kept=replace(KEPT, decided=["media-1", "media-2"])) == {}
    assert wrong(kept=replace(KEPT, decided=["media-1", "media-3"])) == {"decisions_not_followed": 1}


@pytest.mark.parametrize(
    ("delivery", "with_people", "count"),
    [
        ("delivered", False, 1),
        ("waiting", True, 1),
        ("dead", False, 1),
        ("dead", True, 0),
        ("no_channel", True, 0),
        ("stopped", False, 0),
    ],
)
def test_what_no_operator_saw_is_found_unless_a_person_has_it(
    delivery: str, with_people: bool, count: int
) -> None:
    unsaid = Request(
        key="key-3", media_url="media-3", verified=False, delivery=delivery, with_people=with_people
    )
    found = wrong(kept=replace(KEPT, requests=[*KEPT.requests, unsaid]))
    assert found == ({"requests_unsaid": count} if count else {})


def test_a_log_that_does_not_verify_or_has_rows_without_a_seal_is_found() -> None:
    assert wrong(kept=replace(KEPT, log_findings=["it was cut back"], log_unsealed=2)) == {"log_broken": 2}


@pytest.mark.parametrize(
    ("status", "headers", "body", "words", "kind"),
    [
        (303, {"location": "/mine/new/"}, b"", "eight words", "receipt"),
        (303, {"location": "/mine/new/"}, b"", None, "unexpected: no words"),
        (302, {"location": "/sign-in/"}, b"", None, "unexpected 302"),
        (503, {"retry-after": "30"}, b"We could not save it just now.", None, "503, not saved"),
        (503, {}, b"We could not save it just now.", None, "503 without the words"),
        (503, {"retry-after": "30"}, b"Thank you!", None, "503 without the words"),
        (500, {}, b"", None, "unexpected 500"),
    ],
)
def test_only_an_honest_answer_of_the_form_counts(
    status: int, headers: dict[str, str], body: bytes, words: str | None, kind: str
) -> None:
    assert kind_of(Answer(status=status, headers=headers, body=body), words) == kind


def test_no_two_copies_of_the_picture_have_equal_bytes() -> None:
    jpeg = b"\xff\xd8\xff\xdb rest"
    first, second = with_bytes_of_its_own(jpeg), with_bytes_of_its_own(jpeg)
    assert first != second
    assert first.startswith(b"\xff\xd8\xff\xfe\x00\x12")
    assert first.endswith(jpeg[2:])
