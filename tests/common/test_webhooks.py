"""Signed messages: made as the standard says, believed only when one signature is good, and never by a hair."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from haetae.common import webhooks

AT = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
OLD, NEW = ("whsec_" + base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
OWN = Ed25519PrivateKey.from_private_bytes(bytes([3]) * 32)
PUBLIC = webhooks.public_text(OWN.public_key())
BODY = '{"word":"삭제"}'.encode()


def signed(**changed: object) -> dict[str, str]:
    said = {"message_id": "msg_1", "at": AT, "body": BODY, "secrets": [OLD, NEW], "signers": [OWN], **changed}
    return webhooks.headers_for(**said)  # type: ignore[arg-type]


def test_it_signs_id_moment_and_body_with_every_secret_and_with_our_own_key() -> None:
    headers = signed()
    content = b"msg_1.1795687200." + BODY
    one, other, own = headers["webhook-signature"].split(" ")
    for number, text in ((1, one), (2, other)):
        digest = hmac.new(bytes([number]) * 32, content, hashlib.sha256).digest()
        assert text == "v1," + base64.b64encode(digest).decode()
    OWN.public_key().verify(base64.b64decode(own.removeprefix("v1a,")), content)
    assert headers["webhook-timestamp"] == "1795687200"


@pytest.mark.parametrize(
    ("keys", "is_good"),
    [
        ({"secrets": [OLD]}, True),
        ({"secrets": [NEW]}, True),
        ({"public_keys": [PUBLIC]}, True),
        ({"secrets": ["whsec_" + base64.b64encode(bytes(32)).decode()], "public_keys": [PUBLIC]}, True),
        ({"secrets": ["whsec_" + base64.b64encode(bytes(32)).decode()]}, False),
        ({"public_keys": [webhooks.public_text(Ed25519PrivateKey.generate().public_key())]}, False),
        ({}, False),
    ],
)
def test_one_good_signature_is_enough_so_that_keys_are_changed_without_a_pause(
    keys: dict[str, list[str]], is_good: bool
) -> None:
    assert webhooks.is_signed(webhooks.read(signed(), body=BODY), **keys) is is_good  # type: ignore[arg-type]


@pytest.mark.parametrize("part", ["webhook-id", "webhook-timestamp", "body"])
def test_whatever_is_changed_on_the_way_is_not_believed(part: str) -> None:
    headers, body = signed(), BODY
    if part == "body":
        body += b" "
    else:
        headers[part] = headers[part] + "1"
    message = webhooks.read(headers, body=body)
    assert not webhooks.is_signed(message, secrets=[OLD, NEW], public_keys=[PUBLIC])


def test_a_signature_of_one_kind_is_none_of_the_other() -> None:
    headers = signed()
    headers["webhook-signature"] = headers["webhook-signature"].replace("v1a,", "v2,").replace("v1,", "v1a,")
    message = webhooks.read(headers, body=BODY)
    assert not webhooks.is_signed(message, secrets=[OLD, NEW], public_keys=[PUBLIC])


@pytest.mark.parametrize(
    "wrong",
    [
        {"webhook-id": ""},
        {"webhook-id": "a" * 121},
        {"webhook-id": "two words"},
        {"webhook-timestamp": "1795687200.5"},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "１２３"},
        {"webhook-timestamp": "9" * 12},
        {"webhook-signature": ""},
    ],
)
def test_headers_that_are_not_as_agreed_are_no_signature(wrong: dict[str, str]) -> None:
    with pytest.raises(webhooks.UnsignedError):
        webhooks.read({**signed(), **wrong}, body=BODY)


@given(st.text(max_size=60))
def test_nonsense_in_place_of_a_signature_is_never_believed_and_never_breaks(nonsense: str) -> None:
    for text in (nonsense, f"v1,{nonsense}", f"v1a,{nonsense}", "v1,", "v1a,"):
        try:
            message = webhooks.read({**signed(), "webhook-signature": text}, body=BODY)
        except webhooks.UnsignedError:
            continue
        assert not webhooks.is_signed(message, secrets=[OLD], public_keys=[PUBLIC])
