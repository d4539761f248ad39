"""A published month as files that open without us: tables, what each number means, and the proof that it stands so.

Tables are CSV in UTF-8 with a byte order mark, which spreadsheets in Korea need; RFC 4180 otherwise. What is hidden is
an empty cell with `hidden` beside it, never a 0. datapackage.json is a Frictionless Data Package.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import rfc8785

from haetae.agencies.statistics import dictionary
from haetae.agencies.statistics.models import PublishedMonth
from haetae.agencies.statistics.tables import Document
from haetae.audit.canonical import canonical
from haetae.audit.heads import SignedHead
from haetae.audit.proving import proven
from haetae.audit.queries import about, newest_head
from haetae.common.cells import harmless
from haetae.common.manifests import manifest

LICENCE: Final = "CC-BY-4.0"
DRAFT: Final = "DRAFT-NOT-PUBLISHED.txt"
_FIGURES: Final = ("month", "revision", "measure", "by", "part", "value", "shown")
_TIMES: Final = ("month", "revision", "by", "part", "median_s", "p90_s")
_DICTIONARY: Final = (
    "name", "since", "events", "by", "title_ko", "title_en", "meaning_ko", "meaning_en", "unit_ko", "unit_en",
)  # fmt: skip
_NUMBERS: Final = frozenset({"revision", "value", "median_s", "p90_s"})
NAMES: Final = frozenset(
    "figures.csv times.csv dictionary.csv dictionary.md document.json datapackage.json proof.json LICENCE.txt "
    f"SHA256SUMS {DRAFT}".split()
)
_LICENCE_TEXT: Final = """\
이 자료는 출처를 밝히면 누구나 쓸 수 있습니다 (CC BY 4.0, https://creativecommons.org/licenses/by/4.0/deed.ko).
숨긴 수를 알아내려고 다른 자료와 맞추어 보지 마십시오. 그 수는 몇 사람의 이야기입니다.

Anybody may use these data who names the source (CC BY 4.0, https://creativecommons.org/licenses/by/4.0/).
Please do not try to work out what is hidden by means of other data: those numbers are a few people.
"""
_DRAFT_TEXT: Final = """\
공개되지 않은 초안입니다. 인용하지 마십시오.
A draft that nobody has published. Do not quote it.
"""


def files_of(row: PublishedMonth) -> dict[str, bytes]:
    """Every file by its name. `document.json` is the canonical form: its SHA-256 is the digest in the log."""
    files = _tables(row.document) | {"proof.json": _proof(row)}
    return files | {"SHA256SUMS": manifest(files)}


def draft_files(document: Document) -> dict[str, bytes]:
    """The same of a month that nobody has published: marked, and without a proof."""
    files = _tables(document | {"draft": True}) | {DRAFT: _DRAFT_TEXT.encode()}
    return files | {"SHA256SUMS": manifest(files)}


def _tables(document: Document) -> dict[str, bytes]:
    return {
        "figures.csv": _csv(_FIGURES, _figures(document)),
        "times.csv": _csv(_TIMES, _times(document)),
        "dictionary.csv": _csv(_DICTIONARY, _dictionary()),
        "dictionary.md": _dictionary_page(),
        "document.json": rfc8785.dumps(document),
        "datapackage.json": _package(document),
        "LICENCE.txt": _LICENCE_TEXT.encode(),
    }


def _figures(document: Document) -> Iterator[Sequence[Any]]:
    begins = (document["month"], document.get("revision", ""))
    for name, measure in document["measures"].items():
        yield (*begins, name, "", "all", *_cell(measure["total"]))
        for by, rows in measure["by"].items():
            if rows is None:
                yield (*begins, name, by, "", *_cell(None))
            for part, count in rows or ():
                yield (*begins, name, by, harmless(part), *_cell(count))


def _cell(count: int | None) -> tuple[str, str]:
    return ("", "hidden") if count is None else (str(count), "shown")


def _times(document: Document) -> Iterator[Sequence[Any]]:
    for by, rows in document["times"].items():
        for part, *seconds in rows:
            numbers = ["" if one is None else one for one in seconds]
            by_ = "" if by == "all" else by
            yield (document["month"], document.get("revision", ""), by_, harmless(part), *numbers)


def _dictionary() -> Iterator[Sequence[Any]]:
    for korean, english in zip(dictionary.entries("ko"), dictionary.entries("en"), strict=True):
        yield (
            korean.name, korean.since, " ".join(korean.events), " ".join(korean.by), korean.title, english.title,
            korean.meaning, english.meaning, korean.unit, english.unit,
        )  # fmt: skip
    for code, words in dictionary.parts().items():
        yield (code, "", "", "", words["ko"], words["en"], "", "", "", "")


def _dictionary_page() -> bytes:
    lines = ["# 숫자의 뜻 · What each number means", ""]
    for korean, english in zip(dictionary.entries("ko"), dictionary.entries("en"), strict=True):
        lines += [f"## `{korean.name}` · {korean.title} · {english.title}", ""]
        lines += [korean.meaning, "", english.meaning, ""]
        lines += [f"- {korean.unit} · {english.unit}; {korean.since}; {', '.join(korean.events)}", ""]
    return ("\n".join(lines)).encode()


def _package(document: Document) -> bytes:
    """Frictionless Data Package 1: what each file is, and what stands in each column."""
    draft = " (draft)" if document.get("draft") else ""
    content = {
        "profile": "tabular-data-package",
        "name": f"haetae-statistics-{document['month']}",
        "title": f"haetae {document['month']}{draft}",
        "version": str(document.get("revision", 0)),
        "created": document.get("published_at", ""),
        "licenses": [{"name": LICENCE, "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [
            _resource(name, columns)
            for name, columns in (("figures", _FIGURES), ("times", _TIMES), ("dictionary", _DICTIONARY))
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(name: str, columns: Sequence[str]) -> Mapping[str, Any]:
    fields = [{"name": one, "type": "integer" if one in _NUMBERS else "string"} for one in columns]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _proof(row: PublishedMonth) -> bytes:
    """The event of the publication as it was hashed, its place in the log, and the path to the root of a signed head.

    Without place and path where it is not sealed yet, which takes about a second.
    """
    head = newest_head()
    told = [event for event in about([row.pk]) if event.name == "statistics.published"]
    one = proven(told, head)[0]
    signed = None
    if head is not None and one.leaf is not None:
        signed = SignedHead(
            size=head.size, at=head.at, root=bytes(head.root), signature=bytes(head.signature)
        ).as_fields()
    content = {
        "document_sha256": row.digest,
        "event": json.loads(canonical(one.event)),
        "leaf": one.leaf,
        "path": [step.hex() for step in one.path],
        "head": signed,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _csv(columns: Sequence[str], rows: Iterator[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return ("\ufeff" + text.getvalue()).encode()
