"""A document as one page of HTML that needs nothing else: no script, no picture, no address but its own. Pure.

Its SHA-256 is the document's digest, so the same document must always give the same bytes: whoever changes a tag or
the stylesheet raises FORM and keeps the old form for what was issued under it.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final

from haetae.documents.document import Document, Facts, Paragraph, Part, Table
from haetae.documents.shown import readable
from haetae.documents.words import head, long_day, words_for

FORM: Final = 1
_STYLE: Final = Path(__file__).with_name("letter.css").read_text(encoding="utf-8")
# What a page that shows a document must allow, and nothing else: this one stylesheet.
STYLE_SOURCE: Final = f"'sha256-{b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"


def render_html(document: Document) -> str:
    """The whole page."""
    words = words_for(document.language)
    title = " · ".join(_text(one) for one in (document.title, document.reference) if one)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{document.language.value}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="robots" content="noindex"><title>{title}</title>',
            f"<style>{_STYLE}</style></head>",
            "<body><article>",
            *([] if document.reference else [f'<p class="draft">{words.draft}</p>']),
            f'<header><p class="issuer">{_text(document.issuer)}</p>',
            _head(document),
            "</header>",
            *(_part(part) for part in document.parts),
            *_end(document),
            _sign(document),
            _foot(document),
            "</article></body></html>",
            "",
        ]
    )


def digest_of(html: str) -> str:
    """64 hex digits."""
    return hashlib.sha256(html.encode()).hexdigest()


def _text(text: str) -> str:
    return escape(readable(text), quote=True)


def _head(document: Document) -> str:
    """The subject is the page's heading, and stands where a letter has it."""
    rows = [(name, _text(value)) for name, value in head(document)]
    subject = words_for(document.language).subject
    said = [(name, f"<h1>{value}</h1>" if name == subject else value) for name, value in rows]
    return f'<dl class="head">{_rows(said)}</dl>'


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    """Names and values that are HTML already."""
    return "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)


def _part(part: Part) -> str:
    title = f"<h2>{_text(part.title)}</h2>" if part.title else ""
    return f"<section>{title}{''.join(_block(block) for block in part.content)}</section>"


def _block(block: Paragraph | Facts | Table) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_text(block.text)}</p>"
    if isinstance(block, Facts):
        return f"<dl>{_rows((_text(name), _text(value)) for name, value in block.rows)}</dl>"
    return _table(block)


def _table(table: Table) -> str:
    caption = f"<caption>{_text(table.caption)}</caption>" if table.caption else ""
    head = "".join(
        f'<th scope="col"{_side(at, table)}>{_text(one)}</th>' for at, one in enumerate(table.head)
    )
    rows = "".join(f"<tr>{_cells(row, table)}</tr>" for row in table.rows)
    inside = f"{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<div class="table" tabindex="0"><table>{inside}</table></div>'


def _cells(row: Sequence[str], table: Table) -> str:
    return "".join(f"<td{_side(at, table)}>{_text(one)}</td>" for at, one in enumerate(row))


def _side(at: int, table: Table) -> str:
    return ' class="figure"' if at in table.numeric else ""


def _end(document: Document) -> list[str]:
    """Law, what was not checked, and how to contest it: smaller than what the document says."""
    words, found = words_for(document.language), []
    if document.how_to_contest:
        found.append(f"<h2>{words.contest}</h2><p>{_text(document.how_to_contest)}</p>")
    for title, lines in ((words.law, document.law), (words.notes, document.notes)):
        if lines:
            listed = "".join(f"<li>{_text(line)}</li>" for line in lines)
            found.append(f'<div class="small"><h2>{title}</h2><ul>{listed}</ul></div>')
    return found


def _sign(document: Document) -> str:
    seal = "".join(f"<span>{one}</span>" for one in words_for(document.language).seal)
    mark = f'<span class="seal">{seal}</span>' if document.address else ""
    day = long_day(document.on, document.language)
    return (
        f'<div class="sign"><p>{day}</p><p class="who"><span>{_text(document.issuer)}</span>{mark}</p></div>'
    )


def _foot(document: Document) -> str:
    if not document.address:
        return ""
    check = words_for(document.language).check
    return f'<footer class="small"><p>{check}: {_text(document.address)}</p></footer>'
