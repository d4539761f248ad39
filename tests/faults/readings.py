"""Reads the database's book and the platform's book, each by its own way in."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

from haetae.agencies.support.models import CaseLink
from haetae.agencies.support.receipt import read
from haetae.audit.verify import verify_log
from haetae.flow.arrival.models import Report as ReportRow
from haetae.flow.arrival.models import Sighting
from haetae.flow.assessment.models import Assessment
from haetae.flow.assessment.states import State as Verdict
from haetae.flow.delivery.models import Delivery
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.models import Task
from haetae.running.loops import HEADS
from haetae.running.whole import Whole
from tests.faults.books import Kept, Report, Request, Seen
from tests.faults.visitor import call

_ASKED = "/operator/v1/deletion-requests"
_BY_KEY = f"{_ASKED}/by-key/"
_PAGE = 1000


def kept() -> Kept:
    """What the database holds now. Raises django.db.Error while it is away."""
    close_old_connections()
    numbers = {
        row: _number(lookup) for row, lookup in CaseLink.objects.values_list("report_id", "case__lookup")
    }
    said = {row.subject_id: row for row in Delivery.objects.filter(kind=Said.DELETE)}
    with_people = set(Task.objects.filter(state="waiting").values_list("subject_id", flat=True))
    verdicts = Assessment.objects.filter(state=Verdict.REQUEST)
    log = verify_log(key=settings.KEYS.log_key.public_key(), outside=settings.HAETAE_HOME / HEADS)
    return Kept(
        reports=[_report(row, numbers) for row in ReportRow.objects.all()],
        sightings=[row.media_url for row in Sighting.objects.all()],
        decided=[row.sighting.media_url for row in verdicts.select_related("sighting")],
        requests=[
            _request(row, said.get(row.pk), with_people=with_people)
            for row in DeletionRequest.objects.select_related("sighting")
        ],
        log_findings=[finding.words for finding in log.findings],
        log_unsealed=len(log.not_yet_provable),
    )


@cache
def number_of(words: str) -> str:
    """Which case a reporter's words open: only who has the keys can say so."""
    bits = read(words)
    return _number(settings.KEYS.stretch_receipt(bits).lookup) if bits else "no receipt"


def _number(lookup: str | None) -> str:
    return (lookup or "")[:16]


def _report(row: ReportRow, numbers: Mapping[UUID, str]) -> Report:
    return Report(number=numbers.get(row.pk, ""), link=row.link, waiting=row.state == "received")


def _request(row: DeletionRequest, said: Delivery | None, *, with_people: set[UUID]) -> Request:
    return Request(
        key=str(row.key),
        media_url=row.sighting.media_url,
        verified=row.state == "verified",
        delivery=said.state if said else "not written down",
        with_people=said is not None and said.pk in with_people,
    )


@dataclass(kw_only=True)
class Platform:
    """Its access log by HTTP, and its own rows from its own file: what belongs to which post."""

    whole: Whole
    folder: Path
    lines: list[dict[str, Any]] = field(default_factory=list)

    def seen(self) -> Seen:
        self._read_on()
        asked = [line for line in self.lines if line["method"] == "POST" and line["path"] == _ASKED]
        with closing(sqlite3.connect(self.folder / "board.sqlite3", timeout=20)) as rows:
            posts = dict(rows.execute("SELECT idempotency_key, post_id FROM deletion_request"))
            removed = frozenset(
                name for (name,) in rows.execute("SELECT id FROM post WHERE state = 'removed'")
            )
        return Seen(
            # A body that did not arrive whole has no digest: its sender was killed in the middle of it.
            asked=[(line["idempotency_key"], line["body_sha256"]) for line in asked if line["body_sha256"]],
            post_by_key=posts,
            removed=removed,
            asked_first=sum(
                line["method"] == "GET" and line["path"].startswith(_BY_KEY) for line in self.lines
            ),
        )

    def set_delay(self, delay_s: float) -> None:
        """How long each request to delete, and each picture, takes from now on."""
        body = {"misbehave": "slow", "delay_s": delay_s} if delay_s else {"misbehave": None}
        url = f"{self.whole.platform_origin}/operator/v1/config"
        headers = {**self._headers(), "Content-Type": "application/json"}
        answer = call("POST", url, body=json.dumps(body).encode(), headers=headers)
        if answer.status != 200:
            raise RuntimeError(f"The platform did not take its settings: {answer.status} {answer.body!r}")

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.whole.platform_token}"}

    def _read_on(self) -> None:
        """What is new since the last look; each look is itself a line of the log."""
        page = _PAGE
        while page >= _PAGE:
            after = self.lines[-1]["index"] if self.lines else 0
            url = f"{self.whole.platform_origin}/operator/v1/access-log?after={after}"
            found = json.loads(call("GET", url, headers=self._headers()).body)["lines"]
            self.lines += found
            page = len(found)
