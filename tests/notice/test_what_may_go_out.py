"""A notice goes out only when it holds what its form and the law of its recipient want, and nothing of a person."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from haetae.law.countries import Element, country_law, packs
from haetae.law.facts import NotInForceError
from haetae.notice.checking import ELEMENTS, UnfitNoticeError, why_not_send, why_not_this
from haetae.notice.document import Answering, Asked, Ground, Notice, Text
from haetae.notice.letter import text_of, title_of
from haetae.notice.prints import MOST_FRAMES, prints_of
from haetae.notice.published import schema, validator
from tests.notice.conftest import ISSUER, notice_with

TODAY = date(2026, 11, 26)


def codes(document: dict[str, Any], *checklist: str) -> list[str]:
    return [problem.code for problem in why_not_this(document, checklist=checklist)]


@pytest.mark.parametrize("pack", packs())
def test_a_whole_notice_may_go_out_into_every_country_we_know(notice: Notice, pack: str) -> None:
    try:
        duty = country_law(pack).removal_duty(TODAY)
    except NotInForceError:
        duty = None
    assert why_not_send(notice, duty) == []


@pytest.mark.parametrize(
    ("ground", "asked"),
    [
        (Ground.EXAMINED, Asked.DE_INDEX),
        (Ground.DECIDED, Asked.BLOCK_ACCESS),
        (Ground.EXAMINED, Asked.REMOVE_FROM_CACHE),
        (Ground.DOUBT, Asked.BLOCK_FOR_NOW),
        (Ground.NOT_HARMFUL, Asked.RESTORE),
        (Ground.BLOCK_ENDED, Asked.RESTORE),
    ],
)
def test_each_thing_that_can_be_asked_has_its_document(ground: Ground, asked: Asked) -> None:
    whole = notice_with(ground, asked=asked)
    assert why_not_send(whole, country_law("us").removal_duty(TODAY)) == []
    assert ("good_faith" in whole.as_json()) is (ground not in {Ground.DOUBT, *_SHOWN_AGAIN})


_SHOWN_AGAIN = (Ground.NOT_HARMFUL, Ground.BLOCK_ENDED)


def test_every_element_that_a_law_can_name_is_looked_for() -> None:
    assert set(ELEMENTS) == {str(element) for element in Element}


@pytest.mark.parametrize(
    ("element", "without"),
    [
        (Element.SIGNATURE, ("signature",)),
        (Element.CONTENT_ID, ("fingerprints",)),
        (Element.LOCATION, ("locator", "media")),
        (Element.REASONS, ("explanation",)),
        (Element.GOOD_FAITH_STATEMENT, ("good_faith",)),
        (Element.CONTACT, ("issuer", "mailbox")),
        (Element.NOTIFIER, ("issuer", "mailbox")),
        (Element.SUBJECT_OR_AGENT, ("signature",)),
        (Element.DECLARATION_ON_SERVICE, ("declaration",)),
        (Element.PRIMA_FACIE_PROOF, ("fingerprints",)),
    ],
)
def test_what_the_law_wants_and_does_not_find_is_named_with_the_way_out(
    notice: Notice, element: Element, without: tuple[str, ...]
) -> None:
    document = notice.as_json()
    assert f"lacks_{element}" not in codes(document, element)
    inner = document
    for step in without[:-1]:
        inner = inner[step]
    del inner[without[-1]]
    first = why_not_this(document, checklist=[element])[0]
    assert first.code == f"lacks_{element}"
    assert first.field.startswith(without[0])
    assert first.sentence.endswith(".")


def test_an_agency_without_a_mailbox_writes_to_nobody_whatever_the_law_there_says(notice: Notice) -> None:
    nameless = replace(notice, issuer=replace(ISSUER, mailbox=""))
    found = why_not_send(nameless, None)
    assert [problem.code for problem in found] == ["lacks_contact"]
    assert "HAETAE_AGENCY_MAILBOX" in found[0].sentence
    assert UnfitNoticeError(found).code == "notice_lacks_contact"


def test_a_law_that_wants_something_new_lets_nothing_pass_in_silence(notice: Notice) -> None:
    assert codes(notice.as_json(), "blood_oath") == ["lacks_blood_oath"]


PICTURE = "data:image/png;base64,iVBORw0KGgo="


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema",), "notice/2"),
        (("id",), "7"),
        (("asked",), "destroy"),
        (("issued_at",), "2026-11-26T10:00:00+09:00"),
        (("issued_at",), "2026-13-26T10:00:00Z"),
        (("victim_name",), "somebody"),
        (("picture",), PICTURE),
        (("content", "age"), 15),
        (("content", "minor_protected"), False),
        (("issuer", "reporter"), "somebody"),
        (("issuer", "mailbox"), "no mailbox"),
        (("locator", "media"), PICTURE),
        (("locator", "page"), "https://somebody:secret@board.example/p/1"),
        (("locator", "page"), "https://board.example/" + "p" * 2_100),
        (("fingerprints", "sha256"), "QUJD" * 16),
        (("fingerprints", "thumbnail"), PICTURE),
        (("fingerprints", "perceptual"), []),
        (("explanation", "en"), "x" * 2_001),
        (("signature", "line"), "Demonstration agency"),
        (("decision",), {"review": "5d8ae7c6-b94f-5f28-aa06-b7cf30f5038c", "ordered": "remove"}),
        (("content", "ground"), "decided"),
        (("content", "ground"), "not_harmful"),
        (("answer",), {}),
    ],
)
def test_what_does_not_fit_the_form_is_refused(notice: Notice, place: tuple[str, ...], value: object) -> None:
    document = deepcopy(notice.as_json())
    assert codes(document) == []
    inner = document
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    assert codes(document) != []
    assert PICTURE not in str(why_not_this(document, checklist=())), "a problem never repeats what it refuses"


def test_only_what_is_hidden_is_asked_to_be_shown_again() -> None:
    assert codes(notice_with(Ground.EXAMINED, asked=Asked.RESTORE).as_json()) == ["malformed"]


def test_no_part_of_the_form_takes_further_fields_and_each_field_is_described() -> None:
    def walk(part: dict[str, Any], path: str) -> None:
        if part.get("type") == "object":
            assert part["additionalProperties"] is False, path
        for name, inner in part.get("properties", {}).items():
            assert inner["description"], f"{path}.{name}"
            walk(inner, f"{path}.{name}")
            walk(inner.get("items", {}), f"{path}.{name}[]")

    whole = json.loads(json.dumps(schema()))
    validator().check_schema(whole)
    walk(whole, "")
    assert "base64" not in json.dumps(whole)


def test_a_film_with_hundreds_of_frames_stays_small(notice: Notice) -> None:
    frames = [
        {"pdq": f"{n:064x}", "pdq_quality": 100, "dhash": f"{n:064x}", "at_ms": n, "turn": 0}
        for n in range(500)
    ]
    kept = {"sha256": "a" * 64, "md5": None, "perceptual": frames, "series": frames}
    small = replace(notice, fingerprints=prints_of(kept))
    assert len(small.as_json()["fingerprints"]["perceptual"]) == MOST_FRAMES
    assert why_not_send(small, None) == []


def test_the_same_notice_is_the_same_byte_for_byte(notice: Notice) -> None:
    assert notice.as_bytes() == notice_with().as_bytes()
    assert notice.as_json()["issued_at"] == "2026-11-26T01:02:03Z"


def test_it_reads_as_one_page_in_both_languages(notice: Notice) -> None:
    secret = Answering(api="", desk="", link="https://haetae.example/operator/answer/abc/")
    document = replace(notice, answering=secret).as_json()
    english, korean = (text_of(document, language=language) for language in ("en", "ko"))
    assert title_of(document, language="ko") == "삭제 요청"
    assert "By law: 2026-11-27 20:02 America/New_York" in english
    assert "Our own target: 2026-11-26 20:02 America/New_York. It is no law." in english
    assert "법정 기한이 아닙니다" in korean
    assert "조문을 현행 원문과 대조하지 못했습니다" in korean, "what nobody could check is said to be so"
    for page in (english, korean):
        assert "https://board.example/p/1" in page
        assert secret.link in page


def test_no_hour_is_made_up_where_the_law_names_none(notice: Notice) -> None:
    korean_law = replace(notice, due=replace(notice.due, legal=None)).as_json()
    assert "it names no hour" in text_of(korean_law, language="en")
    unbound = replace(notice, duty=None, due=replace(notice.due, legal=None)).as_json()
    assert "By law" not in text_of(unbound, language="en")


def test_the_reasons_are_never_empty_in_either_language() -> None:
    for ground in Ground:
        said = notice_with(ground).explanation
        assert isinstance(said, Text)
        assert said.ko.endswith((".", "오."))
        assert said.en.endswith(".")
