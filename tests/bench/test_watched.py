"""The web that the monitor is measured on: the same for everybody, and whatever is planted can be reached."""

import pytest

from bench.watched.memory import slope
from bench.watched.web import FEED, SITEMAP, Web
from haetae.pages import Asked, Reading
from haetae.pages.read import read

WEB = Web(pages=800, hosts=20, planted=60, strangers=20, seed=7, port=9, canary_port=10)


def test_the_same_seed_is_the_same_web() -> None:
    assert WEB.answer(3, "/p/5") == Web(**vars_of(WEB)).answer(3, "/p/5")
    assert WEB.answer(3, "/p/5") != Web(**vars_of(WEB) | {"seed": 8}).answer(3, "/p/5")


def vars_of(web: Web) -> dict[str, int]:
    return {name: getattr(web, name) for name in Web.__dataclass_fields__}


def test_following_links_reaches_every_page_and_every_picture_and_never_the_canary() -> None:
    pictures: set[str] = set()
    pages = 0
    for host in range(WEB.hosts):
        reading = {FEED: Reading.FEED, SITEMAP: Reading.SITEMAP}.get(host % 10, Reading.PAGE)
        todo, known = [(WEB.first_page(host), reading)], {WEB.first_page(host)}
        while todo:
            url, reading = todo.pop()
            answer = WEB.answer(host, url.removeprefix(WEB.origin(host)))
            if answer is None:
                continue
            pages += url.startswith(WEB.origin(host) + "/p/")
            asked = Asked(
                url=url,
                reading=reading,
                charset=answer[1].rpartition("=")[2],
                links=True,
                hosts=frozenset({f"{WEB.address(host)}:{WEB.port}"}),
            )
            found = read(answer[0], asked=asked)
            pictures |= {one.media_url for one in found.pictures}
            # What is only a link is visited, and its bytes say that it is a picture.
            pictures |= {one.url for one in found.links if "/m/" in one.url}
            todo += [(one.url, one.reading) for one in found.links if one.url not in known]
            known |= {one.url for one in found.links}
            assert not [one for one in found.links if f":{WEB.canary_port}/" in one.url]
    assert pages == WEB.pages
    assert {WEB.picture_url(number) for number in range(80)} <= pictures


@pytest.mark.parametrize(
    ("points", "expected"), [([(0, 5.0), (10, 5.0)], 0.0), ([(0, 1.0), (10, 21.0)], 2.0), ([(1, 1.0)], 0.0)]
)
def test_memory_that_grows_with_the_work_is_told_from_memory_that_does_not(
    points: list[tuple[int, float]], expected: float
) -> None:
    assert slope(points) == pytest.approx(expected)
