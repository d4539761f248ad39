"""Who is in the picture, by the word of whoever reports it: what that sets off, and what it never does."""

from uuid import uuid4

import pytest
from board import MEDIA, PAGE, Board
from doubt import waiting_tasks
from steps import found, happened
from work import do_all_jobs

from haetae.audit.models import Event
from haetae.detect.finding import Signal
from haetae.flow.arrival.actions import receive_report, register_sighting
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.states import FOR_THE_DEPICTED, Depicted, Source
from haetae.flow.assessment.actions import ReportedMeanwhileError
from haetae.flow.assessment.models import Assessment
from haetae.flow.removal.models import DeletionRequest
from tests.detect.test_acting import said

pytestmark = pytest.mark.django_db
# Wrong once in a hundred thousand at most: under the pack's limit of one in a million uploads.
SURE = (said("explicit", "act", upper=0.00001), said("face_manipulated", "act", upper=0.00001))


@pytest.fixture
def models_say(monkeypatch: pytest.MonkeyPatch, board: Board, coffee: bytes) -> list[Signal]:
    """What the models say of the picture, where they are asked: as in the product, only about what is reported."""
    signals = list(SURE)
    board.picture = coffee
    monkeypatch.setattr("haetae.flow.assessment.jobs.models", object)
    monkeypatch.setattr(
        "haetae.detect.classifying.looking.model_signals",
        lambda _data, *, reported, **_named: tuple(signals) if reported else (),
    )
    return signals


def reported(depicted: Depicted = Depicted.UNSAID) -> None:
    receive_report(link=PAGE, form_key=uuid4(), depicted=depicted)
    do_all_jobs()


def verdict() -> str:
    return Assessment.objects.latest("opened_at", "round").state


@pytest.mark.parametrize("depicted", Depicted)
def test_models_that_agree_ask_by_themselves_only_where_it_is_reported_by_or_for_the_person_shown(
    models_say: list[Signal], depicted: Depicted
) -> None:
    reported(depicted)
    acts = depicted in {Depicted.ME, Depicted.IN_MY_CARE}
    assert verdict() == ("request" if acts else "review")
    assert DeletionRequest.objects.exists() == acts
    assert waiting_tasks() == ([] if acts else ["judge"])


def test_a_report_by_the_person_shown_that_comes_later_has_it_judged_anew(models_say: list[Signal]) -> None:
    reported(Depicted.SOMEBODY_ELSE)
    assert (verdict(), waiting_tasks()) == ("review", ["judge"])
    reported(Depicted.ME)
    assert (verdict(), waiting_tasks()) == ("request", [])


def test_a_later_report_by_somebody_else_takes_nothing_back(models_say: list[Signal]) -> None:
    for depicted in (Depicted.ME, Depicted.SOMEBODY_ELSE):
        receive_report(link=PAGE, form_key=uuid4(), depicted=depicted)
    do_all_jobs()
    assert verdict() == "request"


def test_a_second_report_by_whoever_is_in_it_is_judged_by_that(models_say: list[Signal]) -> None:
    for depicted in (Depicted.SOMEBODY_ELSE, Depicted.ME):
        reported(depicted)
    assert verdict() == "request"


def test_a_report_of_another_place_of_the_same_picture_is_no_report_of_this_one(
    models_say: list[Signal],
) -> None:
    register_sighting(page_url=PAGE + "/2", media_url=MEDIA + "/2", source=Source.WATCH)
    do_all_jobs()
    reported(Depicted.ME)
    other = Assessment.objects.get(sighting__source=Source.WATCH)
    assert (other.state, other.for_depicted) == ("nothing", False)


def test_the_form_sent_once_more_with_another_answer_is_the_same_report_judged_by_the_new_answer(
    models_say: list[Signal],
) -> None:
    key = uuid4()
    for depicted in (Depicted.UNSAID, Depicted.ME):
        receive_report(link=PAGE, form_key=key, depicted=depicted)
        do_all_jobs()
    assert Report.objects.get().depicted == Depicted.ME
    assert happened().count("arrival.report_corrected") == 1
    assert verdict() == "request"


def test_what_was_ticked_by_mistake_and_taken_back_counts_no_more(models_say: list[Signal]) -> None:
    key = uuid4()
    models_say[:] = []
    for depicted in (Depicted.ME, Depicted.UNSAID):
        receive_report(link=PAGE, form_key=key, depicted=depicted)
        do_all_jobs()
        models_say[:] = SURE
    assert (verdict(), Assessment.objects.latest("round").for_depicted) == ("review", False)


def test_another_picture_at_the_same_place_is_not_the_one_that_was_spoken_of(
    models_say: list[Signal],
) -> None:
    from haetae.flow.assessment.actions import examine_another

    models_say[:] = []
    reported(Depicted.ME)
    before = Assessment.objects.get()
    models_say[:] = SURE
    examine_another(sighting_id=before.sighting_id, before=before.pk)
    do_all_jobs()
    assert verdict() == "review"


@pytest.mark.parametrize(
    ("signals", "why"),
    [
        ((said("face_manipulated", "act", upper=0.00001),), "model_lead"),
        ((said("explicit", "act", upper=0.00001),), "model_lead"),
        ((said("explicit", "review"), said("face_manipulated", "act")), "models_suspect"),
        ((said("explicit", "act", upper=0.1), said("face_manipulated", "act", upper=0.1)), "models_suspect"),
        (
            (said("explicit", "act", cross_source=False), said("face_manipulated", "act", upper=0.00001)),
            "models_suspect",
        ),
        ((), "reported"),
    ],
    ids=["one alone", "the other alone", "below a threshold", "too many wrongful", "measured at home", "no model"],
)  # fmt: skip
def test_a_false_tick_alone_asks_nobody_for_anything(
    models_say: list[Signal], signals: tuple[Signal, ...], why: str
) -> None:
    models_say[:] = signals
    reported(Depicted.ME)
    assert verdict() == "review"
    assert why in {reason["code"] for reason in Assessment.objects.get().reasons}
    assert not DeletionRequest.objects.exists()


def test_a_report_that_comes_while_the_models_were_not_asked_has_them_asked(
    models_say: list[Signal], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look was made without a report, so the models were not asked: that look is not taken, and made again."""
    from haetae.detect.examination import examine as really_examine
    from haetae.flow.assessment import jobs

    def examine(*given: object, **named: object) -> object:
        finding = really_examine(*given, **named)  # type: ignore[arg-type]
        monkeypatch.setattr(jobs, "examine_bytes", really_examine)
        Assessment.objects.update(reported=True, for_depicted=True)
        return finding

    monkeypatch.setattr(jobs, "examine_bytes", examine)
    register_sighting(page_url=PAGE, media_url=MEDIA, source=Source.WATCH)
    with pytest.raises(ReportedMeanwhileError):
        do_all_jobs()
    jobs.examine(str(Assessment.objects.get().pk))
    assert verdict() == "request"


def test_the_answer_stands_in_the_record_only_as_the_reason_where_something_followed_from_it(
    models_say: list[Signal],
) -> None:
    reported(Depicted.IN_MY_CARE)
    told = [value for event in Event.objects.all() for value in event.facts.values()]
    assert not {*told} & {*Depicted}
    opened = Event.objects.filter(name="assessment.opened").latest("pk")
    assert opened.facts == {"reported": True}
    asked = Event.objects.filter(name="assessment.request").latest("pk")
    assert "models_agree" in str(asked.facts["reasons"])


def test_only_two_answers_speak_for_the_person_shown() -> None:
    assert {Depicted.ME, Depicted.IN_MY_CARE} == FOR_THE_DEPICTED


def test_without_a_report_nothing_is_for_anybody(models_say: list[Signal]) -> None:
    found()
    assert (verdict(), Assessment.objects.get().for_depicted) == ("nothing", False)
