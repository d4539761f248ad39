"""What somebody wrote stays text: in tables for spreadsheets, in the log, in names of files, on error pages."""

import ast
import json
import logging
import random
import sys

import pytest

from haetae.common.cells import harmless
from haetae.common.logs import formatter
from tests.house.code import PACKAGE, name_of, sources, tree

_FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example")',
)
_BITES = (
    "a\r\nb",
    "a\nb",
    "\x1b[31mred\x1b[0m",
    "\u2028",
    "\u2029",
    "\u202eabc",
    "\u2066abc\u2069",
    "\x00",
    "\x85",
    "\u200b",
)


def test_what_a_spreadsheet_would_reckon_is_text(tried):
    for text in _FORMULAS:
        assert harmless(text) == f"'{text}"
    assert harmless("a board") == "a board"
    tried("formulas made harmless", len(_FORMULAS))


def test_whoever_writes_a_table_for_spreadsheets_makes_names_harmless(tried):
    """A room that writes CSV knows the one function for it; a new one without it fails here."""
    writing = [path for path in sources() if "csv.writer(" in path.read_text(encoding="utf-8")]
    assert writing
    for path in writing:
        named = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
        assert "harmless" in named, f"{name_of(path)} writes tables and lets formulas through"
    assert not [path for path in sources() if "openpyxl" in path.read_text(encoding="utf-8")]
    tried("rooms that write tables", len(writing))


def test_one_thing_that_happened_is_one_line_of_the_log_whatever_stands_in_it(tried):
    """Twenty fields of a message, and a fault with its words, with everything that ends, turns or colours a line."""
    kept, count = formatter(), 0
    for bite in _BITES:
        fields = [f'{bite}{{"level": "forged"}}{number}' for number in range(20)]
        try:
            raise ValueError(bite)
        except ValueError:
            fault = sys.exc_info()
        words = " ".join(["%s"] * len(fields))
        record = logging.LogRecord("haetae", logging.WARNING, "x.py", 1, words, tuple(fields), fault)
        line = kept.format(record)
        assert len(line.splitlines()) == 1
        assert line.isascii()
        assert line.isprintable()
        read = json.loads(line)
        assert (read["event"], read["level"]) == (" ".join(fields), "warning")
        assert read["exception"][0]["exc_value"] == bite
        count += len(fields) + 1
    tried("fields of the log with line ends, colours and marks", count)


@pytest.mark.django_db
def test_an_error_page_gives_nothing_back_of_what_was_asked(visitor, tried):
    canary = "c4n4ry-in-the-address"
    asked = [
        f"/{canary}/",
        f"/link/{canary}",
        f"/documents/{canary}",
        f"/console/{canary}/",
        f"/api/v1/{canary}",
        f"/%ff{canary}",
    ]
    for where in asked:
        for answer in (
            visitor("en").get(where),
            visitor("en").get(f"/nowhere/?{canary}"),
            visitor("en").get("/", HTTP_HOST=canary),
        ):
            if answer.status_code >= 400 and "/documents/" not in where:
                assert canary not in answer.content.decode(), where
                assert canary not in str(answer.headers), where
    tried("error pages that give nothing back", len(asked) * 3)


@pytest.mark.django_db
def test_a_thousand_evil_names_of_files_are_neither_paths_nor_shown(visitor, tried):
    chance, browser = random.Random(1), visitor("en")
    parts = (
        "../", "..\\", "/etc/passwd", "C:\\", "\x00", "\r\n", "<script>alert(1)</script>", '"', ";", "%2e%2e%2f",
        "\u202e", "CON", "|sh", "`id`", "$(id)", "{{7*7}}", "é" * 40, "a" * 300, ".svg", ".php", ".m3u8", "~", "-rf",
        " ", "\u2028",
    )  # fmt: skip
    for _ in range(1_000):
        name = "x" + "".join(chance.choice(parts) for _ in range(chance.randint(1, 6)))
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + b"no proof\r\n--x--\r\n"
        answer = browser.post("/check/", body, content_type="multipart/form-data; boundary=x")
        assert answer.status_code in {400, 422}, name
        page = answer.content
        for shown in (b"alert(1)", b"passwd", b"7*7", b"m3u8"):
            assert shown not in page, name
    tried("evil names of files", 1_000)


def test_only_a_look_is_shown_in_a_page_and_it_is_made_by_us():
    """The one picture that stands in a page: grey, blurred and encoded anew by the looker, for a reviewer."""
    inline = [
        name_of(path)
        for path in sources(PACKAGE / "web")
        if '"inline"' in path.read_text(encoding="utf-8")
        or "FileResponse(" in path.read_text(encoding="utf-8")
    ]
    assert [name for name in inline if name != "web/console/looking.py"] == []
