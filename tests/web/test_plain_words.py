"""What can be read is written for somebody of fourteen who is afraid: short sentences and plain words."""

import re
from statistics import mean

import pytest

from tests.web.reading_pages import paths, sentences, texts

# GOV.UK's guidance for public texts stops at 25 words; a person in shock gets fewer.
_WORDS_MOST, _WORDS_MEAN = 22, 8
# A Korean word (어절) carries about twice as much: 14 of them, or three lines of a phone.
_EOJEOL_MOST, _EOJEOL_MEAN, _CHARACTERS_MOST = 14, 6, 60
# Words of law and offices for which there is a plain one.
_JARGON = {
    "ko": r"당해|상기|익일|기한 내|득하|징구|교부|통보|소명|의거|하기의|귀하|본건|수취|열람|조회",
    "en": r"\b(?:pursuant|hereby|aforementioned|utili[sz]e|commence|terminate|regarding|perpetrator|victim)\b",
}
_HURTS = r"음란|당했|유출|왜 올렸|revenge porn|leaked"


@pytest.fixture(params=["ko", "en"])
def language(request) -> str:
    return request.param


def _all_texts(visitor, language: str) -> list[tuple[str, str]]:
    found = []
    for where in paths():
        found += [(where, text) for text in texts(visitor(language).get(where).content.decode())]
    assert len(found) > 300
    return found


def test_no_sentence_is_too_long_for_somebody_of_fourteen(visitor, language):
    lengths = []
    for where, text in _all_texts(visitor, language):
        for sentence in sentences(text):
            words = len(sentence.split())
            lengths.append(words)
            if language == "ko":
                assert words <= _EOJEOL_MOST, f"{where}: {sentence}"
                assert len(sentence) <= _CHARACTERS_MOST, f"{where}: {sentence}"
            else:
                assert words <= _WORDS_MOST, f"{where}: {sentence}"
    assert mean(lengths) <= (_EOJEOL_MEAN if language == "ko" else _WORDS_MEAN)


def test_no_paragraph_is_a_wall(visitor, language):
    for where, text in _all_texts(visitor, language):
        assert len(sentences(text)) <= 5, f"{where}: {text}"


def test_no_word_of_offices_and_none_that_hurts(visitor, language):
    for where, text in _all_texts(visitor, language):
        assert not re.search(_JARGON[language], text, re.IGNORECASE), f"{where}: {text}"
        assert not re.search(_HURTS, text, re.IGNORECASE), f"{where}: {text}"


def test_korean_speaks_politely_and_never_like_an_office(visitor):
    for where, text in _all_texts(visitor, "ko"):
        # What one says to a child or a friend is said as one speaks to them.
        for sentence in sentences(re.sub("“[^”]*”", "", text)):
            assert not re.search(r"(니다|시오)[.”]?$", sentence), f"{where}: {sentence}"
            ends = re.search(r"([가-힣])[.?!]$", sentence)
            assert not ends or ends[1] in "요죠까", f"{where}: {sentence}"


def test_english_speaks_to_the_reader(visitor):
    said = " ".join(text for _where, text in _all_texts(visitor, "en"))
    assert len(re.findall(r"\byou(r|rs)?\b", said, re.IGNORECASE)) > 200
    assert not re.search(r"\b(shall|whom it may|in the event that)\b", said)
