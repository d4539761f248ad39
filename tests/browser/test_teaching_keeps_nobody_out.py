"""Lessons, quizzes and the desks of teaching in a real browser: axe finds nothing, and nothing is too wide."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from haetae.accounts.models import Official
from haetae.agencies.education.duty.actions import note_duty_met
from haetae.agencies.education.incidents.actions import answer_plan, send_plan, tell_ministry
from haetae.agencies.education.lessons.facts import Quiz
from haetae.agencies.education.lessons.reading import read_quizzes
from haetae.agencies.education.sessions.actions import certify
from haetae.agencies.education.states import ByRole, IncidentState, ToldWhom, Wish, YearState
from haetae.agencies.education.years.actions import (
    answer_report,
    expect_year,
    propose_training,
    send_report,
)
from haetae.law.packs import load_pack
from tests.browser.made_here import Made, shoot, too_wide
from tests.browser.test_nobody_is_kept_out import violations
from tests.educating import (
    MEASURES,
    PLAN,
    a_session,
    an_incident,
    an_institution,
    held,
    officer,
    supervisor,
    today,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("beside_the_browser")]
LONG = "A School by the River Whose Name Is Really Very Long, with a Branch on the Other Bank"


@pytest.fixture
def ministry() -> Official:
    return supervisor()


@pytest.fixture
def school(ministry: Official) -> tuple[Official, list[str], list[str]]:
    """Whoever works for it, the pages of the school, and those of the ministry, about everything that happens there."""
    this, last = today().year, today().year - 1
    river = an_institution(ministry, name=LONG)
    bang = officer(ministry, river)
    sessions = [
        a_session(river, bang, held(date(this, 1, 1), content="How the class talks in its own chat.")),
        a_session(river, bang, held(date(last, 5, 12), minutes=10, staff=3, head=False)),
    ]
    certify(institution_id=river, session_id=sessions[1], official_id=bang.pk)
    expect_year(year=last, official_id=ministry.pk)
    year = send_report(institution_id=river, year=last, measures=MEASURES, official_id=bang.pk)
    answer_report(year_id=year, answer=YearState.ACCEPTED, why="", official_id=ministry.pk)
    propose_training(year_id=year, official_id=ministry.pk)
    open_, head, inside = (
        an_incident(river, bang),
        an_incident(river, bang, by_head=True),
        an_incident(river, bang, wish=Wish.OBJECTS),
    )
    for one in (open_, head):
        tell_ministry(institution_id=river, incident_id=one, official_id=bang.pk)
        send_plan(institution_id=river, incident_id=one, text=PLAN, official_id=bang.pk)
    answer_plan(
        incident_id=head,
        answer=IncidentState.RETURNED,
        why="Say who does what, and when.",
        official_id=ministry.pk,
    )
    note_duty_met(
        institution_id=river,
        by_role=ByRole.TEACHER,
        learnt_on=today() - timedelta(days=1),
        told_on=today(),
        told=ToldWhom.CALL,
        form_key=uuid4(),
        official_id=bang.pk,
    )
    return (
        bang,
        [
            reverse("console:education"),
            reverse("console:session_new"),
            *(reverse("console:session", args=[one]) for one in sessions),
            reverse("console:teaching_year", args=[last]),
            reverse("console:incident_new"),
            *(reverse("console:incident", args=[one]) for one in (head, inside)),
            reverse("console:duty"),
        ],
        [
            reverse("console:institutions"),
            reverse("console:institution", args=[river]),
            reverse("console:teaching", args=[year]),
            reverse("console:told", args=[open_]),
        ],
    )


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_no_lesson_and_no_quiz_keeps_anybody_out(made: Made, language: str, scheme: str) -> None:
    """Each lesson; and of the quizzes, which are one page with other words, one that is asked and three answered."""
    asked, rightly, wrongly, half, *_rest = quizzes = _quizzes(language)
    pages = [
        *(("lesson", one, None) for one in quizzes),
        ("quiz", asked, None),
        ("quiz", rightly, _answers(rightly, right=True)),
        ("quiz", wrongly, _answers(wrongly, right=False)),
        ("quiz", half, dict(list(_answers(half, right=False).items())[::2])),
    ]
    found = []
    for name, quiz, send in pages:
        address = reverse(f"portal:{name}", args=[quiz.audience])
        page = made(address, language=language, scheme=scheme, send=send)
        found += violations(page)
        if too_wide(page):
            found.append(f"{address} is wider than the telephone")
        shoot(page, f"learn-{language}-{name}-{quiz.audience}")
    assert found == []


@pytest.mark.parametrize(("language", "scheme"), [("ko", "dark"), ("en", "light")])
def test_nor_does_a_desk_of_teaching(
    made: Made, school, ministry: Official, language: str, scheme: str
) -> None:
    bang, its_own, of_the_ministry = school
    found = []
    for who, addresses in (bang, its_own), (ministry, of_the_ministry):
        for number, address in enumerate(addresses):
            page = made(address, language=language, scheme=scheme, size=(1280, 900), official=who)
            found += violations(page)
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 900})
                if too_wide(page):
                    found.append(f"{address} is wider than {width} px")
                shoot(page, f"teach-{language}-{who.username}-{number:02}-{width}")
    wrong = {"minutes": "many", "content": "chat rules"}
    page = made(reverse("console:session_new"), language=language, scheme=scheme, official=bang, send=wrong)
    found += violations(page)
    shoot(page, f"teach-{language}-refused")
    assert found == []


def _quizzes(language: str) -> list[Quiz]:
    return list(read_quizzes(language, pack=load_pack("kr"), on=today()))


def _answers(quiz: Quiz, *, right: bool) -> dict[str, str]:
    """The first answer to each question that is right, or that is not."""
    return {
        question.question_id: str(
            next(place for place, answer in enumerate(question.answers) if answer.is_right is right)
        )
        for question in quiz.questions
    }
