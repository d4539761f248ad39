"""The record cannot be changed unnoticed: a forger with the owner's rights is found out."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from haetae.audit.actions import NotACodeError, record
from haetae.audit.actor import SYSTEM
from haetae.audit.merkle import EMPTY_ROOT, Tree, leaf_digest, node_digest
from haetae.audit.models import Event
from haetae.audit.sealer import Sealer
from haetae.audit.verify import Report, verify_log
from haetae.hashbank.models import KnownPicture

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    return tmp_path / "heads.jsonl"


@pytest.fixture
def sealer(outside: Path) -> Sealer:
    return Sealer(key=settings.KEYS.log_key, outside=outside)


def something_happened(times: int = 1) -> None:
    for _ in range(times):
        with transaction.atomic():
            record(event="hashbank.added", subject=KnownPicture(pk=uuid4()), actor=SYSTEM, facts={"tier": 2})


def verified(outside: Path) -> Report:
    return verify_log(key=settings.KEYS.log_key.public_key(), outside=outside)


def as_forger(statement: str) -> None:
    """A forger who has the owner's rights; the application itself could not."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE haetae_owner")
        cursor.execute(statement)
        cursor.execute("SET ROLE haetae_app")


def test_an_untouched_log_is_proven_and_says_up_to_where(sealer: Sealer, outside: Path) -> None:
    something_happened(7)
    assert sealer.seal() == 7
    something_happened(2)
    report = verified(outside)
    assert report.ok
    assert (report.events, report.sealed, len(report.not_yet_provable)) == (9, 7, 2)
    assert sealer.seal() == 2
    assert verified(outside).not_yet_provable == []


@pytest.mark.parametrize(
    ("forgery", "kind"),
    [
        (
            "UPDATE audit_event SET name = 'removal.verified' WHERE id = (SELECT min(id) + 3 FROM audit_event)",
            "altered",
        ),
        (
            "UPDATE audit_event SET at = at + interval '1 second' WHERE id = (SELECT max(id) FROM audit_event)",
            "altered",
        ),
        ("DELETE FROM audit_event WHERE id = (SELECT min(id) + 3 FROM audit_event)", "deleted"),
        ("DELETE FROM audit_leaf WHERE index = 3", "deleted"),
        (
            "DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event);"
            "DELETE FROM audit_leaf WHERE index = (SELECT max(index) FROM audit_leaf);"
            "DELETE FROM audit_head WHERE size = (SELECT max(size) FROM audit_head)",
            "cut_back",
        ),
        (
            "UPDATE audit_leaf SET event_id = -event_id WHERE index IN (2, 3);"
            "UPDATE audit_leaf a SET event_id = -b.event_id, digest = b.digest FROM audit_leaf b"
            " WHERE a.index IN (2, 3) AND b.index IN (2, 3) AND a.index <> b.index",
            "reordered_or_inserted",
        ),
        ("DELETE FROM audit_head", "head_deleted"),
        ("UPDATE audit_head SET signature = decode(repeat('00', 64), 'hex')", "bad_signature"),
        ("UPDATE audit_head SET root = decode(repeat('00', 32), 'hex')", "bad_signature"),
    ],
)
def test_a_forgery_is_found(sealer: Sealer, outside: Path, forgery: str, kind: str) -> None:
    something_happened(6)
    sealer.seal()
    something_happened(2)
    sealer.seal()
    assert verified(outside).ok
    as_forger(forgery)
    report = verified(outside)
    assert not report.ok
    assert kind in {finding.kind for finding in report.findings}


def test_a_row_put_in_with_a_leaf_of_its_own_is_found(sealer: Sealer, outside: Path) -> None:
    something_happened(4)
    sealer.seal()
    something_happened()
    added = Event.objects.latest("pk")
    from haetae.audit.canonical import canonical

    digest = leaf_digest(canonical(added)).hex()
    as_forger(f"INSERT INTO audit_leaf VALUES (4, {added.pk}, decode('{digest}', 'hex'))")
    assert {finding.kind for finding in verified(outside).findings} == {"reordered_or_inserted"}


def test_a_row_put_in_without_a_leaf_is_never_called_proven(sealer: Sealer, outside: Path) -> None:
    something_happened(3)
    sealer.seal()
    something_happened()
    assert verified(outside).not_yet_provable == [Event.objects.latest("pk").pk]


@pytest.mark.parametrize("table", ["audit_event", "audit_leaf", "audit_head", "verification_sight"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_cannot_change_the_past(table: str, statement: str) -> None:
    column = {"audit_leaf": "index", "audit_head": "size"}.get(table, "id")
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table).replace("id = id", f"{column} = {column}"))


def test_free_text_does_not_get_into_the_record() -> None:
    with pytest.raises(NotACodeError, match="ids, codes and digests"), transaction.atomic():
        record(
            event="hashbank.added",
            subject=KnownPicture(pk=uuid4()),
            actor=SYSTEM,
            facts={"why": "she said so"},
        )


def test_an_event_belongs_inside_the_change_that_it_records() -> None:
    def outside_of_any_transaction() -> None:
        record(event="hashbank.added", subject=KnownPicture(pk=uuid4()), actor=SYSTEM)

    # Another thread has a connection of its own, and no transaction on it.
    with (
        ThreadPoolExecutor(max_workers=1) as elsewhere,
        pytest.raises(RuntimeError, match="inside the transaction"),
    ):
        elsewhere.submit(outside_of_any_transaction).result()


def test_a_sealer_that_starts_anew_goes_on_where_the_last_one_stopped(sealer: Sealer, outside: Path) -> None:
    something_happened(5)
    sealer.seal()
    something_happened(3)
    assert Sealer(key=settings.KEYS.log_key, outside=outside).seal() == 3
    something_happened(1)
    assert sealer.seal() == 1
    assert verified(outside).ok


def test_the_tree_is_the_tree_of_rfc_6962() -> None:
    """Against the recursive definition of section 2.1, for every size up to 70."""

    def by_definition(leaves: list[bytes]) -> bytes:
        if not leaves:
            return EMPTY_ROOT
        if len(leaves) == 1:
            return leaves[0]
        split = 1
        while split * 2 < len(leaves):
            split *= 2
        return node_digest(by_definition(leaves[:split]), by_definition(leaves[split:]))

    leaves = [leaf_digest(bytes([number])) for number in range(70)]
    for size in range(71):
        assert Tree(leaves[:size]).root() == by_definition(leaves[:size])


def test_a_commit_that_fails_leaves_no_gap(
    sealer: Sealer, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database goes away just before the commit; the next round seals what this one did not."""
    something_happened(3)
    sealer.seal()
    something_happened(2)

    def power_cut(**_: object) -> None:
        raise DatabaseError("the server closed the connection")

    with monkeypatch.context() as cut:
        cut.setattr("haetae.audit.sealer.Head.objects.create", power_cut)
        with pytest.raises(DatabaseError):
            sealer.seal()
    assert sealer.seal() == 2
    assert verified(outside).ok


def test_without_the_file_outside_nobody_is_told_that_all_is_well(sealer: Sealer, outside: Path) -> None:
    something_happened(2)
    sealer.seal()
    outside.unlink()
    assert {finding.kind for finding in verified(outside).findings} == {"head_missing_outside"}


def test_a_line_torn_by_a_power_cut_costs_only_itself(sealer: Sealer, outside: Path) -> None:
    for _ in range(2):
        something_happened()
        sealer.seal()
    outside.write_bytes(outside.read_bytes()[:-40])
    assert verified(outside).ok, "only the newest head may be missing outside"
    something_happened()
    after_the_power_cut = Sealer(key=settings.KEYS.log_key, outside=outside)
    after_the_power_cut.seal()
    assert verified(outside).ok


def test_a_number_that_readers_disagree_about_does_not_get_into_the_record() -> None:
    with pytest.raises(NotACodeError, match="number"), transaction.atomic():
        record(event="hashbank.added", subject=KnownPicture(pk=uuid4()), actor=SYSTEM, facts={"tier": 2**60})


def test_sealers_of_two_machines_take_turns_and_each_keeps_every_head(
    sealer: Sealer, outside: Path, tmp_path: Path
) -> None:
    """The file of the one that joins is copied from the first machine, once."""
    something_happened(2)
    sealer.seal()
    elsewhere = tmp_path / "elsewhere.jsonl"
    elsewhere.write_bytes(outside.read_bytes())
    other = Sealer(key=settings.KEYS.log_key, outside=elsewhere)
    for turn in (other, sealer, other, other, sealer):
        something_happened(3)
        assert turn.seal() == 3
    assert other.seal() == 0
    assert outside.read_bytes() == elsewhere.read_bytes()
    assert verified(outside).ok
    assert verified(elsewhere).ok
