"""What `haetae bank` does, once Django is ready."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Official
from haetae.accounts.queries import roles_on
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.detect import Finding, Fingerprints, OpenerPool, PerceptualHash, Variant
from haetae.detect.examination import known_signals
from haetae.detect.files import examine_file
from haetae.detect.hashing.pdq import QUALITY_TO_MATCH
from haetae.detect.matching import Bank, Tier
from haetae.detect.policy import decide
from haetae.hashbank import actions, bases, queries, rules
from haetae.hashbank.current import CurrentBank
from haetae.hashbank.models import HashList, KnownPicture
from haetae.hashbank.rules import NewEntry
from haetae.hashbank.states import Purpose

_FIELDS = {"sha256", "md5", "pdq", "dhash", "tier", "foreign_id"}
_OF_AN_EXPORT = {"entry_id", "list_name"}


class CannotDoError(Exception):
    """The sentence says what is wrong, and what to do. Nothing has changed."""


def entries_of(files: Sequence[Path], *, hashes: Mapping[str, str], tier: int) -> list[NewEntry]:
    """New entries from files, which are examined, or from one set of hashes."""
    given = {name: value for name, value in hashes.items() if value}
    if bool(files) == bool(given):
        raise CannotDoError("Give files, or the hashes of one picture; not both and not neither.")
    if given:
        return [_of_hashes(given, tier=Tier(tier))]
    with OpenerPool() as openers:
        findings = [(file, examine_file(file, bank=Bank(), openers=openers)) for file in files]
    return [_entry_of(file, finding, tier=Tier(tier)) for file, finding in findings]


def _of_hashes(given: Mapping[str, str], *, tier: Tier = Tier.SELF_DECLARED) -> NewEntry:
    return NewEntry(
        sha256=given.get("sha256", ""),
        md5=given.get("md5", ""),
        pdq=given.get("pdq", ""),
        dhash=given.get("dhash", ""),
        foreign_id=given.get("foreign_id", ""),
        tier=tier,
    )


def _entry_of(file: Path, finding: Finding, *, tier: Tier) -> NewEntry:
    prints = finding.fingerprints
    if prints is None:
        raise CannotDoError(f"{file}: {finding.reasons[0].words}")
    return rules.entry_of(prints.as_json(), seen=asdict(finding.media), tier=tier)


@transaction.atomic
def add(entries: Sequence[NewEntry], *, list_name: str, benign: bool, checked_by: str) -> list[str]:
    """All of them under one version, or none. Above self-declared an official in office answers for it by name."""
    actor = _answers_for(max(entry.tier for entry in entries), checked_by) if entries else SYSTEM
    purpose = Purpose.BENIGN if benign else Purpose.NCII
    try:
        kept = actions.keep_list(name=list_name, purpose=purpose, actor=actor)
        if (Purpose(kept.purpose) is Purpose.BENIGN) is not benign:
            raise CannotDoError(
                f"list: {list_name} is there already and is for {kept.purpose}; take another name."
            )
        if kept.partner_id is not None:
            raise CannotDoError(f"list: {list_name} is a partner's; take another name for what is your own.")
        return [str(pk) for pk in actions.add_entries(list_name=list_name, entries=entries, actor=actor)]
    except actions.CannotEnterError as problem:
        raise CannotDoError(str(problem)) from problem


def _answers_for(tier: Tier, username: str) -> Actor:
    """Whoever says that it was checked. Nobody raises a hash by holding the keyboard."""
    if not username:
        if tier > Tier.SELF_DECLARED:
            raise CannotDoError(
                f"tier: {int(tier)} needs --checked-by with the user name of who has checked it."
            )
        return SYSTEM
    official = Official.objects.filter(username=username, is_active=True).first()
    if official is None:
        raise CannotDoError(f"checked-by: nobody of the name {username} signs in here.")
    problem = rules.why_not_vouch(tier, roles=roles_on(official, day=timezone.localdate(clock.now())))
    if problem:
        raise CannotDoError(problem)
    return official_actor(official.pk)


@transaction.atomic
def withdraw(entry_ids: Sequence[str]) -> list[str]:
    """All of them, or none."""
    for text in entry_ids:
        try:
            actions.withdraw_known_picture(known_id=UUID(text), actor=SYSTEM)
        except (ValueError, KnownPicture.DoesNotExist):
            raise CannotDoError(f"entry: there is none of the id {text}; nothing was withdrawn.") from None
    return list(entry_ids)


def matches(files: Sequence[Path], *, hashes: Mapping[str, str]) -> list[dict[str, Any]]:
    """For each file, or for one set of hashes, what it matches and what would follow from that alone."""
    known = CurrentBank().get()
    given = {name: value for name, value in hashes.items() if value}
    if bool(files) == bool(given):
        raise CannotDoError("Give files, or the hashes of one picture; not both and not neither.")
    if given:
        return [_matched_hashes(given, known)]
    with OpenerPool() as openers:
        found = [(file, examine_file(file, bank=known, openers=openers)) for file in files]
    return [
        {
            "of": str(file),
            "decision": str(finding.verdict),
            "matches": [dict(signal.facts) for signal in finding.signals if "entry_id" in signal.facts],
        }
        for file, finding in found
    ]


def _matched_hashes(given: Mapping[str, str], known: Bank) -> dict[str, Any]:
    problem = rules.why_not_enter(_of_hashes(given))
    if problem:
        raise CannotDoError(problem)
    perceptual = PerceptualHash(
        variant=Variant.WHOLE,
        pdq=given.get("pdq", ""),
        pdq_quality=QUALITY_TO_MATCH,
        dhash=given.get("dhash", ""),
    )
    asked = Fingerprints(
        sha256=given.get("sha256", ""),
        md5=given.get("md5"),
        perceptual=(perceptual,) if perceptual.pdq else (),
    )
    signals = known_signals(asked, bank=known)
    verdict, _ = decide(signals=signals, reported=False)
    return {"of": "hashes", "decision": str(verdict), "matches": [dict(signal.facts) for signal in signals]}


def take_in(file: Path, *, list_name: str, checked_by: str) -> int:
    """Every line, or none."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise CannotDoError(f"{file} cannot be read as text: {problem}") from problem
    entries = [_of_line(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    return len(add(entries, list_name=list_name, benign=False, checked_by=checked_by))


def _of_line(number: int, line: str) -> NewEntry:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise CannotDoError(f"Line {number} is no JSON: {problem}. Nothing was taken in.") from problem
    if not isinstance(fields, dict) or (unknown := set(fields) - _FIELDS - _OF_AN_EXPORT):
        what = min(unknown) if isinstance(fields, dict) else "what stands there"
        raise CannotDoError(
            f"Line {number}: {what} is not a field; the fields are {', '.join(sorted(_FIELDS))}. Nothing was taken in."
        )
    tier = fields.get("tier", 1)
    texts = {name: fields.get(name) or "" for name in _FIELDS - {"tier"}}
    if (
        type(tier) is not int
        or not 1 <= tier <= 4
        or not all(isinstance(text, str) for text in texts.values())
    ):
        raise CannotDoError(f"Line {number}: tier is 1 to 4, and every hash is text. Nothing was taken in.")
    return _of_hashes(texts, tier=Tier(tier))


def lines(list_name: str) -> Iterator[str]:
    """What is matched now as lines of JSON. What is disputed goes out as self-declared: it acts by itself nowhere.

    Raises CannotDoError where there is no list of this name; "" means all of them.
    """
    if list_name and not HashList.objects.filter(name=list_name).exists():
        raise CannotDoError(f"list: there is none of the name {list_name}; haetae bank stats names them.")
    rows = queries.matched_now()
    for row in (
        (rows.filter(list__name=list_name) if list_name else rows).order_by("added_at", "pk").iterator()
    ):
        tier = row.tier if row.disputed_at is None else int(Tier.SELF_DECLARED)
        facts = {"entry_id": str(row.pk), "list_name": row.list_id, "tier": tier}
        hashes = {name: getattr(row, name) for name in ("sha256", "md5", "pdq", "dhash", "foreign_id")}
        yield json.dumps({**facts, **{name: value for name, value in hashes.items() if value}})


def write(file: Path, *, list_name: str) -> int:
    """Into a new file that only its owner can read."""
    found = lines(list_name)
    first = next(found, None)  # what is wrong with the name is said before there is a file
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise CannotDoError(
            f"{file} cannot be made: {problem.strerror}. Name a file that is not there yet."
        ) from None
    count = 0
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        for line in chain(() if first is None else (first,), found):
            out.write(line + "\n")
            count += 1
    return count


def stats() -> dict[str, Any]:
    """Counts by list, the version, and how far the prepared part has come."""
    matched = Q(pk__in=queries.matched_now().values("pk"))
    prepared = bases.newest(bases.folder(), unless=-1, known=queries.version())
    made = prepared.version if prepared else 0
    return {
        "version": queries.version(),
        "prepared_version": made,
        "tail": queries.count_changed(after=made),
        "lists": [
            {
                "name": kept.name,
                "purpose": kept.purpose,
                "issuer": kept.issuer,
                "quarantined": kept.quarantined_at is not None,
                "entries": kept.entries.count(),
                "matched": kept.entries.filter(matched).count(),
                "withdrawn": kept.entries.exclude(withdrawn_at=None).count(),
                "disputed": kept.entries.exclude(disputed_at=None).count(),
                "by_tier": {
                    str(row["tier"]): row["many"]
                    for row in kept.entries.values("tier").annotate(many=Count("pk"))
                },
            }
            for kept in HashList.objects.order_by("name")
        ],
    }
