"""Custodians with keys of their own, a public page to keep, an authority that stamps: for stories about evidence."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.test import override_settings

from haetae.accounts.actions import register_operator
from haetae.accounts.models import Official
from haetae.agencies.investigation.evidence.capture import actions as capturing
from haetae.agencies.investigation.evidence.custody import actions as custody
from haetae.agencies.investigation.evidence.custody.actions import Use
from haetae.agencies.investigation.evidence.keeping import actions as keeping
from haetae.agencies.investigation.evidence.keeping import boxes
from haetae.agencies.investigation.evidence.models import Evidence
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.files.states import Victim
from haetae.audit.actor import SYSTEM
from haetae.common.stamp_authority import StampAuthority
from haetae.law.evidence import Purpose
from tests import people
from tests.connectors.other_side import OtherSide, Reply, other_side
from tests.investigations import begin_file, custodian, officer
from tests.stamping import Authority, authority_at_work
from tests.work import do_all_jobs

REASON = "For the hearing on Monday."
PAGE = b"""<!doctype html><html><head><title>Board</title></head><body><h1>Post 17</h1>
<p>A heron by the lake, says somebody.</p><img src="/m/17.png" alt="heron"></body></html>"""
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


@dataclass(frozen=True)
class Keeper:
    """A custodian, and the secret half that only they have."""

    official: Official
    identity: str

    def use(self, *, purpose: str = Purpose.OFFENCE, reason: str = REASON, identity: str = "") -> Use:
        return Use(purpose=purpose, reason=reason, identity=identity or self.identity)


def keeper(person: people.Person = people.CUSTODIAN) -> Keeper:
    """Registers a key at once."""
    official, identity = custodian(person), boxes.new_identity()
    keeping.register_key(recipient=boxes.public_half(identity), official_id=official.pk)
    return Keeper(official=official, identity=identity)


@contextmanager
def public_page() -> Iterator[OtherSide]:
    """A board on loopback that an administrator has registered, with one post on it."""
    with other_side() as site:
        register_operator(name="board", connector="web_page", origin=site.origin, actor=SYSTEM)
        site.will("GET /p/17", Reply(body=PAGE, headers={"content-type": "text/html; charset=utf-8"}))
        site.will("GET /m/17.png", Reply(body=PICTURE, headers={"content-type": "image/png"}))
        yield site


@contextmanager
def stamping(folder: Path) -> Iterator[Authority]:
    """An authority at work, whom this installation asks."""
    with authority_at_work(folder) as authority:
        asked = StampAuthority(url=authority.url, roots_file=authority.roots_file)
        with override_settings(STAMP_AUTHORITY=asked):
            yield authority


def ask_to_keep(address: str, *, victim: Victim = Victim.ADULT) -> tuple[OpenFile, Evidence]:
    """An officer asks on a file of their own; nothing is visited before the jobs are done."""
    park = officer()
    opened = begin_file(park, victim=victim)
    return opened, ask_in(opened, address, by=park)


def ask_in(opened: OpenFile, address: str, *, by: Official) -> Evidence:
    return capturing.ask(
        investigation_id=opened.investigation.pk, address=address, form_key=uuid4(), official_id=by.pk
    )


def sealed_page(site: OtherSide, *, victim: Victim = Victim.ADULT) -> Evidence:
    """Asked for, visited, locked and stamped; nobody holds it yet."""
    _, evidence = ask_to_keep(f"{site.origin}/p/17", victim=victim)
    do_all_jobs()
    evidence.refresh_from_db()
    return evidence


def held_page(site: OtherSide, by: Keeper, *, victim: Victim = Victim.ADULT) -> UUID:
    """The same in the hands of this custodian."""
    evidence = sealed_page(site, victim=victim)
    custody.take(evidence_id=evidence.pk, official_id=by.official.pk)
    return evidence.pk


def stored_file(evidence: Evidence) -> Path:
    """Where it lies, for whoever wants to spoil it."""
    return Path(settings.EVIDENCE) / evidence.content_digest[:2] / f"{evidence.content_digest}.age"


def stock(*command: str, at: Path) -> "subprocess.CompletedProcess[str]":
    """A program of the machine, with nothing of ours around it."""
    clean = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, cwd=at, env=clean, capture_output=True, text=True, check=False)
