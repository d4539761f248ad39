"""Letters to test with, of agencies and about things that nobody could take for real ones."""

from dataclasses import replace
from datetime import date
from typing import Final

from haetae.documents.document import Document, Facts, Language, Paragraph, Part, Table

KOREAN: Final = Document(
    language=Language.KO,
    title="삭제 시정명령",
    reference="KMCC-2026-000123",
    address="https://haetae.example/documents/KMCC-2026-000123/",
    issuer="방송미디어통신위원회",
    on=date(2026, 11, 26),
    addressed_to="보드 주식회사 대표이사",
    parts=[
        Part(
            title="",
            content=[
                Paragraph(
                    text="귀사가 삭제하였다고 답한 게시물이 그 뒤에도 공개되어 있음을 확인하였습니다. "
                    "이에 다음과 같이 시정을 명합니다."
                )
            ],
        ),
        Part(
            title="1. 명령의 내용",
            content=[
                Facts(
                    rows=[
                        ("대상", "2026년 10월에 심의위원회가 삭제를 결정한 게시물 3건"),
                        ("할 일", "게시물을 삭제하고 같은 게시물이 다시 올라오지 않게 하십시오."),
                        ("기한", "2026년 12월 3일 18시(한국 시간)"),
                    ]
                )
            ],
        ),
        Part(
            title="2. 사실과 증거",
            content=[
                Table(
                    head=["번호", "답변한 때", "확인한 때", "확인 결과", "지난 시간"],
                    rows=[
                        ["1", "2026. 10. 2. 09:10", "2026. 10. 3. 11:02", "공개되어 있음(200)", "25시간"],
                        ["2", "2026. 10. 9. 14:40", "2026. 10. 10. 08:15", "공개되어 있음(200)", "17시간"],
                        ["3", "2026. 10. 20. 10:05", "2026. 10. 21. 10:31", "공개되어 있음(200)", "24시간"],
                    ],
                    caption="귀사의 답변과 우리가 확인한 사실",
                    numeric=frozenset({0, 4}),
                ),
                Paragraph(text="귀사는 2026년 11월 10일에 의견을 냈고, 그 의견을 살폈습니다."),
            ],
        ),
    ],
    law=["「정보통신망 이용촉진 및 정보보호 등에 관한 법률」 제44조의7제4항(2026. 10. 2. 시행)"],
    notes=["이 조항의 시행일은 관보와 대조하지 못하였습니다."],
    how_to_contest="이 명령을 받은 날부터 90일 이내에 행정심판을 청구하거나 행정소송을 제기할 수 있습니다.",
)
ENGLISH: Final = Document(
    language=Language.EN,
    title="Corrective order to delete",
    reference="KMCC-2026-000123",
    address="https://haetae.example/documents/KMCC-2026-000123/",
    issuer="Korea Media Communications Commission (KMCC)",
    on=date(2026, 11, 26),
    addressed_to="Board Inc., its representative",
    parts=[
        Part(
            title="",
            content=[
                Paragraph(
                    text="You told us that you had deleted the posts below. We looked, and they were still open to the "
                    "public. We therefore order you to do the following."
                )
            ],
        ),
        Part(
            title="1. What you must do",
            content=[
                Facts(
                    rows=[
                        (
                            "What it is about",
                            "Three posts that the review commission decided to delete in October 2026",
                        ),
                        (
                            "What to do",
                            "Delete the posts, and see to it that the same posts do not come back.",
                        ),
                        ("Until", "3 December 2026, 18:00 (Seoul)"),
                    ]
                )
            ],
        ),
        Part(
            title="2. What we found",
            content=[
                Table(
                    head=["No.", "You answered", "We looked", "We saw", "Hours later"],
                    rows=[
                        ["1", "2 Oct 2026, 09:10", "3 Oct 2026, 11:02", "open to the public (200)", "25"],
                        ["2", "9 Oct 2026, 14:40", "10 Oct 2026, 08:15", "open to the public (200)", "17"],
                        ["3", "20 Oct 2026, 10:05", "21 Oct 2026, 10:31", "open to the public (200)", "24"],
                    ],
                    caption="Your answers, and what we saw",
                    numeric=frozenset({0, 4}),
                ),
                Paragraph(text="You gave us your opinion on 10 November 2026, and we have weighed it."),
            ],
        ),
    ],
    law=["Information and Communications Network Act, Article 44-7(4), as in force on 2 October 2026"],
    notes=["The day on which this article came into force was not compared with the gazette."],
    how_to_contest="You may ask for an administrative appeal or go to court within 90 days of receiving this order.",
)


def saying(text: str, *, like: Document = ENGLISH) -> Document:
    """The same letter, in which every place that takes a text says this."""
    table = Table(head=[text], rows=[[text]], caption=text)
    said = [Paragraph(text=text), Facts(rows=[(text, text)]), table]
    whole = replace(like, title=text, issuer=text, addressed_to=text, parts=[Part(title=text, content=said)])
    return replace(whole, law=[text], notes=[text], how_to_contest=text)
