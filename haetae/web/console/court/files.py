"""The files of a record, and the one file that they are packed into. The same record is the same bytes."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from haetae.audit.heads import statement
from haetae.audit.models import Head
from haetae.audit.queries import signed_head
from haetae.audit.succession import signer_of
from haetae.common.manifests import manifest
from haetae.documents import CannotPrintError, render_html, render_pdf
from haetae.documents.document import Language
from haetae.flow.issued.actions import file_made
from haetae.flow.issued.models import IssuedDocument
from haetae.flow.issued.queries import document_of
from haetae.flow.overview.record import PlaceRecord
from haetae.web.console.court import check
from haetae.web.console.court.as_json import dumped, events_jsonl, place_json, record_json
from haetae.web.console.court.summary import summary
from haetae.web.console.court.taking import Taken

MANIFEST: Final = "manifest-sha256.txt"
_HERE: Final = Path(__file__).parent
# The earliest that a ZIP can say: when a file was packed tells nothing, and would make each packing another one.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def files_of(record: PlaceRecord, taken: Taken) -> dict[str, bytes]:
    """Names and contents. Raises NotAsIssuedError where a document is not what was issued."""
    made_at = taken.at.isoformat(timespec="seconds")
    filled = {"court_reference": taken.court_reference, "made_at": made_at, "export": taken.export_id}
    content = {
        f"README.{language}.txt": (_HERE / f"README.{language}.txt")
        .read_text(encoding="utf-8")
        .format(**filled)
        .encode()
        for language in Language
    }
    content |= {
        f"summary.{language}.html": render_html(summary(record, taken, language)).encode()
        for language in Language
    }
    not_printed: list[dict[str, str]] = []
    content |= {name: file for one in record.documents for name, file in _documents(one, not_printed)}
    content |= {
        "place.json": place_json(record),
        "record.json": record_json(record),
        "events.jsonl": events_jsonl(record),
        "check.py": Path(check.__file__).read_bytes(),
        "log/public-key.pem": _public_key(record.head),
        **_head(record.head),
    }
    facts: dict[str, Any] = {key: str(value) for key, value in filled.items()} | {"without_pdf": not_printed}
    content["export.json"] = dumped(facts)
    content[MANIFEST] = manifest(content)
    return content


def packed(files: dict[str, bytes]) -> bytes:
    """In the order of their names, without a time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, date_time=_NO_TIME)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=6)
    return made.getvalue()


def _documents(issued: IssuedDocument, not_printed: list[dict[str, str]]) -> Iterator[tuple[str, bytes]]:
    for language in Language:
        document, name = document_of(issued, language), f"documents/{issued.reference}.{language}"
        yield f"{name}.html", render_html(document).encode()
        try:
            printed = render_pdf(document, fonts=settings.FONTS)
        except CannotPrintError as problem:
            not_printed.append(
                {"document": issued.reference, "language": language.value, "why": problem.code}
            )
            continue
        file_made(issued_id=issued.pk, language=language, content=printed)
        yield f"{name}.pdf", printed


def _head(head: Head | None) -> dict[str, bytes]:
    """As JSON to read, and as the bytes that were signed, so that openssl alone can check them."""
    if head is None:
        return {"log/head.json": dumped({"size": 0})}
    root = bytes(head.root)
    facts = {"size": head.size, "at": head.at.isoformat(), "root": root.hex()}
    return {
        "log/head.json": dumped(facts),
        "log/head.signed": statement(size=head.size, at=head.at, root=root),
        "log/head.signature": bytes(head.signature),
    }


def _public_key(head: Head | None) -> bytes:
    """The one by which this head is checked: it may be from before the key was changed."""
    key = signer_of(signed_head(head) if head else None, settings.KEYS.public_keys("event-log"))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
