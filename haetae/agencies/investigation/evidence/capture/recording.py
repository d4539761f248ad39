"""A visit to a page as a WARC file (ISO 28500), for readers of web archives. No picture is in it. Pure."""

import base64
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

_CONTENT: Final = "application/json"


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One question and its answer. `body` is what is kept of it; `received` is the digest of what came."""

    url: str
    peer: str
    sent: Mapping[str, str]
    status: int
    headers: Mapping[str, str]
    body: bytes
    received_sha256: str
    received_bytes: int
    taken_out: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What is known of a picture that the page names: never the picture. `why_not` where it did not answer."""

    url: str
    at: datetime
    status: int | None = None
    headers: Mapping[str, str] | None = None
    size_bytes: int | None = None
    sha256: str = ""
    why_not: str = ""

    def told(self) -> dict[str, Any]:
        """As the manifest says it."""
        return {
            "address": self.url,
            "at": utc(self.at),
            "status": self.status,
            "content_type": (self.headers or {}).get("content-type", ""),
            "size_bytes": self.size_bytes,
            "sha256": self.sha256,
            "why_not": self.why_not,
            "kept": False,
        }


def warc_of(
    exchanges: Sequence[Exchange], pictures: Sequence[Picture], *, software: str, collector: str
) -> bytes:
    """The records in the order of the visit, each compressed by itself, as archives expect."""
    made = io.BytesIO()
    writer = WARCWriter(made, gzip=True, warc_version="1.1")
    facts = {"software": software, "operator": collector, "format": "WARC File Format 1.1"}
    facts["description"] = (
        "Pictures are not kept: of each, size, headers and SHA-256 stand in a metadata record."
    )
    writer.write_record(writer.create_warcinfo_record("capture.warc.gz", facts))
    for one in exchanges:
        _write_exchange(writer, one)
    for picture in pictures:
        _write_picture(writer, picture)
    return made.getvalue()


def utc(moment: datetime) -> str:
    """As manifests write a moment."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _write_exchange(writer: WARCWriter, one: Exchange) -> None:
    answer = StatusAndHeaders(
        f"{one.status} {_phrase(one.status)}", list(one.headers.items()), protocol="HTTP/1.1"
    )
    named = {
        "WARC-Date": utc(one.at),
        "WARC-IP-Address": one.peer,
        "WARC-Payload-Digest": _digest(one.body),
    }
    # With its length said, nothing of it is written to a temporary file on disk.
    response = writer.create_warc_record(
        one.url,
        "response",
        payload=io.BytesIO(one.body),
        length=len(one.body),
        http_headers=answer,
        warc_headers_dict=named,
    )
    parts = urlsplit(one.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    question = StatusAndHeaders(f"GET {path} HTTP/1.1", list(one.sent.items()), is_http_request=True)
    belongs = {
        "WARC-Date": utc(one.at),
        "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
    }
    request = writer.create_warc_record(one.url, "request", http_headers=question, warc_headers_dict=belongs)
    received = {"sha256": one.received_sha256, "size_bytes": one.received_bytes, "taken_out": one.taken_out}
    writer.write_record(response)
    writer.write_record(request)
    _write_facts(writer, one.url, {"received": received}, belongs)


def _write_picture(writer: WARCWriter, one: Picture) -> None:
    headers = {"headers": dict(one.headers or {})}
    _write_facts(writer, one.url, one.told() | headers, {"WARC-Date": utc(one.at)})


def _write_facts(writer: WARCWriter, url: str, facts: dict[str, Any], named: dict[str, str]) -> None:
    content = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
    record = writer.create_warc_record(
        url,
        "metadata",
        payload=io.BytesIO(content),
        length=len(content),
        warc_content_type=_CONTENT,
        warc_headers_dict=named,
    )
    writer.write_record(record)


def _digest(content: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(content).digest()).decode()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
