"""A court asks for the record of one place: everything that was done, nothing of the people, and a way to check it."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client

from haetae.accounts.models import Official
from haetae.agencies.exports.models import RecordExport
from haetae.audit.models import Event
from haetae.audit.sealer import Sealer
from haetae.common import clock
from haetae.flow.arrival.actions import receive_report, report_located
from haetae.flow.issued.actions import issue_document
from haetae.flow.issued.states import Kind
from haetae.flow.overview.record import record_of
from haetae.flow.review.models import Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.web.console.court.files import files_of, packed
from haetae.web.console.court.taking import Taken
from tests.commission import STATEMENT, commission_decides, seat_commission
from tests.web import sightings
from tests.web.test_documents import WRITTEN

LINK = "https://board.example/posts/1?told-by=sora"
ASKED = {"court_reference": "2026고단1234", "reason": "The court asked for it on 26 November."}


@pytest.fixture
def place(reviewer: Official, tmp_path: Path) -> UUID:
    """Reported, asked, unclear, voted on, with a document; and sealed."""
    review = Review.objects.get(pk=sightings.contested(1))
    report = receive_report(link=LINK, form_key=uuid4())
    report_located(report_id=report, sighting_ids=[review.sighting_id])
    commission_decides(review.pk, decision=State.REMOVE, reason=Reason.MANIPULATED)
    issue_document(kind=Kind.DECISION, subject_id=review.pk, documents=WRITTEN, official_id=None)
    Sealer(key=settings.KEYS.log_key, outside=tmp_path / "heads").seal()
    return review.sighting_id


def taken(browser: Client, place: UUID, **changed: str) -> zipfile.ZipFile:
    answer = browser.post("/console/court/", {"what": str(place), **ASKED, **changed})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_the_record_tells_what_was_done_and_nothing_of_the_people(control_room: Client, place: UUID) -> None:
    archive = taken(control_room, place)
    whole = b"\n".join(archive.read(name) for name in archive.namelist() if not name.endswith(".pdf")).decode(
        errors="replace"
    )
    members = [str(member.pk) for member in seat_commission()]
    for kept in ("sora", *members, "arrival.report", "review.voted", "reviewer-kim", str(ASKED["reason"])):
        assert kept not in whole, kept
    told = json.loads(archive.read("record.json"))
    (decision,) = told["decisions"]
    assert (decision["decision"], decision["votes_for"], decision["votes_against"]) == ("remove", 5, 0)
    assert decision["reasons"] == [STATEMENT]
    assert [one["state"] for one in told["requests"]] == ["unsure"]
    where = json.loads(archive.read("place.json"))
    assert where["addresses"]["media"] == "https://board.example/media/1.jpg"
    assert "careful" in where["addresses"]
    assert "2026고단1234" in archive.read("README.ko.txt").decode()
    assert "<h1>발견물 기록</h1>" in archive.read("summary.ko.html").decode()
    assert "Draft" not in archive.read("summary.en.html").decode()


def test_every_file_and_every_event_is_checked_with_tools_that_anybody_has(
    control_room: Client, place: UUID, tmp_path: Path
) -> None:
    folder = tmp_path / "record"
    taken(control_room, place).extractall(folder)
    tools = [[sys.executable, "check.py"], ["sha256sum", "-c", "--quiet", "manifest-sha256.txt"]]
    signed = [
        "-inkey",
        "log/public-key.pem",
        "-rawin",
        "-in",
        "log/head.signed",
        "-sigfile",
        "log/head.signature",
    ]
    if shutil.which("openssl"):
        tools.append(["openssl", "pkeyutl", "-verify", "-pubin", *signed])
    for tool in tools:
        done = subprocess.run(tool, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    lines = (folder / "events.jsonl").read_text().splitlines()
    assert len(lines) > 3
    assert all(json.loads(line)["leaf"] is not None for line in lines)
    changed = json.loads(lines[0])
    changed["event"]["at"] = "2020-01-01T00:00:00+00:00"
    (folder / "events.jsonl").write_text("\n".join([json.dumps(changed), *lines[1:]]) + "\n")
    done = subprocess.run(
        [sys.executable, "check.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "changed or missing: events.jsonl" in done.stdout
    assert "not in the log: event" in done.stdout


def test_the_page_of_the_place_leads_to_its_documents_and_to_its_record(
    control_room: Client, place: UUID
) -> None:
    page = control_room.get(f"/console/sightings/{place}/").content.decode()
    assert f"/console/court/?place={place}" in page
    assert f"KMCSC-{clock.now().year}-000001" in page


def test_the_same_record_is_the_same_file(control_room: Client, place: UUID) -> None:
    taken_by = Taken(export_id=uuid4(), court_reference="2026고단1", at=clock.now())
    one, other = (packed(files_of(record_of(place), taken_by)) for _ in range(2))
    assert one == other


def test_what_leaves_is_written_down_first(control_room: Client, place: UUID, reviewer: Official) -> None:
    answer = control_room.post("/console/court/", {"what": str(place), **ASKED})
    row = RecordExport.objects.get(sighting_id=place)
    assert (row.official, row.court_reference, row.reason) == (reviewer, *ASKED.values())
    assert row.digest == hashlib.sha256(answer.content).hexdigest()
    event = Event.objects.get(name="exports.handed_out")
    assert event.facts == {"place": str(place), "digest": row.digest}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"court_reference": ""}, "number of the case at the court"),
        ({"court_reference": "no number"}, "number of the case at the court"),
        ({"reason": "because"}, "in 10 to 1,000 characters"),
        ({"what": "https://elsewhere.example/"}, "not the number or address of one place"),
        ({"what": ""}, "not the number or address of one place"),
    ],
)
def test_without_place_number_and_reason_nothing_leaves(
    control_room: Client, place: UUID, changed: dict[str, str], said: str
) -> None:
    answer = control_room.post("/console/court/", {"what": str(place), **ASKED, **changed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not RecordExport.objects.exists()


def test_only_who_may_take_records_takes_them(counsellor: Client, policy_lead: Client, place: UUID) -> None:
    for browser in (counsellor, policy_lead):
        assert browser.post("/console/court/", {"what": str(place), **ASKED}).status_code == 403
    assert not RecordExport.objects.exists()
