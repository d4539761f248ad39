"""A document as PDF: tagged, for reading aloud (PDF/UA-1) and for keeping (PDF/A-2a). Same document, same bytes.

The typesetter is typst, in a process of its own that sees an empty folder and may use a set time and memory.
"""

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width

from haetae.documents.document import Document, Facts, Language, Paragraph, Table
from haetae.documents.shown import needs_korean, printable
from haetae.documents.words import head, long_day, words_for

# Where Debian's package fonts-noto-cjk puts its type, and the files of it that a letter is set in.
FONTS: Final = Path("/usr/share/fonts/opentype/noto")
KOREAN_TYPE: Final = ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc")
LONGEST: Final = 300_000
_TEMPLATE: Final = Path(__file__).with_name("letter.typ").read_text(encoding="utf-8")
_SETTER: Final = Path(__file__).with_name("typesetting.py")
_MEMORY_MB: Final = 2_048
_SECONDS: Final = 15
# A word that is longer than a line may be cut after so many characters; addresses that are typed in are shorter.
_LONGEST_WORD: Final = 80
_CUT: Final = "\u200b"


class CannotPrintError(Exception):
    """`code` says why there is no PDF: `korean_type_missing`, `too_long` or `not_set`. The HTML is there."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def render_pdf(document: Document, *, fonts: Path = FONTS) -> bytes:
    """The whole file. `fonts` is the folder with Noto Sans CJK. Raises CannotPrintError."""
    letter = json.dumps(_letter(document), ensure_ascii=False, sort_keys=True)
    if len(letter) > LONGEST:
        raise CannotPrintError("too_long")
    is_korean = document.language is Language.KO or needs_korean(letter)
    if is_korean and not all((fonts / name).is_file() for name in KOREAN_TYPE):
        raise CannotPrintError("korean_type_missing")
    return _set(letter, fonts=fonts if is_korean else None, document=document)


def _set(letter: str, *, fonts: Path | None, document: Document) -> bytes:
    midnight = datetime(document.on.year, document.on.month, document.on.day, tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="haetae-letter-") as empty:
        asked = {
            "template": _TEMPLATE,
            "letter": letter,
            "empty_folder": empty,
            "fonts": [str(fonts)] if fonts else [],
            "timestamp": int(midnight.timestamp()),
            "memory_mb": _MEMORY_MB,
            "cpu_s": _SECONDS,
        }
        try:
            made = subprocess.run(  # noqa: S603
                [sys.executable, "-I", str(_SETTER)],  # both are ours, and no shell reads them
                input=json.dumps(asked).encode(),
                capture_output=True,
                timeout=_SECONDS,
                cwd=empty,
                env={},
                check=True,
            )
        except subprocess.SubprocessError as error:
            raise CannotPrintError("not_set") from error
    return made.stdout


def _letter(document: Document) -> dict[str, Any]:
    words = words_for(document.language)
    lists = [(words.law, document.law), (words.notes, document.notes)]
    foot = f"{words.check}: {document.address}" if document.address else ""
    return {
        "language": document.language.value,
        "title": _text(document.title),
        "issuer": _text(document.issuer),
        "on": [document.on.year, document.on.month, document.on.day],
        "day": long_day(document.on, document.language),
        "draft": "" if document.reference else words.draft,
        "head": [
            {"name": name, "value": _text(value), "subject": name == words.subject}
            for name, value in head(document)
        ],
        "parts": [
            {"title": _text(part.title), "content": [_block(block) for block in part.content]}
            for part in document.parts
        ],
        "contest_title": words.contest,
        "contest": _text(document.how_to_contest),
        "lists": [
            {"title": title, "lines": [_text(line) for line in lines]} for title, lines in lists if lines
        ],
        "seal": list(words.seal) if document.address else [],
        "foot": _text(foot),
    }


def _block(block: Paragraph | Facts | Table) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": _text(block.text)}
    if isinstance(block, Facts):
        return {"kind": "facts", "rows": [[_text(name), _text(value)] for name, value in block.rows]}
    rows = [[_text(one) for one in row] for row in block.rows]
    return {
        "kind": "table",
        "head": [_text(one) for one in block.head],
        "rows": rows,
        "caption": _text(block.caption),
        "numeric": sorted(block.numeric),
        "widths": [_share(at, block) for at in range(len(block.head))],
    }


def _share(at: int, table: Table) -> int:
    """A column's share of the page: by its longest cell, within bounds that leave room for the others."""
    cells = [table.head[at], *(row[at] for row in table.rows)]
    return min(48, max(4, *(_columns(cell) for cell in cells))) + 3  # its margins


def _columns(text: str) -> int:
    """How wide it is: Korean letters are as wide as two of ours."""
    return sum(2 if east_asian_width(one) in {"W", "F"} else 1 for one in text)


def _text(text: str) -> str:
    """As the type can show it, with places to cut words that no line holds."""
    return "\n".join(" ".join(_cut(word) for word in line.split(" ")) for line in printable(text).split("\n"))


def _cut(word: str) -> str:
    return _CUT.join(word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD))
