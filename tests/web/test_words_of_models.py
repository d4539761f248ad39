"""Whatever a model did not look at is told in words, in both languages, and never as a code."""

import pytest
from django.utils import translation

from haetae.detect.classifying.running import NotAssessed
from haetae.detect.finding import ReasonCode
from haetae.detect.words import UNASSESSED
from haetae.web.words.reasons import reason_words


@pytest.mark.parametrize("why", list(NotAssessed))
def test_every_reason_for_not_looking_has_words(why: NotAssessed) -> None:
    assert why in UNASSESSED
    told = {"code": ReasonCode.NOT_ASSESSED.value, "facts": {"task": "explicit", "why": why.value}}
    said = {}
    for language in ("en", "ko"):
        with translation.override(language):
            said[language] = reason_words(told)
        assert why.value not in said[language]
    assert said["en"] != said["ko"]
