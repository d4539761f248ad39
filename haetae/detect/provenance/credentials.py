"""Content Credentials (C2PA 2.2): what the manifests state, without a look at their signatures.

A manifest store is a tree of JUMBF boxes (ISO/IEC 19566-5). See docs/decisions/0025 for why nothing is verified.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from haetae.detect.provenance.cbor import value_of
from haetae.detect.provenance.evidence import Evidence, Kind, Says, Signature, source_type, spoken

_BOXES_MOST: Final = 2_000
_DEPTH_MOST: Final = 8
_PARSED_MOST: Final = 64
_PARSED_BYTES_MOST: Final = 256 * 1024
_STATEMENTS_MOST: Final = 16
_SOURCE_KEY: Final = "digitalSourceType"


@dataclass(kw_only=True)
class _Manifest:
    tool: str = ""
    says: list[Says] = field(default_factory=list)


def statements_of(store: bytes) -> tuple[Evidence, ...]:
    """One item for each kind of statement of the active manifest, the last one, and of those of its ingredients."""
    manifests: dict[str, _Manifest] = {}
    for path, kind, content in islice(_contents(store), _PARSED_MOST):
        # c2pa / the manifest / its claim, or c2pa / the manifest / c2pa.assertions / the assertion
        if len(path) >= 3 and path[0] == "c2pa":
            manifest = manifests.setdefault(path[1], _Manifest())
            _note(manifest, path[-1], _parsed(kind, content))
    names = list(manifests)
    return tuple(
        Evidence(
            kind=Kind.CONTENT_CREDENTIALS,
            tool=manifests[name].tool,
            where="manifest" if name == names[-1] else "ingredient",
            says=says,
            signature=Signature.NOT_CHECKED,
        )
        for name in names[-_STATEMENTS_MOST:]
        for says in dict.fromkeys(manifests[name].says or [Says.UNKNOWN])
    )


def _note(manifest: _Manifest, label: str, content: Any) -> None:
    if label.startswith("c2pa.claim") and isinstance(content, dict):
        manifest.tool = manifest.tool or _tool(content)
    elif label.startswith("c2pa.actions") or "digitalsourcetype" in label.lower() or "metadata" in label:
        stated = [source_type(address) for address in _addresses(content, depth=0)]
        manifest.says = [*manifest.says, *stated][:_STATEMENTS_MOST]


def _tool(claim: dict[str, Any]) -> str:
    info = claim.get("claim_generator_info")
    first = info[0] if isinstance(info, list) and info else info
    name = first.get("name") if isinstance(first, dict) else claim.get("claim_generator")
    return spoken(name) if isinstance(name, str) else ""


def _addresses(content: Any, *, depth: int) -> Iterator[str]:
    """Every digital source type in it, at any depth."""
    if depth > _DEPTH_MOST:
        return
    if isinstance(content, dict):
        for key, value in content.items():
            if isinstance(key, str) and key.endswith(_SOURCE_KEY) and isinstance(value, str):
                yield value
            else:
                yield from _addresses(value, depth=depth + 1)
    elif isinstance(content, list):
        for value in content:
            yield from _addresses(value, depth=depth + 1)


def _parsed(kind: str, content: bytes) -> Any:
    try:
        return value_of(content) if kind == "cbor" else json.loads(content)
    except (ValueError, RecursionError):
        return None


def _contents(store: bytes) -> Iterator[tuple[tuple[str, ...], str, bytes]]:
    """Labels from the outermost box on, kind and content of each box of CBOR or JSON."""
    waiting: list[tuple[tuple[str, ...], int, int]] = [((), 0, len(store))]
    boxes = 0
    while waiting:
        path, place, end = waiting.pop()
        inner: list[tuple[tuple[str, ...], int, int]] = []
        while place + 8 <= end and boxes < _BOXES_MOST:
            boxes += 1
            size, kind = struct.unpack_from(">I4s", store, place)
            size = size or end - place
            if size < 8 or place + size > end:
                break
            if kind == b"jumb" and len(path) < _DEPTH_MOST:
                label, start = _described(store, place + 8, place + size)
                inner.append(((*path, label), start, place + size))
            elif kind in {b"cbor", b"json"} and size <= _PARSED_BYTES_MOST:
                yield path, kind.decode(), store[place + 8 : place + size]
            place += size
        waiting.extend(reversed(inner))


def _described(store: bytes, place: int, end: int) -> tuple[str, int]:
    """The label of a superbox, and where its content starts."""
    if place + 25 > end:
        return "", end
    size, kind = struct.unpack_from(">I4s", store, place)
    if kind != b"jumd" or size < 25 or place + size > end:
        return "", end
    return store[place + 25 : place + size].partition(b"\0")[0][:200].decode("utf-8", "replace"), place + size
