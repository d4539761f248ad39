"""Whatever a foreign server writes, reading it ends in a page or in one kind of error, and in bounded time."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haetae.common.foreign import ForeignPage, Position
from haetae.common.outbound import Fetched
from haetae.connectors.base import UnreachableError
from haetae.connectors.exchange import CLIENTS, ncmec, stopncii
from haetae.connectors.exchange.client import BadSecretError

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AT = Position(since_s=1_700_000_000)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner), max_leaves=8
)
WORDS = st.sampled_from(["ImagePDQ", "VideoMD5", "URL", "Active", "Withdrawn", "ab" * 32, "ab" * 16])
RECORD = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("signalType", "hashValue", "hashStatus", "caseNumbers"), WORDS | ANYTHING)
)
SOUND = st.fixed_dictionaries(
    {
        "signalType": st.just("ImagePDQ"),
        "hashValue": st.sampled_from(["ab" * 32, "CD" * 32]),
        "hashStatus": st.sampled_from(["Active", "Withdrawn", "Received"]),
    }
)
PAGE = st.fixed_dictionaries(
    {
        "hashRecords": st.lists(SOUND | RECORD | ANYTHING, max_size=5) | ANYTHING,
        "hasMoreRecords": st.booleans() | ANYTHING,
        "nextSetTimestamp": st.integers(1_699_999_999, 1_700_000_001) | ANYTHING,
    },
    optional={"nextPageToken": ANYTHING, "count": ANYTHING},
)
TAGS = st.sampled_from(
    ["image", "deletedImage", "video", "member", "id", "fingerprints", "pdq", "md5", "next", "paging"]
)
LEAF = st.sampled_from(
    [f"<pdq>{'ab' * 32}</pdq>", f"<md5>{'ab' * 16}</md5>", "<id>a</id>", "<member id='4'/>"]
)
ELEMENT = st.recursive(
    LEAF | st.text(alphabet="ab/v2. ", max_size=40),
    lambda inner: st.builds(
        lambda tag, inside: f"<{tag} id='1'>{''.join(inside)}</{tag}>", TAGS, st.lists(inner, max_size=3)
    ),
    max_leaves=12,
)
IMAGE = st.builds(
    lambda prints: f"<image><member id='4'/><id>a</id><fingerprints>{''.join(prints)}</fingerprints></image>",
    st.lists(LEAF, max_size=2),
)


def answer(body: bytes) -> Fetched:
    return Fetched(200, {}, body, "http://x/", (), "127.0.0.1", 0.0)


def page_or_none(read: Callable[[], ForeignPage]) -> ForeignPage | None:
    try:
        return read()
    except UnreachableError as refused:
        code = refused.code
    assert code == "not_a_page"
    return None


def is_sound(page: ForeignPage) -> None:
    for one in page.records:
        assert (len(one.pdq), len(one.md5)) in {(0, 0), (64, 0), (0, 32), (64, 32)}
        assert 1 <= len(one.foreign_id) <= 120
    assert page.after.since_s >= AT.since_s
    assert len(page.after.following) <= 2_048


@given(whole=PAGE)
def test_any_json_is_a_page_or_none(whole):
    body = json.dumps(whole).encode()
    page = page_or_none(lambda: stopncii.read(answer(body), at=AT, now=NOW))
    if page is None:
        return
    is_sound(page)
    assert len(page.records) + page.not_held + len(page.set_aside) == len(whole["hashRecords"])


@given(images=st.lists(ELEMENT | IMAGE, max_size=4), rest=st.lists(ELEMENT, max_size=2))
def test_any_xml_is_a_page_or_none(images, rest):
    body = f"<queryResult><images>{''.join(images)}</images>{''.join(rest)}</queryResult>".encode()
    page = page_or_none(lambda: ncmec.read(answer(body), at=AT, until_s=1_700_000_100))
    if page is not None:
        is_sound(page)


@given(body=st.binary(max_size=200))
def test_any_bytes_are_a_page_or_none(body):
    for read in (
        lambda: stopncii.read(answer(body), at=AT, now=NOW),
        lambda: ncmec.read(answer(body), at=AT, until_s=1_700_000_100),
    ):
        with pytest.raises(UnreachableError):
            read()


@given(secret=st.text(max_size=80))
def test_no_secret_becomes_a_header_that_could_be_another(secret):
    for wire in CLIENTS.values():
        try:
            headers = wire.headers(secret)
        except BadSecretError:
            continue
        assert all(value.isascii() and value.isprintable() for value in headers.values())
