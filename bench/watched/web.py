"""A web that is made while it is asked for: the same seed is the same web. Pure.

Each host is an address of loopback. Its pages form a tree below its first page, of four branches each; every tenth host
has a feed instead, every tenth a sitemap. All of them also name addresses that nobody registered: the canary's.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

BRANCHES: Final = 4
_LED: Final = 20  # of so many pages one has a link that is led to the canary
FEED, SITEMAP, KOREAN = 3, 4, 5  # the last digit of such hosts
_ENGLISH: Final = "round grey pebble shore water wind light morning sand stone shell wave cloud harbour boat"
_KOREAN: Final = "둥근 회색 조약돌 바닷가 물결 바람 아침 모래 조개 구름 항구 배"
# The ways in which pages show a picture; {0} is its address.
_SHOWN: Final = (
    '<img src="{0}" alt="pebbles">',
    '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="{0}">',
    '<img srcset="{0} 2x, /none.png 1x">',
    "<div class=photo style=\"background-image:url('{0}')\"></div>",
    '<a href="{0}">large</a>',
    '<picture><source srcset="{0}"></picture>',
    '<video poster="{0}"></video>',
    '<meta property="og:image" content="{0}">',
)


@dataclass(frozen=True, kw_only=True)
class Web:
    """`planted` pages show a copy of a known picture, as many as `strangers` a picture that nobody knows."""

    pages: int
    hosts: int
    planted: int
    strangers: int
    seed: int
    port: int
    canary_port: int

    @cached_property
    def per_host(self) -> int:
        return -(-self.pages // self.hosts)

    @cached_property
    def shown(self) -> dict[int, int]:
        """Page -> which picture it shows: first the planted ones, then the strangers."""
        chosen = random.Random(self.seed).sample(range(self.pages), self.planted + self.strangers)  # noqa: S311 - repeatable on purpose
        return {page: number for number, page in enumerate(chosen)}

    def address(self, host: int) -> str:
        return f"127.10.{host // 250}.{1 + host % 250}"

    def origin(self, host: int) -> str:
        return f"http://{self.address(host)}:{self.port}"

    def host_at(self, address: str) -> int:
        _, _, upper, lower = address.split(".")
        return int(upper) * 250 + int(lower) - 1

    def first_page(self, host: int) -> str:
        kind = {FEED: "/feed.xml", SITEMAP: "/sitemap.xml"}.get(host % 10, "/p/0")
        return self.origin(host) + kind

    def pages_of(self, host: int) -> int:
        return min(self.per_host, self.pages - host * self.per_host)

    def picture_of(self, host: int, page: int) -> int | None:
        return self.shown.get(host * self.per_host + page)

    def picture_url(self, picture: int) -> str:
        """Where the picture of this number lies: at the host whose page shows it."""
        return self.origin(self._page_of[picture] // self.per_host) + f"/m/{picture}"

    @cached_property
    def _page_of(self) -> dict[int, int]:
        return {picture: page for page, picture in self.shown.items()}

    def answer(self, host: int, path: str) -> tuple[bytes, str] | None:
        """Body and type of one page; None where there is nothing."""
        if path == "/robots.txt":
            return (
                f"User-agent: *\nDisallow: /private/\nSitemap: http://127.0.0.1:{self.canary_port}/s.xml\n".encode(),
                "text/plain",
            )
        if path == "/feed.xml":
            return self._feed(host).encode(), "application/rss+xml"
        if path == "/sitemap.xml":
            return self._sitemap(host).encode(), "application/xml"
        if (
            path.startswith("/p/")
            and path[3:].isascii()
            and path[3:].isdigit()
            and int(path[3:]) < self.pages_of(host)
        ):
            charset = "euc-kr" if host % 10 == KOREAN else "utf-8"
            return self._page(host, int(path[3:])).encode(charset), f"text/html; charset={charset}"
        return None

    def _page(self, host: int, page: int) -> str:
        draw = random.Random(f"{self.seed}-{host}-{page}")  # noqa: S311 - repeatable on purpose
        words = (_KOREAN if host % 10 == KOREAN else _ENGLISH).split()
        picture = self.picture_of(host, page)
        shows = "" if picture is None else _SHOWN[picture % len(_SHOWN)].format(f"/m/{picture}")
        inner = "".join(
            f'<li><a href="/p/{one}">{draw.choice(words)}</a></li>' for one in self._below(host, page)
        )
        text = "".join(f"<p>{' '.join(draw.choices(words, k=40))}</p>" for _ in range(draw.randint(5, 30)))
        return (
            f"<!doctype html><html><head><title>{draw.choice(words)}</title>"
            f"<script>var a = {page};</script></head><body>"
            f"<nav><a href=/p/0>home</a> <a href=/private/{page}>closed</a></nav>{shows}{text}<ul>{inner}</ul>"
            f"{self._canary(host, page)}</body></html>"
        )

    def _below(self, host: int, page: int) -> Iterator[int]:
        first = BRANCHES * page + 1
        yield from range(first, min(first + BRANCHES, self.pages_of(host)))

    def _canary(self, host: int, page: int) -> str:
        """Addresses that no crawl of ours may ever ask, in the ways in which pages name addresses."""
        at = f"http://127.0.0.1:{self.canary_port}/{host}/{page}"
        led = f"<a href=/led/{page}>y</a>" if page % _LED == 0 else ""
        return f'<a href="{at}/link">x</a><iframe src="{at}/frame"></iframe><link rel=next href="{at}/next">{led}'

    def _feed(self, host: int) -> str:
        items = "".join(
            f"<item><title>pebble &amp; sand</title><link>{self.origin(host)}/p/{page}</link></item>"
            for page in range(self.pages_of(host))
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'

    def _sitemap(self, host: int) -> str:
        places = "".join(
            f"<url><loc>{self.origin(host)}/p/{page}</loc></url>" for page in range(self.pages_of(host))
        )
        return f"<urlset>{places}<url><loc>http://127.0.0.1:{self.canary_port}/{host}</loc></url></urlset>"
