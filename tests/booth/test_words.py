"""What the booth says, in two languages: complete, filled, short and kind."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import pytest

from haetae.booth import pages
from haetae.booth.kiosk import Language
from haetae.booth.pairs import PAIRS
from haetae.booth.samples import samples
from haetae.booth.words import words_of

_ROOM = Path(pages.__file__).parent
# The marks of what the screen fills in itself.
_LATER = re.compile(r"\[(n|of)\]")
_HURTS = r"음란|당했|유출|왜 올렸|revenge porn|leaked|victim"


def _file(language: str) -> dict[str, Any]:
    return tomllib.loads(
        package_files("haetae.booth").joinpath("texts", f"{language}.toml").read_text("utf-8")
    )


def _texts(words: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(words, str):
        yield where, words
    elif isinstance(words, list):
        for text in words:
            yield where, text
    else:
        for name, inner in words.items():
            yield from _texts(inner, f"{where}.{name}" if where else name)


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


def test_both_languages_say_the_same_things():
    korean, english = ([where for where, _text in _texts(_file(language))] for language in ("ko", "en"))
    assert korean == english


def test_no_word_is_kept_that_nobody_shows():
    templates = "".join(path.read_text() for path in (_ROOM / "templates").glob("*.html"))
    shown = set(re.findall(r"w\.([a-z_.]+)", templates))
    drawn = {
        f"pairs.{pair.name}.{said}" for pair in PAIRS for said in ("title", "original", "altered", "answer")
    }
    named = {f"code.{sample.name}" for sample in samples()}
    for where, _text in _texts(_file("en")):
        assert where in shown | drawn | named or where.startswith("code.problems."), where


@pytest.mark.parametrize("language", list(Language))
def test_every_gap_is_filled(kiosk, files, language):
    for where, text in _texts(words_of(language, kiosk)):
        assert "{" not in text, where
    page = files[pages.page_name(language, kiosk)].decode()
    assert not re.search(r"\[(w|one|line|course|shown|deed|rule|kiosk|sample|other)\b", page), (
        "a name is unknown"
    )
    assert "{" not in re.sub(r'data-words="[^"]*"', "", page)


@pytest.mark.parametrize("language", list(Language))
def test_sentences_are_short_enough_to_be_read_in_passing(kiosk, language):
    for where, text in _texts(words_of(language, kiosk)):
        for sentence in _sentences(_LATER.sub("7", text)):
            words = len(sentence.split())
            assert words <= (14 if language is Language.KO else 22), f"{where}: {sentence}"
            assert language is Language.EN or len(sentence) <= 60, f"{where}: {sentence}"
        assert not re.search(_HURTS, text, re.IGNORECASE), f"{where}: {text}"


def test_korean_speaks_politely_and_never_like_an_office(kiosk):
    for where, text in _texts(words_of(Language.KO, kiosk)):
        for sentence in _sentences(text):
            ends = re.search(r"([가-힣])[.?!]$", sentence)
            assert not ends or ends[1] in "요죠까", f"{where}: {sentence}"
