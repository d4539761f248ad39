"""The key service does not answer, or has no place for another receipt: said, nothing lost, and a way to a person."""

import pytest
from django.conf import settings
from django.test import override_settings

from haetae.agencies.support.models import Case
from haetae.common.keys import KeyRing, KeysAwayError, KeysBusyError
from tests.web.forms import LINK, send

pytestmark = pytest.mark.django_db


class Refusing(KeyRing):
    """Keys of which nothing more is given than what was given before."""

    def __init__(self, problem: Exception, *, answers_reports: bool = False) -> None:
        super().__init__(folder=settings.HAETAE_HOME / "keys", may_create=True)
        self._problem = problem
        self._answers_reports = answers_reports

    def stretch_receipt(self, bits, *, is_guess=False):
        if is_guess or not self._answers_reports:
            raise self._problem
        return super().stretch_receipt(bits)


@pytest.mark.parametrize("problem", [KeysAwayError(), KeysBusyError()])
@pytest.mark.parametrize(("language", "words"), [("ko", "저장하지 못했"), ("en", "could not save")])
def test_a_report_is_not_half_saved_and_what_was_typed_is_still_there(visitor, problem, language, words):
    with override_settings(KEYS=Refusing(problem)):
        answer = send(visitor(language), links=LINK, story="It is on the moonlight board.")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert words in page
    assert LINK in page
    assert "moonlight" in page
    assert 'href="tel:1366"' in page
    assert not Case.objects.exists()


def test_a_report_goes_through_while_guesses_find_no_place(visitor):
    with override_settings(KEYS=Refusing(KeysBusyError(), answers_reports=True)):
        assert send(visitor(), links=LINK).status_code == 303
    assert Case.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "no words at all", "eight words that may or may not be right"])
@pytest.mark.parametrize(("language", "words"), [("ko", "너무 많아요"), ("en", "Too many people")])
def test_whoever_types_words_in_is_told_that_it_is_busy_and_whom_to_call(visitor, typed, language, words):
    with override_settings(KEYS=Refusing(KeysBusyError())):
        answer = visitor(language).post("/mine/", {"words": typed})
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert words in page
    assert 'href="tel:1366"' in page
    assert "page" not in answer.cookies


def test_any_other_page_says_when_to_come_back(visitor, monkeypatch):
    def away(*_: object, **__: object) -> None:
        raise KeysAwayError

    monkeypatch.setattr("haetae.web.portal.pockets.draw_form_token", away)
    browser = visitor()
    browser.raise_request_exception = False
    answer = browser.get("/link/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert 'href="tel:1366"' in answer.content.decode()
