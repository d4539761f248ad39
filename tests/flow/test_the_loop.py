"""The main flow, stage by stage, with every turn it can take."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from board import MEDIA, PAGE, Board
from steps import found, happened, request_state, wait
from work import do_all_jobs

from haetae.audit.models import Event
from haetae.common import clock
from haetae.connectors.base import Answer, AnswerKind, Seen
from haetae.detect.finding import Finding, Media, Signal, SignalKind, Verdict
from haetae.detect.matching import Tier
from haetae.flow.arrival.actions import receive_report, register_sighting
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.models import Assessment
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.deadlines.models import Deadline
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.verification.models import Probe

pytestmark = pytest.mark.django_db

MakeKnown = Callable[..., None]


def test_a_known_picture_is_asked_for_deleted_and_proven_gone(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    make_known(coffee)
    found()
    assert request_state() == "claimed", "a claim is not a fact"
    wait(moving_clock, seconds=0)
    assert request_state() == "claimed", "one look is not enough"
    wait(moving_clock, seconds=1)
    assert request_state() == "verified"
    assert len(board.orders) == 1
    assert not Deadline.objects.filter(kind="remove", state="set").exists()


def test_gone_at_the_first_look_and_back_at_the_second_is_a_false_claim(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.sights = coffee, [Seen.GONE, Seen.LIVE, Seen.LIVE]
    make_known(coffee)
    found()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=1)
    assert request_state() == "claimed", "an old copy near us is no lie yet"
    wait(moving_clock, seconds=5)
    assert request_state() == "overdue"
    assert "removal.claim_false" in happened()
    assert "removal.verified" not in happened()


def test_what_we_cannot_see_is_never_called_gone(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.sights = (
        coffee,
        [Seen.GONE, Seen.UNKNOWN, Seen.GONE, Seen.UNKNOWN, Seen.GONE, Seen.GONE],
    )
    make_known(coffee)
    found()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=1)
    first = Probe.objects.get(planned_after="PT0S")
    assert first.state == "unknown"
    assert request_state() == "claimed"
    wait(moving_clock, minutes=1)
    wait(moving_clock, seconds=1)
    assert request_state() == "claimed"
    wait(moving_clock, minutes=10)
    wait(moving_clock, seconds=1)
    assert request_state() == "verified"


def test_a_harmless_picture_is_left_alone(board: Board, coffee: bytes) -> None:
    board.picture = coffee
    found()
    assert Assessment.objects.get().state == "nothing"
    assert not DeletionRequest.objects.exists()
    assert board.orders == []


def test_a_hash_that_nobody_checked_goes_to_people(
    board: Board, coffee: bytes, make_known: MakeKnown
) -> None:
    board.picture = coffee
    make_known(coffee, tier=Tier.SELF_DECLARED)
    found()
    assert Assessment.objects.get().state == "review"
    assert board.orders == []


def test_what_a_person_reports_is_never_dropped_silently(board: Board, coffee: bytes) -> None:
    board.picture = coffee
    found()
    assert Assessment.objects.get().state == "nothing"
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    assert Report.objects.get().state == "located"
    assert [row.state for row in Assessment.objects.order_by("round")] == ["nothing", "review"]


def test_a_report_that_comes_while_the_picture_is_open_counts(board: Board, coffee: bytes) -> None:
    board.picture = coffee
    register_sighting(page_url=PAGE, media_url=MEDIA, source=Source.WATCH)
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    assert Assessment.objects.latest("round").state == "review"


def test_a_picture_that_cannot_be_opened_is_undetermined(board: Board) -> None:
    board.picture = b"\xff\xd8\xff\xe0 this only begins like a JPEG"
    found()
    assert Assessment.objects.get().state == "undetermined"
    assert not DeletionRequest.objects.exists()


def test_a_dead_link_is_kept_with_its_reason(board: Board) -> None:
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    report = Report.objects.get()
    assert (report.state, report.why) == ("not_found", "http_404")


def test_the_same_form_sent_twice_is_one_report(board: Board) -> None:
    key = uuid4()
    assert receive_report(link=PAGE, form_key=key) == receive_report(link=PAGE, form_key=key)
    assert happened().count("arrival.reported") == 1


def test_the_law_and_our_target_are_two_rows(board: Board, coffee: bytes, make_known: MakeKnown) -> None:
    board.picture, board.answers = coffee, [Answer(kind=AnswerKind.RECEIVED)]
    make_known(coffee)
    found()
    rows = {row.basis: row for row in Deadline.objects.filter(kind="remove")}
    assert rows["legal"].due_at is None, "the law says without delay and gives no hour"
    request = DeletionRequest.objects.get()
    assert rows["policy"].due_at == request.requested_at + timedelta(hours=24)


def test_what_comes_back_at_the_same_place_is_asked_for_again_by_itself(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    make_known(coffee)
    found()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=1)
    board.sights = [Seen.LIVE] * 2
    wait(moving_clock, hours=1)
    wait(moving_clock, seconds=5)
    states = [row.state for row in DeletionRequest.objects.order_by("round")]
    assert states[0] == "reappeared"
    assert len(board.orders) == 2
    assert len({order.key for order in board.orders}) == 2, "another request, another key"


def test_probes_go_on_for_ninety_days(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    make_known(coffee)
    found()
    for pause in (
        {"seconds": 0},
        {"seconds": 1},
        {"hours": 1},
        {"days": 1},
        {"days": 7},
        {"days": 30},
        {"days": 90},
    ):
        wait(moving_clock, **pause)
        wait(moving_clock, seconds=1)
    points = list(Probe.objects.order_by("pk").values_list("planned_after", "state"))
    assert sorted(points) == sorted(
        (point, "gone") for point in ("PT0S", "PT1H", "P1D", "P7D", "P30D", "P90D")
    )
    assert request_state() == "verified"


def test_a_due_date_passes_once_however_many_clocks_run(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    make_known(coffee)
    found()
    assert pass_due(at=clock.now()) == 1
    assert pass_due(at=clock.now()) == 0


def test_an_event_followed_twice_has_one_effect(board: Board, coffee: bytes, make_known: MakeKnown) -> None:
    from haetae.flow.next_step import next_step

    board.picture = coffee
    make_known(coffee)
    found()
    before = len(happened())
    for event in Event.objects.order_by("pk"):
        next_step.func(event_id=event.pk)
    do_all_jobs()
    assert len(happened()) == before
    assert len(board.orders) == 1


def test_an_operator_may_still_delete_after_the_false_claim_was_caught(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture, board.sights = coffee, [Seen.LIVE] * 2
    make_known(coffee)
    found()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=5)
    assert request_state() == "overdue"
    wait(moving_clock, hours=1)
    wait(moving_clock, seconds=1)
    assert request_state() == "verified"


def test_a_person_who_says_that_it_is_back_is_believed_enough_to_look_at_once(
    board: Board, coffee: bytes, make_known: MakeKnown, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    make_known(coffee)
    found()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=1)
    assert request_state() == "verified"
    board.sights = [Seen.LIVE] * 2
    for _ in range(2):
        receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    wait(moving_clock, seconds=0)
    wait(moving_clock, seconds=5)
    assert "removal.reappeared" in happened()
    assert len(board.orders) == 2


def test_a_second_report_has_the_picture_examined_again_when_more_may_be_known(
    board: Board, coffee: bytes, make_known: MakeKnown
) -> None:
    board.picture = coffee
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    assert Assessment.objects.get().state == "review"
    make_known(coffee)
    receive_report(link=PAGE, form_key=uuid4())
    do_all_jobs()
    assert Assessment.objects.latest("round").state == "request"


def test_a_failure_of_our_own_is_not_the_last_word(
    board: Board, coffee: bytes, monkeypatch: pytest.MonkeyPatch, moving_clock: time_machine.Traveller
) -> None:
    board.picture = coffee
    with monkeypatch.context() as broken:
        real = "haetae.flow.assessment.jobs.examine_bytes"
        broken.setattr(real, lambda *_, **__: finding_without_opener())
        found()
    assert Assessment.objects.get().state == "undetermined"
    wait(moving_clock, minutes=1)
    assert Assessment.objects.get().state == "nothing"


def finding_without_opener() -> Finding:
    signal = Signal(kind=SignalKind.UNDECODABLE, facts={"why": "no_opener"})
    return Finding(
        media=Media(kind="image", format="jpeg", width_px=None, height_px=None, frames=None, size_bytes=1),
        fingerprints=None,
        signals=(signal,),
        verdict=Verdict.UNDETERMINED,
        reasons=(),
    )
