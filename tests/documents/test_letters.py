"""What an issued letter looks like to whoever reads it, keeps it, or tries to make it say something else."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from haetae.documents import CannotPrintError, pdf, render_html, render_pdf
from haetae.documents.content import from_json, to_json
from haetae.documents.html import FORM, digest_of
from haetae.documents.shown import LATIN
from tests.documents.letters import ENGLISH, KOREAN, saying

HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/x:0.1.0": *',
    "*bold* $x$ `code` = heading @label <label> #while true {}",
    "<script>alert(1)</script><img src=https://somewhere.example/x>",
    "</style></title>&amp;\"'",
    "{{ settings.KEYS }} {% debug %} \\ \\u{41} // not a comment /* nor this */",
)


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def squeezed(text: str) -> str:
    return re.sub(r"\s|\u200b", "", text)


def test_an_order_is_one_page_that_says_who_what_until_when_and_where_to_check_it() -> None:
    content = render_pdf(ENGLISH)
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    text = text_of(content)
    for said in (
        ENGLISH.title,
        ENGLISH.issuer,
        ENGLISH.reference,
        "26 November 2026",
        ENGLISH.address,
        "Article 44-7(4)",
    ):
        assert said in text
    assert text.index("We looked") < text.index("Hours") < text.index("How to contest")


def test_a_letter_is_made_to_be_read_aloud_and_to_be_kept() -> None:
    reader = PdfReader(io.BytesIO(render_pdf(ENGLISH)))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/StructTreeRoot"]
    assert catalogue["/Lang"].startswith("en")
    told = catalogue["/Metadata"].get_object().get_data().decode()
    for claim in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "2026-11-26"):
        assert claim in told


def test_the_same_letter_has_the_same_bytes_and_another_has_others() -> None:
    assert render_pdf(ENGLISH) == render_pdf(ENGLISH)
    assert render_html(ENGLISH) == render_html(ENGLISH)
    other = replace(ENGLISH, how_to_contest="")
    assert render_pdf(other) != render_pdf(ENGLISH)
    assert digest_of(render_html(other)) != digest_of(render_html(ENGLISH))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_somebody_writes_is_shown_and_never_obeyed(hostile: str) -> None:
    letter = saying(hostile)
    assert squeezed(hostile) in squeezed(text_of(render_pdf(letter)))
    page = render_html(letter)
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("</style>") == page.count("</title>") == 1


def test_nothing_that_turns_or_hides_text_gets_into_a_letter() -> None:
    letter = saying("pay 1\u202e000\u202c now\x00\x1b[2J\u200b\u2066")
    for shown in (render_html(letter), text_of(render_pdf(letter))):
        assert "[U+202E]000[U+202C]" in squeezed(shown)
        assert "[U+0000][U+001B]" in squeezed(shown)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", shown)


def test_what_the_type_does_not_have_stands_on_paper_by_its_number() -> None:
    letter = replace(ENGLISH, addressed_to="Board \U0001f600")
    assert "Board [U+1F600]" in text_of(render_pdf(letter))
    assert "Board \U0001f600" in render_html(letter)


def test_the_type_that_comes_along_has_every_letter_that_we_take_it_to_have() -> None:
    everything = " ".join(chr(one) for first, last in LATIN for one in range(first, last + 1))
    assert render_pdf(saying(everything)).startswith(b"%PDF-1.7")


def test_a_text_without_end_is_set_or_refused_and_stops_nobody() -> None:
    long = replace(ENGLISH, how_to_contest="x" * 100_000 + " " + "word " * 1_000)
    assert len(PdfReader(io.BytesIO(render_pdf(long))).pages) > 10
    with pytest.raises(CannotPrintError, match="too_long"):
        render_pdf(replace(ENGLISH, how_to_contest="x" * 400_000))


def test_the_typesetter_reads_no_file_and_ends_in_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for template in ('#read("/etc/passwd")', '#read("../../../../../../etc/passwd")', "#while true {}"):
        monkeypatch.setattr(pdf, "_TEMPLATE", template)
        monkeypatch.setattr(pdf, "_SECONDS", 2)
        with pytest.raises(CannotPrintError, match="not_set"):
            render_pdf(ENGLISH)


def test_without_the_korean_type_there_is_no_korean_pdf_and_the_page_is_there(tmp_path: Path) -> None:
    for letter in (KOREAN, replace(ENGLISH, addressed_to="보드")):
        with pytest.raises(CannotPrintError, match="korean_type_missing"):
            render_pdf(letter, fonts=tmp_path)
    assert '<html lang="ko">' in render_html(KOREAN)
    assert "<h1>삭제 시정명령</h1>" in render_html(KOREAN)


def test_a_letter_that_was_not_issued_says_that_it_is_a_draft() -> None:
    draft = replace(ENGLISH, reference="", address="")
    assert "Draft. This was not issued" in render_html(draft)
    assert "Draft. This was not issued" in text_of(render_pdf(draft))
    assert "ONLINE" not in text_of(render_pdf(draft))


def test_a_copy_with_a_number_of_its_own_bears_no_seal() -> None:
    copy = replace(ENGLISH, address="")
    assert "ONLINE" in render_html(ENGLISH)
    assert "ONLINE" not in render_html(copy)
    assert "ONLINE" not in text_of(render_pdf(copy))
    assert "Draft" not in render_html(copy)


def test_a_letter_comes_back_from_what_is_kept_of_it() -> None:
    for letter in (KOREAN, ENGLISH):
        again = from_json(to_json(letter))
        assert to_json(again) == to_json(letter)
        assert render_html(again) == render_html(letter)


def test_what_was_issued_keeps_its_digest_as_long_as_the_form_does_not_change() -> None:
    """Fails when a tag or the stylesheet changed: then raise FORM, and keep this one for what was issued under it."""
    assert FORM == 1
    assert (
        digest_of(render_html(ENGLISH)) == "1f72ec11f4779058062e4339d026f1d10ad9fe3cd1c8b19c849eeb3f0d7fb9f6"
    )
