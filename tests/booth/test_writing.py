"""The folder: whole or not there, always the same bytes, and nothing in it leads out."""

import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from haetae.booth.kiosk import Language
from haetae.booth.writing import MANIFEST, NotOursError, files_of, write
from haetae.law.person.penalties import limit_on


def test_the_same_booth_is_the_same_bytes(kiosk, files):
    assert files_of(kiosk) == files


def test_the_list_has_every_file_with_its_digest(files):
    lines = dict(reversed(line.split("  ")) for line in files[MANIFEST].decode().splitlines())
    assert set(lines) == set(files) - {MANIFEST}
    for name, digest in lines.items():
        assert hashlib.sha256(files[name]).hexdigest() == digest


def test_it_is_small_and_each_sheet_as_small_as_those_of_the_pages(files):
    assert sum(map(len, files.values())) < 1_000_000
    assert len(files["base.css"]) + len(files["booth.css"]) <= 20_480


def test_nothing_in_it_leads_out(files):
    for name, content in files.items():
        if name.endswith(".jpg"):
            continue
        found = set(
            re.findall(
                r"(?:https?|wss?|ftp):/*[^\"'\s<)]+|\bfetch\(|XMLHttp|sendBeacon|WebSocket", content.decode()
            )
        )
        assert found <= {"http://www.w3.org/2000/svg", "https://portal.example"}, f"{name}: {found}"


def test_the_page_allows_itself_nothing_but_its_own_files(files):
    for name in ("index.html", "en.html"):
        page = files[name].decode()
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
        assert policy
        assert "default-src 'none'" in policy[1]
        assert not re.search(r"https?:|unsafe|\*|connect-src", policy[1])
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?! src)", page), (
            "nothing stands in the line"
        )
        for place in re.findall(r'(?:src|data-shown)="([^"]+)"', page):
            assert place in files, place
        for place in re.findall(r'href="([^"#]+)"', page):
            assert place in files, place
        for place in re.findall(r'href="#([^"]+)"', page):
            assert f'id="{place}"' in page, place
        assert len(re.findall(r' id="([^"]+)"', page)) == len(set(re.findall(r' id="([^"]+)"', page)))


def test_nothing_is_kept_by_the_script(files):
    assert not re.search(r"Storage|indexedDB|document\.cookie|caches\b|pushState", files["booth.js"].decode())


def test_the_law_is_that_of_the_day_on_which_it_is_made(kiosk, files):
    page = files["index.html"].decode()
    penalty = limit_on(kiosk.pack.all_offences, "make", kiosk.on).offence
    assert f"{penalty.max_years}년 이하의 징역" in page
    assert "2026년 11월 26일 기준의 법이에요." in page
    # Proceeds of such a crime are taken since 21 June 2025.
    rule = next(rule for rule in kiosk.pack.all_rules if rule.rule_id == "confiscation")
    for day, holds in ((date(2025, 6, 20), False), (date(2025, 6, 21), True)):
        told = files_of(replace(kiosk, on=day))["index.html"].decode()
        assert (rule.words_ko in told) is holds


def test_without_an_address_there_is_no_code_to_photograph(kiosk):
    files = files_of(replace(kiosk, portal=""))
    assert "portal.svg" not in files
    assert "portal.svg" not in files["index.html"].decode()


def test_it_opens_in_the_language_that_was_asked_for(kiosk):
    files = files_of(replace(kiosk, first=Language.EN))
    assert b'<html lang="en"' in files["index.html"]
    assert b'<html lang="ko"' in files["ko.html"]
    assert "en.html" not in files


def test_a_new_booth_takes_the_place_of_an_earlier_one(files, tmp_path: Path):
    out = tmp_path / "booth"
    old = dict.fromkeys(("booth.js", "gone.svg", "index.html"), b"old")
    write(old | {MANIFEST: "".join(f"0  {name}\n" for name in old).encode()}, out)
    write(files, out)
    there = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert there == files
    assert [path.name for path in tmp_path.iterdir()] == ["booth"], "nothing is left beside it"


def test_what_is_not_of_a_booth_is_never_touched(files, tmp_path: Path):
    letter = tmp_path / "letter.txt"
    letter.write_text("mine")
    with pytest.raises(NotOursError, match=r"letter\.txt.*nothing there was touched"):
        write(files, tmp_path)
    assert letter.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [letter]


def test_a_folder_whose_list_only_has_the_same_name_is_no_booth(files, tmp_path: Path):
    """A bag of evidence lists its files under this name, and all that lies there is on the list."""
    (tmp_path / "letter.txt").write_text("of value")
    (tmp_path / MANIFEST).write_text(f"{'0' * 64}  letter.txt\n")
    with pytest.raises(NotOursError):
        write(files, tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "of value"


def test_a_letter_laid_into_an_earlier_booth_keeps_that_booth(files, tmp_path: Path):
    out = tmp_path / "booth"
    write(files, out)
    (out / "pictures" / "letter.txt").write_text("mine")
    with pytest.raises(NotOursError, match=r"letter\.txt"):
        write(files, out)
    assert (out / "pictures" / "letter.txt").read_text() == "mine"


def test_a_file_or_a_link_is_no_folder(files, tmp_path: Path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(NotOursError, match="is no folder"):
            write(files, tmp_path / name)


def test_a_disk_that_fails_half_way_leaves_what_was_there(files, tmp_path: Path, monkeypatch):
    out = tmp_path / "booth"
    write(files, out)
    before = (out / "index.html").read_bytes()
    calls = []

    def full(_descriptor: int) -> None:
        calls.append(1)
        if len(calls) == 5:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("haetae.booth.writing.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(dict.fromkeys(files, b"new"), out)
    assert (out / "index.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["booth"]
