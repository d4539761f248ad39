"""A foreign server of hash lists on loopback: real HTTP, and whatever misbehaviour a test wants."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from haetae.accounts.actions import register_partner
from haetae.audit.actor import SYSTEM
from haetae.hashbank import jobs
from haetae.hashbank.models import KnownPicture, Source
from haetae.hashbank.sources import actions
from haetae.hashbank.states import Wire
from tests.hashbank.partners import pdq

LATER = 1_700_000_000  # a second at which the foreign list stands


@dataclass
class Asked:
    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass
class Answer:
    """`raw` takes the place of a proper answer: bytes on the wire, and then the connection ends."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    raw: Callable[[Any], None] | None = None


@dataclass
class Foreign:
    base: str
    answer: Callable[[Asked], Answer]
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Foreign]:
    foreign = Foreign(base="", answer=lambda _: Answer(status=500))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            foreign.asked.append(Asked(parts.path, dict(parse_qsl(parts.query)), headers))
            answer = foreign.answer(foreign.asked[-1])
            if answer.raw is not None:
                answer.raw(self.wfile)
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in ({"Content-Type": answer.kind} | answer.headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    foreign.base = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield foreign
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def foreign() -> Iterator[Foreign]:
    with serving() as running:
        yield running


def record(number: int, status: str = "Active", **more: Any) -> dict[str, Any]:
    return {
        "lastModtimestamp": LATER,
        "signalType": "ImagePDQ",
        "hashValue": pdq(number),
        "hashStatus": status,
        "caseNumbers": {},
        "hashRegions": ["UK"],
        **more,
    }


def page(*records: Any, token: str | None = None, next_s: int = LATER, **more: Any) -> Answer:
    whole = {
        "count": len(records),
        "nextPageToken": token,
        "nextSetTimestamp": next_s,
        "hasMoreRecords": token is not None,
        "hashRecords": list(records),
        **more,
    }
    return Answer(body=json.dumps(whole).encode())


def pages(*all_of_them: list[Any]) -> Callable[[Asked], Answer]:
    """Page by page, by tokens that are the numbers of the pages."""

    def answer(asked: Asked) -> Answer:
        number = int(asked.query.get("nextPageToken", "0"))
        following = str(number + 1) if number + 1 < len(all_of_them) else None
        return page(*all_of_them[number], token=following)

    return answer


IMAGE = '<image><member id="42">N</member><timestamp>2026-11-22T15:57:55Z</timestamp><id>{id}</id>{prints}</image>'
DELETED = '<deletedImage><member id="42">N</member><id>{id}</id></deletedImage>'


def image(entry_id: str, **prints: str) -> str:
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in prints.items())
    return IMAGE.format(id=entry_id, prints=f"<fingerprints>{inside}</fingerprints>" if prints else "")


def deleted(entry_id: str) -> str:
    return DELETED.format(id=entry_id)


def xml(*images: str, videos: str = "", following: str = "") -> Answer:
    paging = f"<paging><next>{following.replace('&', '&amp;')}</next></paging>" if following else ""
    words = (
        "<queryResult xmlns='https://hashsharing.ncmec.org/hashsharing/v2'>"
        f"<images count='{len(images)}'>{''.join(images)}</images><videos>{videos}</videos>{paging}</queryResult>"
    )
    return Answer(body=words.encode(), kind="application/xml")


def pull(source: Source) -> jobs.Pulled:
    done = jobs.pull_pages(source.pk)
    source.refresh_from_db()
    return done


def source_at(base: str, *, wire: Wire = Wire.STOPNCII, name: str = "foreign") -> Source:
    from django.conf import settings

    settings.KEYS.store(f"source-{name}", b"user:password")
    return actions.add_source(
        name=name,
        wire=wire,
        base=base,
        partner=register_partner(name=name, takes_tier=2, actor=SYSTEM),
        list_name=name,
        secret_name=f"source-{name}",
        every_s=900,
        actor=SYSTEM,
    )


def matched(source: Source) -> list[int]:
    """The numbers whose PDQ is on the list of a source and not withdrawn."""
    rows = KnownPicture.objects.filter(list=source.fills, withdrawn_at=None).exclude(pdq="")
    return sorted(int(row.pdq, 16) for row in rows)
