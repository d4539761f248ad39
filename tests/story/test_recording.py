"""The recording is what the code does today, its log is whole, and it holds nothing that it should not."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import haetae.story
from bench.story.playing import play
from haetae.audit.exported import verify_export
from haetae.story.recorded import log_bytes, recording

FOLDER = Path(haetae.story.__file__).parent / "recording"
# What is different each time: who and what by number, and where the platform answered.
_NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.mark.django_db
def test_played_again_the_same_happens_in_the_same_order_and_the_same_is_refused(tmp_path: Path) -> None:
    again = play(tmp_path)
    assert _shape(again["story.json"], again["log.jsonl"]) == _shape(
        (FOLDER / "story.json").read_bytes(), log_bytes()
    )


def test_anybody_can_check_the_log_without_us() -> None:
    report = verify_export(log_bytes().splitlines(keepends=True))
    assert report.ok, report.findings
    assert report.sealed == recording().size
    assert report.events == recording().size


def test_one_changed_letter_is_found() -> None:
    lines = log_bytes().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if b"removal.verified" in line)
    lines[at] = lines[at].replace(b"removal.verified", b"removal.verifiec")
    assert not verify_export(lines).ok


def test_the_recording_is_small_and_names_nobody_and_no_machine() -> None:
    whole = log_bytes() + (FOLDER / "story.json").read_bytes()
    assert len(whole) < 300_000
    text = whole.decode()
    assert not re.search(r"/(?:tmp|home|root|usr)/", text)
    from tests.people import EVERYBODY

    assert not [person.name for person in EVERYBODY if person.name in text and person.name != "stranger"]


def test_what_was_told_is_nowhere_in_it() -> None:
    """The case was destroyed before the end, and its words were sealed before that."""
    assert "goes round in a group" not in log_bytes().decode() + (FOLDER / "story.json").read_text()


def _shape(story: bytes, log: bytes) -> list[dict[str, Any]]:
    """Of each scene what has to stay the same: when, what happened with which codes, what was refused, what counted."""
    events = {
        line["index"]: line["event"] for line in map(json.loads, log.splitlines()[1:]) if "index" in line
    }
    return [
        {
            "name": scene["name"],
            "at": scene["at"],
            "happened": [_codes(events[leaf]) for leaf in scene["leaves"]],
            "refused": scene["refused"],
            "facts": {
                name: fact for name, fact in scene["facts"].items() if name not in {"words", "picture_bytes"}
            },
            "papers": [(paper["kind"], sorted(paper["text"])) for paper in scene["papers"]],
        }
        for scene in json.loads(story)["scenes"]
    ]


def _codes(event: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Its name, the kind of whoever did it, and those facts that are codes and no numbers or digests."""
    facts = [
        f"{name}={value}"
        for name, value in sorted(event["facts"].items())
        if isinstance(value, str) and value.isascii() and re.fullmatch(r"[a-z_]{1,30}", value)
    ]
    return event["name"], event["actor_kind"], facts
