"""Who wants to be written to is, once, in words that betray nothing; and no more as soon as they want it no more."""

from datetime import timedelta

import pytest

from haetae.agencies.support.actions import CannotWriteError
from haetae.agencies.support.destroying.actions import destroy_case, erase_identity
from haetae.agencies.support.models import Mailbox, Notice
from haetae.agencies.support.notices.actions import choose_notices, confirm_mailbox
from haetae.agencies.support.states import Cadence
from haetae.agencies.support.steering.actions import resume, withdraw
from haetae.audit.models import Event
from haetae.flow.next_step import next_step
from tests.agencies.ending import ENTRY, every_table, follow
from tests.agencies.mailing import (
    MAILBOX,
    SENDER,
    a_case,
    a_place,
    cadence_of,
    go_on,
    is_proven_gone,
    number_in,
    read,
    wanting,
)

pytestmark = pytest.mark.django_db
_DAY = timedelta(days=1)


def test_nobody_is_written_to_who_did_not_ask(office, standing):
    is_proven_gone(a_place(a_case()))
    go_on(standing, after=400 * _DAY)
    assert (office.visits, Notice.objects.count()) == (0, 0)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_place_is_proven_gone_and_one_mail_comes_that_does_not_say_so(office, standing, language):
    opened = wanting(office, standing, language=language)
    is_proven_gone(a_place(opened))
    go_on(standing)
    [letter] = office.letters
    message = read(letter)
    assert message["Subject"] == {"ko": "안내", "en": "Information"}[language]
    assert {"ko": "알고 있는 페이지", "en": "the page you know"}[language] in message.get_content()
    assert Notice.objects.get(cause="gone").state == "sent"


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("cadence", [Cadence.WHEN_GONE, Cadence.MONTHLY])
def test_on_the_wire_stands_nothing_of_the_case_and_no_machine_of_ours(office, standing, language, cadence):
    import socket

    opened = a_case(language=language)
    request = a_place(opened)
    choose_notices(opened=opened, cadence=cadence, address=MAILBOX)
    go_on(standing)
    confirm_mailbox(opened=opened, code=number_in(office.letters[0]))
    if cadence is Cadence.WHEN_GONE:
        is_proven_gone(request)
    go_on(standing, after=31 * _DAY)
    go_on(standing)
    assert len(office.letters) == 2
    said = b"".join(office.wire).decode() + "".join(str(read(one).get_content()) for one in office.letters)
    names = {socket.gethostname(), socket.getfqdn()} - {"localhost"}
    words = {
        "haetae", "해태", "board.example", "http", "case", "report", "delet", "gone", "picture", "counsel", "신고",
        "삭제", "피해", "상담", "사건", "사진", "영상", str(opened.case.pk), opened.case.pk.hex,
        *(str(pk) for pk in Notice.objects.values_list("pk", flat=True)),
    }  # fmt: skip
    assert {one for one in names | words if one.lower() in said.lower()} == set()
    headers = {name for letter in office.letters for name in read(letter)}
    assert headers == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    }  # fmt: skip
    assert {line.split()[1] for line in office.wire if line[:4].lower() == b"ehlo"} == {b"neutral.example"}
    assert all(read(letter)["Message-ID"].endswith("@neutral.example>") for letter in office.letters)
    assert all(SENDER in read(letter)["From"] for letter in office.letters)


def test_the_address_is_in_no_table_and_no_log(office, standing, caplog):
    office.manners.next = ["unknown_mailbox", "later", "closes"]
    opened = a_case()
    choose_notices(opened=opened, cadence=Cadence.WHEN_GONE, address=MAILBOX)
    for _ in range(4):
        go_on(standing, after=timedelta(hours=1))
        choose_notices(opened=opened, cadence=Cadence.WHEN_GONE, address=MAILBOX) if _ == 0 else None
    assert office.visits >= 3
    found = every_table() + caplog.text
    for word in (MAILBOX, MAILBOX.encode().hex(), "a.mailbox.of.hers", "post.example"):
        assert word not in found, word


def test_no_second_mail_comes_on_the_same_day(office, standing):
    opened = wanting(office, standing)
    for number in (1, 2, 3):
        is_proven_gone(a_place(opened, number=number))
        go_on(standing, after=timedelta(hours=1))
    assert len(office.letters) == 1
    go_on(standing, after=_DAY)
    assert len(office.letters) == 2, "the two others together"
    go_on(standing, after=10 * _DAY)
    assert len(office.letters) == 2


def test_once_a_month_while_something_is_open(office, standing):
    opened = wanting(office, standing, cadence=Cadence.MONTHLY)
    request = a_place(opened)
    go_on(standing, after=29 * _DAY)
    assert len(office.letters) == 0
    for months in (1, 2):
        go_on(standing, after=31 * _DAY)
        go_on(standing)
        assert len(office.letters) == months
    is_proven_gone(request)
    go_on(standing, after=31 * _DAY)
    go_on(standing)
    assert len(office.letters) == 2, "nothing is open any more"


@pytest.mark.parametrize(
    "stop",
    [
        lambda opened: choose_notices(opened=opened, cadence=Cadence.NEVER),
        lambda opened: (erase_identity(opened=opened), follow("support.identity_erased")),
        lambda opened: (withdraw(opened=opened), follow("support.withdrawn"), resume(opened=opened)),
        lambda opened: destroy_case(opened=opened),
        lambda opened: choose_notices(opened=opened, cadence=Cadence.MONTHLY, address="another@post.example"),
    ],
    ids=["never", "erased", "withdrawn", "destroyed", "another mailbox"],
)
def test_it_ends_in_every_way_and_what_was_planned_is_not_sent(office, standing, stop):
    opened = wanting(office, standing)
    request = a_place(opened)
    is_proven_gone(request)
    assert Notice.objects.filter(cause="gone", state="planned").count() == 1
    stop(opened)
    go_on(standing)
    go_on(standing, after=40 * _DAY)
    assert [read(letter)["To"] for letter in office.letters if b"page you know" in letter] == []
    assert cadence_of(opened) == Cadence.NEVER
    assert not Mailbox.objects.exclude(confirmed_at=None).exists()


def test_a_wrong_number_confirms_nothing_and_after_five_the_right_one_neither(office, standing):
    opened = a_case()
    choose_notices(opened=opened, cadence=Cadence.WHEN_GONE, address=MAILBOX)
    go_on(standing)
    right = number_in(office.letters[0])
    wrong = f"{(int(right) + 1) % 10**6:06}"
    assert [confirm_mailbox(opened=opened, code=wrong) for _ in range(5)] == ["code_wrong"] * 5
    assert confirm_mailbox(opened=opened, code=right) == "code_tried_too_often"
    assert cadence_of(opened) == Cadence.NEVER


def test_a_number_is_good_for_half_an_hour_and_a_newer_one_ends_it(office, standing):
    opened = a_case()
    choose_notices(opened=opened, cadence=Cadence.WHEN_GONE, address=MAILBOX)
    go_on(standing)
    first = number_in(office.letters[0])
    standing.at += timedelta(minutes=31)
    assert confirm_mailbox(opened=opened, code=first) == "code_over"
    choose_notices(opened=opened, cadence=Cadence.WHEN_GONE, address=MAILBOX)
    go_on(standing)
    assert confirm_mailbox(opened=opened, code=number_in(office.letters[1])) is None
    assert cadence_of(opened) == Cadence.WHEN_GONE


def test_nobody_is_flooded_with_numbers_whoever_asks(office, standing):
    for _ in range(3):
        choose_notices(opened=a_case(), cadence=Cadence.WHEN_GONE, address=MAILBOX)
    with pytest.raises(CannotWriteError, match="asked_too_often"):
        choose_notices(opened=a_case(), cadence=Cadence.WHEN_GONE, address=MAILBOX.upper())


@pytest.mark.parametrize(
    "address",
    ["", "no", "a@b", "a b@post.example", "a@post.example\r\nBcc: b@post.example", "a@post.example,b@post.example",
     "<a@post.example>", "a@post.example\n", "가@post.example", "a@" + "x" * 260 + ".example"],
)  # fmt: skip
def test_what_is_no_mailbox_is_refused(address):
    with pytest.raises(CannotWriteError, match="mailbox_"):
        choose_notices(opened=a_case(), cadence=Cadence.WHEN_GONE, address=address)
    assert not Mailbox.objects.exists()


def test_every_opening_of_a_mailbox_stands_in_the_record_in_codes(office, standing):
    opened = wanting(office, standing)
    is_proven_gone(a_place(opened))
    go_on(standing)
    names = ["support.notice_tried", "support.notice_sent"]
    rows = Event.objects.filter(name__in=names, subject_id=opened.case.pk).order_by("pk")
    assert [(row.name, row.facts["cause"]) for row in rows] == [
        (name, cause) for cause in ("confirm", "gone") for name in names
    ]
    assert {key for row in rows for key in row.facts} == {"notice", "cause"}
    next_step(rows[0].pk)


def test_a_place_that_was_found_by_a_fingerprint_counts_as_well(office, standing):
    from haetae.agencies.support.notices.queries import told_when_gone
    from haetae.flow.assessment.models import Assessment

    opened = wanting(office, standing, hashes=[ENTRY])
    known = opened.case.hashes.get().known_id
    request = a_place(a_case(links=["https://board.example/posts/9"]))
    assert told_when_gone(request.sighting_id) == []
    for confirmed, cases in ((False, []), (True, [opened.case.pk])):
        facts = {"entry_id": str(known), "confirmed": confirmed}
        Assessment.objects.filter(pk=request.assessment_id).update(
            signals=[{"kind": "known_hash", "facts": facts}]
        )
        assert told_when_gone(request.sighting_id) == cases
