"""Every reader of foreign bytes by a name."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from tests.fuzz import lists
from tests.fuzz.target import Target, text_of


def _media() -> Target:
    from haetae.detect.media import recognise

    return Target(
        reads=recognise,
        seeds=(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypheic"),
    )


def _provenance() -> Target:
    from haetae.detect.provenance import items_of
    from tests.detect.hostile_set import honest_files

    return Target(reads=items_of, seeds=tuple(data[:4096] for data in honest_files().values()))


def _cbor() -> Target:
    from haetae.detect.provenance.cbor import value_of

    return Target(
        reads=value_of, refuses=(ValueError,), seeds=(b"\xa1\x61a\x01", b"\x9f\x01\xff", b"\xd8\x20\x61x")
    )


def _exif() -> Target:
    from haetae.detect.provenance.exif import texts_of

    seeds = (b"II*\0\x08\0\0\0\x01\0\x31\x01\x02\0\x04\0\0\0abc\0\0\0\0\0", b"MM\0*\0\0\0\x08\0\0")
    return Target(reads=texts_of, refuses=(ValueError,), seeds=seeds)


def _opener_answers() -> Target:
    from haetae.detect.opening.facts import Limits
    from haetae.detect.opening.wire import read_answer

    honest = {"format": "png", "frames": 1, "examined": 1, "shown": [[2, 2, None]], "shared": False}
    return Target(
        reads=lambda data: read_answer(data, limits=Limits()),
        refuses=(ValueError,),
        seeds=(json.dumps(honest).encode(), b'{"why": "crashed"}'),
    )


def _opener_records() -> Target:
    from haetae.detect.opening.facts import Limits
    from haetae.detect.opening.passing import RECORD_BYTES, Passed, end_as_bytes

    return Target(
        reads=lambda data: Passed.read(data[:RECORD_BYTES].ljust(RECORD_BYTES, b"\0"), limits=Limits()),
        refuses=(ValueError,),
        seeds=(end_as_bytes(whole=True),),
    )


def _page(reading: str, *seeds: bytes) -> Target:
    """As in the reader's child, which gives these up as odd."""
    from haetae.pages.facts import Asked, Reading, UnreadableError
    from haetae.pages.read import read

    asked = Asked(
        url="https://page.example/",
        reading=Reading(reading),
        links=True,
        hosts=frozenset({"page.example"}),
        phrases={"0": "말"},
    )
    odd = (UnreadableError, ValueError, LookupError, RecursionError, MemoryError, AttributeError, TypeError)
    return Target(reads=lambda data: read(data, asked=asked), refuses=odd, seeds=seeds)


def _reader_answers() -> Target:
    """What the parent believes of a reader's answer; the same exceptions as in readers.py."""
    from haetae.pages.facts import Asked, Found, Reading

    asked = Asked(url="https://page.example/", reading=Reading.PAGE, links=True, hosts=frozenset())
    return Target(
        reads=lambda data: Found.read(data, asked=asked),
        refuses=(ValueError, LookupError, TypeError, AttributeError, RecursionError),
        seeds=(Found().as_bytes(),),
    )


def _tags() -> Target:
    from haetae.connectors.markup import absolute, tags

    def read(data: bytes) -> object:
        return [
            absolute(tag.get("href") or tag.get("src"), base="https://page.example/") for tag in tags(data)
        ]

    return Target(reads=read, seeds=(b'<a href="a?b=1"><img src=//x/y.png><meta content="&#x41;">',))


def _addresses() -> Target:
    from haetae.common.outbound.errors import RefusedByRule
    from haetae.common.outbound.target import parse_target

    seeds = (b"https://page.example/a?b#c", b"http://[::1]:80/", b"http://0x7f.1/", b"http://a@b\\c/")
    return Target(reads=lambda data: parse_target(text_of(data)), refuses=(RefusedByRule,), seeds=seeds)


def _origins() -> Target:
    from haetae.common.outbound.errors import RefusedByRule
    from haetae.common.outbound.target import Origin

    seeds = (b"https://page.example", b"http://127.0.0.1:8801")
    return Target(reads=lambda data: Origin.parse(text_of(data)), refuses=(RefusedByRule,), seeds=seeds)


def _xml() -> Target:
    from haetae.common.wires import BadWireError
    from haetae.common.xml import tree_of

    seeds = (b"<a xmlns='x'><b c='d'>e</b></a>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    return Target(reads=tree_of, refuses=(BadWireError,), seeds=seeds)


def _stamps() -> Target:
    from haetae.common.stamps import WrongStampError, read_stamp

    seeds = (b"\x30\x82\x00\x05\x30\x03\x02\x01\x00", b"\x30\x03\x02\x01\x02")
    return Target(
        reads=lambda data: read_stamp(data, digest=bytes(32), roots=()),
        refuses=(WrongStampError,),
        seeds=seeds,
    )


def _signed_messages() -> Target:
    from haetae.common.webhooks import UnsignedError, is_signed, read

    def reads(data: bytes) -> bool:
        name, stamp, signature = [*data.split(b"\n", 2), b"", b""][:3]
        headers = {
            "webhook-id": text_of(name),
            "webhook-timestamp": text_of(stamp),
            "webhook-signature": text_of(signature),
        }
        message = read(headers, body=data)
        return is_signed(message, secrets=["whsec_AAAA"], public_keys=[])

    return Target(reads=reads, refuses=(UnsignedError,), seeds=(b"msg_1\n1767225600\nv1,AAAA v1a,BBBB",))


def _receipt_words() -> Target:
    from haetae.agencies.support.receipt.words import draw, read, words_of

    seeds = tuple(" ".join(words_of(draw(), language=language)).encode() for language in ("en", "ko"))
    return Target(reads=lambda data: read(text_of(data)), seeds=seeds)


def _known_hashes() -> Target:
    from haetae.detect.matching.bank_file import BankFileError, _entries

    row = {"entry_id": "1", "list_name": "a", "tier": 1, "pdq": "f" * 64}
    return Target(
        reads=lambda data: list(_entries(data.splitlines())),
        refuses=(BankFileError,),
        seeds=(json.dumps(row).encode(), b'{"sha256": "' + b"0" * 64 + b'"}'),
    )


def _notices() -> Target:
    """A document that says of itself that it is a notice, as a checker gets it."""
    from haetae.notice.checking import why_not_this

    def reads(data: bytes) -> object:
        try:
            document = json.loads(data)
        except (ValueError, RecursionError):
            return None
        return why_not_this(document, checklist=("place",)) if isinstance(document, dict) else None

    return Target(reads=reads, seeds=(b'{"version": "1", "places": [{"page_url": "https://a.example/"}]}',))


TARGETS: Final[Mapping[str, Callable[[], Target]]] = {
    "kind of a file": _media,
    "provenance": _provenance,
    "cbor": _cbor,
    "exif": _exif,
    "answers of an opener": _opener_answers,
    "frames of an opener": _opener_records,
    "pages": lambda: _page(
        "page", b"<html><base href=/><a href=x><img srcset='a 1x, b 2x'>", b"\xff\xfe<\0a\0"
    ),
    "feeds": lambda: _page(
        "feed", b"<rss><channel><item><link>https://page.example/1</link></item></channel></rss>"
    ),
    "sitemaps": lambda: _page("sitemap", b"<urlset><url><loc>https://page.example/2</loc></url></urlset>"),
    "suggestions": lambda: _page("search", b'["a", ["b"], [], ["https://page.example/"]]'),
    "answers of a reader": _reader_answers,
    "tags": _tags,
    "addresses": _addresses,
    "origins": _origins,
    "xml": _xml,
    "hash list, json": lists.hash_list_json,
    "hash list, xml": lists.hash_list_xml,
    "submitted hashes": lists.submitted_hashes,
    "votes": lists.votes,
    "time stamps": _stamps,
    "signed messages": _signed_messages,
    "words of a receipt": _receipt_words,
    "bank file": _known_hashes,
    "notices": _notices,
}
