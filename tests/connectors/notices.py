"""A notice to somebody who stands between, about a place that does not exist."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from haetae.connectors.base import BlockOrder, DeletionOrder, Locator
from haetae.notice import words
from haetae.notice.document import (
    Answering,
    Asked,
    Basis,
    Decision,
    Due,
    Ground,
    Issuer,
    Manipulated,
    Notice,
    Place,
    Recipient,
    Text,
)

KEY = UUID("0b6f2d5c-9a1e-4d55-8a53-2f6a4d1f7c10")
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PAGE, MEDIA = "https://board.example/p/1", "https://board.example/m/1.jpg"


def notice(
    asked: Asked = Asked.DELETE,
    *,
    ground: Ground = Ground.KNOWN_PICTURE,
    page: str = PAGE,
    minor: bool = False,
    decided: bool = False,
) -> dict[str, Any]:
    issuer = Issuer(
        name=Text(ko="해태 시연 기관", en="Haetae demonstration agency"),
        country="KR",
        mailbox="requests@agency.example",
        site="https://agency.example",
    )
    article = Text(ko="성폭력방지법 제7조의3", en="Sexual Violence Prevention Act art. 7-3")
    return Notice(
        key=KEY,
        asked=asked,
        issued_at=AT,
        issuer=issuer,
        recipient=Recipient(name="Far Hosting", kind="host"),
        basis=Basis(basis_id="designated_body_request", article="7-3", citation=article, verified=True),
        duty=None,
        due=Due(legal=None, target=AT, zone="UTC"),
        place=Place(page=page, media=MEDIA),
        fingerprints={"sha256": "ab" * 32, "perceptual": [{"pdq": "3f" * 32, "pdq_quality": 100}]},
        manipulated=Manipulated.YES,
        minor_protected=minor,
        ground=ground,
        explanation=words.explanation_of(ground, manipulated=Manipulated.YES),
        good_faith=words.good_faith_of(ground),
        declaration=words.declaration_of(ground),
        signature=words.signature_of(issuer),
        appeal=words.appeal(),
        answering=Answering(api="https://agency.example/api/operators/v1/requests/1", desk=""),
        decision=Decision(review=KEY, ordered="block_access") if decided else None,
    ).as_json()


def order(asked: Asked = Asked.DELETE, *, reference: str = "", **more: Any) -> DeletionOrder:
    document = notice(asked, **more)
    place = document["locator"]
    return DeletionOrder(
        key=KEY,
        locator=Locator(page_url=place["page"], media_url=place["media"]),
        fingerprints={},
        legal_basis="designated_body_request",
        notice=document,
        reference=reference,
    )


def undoing(ground: Ground = Ground.NOT_HARMFUL) -> BlockOrder:
    document = notice(Asked.RESTORE, ground=ground)
    place = Locator(page_url=PAGE, media_url=MEDIA)
    return BlockOrder(key=KEY, locator=place, reference="T-7", notice=document)
