"""The search that must find a secret, before anybody believes that it found none."""

import base64
import json
import random

import pytest

from haetae.agencies.support import receipt
from tests.canary.planted import MARK, Planted, Search


@pytest.fixture
def planted() -> Planted:
    """Two receipts whose words are always the same: of drawn ones, one in two thousand reads alike from behind."""
    drawn = Planted()
    for language, bits in (("ko", bytes(range(1, 11))), ("en", bytes(range(201, 211)))):
        drawn.receipt_shown(bits, receipt.words_of(bits, language=language))
    return drawn


def noise(count: int = 100_000) -> bytes:
    return random.Random(7).randbytes(count)


def test_nothing_is_found_where_nothing_is(planted: Planted) -> None:
    assert not Search(planted=planted).hits(noise())
    assert not Search(planted=planted).hits(base64.b64encode(noise()) + noise().hex().encode())


@pytest.mark.parametrize("before", range(7))
@pytest.mark.parametrize(
    "form", ["plain", "upper", "hex", "HEX", "base64", "urlsafe", "utf-16-le", "utf-16-be"]
)
def test_a_secret_is_found_in_every_form(planted: Planted, before: int, form: str) -> None:
    text = "s" * before + planted.draw("story") + " and more"
    written = {
        "plain": text.encode(),
        "upper": text.upper().encode(),
        "hex": text.encode().hex().encode(),
        "HEX": text.encode().hex().upper().encode(),
        "base64": base64.b64encode(text.encode()),
        "urlsafe": base64.urlsafe_b64encode(text.encode()),
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
    }[form]
    assert Search(planted=planted).hits(noise() + written + noise())


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("between", [" ", "-", "\n", ", ", "</li>\n<li>"])
def test_the_words_of_a_receipt_are_found_however_they_are_written(
    planted: Planted, number: int, between: str
) -> None:
    words = list(planted.receipts[number][1])
    search = Search(planted=planted)
    assert search.hits(noise() + between.join(words).encode() + noise())
    assert search.hits(json.dumps(words).encode())
    assert not search.hits(between.join(reversed(words)).encode())


def test_the_bits_of_a_receipt_are_found(planted: Planted) -> None:
    bits = planted.receipts[0][0]
    for written in (bits, bits.hex().encode(), base64.b64encode(bits), base64.urlsafe_b64encode(bits)):
        assert Search(planted=planted).hits(b"....." + written + b".....")


def test_every_secret_is_drawn_once_and_counted(planted: Planted) -> None:
    drawn = {planted.draw("name") for _ in range(100)}
    assert len(drawn) == 100
    assert all(secret.startswith(MARK) for secret in drawn)
    assert planted.by_field["name"] == 100
    assert planted.count == 104
