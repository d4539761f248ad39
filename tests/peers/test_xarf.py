"""The library that abuse desks use, unmodified: what it makes of our reports, and why we build them ourselves."""

import json
import subprocess
from pathlib import Path
from typing import Any

from bench.peers.ask import MISSING, PYTHON
from haetae.connectors.xarf.report import report_of
from tests.connectors.notices import notice

_OF_THE_SPECIFICATION = (
    "xarf_version", "report_id", "timestamp", "reporter", "sender", "source_identifier", "category", "url", "domain",
    "description", "tags",
)  # fmt: skip


def reader(question: object) -> dict[str, Any]:
    assert PYTHON.exists(), MISSING
    script = Path(__file__).with_name("xarf_reader.py")
    done = subprocess.run(
        [PYTHON, "-I", script],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return dict(json.loads(done.stdout))


def test_it_takes_what_the_specification_knows_of_our_report_and_refuses_the_type():
    ours = report_of(notice(minor=True))
    shared = {name: ours[name] for name in _OF_THE_SPECIFICATION}
    assert reader({**shared, "type": "fraud", "fraud_type": "other"}) == {
        "read": True,
        "errors": [],
        "warnings": [],
    }
    refused = reader(ours)
    assert not refused["read"]
    assert refused["errors"], "content/ncii is proposed, and known to nobody yet"


def test_a_share_as_confidence_makes_no_report_and_no_error():
    assert reader("share") == {"made": False, "errors": []}
