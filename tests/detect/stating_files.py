"""Pictures of patterns that state how they were made, written by hand or by Pillow."""

import json
import struct
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.detect.patterns import waves

SETTINGS = "a lighthouse at noon\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Model hash: 0a1b2c"
PROMPT = json.dumps({"3": {"class_type": "KSampler", "inputs": {"seed": 1, "text": "a lighthouse at noon"}}})
WORKFLOW = json.dumps({"nodes": [{"id": 3}], "links": [], "version": 0.4})
GENERATED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def picture() -> Image.Image:
    return Image.fromarray(waves(height=90, width=120, seed=5))


def png(texts: Mapping[str, str], *, zipped: bool = False, international: bool = False) -> bytes:
    info = PngInfo()
    for name, text in texts.items():
        if international:
            info.add_itxt(name, text, zip=zipped)
        else:
            info.add_text(name, text, zip=zipped)
    written = BytesIO()
    picture().save(written, "PNG", pnginfo=info)
    return written.getvalue()


def with_exif(format_: str, tags: Mapping[int, object], *, comment: bytes | None = None) -> bytes:
    exif = Image.Exif()
    for tag, value in tags.items():
        exif[tag] = value
    if comment is not None:
        exif.get_ifd(0x8769)[0x9286] = comment
    written = BytesIO()
    picture().save(written, format_, exif=exif)
    return written.getvalue()


def xmp(inside: str) -> bytes:
    head = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description '
    return f"{head}{inside}</rdf:RDF></x:xmpmeta>".encode()


def jpeg(*segments: bytes) -> bytes:
    """Segments are a marker byte and content; each stands before everything else."""
    written = BytesIO()
    picture().save(written, "JPEG")
    plain = written.getvalue()
    more = b"".join(b"\xff" + one[:1] + struct.pack(">H", len(one) + 1) + one[1:] for one in segments)
    return plain[:2] + more + plain[2:]


def cbor(value: Any) -> bytes:
    """As much of it as claims consist of."""
    if isinstance(value, str):
        raw = value.encode()
        return _head(3, len(raw)) + raw
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(cbor, value))
    if isinstance(value, dict):
        return _head(5, len(value)) + b"".join(cbor(key) + cbor(one) for key, one in value.items())
    return _head(0, int(value))


def _head(major: int, length: int) -> bytes:
    return struct.pack(">BH", major << 5 | 25, length)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def labelled(label: str, *inside: bytes) -> bytes:
    return box(b"jumb", box(b"jumd", bytes(16) + b"\3" + label.encode() + b"\0") + b"".join(inside))


def manifest(name: str, *, tool: str, source: str | None) -> bytes:
    action: dict[str, Any] = {"action": "c2pa.created"}
    if source:
        action["digitalSourceType"] = source
    assertion = labelled("c2pa.actions.v2", box(b"cbor", cbor({"actions": [action]})))
    claim = labelled("c2pa.claim.v2", box(b"cbor", cbor({"claim_generator_info": {"name": tool}})))
    return labelled(name, labelled("c2pa.assertions", assertion), claim)


def jpeg_with_store(store: bytes, *, cut: int = 60_000) -> bytes:
    """The store in as many segments as it takes; each repeats the header of the box."""
    pieces = [store[8 + place : 8 + place + cut] for place in range(0, len(store) - 8, cut)]
    return jpeg(
        *(
            b"\xebJP" + struct.pack(">HI", 1, number) + store[:8] + piece
            for number, piece in enumerate(pieces, start=1)
        )
    )
