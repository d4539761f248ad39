"""Officials see operators side by side, and what one does on one ground and not on another jumps to the eye."""

import re

import pytest
from django.utils import translation

from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State
from haetae.operators.answers.rules import Outcome, Reason, Way, Word
from haetae.operators.trials.rules import Why
from haetae.operators.trials.states import State as Tried
from haetae.web.words.answers import outcome_words, reason_of_refusal, way_words, word_words
from haetae.web.words.codes import code_words
from haetae.web.words.desk import TOLD, desk_mark
from haetae.web.words.history import reason_words
from haetae.web.words.trials import trial_words, why_words
from tests.web import sightings


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.django_db
def test_one_ground_otherwise_than_another_is_said_in_a_sentence_before_the_table(
    board, other_board, auditor
):
    for number in range(1, 6):
        sightings.verified(sightings.found(number))
    DeletionRequest.objects.update(legal_basis="infringed_person_request")
    for number in range(11, 16):
        sightings.answered(sightings.found(number), State.REFUSED, reason=Reason.NOT_INTIMATE)
    sightings.answered(sightings.found(1, host="other.example"), State.CLAIMED)
    page = _page(auditor.get("/console/operators/"))
    assert "100 % removed of what is asked by: Information and Communications Network Act" in page
    assert "0 % of what is asked by: Enforcement Decree" in page
    assert page.index("Board") < page.index("Other board"), "who answers one ground otherwise stands first"
    assert "Nothing intimate in it 5" in page
    assert "other.example" not in page
    assert "posts/" not in page, "figures, and no place"


@pytest.mark.django_db
def test_whoever_sees_no_health_sees_no_figures_and_a_moderator_sees_no_console(officer, visitor, moderator):
    browser = visitor("en")
    browser.force_login(officer)
    assert browser.get("/console/operators/").status_code == 403
    assert moderator.get("/console/operators/").status_code in {302, 403}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everything_that_an_operator_can_say_and_be_told_is_worded(language):
    with translation.override(language):
        for codes, words in (
            (Outcome, outcome_words), (Word, word_words), (Reason, reason_of_refusal), (Way, way_words),
            (Why, why_words), (Tried, trial_words), (Reason, code_words), (Reason, reason_words),
        ):  # fmt: skip
            for code in codes:
                assert words(code), code
                assert language == "en" or words(code) != code, code
        for state in State:
            assert desk_mark(state).words
        refused = [outcome_words(outcome) for outcome in Outcome]
        assert all(sentence.endswith(".") for sentence in refused), "each says why, in a sentence"


def test_what_is_told_of_the_record_at_the_desk_is_worded_and_nothing_else():
    from haetae.flow.overview.desk.one import TOLD as READ

    assert READ == TOLD
