"""What a person takes along opens without us, holds no picture, and shows when somebody changed it."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from haetae.agencies.support.queries import reports_of
from haetae.agencies.support.states import Text
from haetae.audit.merkle import leaf_digest
from haetae.flow.arrival.actions import report_located
from haetae.flow.removal.states import State
from tests.web import sightings
from tests.web.mine.people_inside import CODE, inside, page, text_of

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>"


def _full(browser, **more):
    opened = inside(browser, hashes=[CODE], texts={Text.STORY: f"seen at night {MARKUP}\x1b[2J"}, **more)
    gone, elsewhere = sightings.found(1), sightings.found(2, host="other-place.example")
    report_located(report_id=reports_of(opened.case)[0].pk, sighting_ids=[gone])
    sightings.verified(gone)
    sightings.answered(elsewhere, State.SENT)
    browser.post("/mine/talk/", {"text": "a question"})
    return opened


def _taken(browser, folder: Path) -> dict[str, bytes]:
    answer = browser.post("/mine/copy/")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(folder)
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_stock_sha256sum_finds_it_whole_and_finds_what_was_changed(visitor, tmp_path, language):
    browser = visitor(language)
    _full(browser)
    files = _taken(browser, tmp_path)
    assert shutil.which("sha256sum") is not None
    check = ["sha256sum", "-c", "--strict", "manifest-sha256.txt"]
    done = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK") == len(files) - 1
    (tmp_path / "case.txt").write_text("something else")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_it_holds_what_was_told_done_and_seen(visitor, tmp_path):
    browser = visitor("en")
    opened = _full(browser)
    files = _taken(browser, tmp_path)
    copy = json.loads(files["case.json"])
    assert copy["case"] == str(opened.case.pk)
    assert copy["places"] == {"count": 2, "proven_gone": 1}
    assert copy["messages"][0]["text"] == "a question"
    assert copy["codes"][0]["sha256"] == CODE.sha256
    named = copy["each_place"][0]
    assert named["page"] == "https://board.example/posts/1"
    assert len(named["looks"]) == 2
    for name in ("case.html", "case.txt"):
        told = files[name].decode()
        for words in (
            "seen at night",
            "a question",
            "1 of 2 places proven gone",
            CODE.sha256,
        ):
            assert words in told, (name, words)


def test_every_time_in_it_has_its_year_and_its_zone(visitor, tmp_path):
    browser = visitor("ko")
    _full(browser)
    files = _taken(browser, tmp_path)
    for name in ("case.html", "case.txt"):
        assert re.search(
            r"\d{4}-\d\d-\d\d \d\d:\d\d KST: 두 번 확인했고, 사라졌어요", files[name].decode()
        ), name


def test_a_place_that_may_not_be_named_is_named_in_no_file(visitor, tmp_path):
    browser = visitor("en")
    _full(browser)
    for name, content in _taken(browser, tmp_path).items():
        assert b"other-place" not in content, name


def test_no_picture_and_no_script_is_in_it_and_text_stays_text(visitor, tmp_path):
    browser = visitor("en")
    _full(browser)
    files = _taken(browser, tmp_path)
    told = files["case.html"].decode()
    assert MARKUP not in told
    assert "<img" not in told
    assert "<script" not in told
    assert b"\x1b" not in files["case.txt"]
    assert not any(
        content.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8", b"RIFF")) for content in files.values()
    )


def test_the_lines_of_the_record_are_as_they_were_hashed(visitor, tmp_path):
    browser = visitor("en")
    _full(browser)
    lines = [json.loads(line) for line in _taken(browser, tmp_path)["events.jsonl"].splitlines()]
    names = [line["event"]["name"] for line in lines]
    assert {"support.opened", "support.told", "arrival.reported", "removal.verified"} <= set(names)
    for line in lines:
        canonical = json.dumps(line["event"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(b"\x00" + canonical.encode()).hexdigest() == line["digest"]
        assert leaf_digest(canonical.encode()).hex() == line["digest"]


def test_the_proof_in_it_is_genuine_and_anybody_can_check_it(visitor, tmp_path):
    browser, anybody = visitor("en"), visitor("en")
    _full(browser)
    proof = _taken(browser, tmp_path)["proof.json"]
    told = text_of(anybody.post("/check/", {"text": proof.decode()}))
    assert "Genuine" in told
    assert "Links: 1. Codes of pictures: 1." in told
    chosen = SimpleUploadedFile("proof.json", proof)
    assert "Genuine" in text_of(anybody.post("/check/", {"file": chosen}))
    forged = proof.replace(b'"links": 1', b'"links": 2')
    answer = anybody.post("/check/", {"text": forged.decode()})
    assert answer.status_code == 422
    assert "Not genuine" in text_of(answer)


@pytest.mark.parametrize("brought", [b"", b"\xff\xfe\x00", b"{" * 50_000, b"[]"])
def test_what_is_no_proof_is_not_genuine(visitor, brought):
    answer = visitor("en").post("/check/", {"file": SimpleUploadedFile("x", brought)})
    assert answer.status_code == 422
    assert "Not genuine" in text_of(answer)


def test_two_files_of_a_proof_are_saved_apart_and_the_key_has_its_address(visitor):
    browser = visitor("en")
    inside(browser)
    assert "Whoever finds these files" in page(browser, "/mine/proof/")
    with zipfile.ZipFile(io.BytesIO(browser.post("/mine/proof/").content)) as archive:
        assert archive.namelist() == ["proof.json", "only-for-those-you-tell.json"]
    key = visitor("en").get("/check/key/").content.decode()
    assert key.startswith("-----BEGIN PUBLIC KEY-----")


def test_names_of_files_tell_nobody_what_they_are_about(visitor):
    browser = visitor("en")
    inside(browser)
    for path in ("/mine/copy/", "/mine/proof/"):
        named = browser.post(path).headers["Content-Disposition"]
        assert named in {'attachment; filename="copy.zip"', 'attachment; filename="note.zip"'}
