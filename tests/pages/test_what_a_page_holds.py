"""Pictures, links, invitations and phrases, out of markup as people really write it."""

from dataclasses import replace

import pytest

from haetae.pages import Asked, Found, Reading
from haetae.pages.charset import text_of
from haetae.pages.facts import MOST_LINKS, MOST_PICTURES
from haetae.pages.read import read

PAGE = Asked(
    url="https://board.example/room/1?page=2",
    reading=Reading.PAGE,
    links=True,
    hosts=frozenset({"board.example"}),
)


def media(markup: str, asked: Asked = PAGE) -> list[str]:
    return [one.media_url for one in read(markup.encode(), asked=asked).pictures]


def links(markup: str, asked: Asked = PAGE) -> list[str]:
    return [one.url for one in read(markup.encode(), asked=asked).links]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/a.png">',
        "<IMG SRC=/a.png>",
        '<img src="data:image/gif;base64,R0lGOD" data-src="/a.png">',
        '<img data-original="/a.png">',
        '<img srcset="/small.png 320w, /a.png 1280w, /middle.png 640w">',
        '<picture><source srcset="/a.png 2x, /b.png 1x"></picture>',
        '<video poster="/a.png"></video>',
        '<meta property="og:image" content="/a.png">',
        '<link rel="image_src" href="/a.png">',
        "<div style=\"width:10px;background-image:url('/a.png')\"></div>",
        '<div style="background:url(/a.png)"></div>',
        '<a href="/a.png">large</a>',
        '<noscript><img src="/a.png"></noscript>',
        '<base href="https://board.example/"><img src="a.png">',
        "<img src='/a.png' <p>broken <td></b>",
        '<input type=image src="/a.png">',
        '<svg><image href="/a.png"/></svg>',
    ],
)
def test_however_a_page_shows_a_picture_it_is_found(markup: str) -> None:
    assert media(markup) == ["https://board.example/a.png"]


def test_what_says_it_is_a_button_is_none_and_what_is_no_picture_of_the_web_neither() -> None:
    markup = '<img src=/b.png width=16><img src=/logo.svg><img src="javascript:x()"><img src="data:image/png,x"><img>'
    assert media(markup) == []


def test_of_a_list_of_entries_each_picture_names_its_own_entrys_page() -> None:
    shown = '<a style="background-image:url(/{0}.jpg)"></a>'
    entry = f'<div class=entry>{shown}<a href="/room/{{0}}"><time>now</time></a></div>'
    found = read((entry.format(7) + entry.format(8)).encode(), asked=PAGE)
    assert [(one.media_url[-5:], one.page_url) for one in found.pictures] == [
        ("7.jpg", "https://board.example/room/7"),
        ("8.jpg", "https://board.example/room/8"),
    ]


def test_one_dated_entry_alone_is_the_page_itself() -> None:
    found = read(b'<article><img src=/a.png><a href="/elsewhere"><time>now</time></a></article>', asked=PAGE)
    assert found.pictures[0].page_url == PAGE.url


def test_a_picture_that_is_a_link_belongs_to_the_page_it_leads_to() -> None:
    markup = (
        '<figure><a href="/p/1"><img src=/m/1></a></figure><a href="https://other.example/"><img src=/m/2></a>'
        '<a href="/big/3.jpg"><img src=/m/3></a><img src=/m/4>'
    )
    found = {one.media_url[21:]: one.page_url for one in read(markup.encode(), asked=PAGE).pictures}
    assert found.pop("/m/1") == "https://board.example/p/1"
    assert set(found) == {"/m/2", "/big/3.jpg", "/m/3", "/m/4"}
    assert set(found.values()) == {PAGE.url}


def test_links_stay_at_the_hosts_of_the_list_and_are_spelt_once() -> None:
    markup = (
        '<a href="/b?y=2&x=1#top">1</a><a href="/b?x=1&y=2&utm_source=mail">2</a><a href="https://other.example/">3</a>'
        '<a href="mailto:a@board.example">4</a><a href="/style.css">5</a><a href="//board.example/c">6</a>'
        '<a href="https://board.example.evil.example/">7</a><a href="https://board.example:8443/">8</a>'
    )
    assert links(markup) == [
        "https://board.example/b?x=1&y=2",
        "https://board.example/c",
        "https://board.example:8443/",
    ]


def test_no_link_is_given_where_none_may_be_followed() -> None:
    assert links("<a href=/b>b</a>", replace(PAGE, links=False)) == []


def test_a_maze_is_not_walked_into() -> None:
    deep = "/a/b" * 9
    turning = "/calendar/next" * 4
    many = "&".join(f"p{number}={number}" for number in range(30))
    assert links(
        f'<a href="{deep}">1</a><a href="{turning}">2</a><a href="/x?{many}">3</a><a href="/ok">4</a>'
    ) == ["https://board.example/ok"]


def test_feeds_and_following_pages_are_named_for_what_they_are() -> None:
    markup = (
        '<link rel=alternate type="application/rss+xml" href=/feed><link rel=next href=/2><link rel=stylesheet href=/s>'
        '<meta http-equiv=refresh content="0; url=/moved">'
    )
    found = read(markup.encode(), asked=PAGE).links
    assert {one.url[21:]: one.reading for one in found} == {
        "/feed": Reading.FEED,
        "/2": Reading.PAGE,
        "/moved": Reading.PAGE,
    }


def test_open_channels_are_named_and_closed_rooms_are_not() -> None:
    markup = (
        '<a href="https://t.me/pebbles_room">1</a><a href="https://t.me/s/pebbles_room">2</a>'
        '<a href="https://t.me/+AbCdEf123">3</a><a href="https://t.me/joinchat/AbC">4</a>'
        '<a href="https://open.kakao.com/o/gAbc">5</a><a href="https://t.me.evil.example/pebbles_room">6</a>'
    )
    assert read(markup.encode(), asked=replace(PAGE, links=False)).invitations == (
        "https://t.me/pebbles_room",
        "https://t.me/s/pebbles_room",
        "https://open.kakao.com/o/gAbc",
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<p>파란   돌멩이",
        "<p>파란 돌<b>멩</b>이",
        "<p>파\u200b란 돌멩이",
        "<title>파란돌멩이</title>",
        "<img src=/a.png alt='파란 돌멩이'>",
    ],
)
def test_a_phrase_is_found_as_a_reader_would_read_it(markup: str) -> None:
    asked = replace(PAGE, phrases={"one": "파란 돌멩이", "two": "붉은 돌멩이", "three": "ＰＥＢＢＬＥ"})
    assert read(markup.encode(), asked=asked).phrases == {"one"}
    assert read(b"<p>pebble", asked=asked).phrases == {"three"}


def test_a_phrase_in_a_script_or_a_comment_is_not_read() -> None:
    asked = replace(PAGE, phrases={"one": "pebble"})
    markup = "<script>pebble</script><style>pebble</style><!-- pebble --><template>pebble</template>"
    assert read(markup.encode(), asked=asked).phrases == frozenset()


KOREAN = "<html><head>{0}</head><body><p>파란 돌멩이와 조약돌</p><img src='/a.png'></body></html>"


@pytest.mark.parametrize(
    ("written_in", "told", "said"),
    [
        ("cp949", "euc-kr", ""),
        ("cp949", "", "<meta charset=euc-kr>"),
        ("cp949", "", ""),
        ("cp949", "utf-8", "<meta charset=utf-8>"),
        ("cp949", "iso-8859-1", ""),
        ("utf-8", "euc-kr", ""),
        ("utf-8", "latin1", "<meta charset='ks_c_5601-1987'>"),
        ("utf-8", "no-such-thing", ""),
        ("utf-16", "", ""),
        ("utf-16-le", "", ""),
        ("utf-16-be", "utf-16be", ""),
    ],
)
def test_a_page_is_read_in_whatever_it_was_written_and_whatever_it_says(
    written_in: str, told: str, said: str
) -> None:
    asked = replace(PAGE, charset=told, phrases={"one": "조약돌"})
    found = read(KOREAN.format(said).encode(written_in), asked=asked)
    assert found.phrases == {"one"}
    assert [one.media_url for one in found.pictures] == ["https://board.example/a.png"]


def test_western_letters_do_not_become_korean() -> None:
    assert text_of("<p>Zürich, café, naïve".encode("latin-1"), told="iso-8859-1") == "<p>Zürich, café, naïve"


def test_a_letter_cut_in_two_at_the_end_is_left_out() -> None:
    assert text_of("돌멩이".encode()[:-1], told="utf-8") == "돌멩"


def test_a_page_gives_no_more_than_a_page_may() -> None:
    pictures = "".join(f"<img src=/{number}.png>" for number in range(MOST_PICTURES + 1))
    many_links = "".join(f"<a href=/{number}>x</a>" for number in range(MOST_LINKS + 1))
    found = read((pictures + many_links).encode(), asked=PAGE)
    assert (len(found.pictures), len(found.links), found.more) == (MOST_PICTURES, MOST_LINKS, True)


def test_a_readers_answer_that_it_could_not_have_found_is_not_believed() -> None:
    asked = replace(PAGE, links=False, phrases={"one": "pebble"})
    for lie in (
        b"[]",
        b'{"pictures": [{"media_url": "file:///etc/hosts", "page_url": "https://a.example/"}], "links": [],'
        b' "invitations": [], "phrases": [], "more": false}',
        b'{"pictures": [], "links": [{"url": "https://a.example/", "reading": "page"}], "invitations": [],'
        b' "phrases": [], "more": false}',
        b'{"pictures": [], "links": [], "invitations": [], "phrases": ["a", "b"], "more": false}',
    ):
        with pytest.raises((ValueError, KeyError, TypeError)):
            Found.read(lie, asked=asked)
