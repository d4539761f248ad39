"""Runs in the peers' own environment: what the library `xarf` makes of one report from standard input, as JSON."""

import json
import sys

import xarf


def read(report: dict) -> dict:
    parsed = xarf.parse(json.dumps(report))
    return {
        "read": parsed.report is not None,
        "errors": [f"{error.field}: {error.message}" for error in parsed.errors],
        "warnings": [str(warning) for warning in parsed.warnings],
    }


def made_with_a_share() -> dict:
    """What becomes of a confidence as the specification has it."""
    agency = xarf.ContactInfo(org="Agency", contact="a@agency.example", domain="agency.example")
    made = xarf.create_report(
        category="content",
        type="csem",
        source_identifier="board.example",
        reporter=agency,
        sender=agency,
        url="https://board.example/m/1.jpg",
        exploitation_type="distribution",
        detection_method="manual_review",
        confidence=0.9,
    )
    return {"made": made.report is not None, "errors": [str(error) for error in made.errors]}


question = json.loads(sys.stdin.read())
print(json.dumps(made_with_a_share() if question == "share" else read(question)))
