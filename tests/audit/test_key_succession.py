"""The key of the log is changed: a declared successor is believed, an undeclared one is not, nor two of one key."""

import itertools
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from haetae.audit import exporting
from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.audit.exported import verify_export
from haetae.audit.heads import append_outside, keys_beside, read_outside, statement
from haetae.audit.models import Head, Succession
from haetae.audit.sealer import Sealer
from haetae.audit.succession import LogKeys, SignedSuccession, signer_of, succession_statement
from haetae.audit.verify import verify_log
from haetae.common import clock
from haetae.common.keys import KeyRing, make_missing_keys
from haetae.common.keys.rotation import ANNOUNCED_FOR, announce, retire
from haetae.hashbank.models import KnownPicture
from haetae.running.keys import rotating

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 27, 3, tzinfo=UTC)


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    make_missing_keys(tmp_path / "keys")
    return KeyRing(folder=tmp_path / "keys", may_create=False)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    return tmp_path / "event-log-heads.jsonl"


def happened(keys: KeyRing, outside: Path, times: int = 3) -> None:
    with transaction.atomic():
        for number in range(times):
            subject = KnownPicture(pk=uuid4())
            record(event="hashbank.added", subject=subject, actor=SYSTEM, facts={"tier": number})
    Sealer(key=keys.log_key, outside=outside).seal()


def changed(keys: KeyRing) -> None:
    announce(keys.folder, "event-log", at=clock.now() - ANNOUNCED_FOR)
    rotating._use_for_the_log(keys, keys.folder)
    rotating._declare(keys, keys.folder)


def test_heads_of_both_keys_are_good_and_the_former_signs_nothing_after_the_change(
    keys: KeyRing, outside: Path
) -> None:
    first = keys.log_key.public_key()
    happened(keys, outside)
    changed(keys)
    happened(keys, outside)
    retire(keys.folder, "event-log", at=clock.now() + timedelta(seconds=1))
    newest = keys.log_key.public_key()
    assert newest != first
    assert json.loads(keys_beside(outside).read_text())["from"] == first.public_bytes_raw().hex()
    for known in (first, newest):
        found = verify_log(key=known, outside=outside)
        assert found.ok, found.findings
    signed = [signer_of(head, keys.public_keys("event-log")) for head in read_outside(outside)]
    assert signed == [first, newest]
    rotating._declare(keys, keys.folder)
    assert Succession.objects.count() == 1, "declared again it is the same"


def test_a_former_key_that_was_stolen_signs_nothing_that_is_believed(keys: KeyRing, outside: Path) -> None:
    happened(keys, outside)
    stolen = keys.signer("event-log", 1)
    changed(keys)
    happened(keys, outside)
    newest = Head.objects.order_by("-size").first()
    assert newest is not None
    forged = stolen.sign(statement(size=newest.size, at=newest.at, root=bytes(newest.root)))
    lines = outside.read_text().splitlines()
    told = json.loads(lines[-1]) | {"signature": forged.hex()}
    outside.write_text("\n".join([*lines[:-1], json.dumps(told)]) + "\n")
    found = verify_log(key=keys.log_key.public_key(), outside=outside)
    assert [one.kind for one in found.findings] == ["bad_signature"]


def test_an_export_leads_from_the_key_that_somebody_knows_to_the_newest(keys: KeyRing, outside: Path) -> None:
    first = keys.log_key.public_key()
    happened(keys, outside)
    changed(keys)
    happened(keys, outside)
    for with_events in (True, False):
        extent = exporting.Extent(first=0, size=exporting.newest_signed_head().size, with_events=with_events)
        lines = list(exporting.lines(extent, key=keys.log_key, at=AT))
        kept = read_outside(outside)
        for known in (None, first, keys.log_key.public_key()):
            found = verify_export(lines, key=known, outside=kept)
            assert found.ok, found.findings
        stranger = Ed25519PrivateKey.generate().public_key()
        assert "no change of the key leads to it" in verify_export(lines, key=stranger).findings[0].words


def test_an_undeclared_change_is_found(keys: KeyRing, outside: Path) -> None:
    happened(keys, outside)
    (keys.folder / "event-log").write_bytes(Ed25519PrivateKey.generate().private_bytes_raw())
    other = KeyRing(folder=keys.folder, may_create=False)
    happened(other, outside)
    found = verify_log(key=other.log_key.public_key(), outside=outside)
    assert {one.kind for one in found.findings} == {"bad_signature"}


def declared(former: Ed25519PrivateKey, newer: Ed25519PrivateKey, *, size: int = 5) -> SignedSuccession:
    one, other = (key.public_key().public_bytes_raw() for key in (former, newer))
    content = succession_statement(size=size, at=AT, former=one, newer=other)
    return SignedSuccession(
        size=size,
        at=AT,
        former=one,
        newer=other,
        by_former=former.sign(content),
        by_newer=newer.sign(content),
    )


def test_two_successors_of_one_key_are_believed_neither() -> None:
    ours, next_one, thief = (Ed25519PrivateKey.generate() for _ in range(3))
    both = [declared(ours, next_one), declared(ours, thief)]
    keys = LogKeys(ours.public_key(), both)
    assert not keys.knows(next_one.public_key())
    assert not keys.knows(thief.public_key())
    assert "where there can be one" in keys.problems[0]
    newest = LogKeys(next_one.public_key(), both)
    assert newest.knows(ours.public_key())
    assert not newest.knows(thief.public_key()), "who knows the newer key is not led away by the former one"
    assert newest.problems == []


def test_a_change_that_one_of_the_two_did_not_sign_is_no_change() -> None:
    ours, next_one = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    good = declared(ours, next_one)
    for spoilt in ({"by_newer": good.by_former}, {"by_former": bytes(64)}, {"size": 6}):
        keys = LogKeys(ours.public_key(), [replace(good, **spoilt)])  # type: ignore[arg-type]
        assert not keys.knows(next_one.public_key())
        assert "is not signed by both keys" in keys.problems[0]


def test_a_chain_of_changes_leads_both_ways() -> None:
    chain = [Ed25519PrivateKey.generate() for _ in range(4)]
    told = [declared(one, other, size=place) for place, (one, other) in enumerate(itertools.pairwise(chain))]
    for known in chain:
        keys = LogKeys(known.public_key(), told)
        assert all(keys.knows(key.public_key()) for key in chain)


def test_a_change_that_stands_outside_alone_is_said(keys: KeyRing, outside: Path) -> None:
    happened(keys, outside)
    append_outside(keys_beside(outside), declared(keys.signer("event-log", 1), Ed25519PrivateKey.generate()))
    found = verify_log(key=keys.log_key.public_key(), outside=outside)
    assert "succession_deleted" in {one.kind for one in found.findings}
