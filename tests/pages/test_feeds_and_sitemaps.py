"""Feeds and sitemaps: what they name, and what they are not allowed to do."""

import gzip
from dataclasses import replace

import pytest

from haetae.pages import Asked, Reading, UnreadableError
from haetae.pages.feeds import MOST_UNPACKED_BYTES, unpacked
from haetae.pages.read import read

FEED = Asked(
    url="https://board.example/feed", reading=Reading.FEED, links=True, hosts=frozenset({"board.example"})
)
SITEMAP = replace(FEED, url="https://board.example/sitemap.xml", reading=Reading.SITEMAP)

RSS = """<?xml version="1.0" encoding="{0}"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>조약돌&nbsp;모음</title>
<item><title>하나 & 둘</title><link>https://board.example/1</link>
  <enclosure url="https://cdn.example/1.jpg" type="image/jpeg"/></item>
<item><guid>https://board.example/2</guid><media:thumbnail url="https://cdn.example/2.jpg"/>
  <content:encoded><![CDATA[<p>파란 돌멩이</p><img src="/2b.jpg">]]></content:encoded></item>
<item><link>https://elsewhere.example/3</link><description>&lt;img src="https://cdn.example/3.jpg"&gt;</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="/api/1"/><link href="/1"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><img src="/1.jpg"/></div></content></entry></feed>"""


@pytest.mark.parametrize("charset", ["utf-8", "euc-kr"])
def test_a_feed_names_its_entries_pages_and_their_pictures(charset: str) -> None:
    asked = replace(FEED, phrases={"one": "파란 돌멩이"})
    found = read(RSS.format(charset).encode(charset), asked=asked)
    assert [one.url for one in found.links] == ["https://board.example/1", "https://board.example/2"]
    assert {(one.media_url, one.page_url) for one in found.pictures} == {
        ("https://cdn.example/1.jpg", "https://board.example/1"),
        ("https://cdn.example/2.jpg", "https://board.example/2"),
        ("https://board.example/2b.jpg", "https://board.example/2"),
        ("https://cdn.example/3.jpg", "https://elsewhere.example/3"),
    }
    assert found.phrases == {"one"}


def test_an_atom_feed_is_read_too_and_also_where_a_page_was_expected() -> None:
    for reading in (Reading.FEED, Reading.PAGE):
        found = read(ATOM.encode(), asked=replace(FEED, reading=reading))
        assert [one.url for one in found.links] == ["https://board.example/1"]
        assert [one.media_url for one in found.pictures] == ["https://board.example/1.jpg"]


def test_a_feed_that_is_a_page_is_read_as_one() -> None:
    found = read(b"<!doctype html><img src=/a.png>", asked=FEED)
    assert [one.media_url for one in found.pictures] == ["https://board.example/a.png"]


XXE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><item><title>&x;</title></item></channel></rss>'
LAUGHS = (
    "<!DOCTYPE rss ["
    + '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><rss><item><title>&a11;</title></item></rss>"
)


@pytest.mark.parametrize("body", [XXE, LAUGHS, "<rss>" * 5_000, "<rss><item>", "", "{}"])
def test_a_feed_with_entities_of_its_own_or_no_feed_at_all_is_refused(body: str) -> None:
    with pytest.raises(UnreadableError) as problem:
        read(body.encode(), asked=FEED)
    assert problem.value.why == "bad_feed"


def test_a_sitemap_names_pages_and_their_pictures() -> None:
    body = (
        "<urlset><url><loc>https://board.example/1?a=1&amp;b=2</loc>"
        "<image:image><image:loc>https://cdn.example/1.jpg</image:loc></image:image></url>"
        "<url><loc> <![CDATA[https://board.example/2]]> </loc></url>"
        "<url><loc>https://elsewhere.example/3</loc></url></urlset>"
    )
    for sent in (body.encode(), gzip.compress(body.encode())):
        found = read(sent, asked=SITEMAP)
        assert [one.url for one in found.links] == [
            "https://board.example/1?a=1&b=2",
            "https://board.example/2",
        ]
        assert [(one.media_url, one.page_url) for one in found.pictures] == [
            ("https://cdn.example/1.jpg", "https://board.example/1?a=1&b=2")
        ]


def test_an_index_of_sitemaps_names_sitemaps() -> None:
    found = read(
        b"<sitemapindex><sitemap><loc>https://board.example/s1.xml.gz</loc></sitemap></sitemapindex>",
        asked=SITEMAP,
    )
    assert [(one.url, one.reading) for one in found.links] == [
        ("https://board.example/s1.xml.gz", Reading.SITEMAP)
    ]


def test_a_gzip_bomb_unpacks_to_the_limit_and_no_further() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * (20 * MOST_UNPACKED_BYTES))
    plain, more = unpacked(bomb)
    assert (len(plain), more) == (MOST_UNPACKED_BYTES, True)
    assert len(bomb) < 300_000


def test_suggestions_of_a_search_engine_count_for_phrases_alone() -> None:
    asked = replace(FEED, reading=Reading.SEARCH, phrases={"one": "파란 돌멩이"})
    found = read('["파란", ["파란 돌멩이 사진", "https://t.me/room_of_stones"]]'.encode(), asked=asked)
    assert (found.phrases, found.pictures, found.links) == ({"one"}, (), ())
