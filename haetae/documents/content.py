"""A document as JSON and back: what is kept of an issued one, and what the PDF is set from. Pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

import rfc8785

from haetae.documents.document import Document, Facts, Language, Paragraph, Part, Table

_KINDS: Final[Mapping[str, type[Paragraph | Facts | Table]]] = {
    "paragraph": Paragraph,
    "facts": Facts,
    "table": Table,
}
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}


def to_json(document: Document) -> str:
    """Canonical JSON (RFC 8785): the same document is the same text."""
    fields = asdict(document) | {"on": document.on.isoformat(), "language": document.language.value}
    fields["parts"] = [
        {"title": part.title, "content": [_block(block) for block in part.content]} for part in document.parts
    ]
    return rfc8785.dumps(_plain(fields)).decode()


def from_json(text: str) -> Document:
    """Raises ValueError, KeyError or TypeError for what to_json() did not write."""
    fields = json.loads(text)
    parts = [
        Part(title=part["title"], content=[_read(block) for block in part["content"]])
        for part in fields.pop("parts")
    ]
    on, language = date.fromisoformat(fields.pop("on")), Language(fields.pop("language"))
    return Document(**fields, parts=parts, on=on, language=language)


def _block(block: Paragraph | Facts | Table) -> dict[str, Any]:
    fields = asdict(block) | {"kind": _NAMES[type(block)]}
    return fields | ({"numeric": sorted(block.numeric)} if isinstance(block, Table) else {})


def _read(fields: dict[str, Any]) -> Paragraph | Facts | Table:
    kind = fields.pop("kind")
    if kind == "facts":
        return Facts(rows=[(name, value) for name, value in fields["rows"]])
    if kind == "table":
        return Table(**fields | {"numeric": frozenset(fields["numeric"])})
    return Paragraph(text=fields["text"])


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
