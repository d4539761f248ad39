"""Letters in Korean need a type that a plain installation may not have; where there is a browser, it is there too."""

import io

from pypdf import PdfReader

from haetae.documents import render_pdf
from haetae.documents.shown import KOREAN as KOREAN_BLOCKS
from tests.documents.letters import KOREAN, saying


def test_a_korean_order_is_one_page_in_its_own_type() -> None:
    content = render_pdf(KOREAN)
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    for said in (KOREAN.title, KOREAN.issuer, KOREAN.reference, "2026년 11월 26일", KOREAN.address):
        assert said in text
    fonts = [font.get_object() for font in pages[0]["/Resources"]["/Font"].values()]
    names = {font["/BaseFont"] for font in fonts}
    assert any("NotoSansCJKkr" in name for name in names)
    assert all(
        "/FontFile3" in one.get_object()["/FontDescriptor"]
        for font in fonts
        for one in font["/DescendantFonts"]
    )
    assert render_pdf(KOREAN) == content


def test_the_korean_type_has_every_letter_that_we_take_it_to_have() -> None:
    letters = "".join(chr(one) for first, last in KOREAN_BLOCKS for one in range(first, last + 1, 7))
    for at in range(0, len(letters), 2_000):
        assert render_pdf(saying(letters[at : at + 2_000], like=KOREAN)).startswith(b"%PDF-1.7")
