"""A notice as it goes out for a picture that is known."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from haetae.notice import words
from haetae.notice.document import (
    Answering,
    Asked,
    Basis,
    Decision,
    Due,
    Duty,
    Ground,
    Issuer,
    Manipulated,
    Notice,
    Place,
    Recipient,
    Text,
)

ISSUER = Issuer(
    name=Text(ko="시연 기관", en="Demonstration agency"),
    country="KR",
    mailbox="requests@agency.example",
    site="https://haetae.example",
)


def notice_with(ground: Ground = Ground.KNOWN_PICTURE, **changes: Any) -> Notice:
    whole = Notice(
        key=UUID("5d8ae7c6-b94f-5f28-aa06-b7cf30f5038c"),
        asked=Asked.DELETE,
        issued_at=datetime(2026, 11, 26, 1, 2, 3, 999, tzinfo=UTC),
        issuer=ISSUER,
        recipient=Recipient(name="Picture board", kind="platform"),
        basis=Basis(
            basis_id="designated_body_request",
            article="30-5(1)",
            citation=Text(
                ko="「전기통신사업법 시행령」 제30조의5제1항", en="Enforcement Decree, Article 30-5(1)"
            ),
            verified=True,
        ),
        duty=Duty(
            pack="us",
            article="3(a)(3)",
            citation=Text(ko="「미국 TAKE IT DOWN 법」 제3조(a)(3)", en="TAKE IT DOWN Act, section 3(a)(3)"),
            verified=False,
            as_soon_as_possible=True,
            copies="identical",
        ),
        due=Due(
            legal=datetime(2026, 11, 28, 1, 2, 3, tzinfo=UTC),
            target=datetime(2026, 11, 27, 1, 2, 3, tzinfo=UTC),
            zone="America/New_York",
        ),
        place=Place(page="https://board.example/p/1", media="https://board.example/m/1"),
        fingerprints={"sha256": "a" * 64, "perceptual": [{"pdq": "b" * 64, "pdq_quality": 100}]},
        manipulated=Manipulated.UNKNOWN,
        minor_protected=False,
        ground=ground,
        explanation=words.explanation_of(ground, manipulated=Manipulated.UNKNOWN),
        good_faith=words.good_faith_of(ground),
        declaration=words.declaration_of(ground),
        signature=words.signature_of(ISSUER),
        appeal=words.appeal(),
        answering=Answering(
            api="https://haetae.example/api/operators/v1/requests/1/answer",
            desk="https://haetae.example/operator/",
        ),
        decision=Decision(review=UUID(int=7), ordered="remove") if ground is Ground.DECIDED else None,
    )
    return replace(whole, **changes)


@pytest.fixture
def notice() -> Notice:
    return notice_with()
