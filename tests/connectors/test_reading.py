"""What an answer from the web means: only a 404, a 410 or a tombstone is gone."""

import time
from collections.abc import Sequence

import pytest

from haetae.common.outbound import Fetched, Hop
from haetae.connectors import reading
from haetae.connectors.base import Look, Seen, Sight
from haetae.connectors.markup import Tag, tags

MEDIA = "https://board.example/m/1"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(20)
SHOWING = f'<html><body><img src="{MEDIA}"></body></html>'.encode()


def answered(
    status: int, body: bytes = b"", *, hops: int = 1, url: str = "https://board.example/p/1"
) -> Fetched:
    hop = Hop(url=url, peer="93.184.215.14", status=status)
    return Fetched(
        status=status,
        headers={},
        body=body,
        url=url,
        hops=(hop,) * hops,
        peer="93.184.215.14",
        duration_s=0.1,
    )


def never(_page: Sequence[Tag]) -> bool:
    return False


@pytest.mark.parametrize(
    ("status", "body", "seen"),
    [
        (404, b"", Seen.GONE),
        (404, b"<html>not here</html>", Seen.GONE),
        (404, PICTURE, Seen.LIVE),
        (410, PICTURE, Seen.LIVE),
        (410, b"", Seen.GONE),
        (200, PICTURE, Seen.LIVE),
        (200, b"\x00\x00\x00\x18ftypmp42", Seen.LIVE),
        (200, b"<html>sorry</html>", Seen.UNKNOWN),
        (200, b"", Seen.UNKNOWN),
        (401, b"", Seen.UNKNOWN),
        (403, b"", Seen.UNKNOWN),
        (429, b"", Seen.UNKNOWN),
        (451, b"", Seen.UNKNOWN),
        (500, b"", Seen.UNKNOWN),
        (503, PICTURE, Seen.UNKNOWN),
        (302, b"", Seen.UNKNOWN),
    ],
)
def test_what_an_answer_for_the_media_means(status: int, body: bytes, seen: Seen) -> None:
    assert reading.sight_of_media(answered(status, body)).seen is seen


@pytest.mark.parametrize(
    ("status", "body", "seen", "why"),
    [
        (404, b"", Seen.GONE, "http_404"),
        (410, b"<html>removed</html>", Seen.GONE, "http_410"),
        (410, SHOWING, Seen.UNKNOWN, "shows_it_with_410"),
        (200, SHOWING, Seen.LIVE, "shows_it"),
        (200, b"<html>an empty album</html>", Seen.UNKNOWN, "page_without_it"),
        (200, b'<html><form><input type="password"></form></html>', Seen.UNKNOWN, "login_page"),
        (403, SHOWING, Seen.UNKNOWN, "http_403"),
        (200, PICTURE, Seen.LIVE, "picture"),
    ],
)
def test_what_an_answer_for_the_page_means(status: int, body: bytes, seen: Seen, why: str) -> None:
    assert reading.sight_of_page(answered(status, body), media_url=MEDIA, is_tombstone=never) == Sight(
        seen=seen, why=why
    )


def test_a_redirect_to_a_sign_in_address_is_a_sign_in_page() -> None:
    led_there = answered(200, b"<html>welcome</html>", hops=2, url="https://board.example/login?next=1")
    assert reading.sight_of_page(led_there, media_url=MEDIA, is_tombstone=never).why == "login_page"


@pytest.mark.parametrize(
    ("page", "media", "seen"),
    [
        (Seen.GONE, Seen.GONE, Seen.GONE),
        (Seen.GONE, Seen.LIVE, Seen.LIVE),
        (Seen.LIVE, Seen.GONE, Seen.UNKNOWN),
        (Seen.LIVE, Seen.UNKNOWN, Seen.UNKNOWN),
        (Seen.LIVE, Seen.LIVE, Seen.LIVE),
        (Seen.GONE, Seen.UNKNOWN, Seen.UNKNOWN),
        (Seen.UNKNOWN, Seen.GONE, Seen.UNKNOWN),
        (Seen.UNKNOWN, Seen.LIVE, Seen.LIVE),
    ],
)
def test_gone_needs_page_and_media_and_live_needs_the_media(page: Seen, media: Seen, seen: Seen) -> None:
    assert Look(page=Sight(seen=page, why="a"), media=Sight(seen=media, why="b")).seen is seen


def test_a_page_declares_its_picture_or_shows_what_it_shows() -> None:
    declared = b'<meta property="og:image" content="/one.jpg"><img src="logo.png">'
    assert [one.media_url for one in reading.pictures_of(answered(200, declared))] == [
        "https://board.example/one.jpg"
    ]
    shown = b'<img src="a.png"><img src="a.png"><img src="data:image/png;base64,AA"><img><img src="/b.png">'
    assert [one.media_url for one in reading.pictures_of(answered(200, shown))] == [
        "https://board.example/p/a.png",
        "https://board.example/b.png",
    ]


def test_a_page_with_a_thousand_pictures_gives_the_first_twenty() -> None:
    many = b"".join(b'<img src="/%d.png">' % number for number in range(1000))
    assert len(reading.pictures_of(answered(200, many))) == 20


@pytest.mark.parametrize(
    "hostile",
    [
        b"<div>" * 400_000,
        b"<img " + b"a=b " * 500_000 + b">",
        b"<!--" * 500_000,
        b"<img src='" * 200_000,
        b"<" * 2_000_000,
        b"<meta property=" + b"&" * 1_000_000,
    ],
    ids=["nesting", "attributes", "comments", "quotes", "angles", "entities"],
)
def test_a_hostile_page_is_read_in_no_time(hostile: bytes) -> None:
    """Bounded by processor time with a wide margin: a tree builder needs minutes for the first of them."""
    began = time.process_time()
    assert list(tags(hostile)) == []
    assert time.process_time() - began < 10


def test_an_address_that_makes_no_sense_is_left_out() -> None:
    odd = b"<img src='http://['><img src='http://a\xe2\x84\x80b/'><img src='ok.png'>"
    assert [one.media_url for one in reading.pictures_of(answered(200, odd))] == [
        "https://board.example/p/ok.png"
    ]
