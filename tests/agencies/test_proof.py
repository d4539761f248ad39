"""A proof that a report was received: anybody can check it, and it tells nobody whose it is."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from haetae.agencies.support import receipt
from haetae.agencies.support.actions import OpenCase, open_case
from haetae.agencies.support.proof.queries import checked, issue, public_key_text
from haetae.agencies.support.proof.statement import NotAProofError, Proof, commitment, read
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Age, Relation, Text

LINK = "https://board.example/post/1"


@pytest.fixture
def opened(db: None) -> OpenCase:
    told = Told(
        links=[LINK, LINK + "2"], texts={Text.STORY: "a story"}, age=Age.UNDER_19, relation=Relation.ME
    )
    return open_case(receipt=receipt.draw(), told=told)


def test_a_genuine_proof_says_the_hour_and_how_many_and_nothing_else(opened: OpenCase) -> None:
    statement = checked(issue(opened).proof)
    assert statement is not None
    assert (statement.links, statement.fingerprints) == (2, 0)
    assert statement.received.endswith(":00:00+00:00")


def test_nothing_in_a_proof_leads_to_the_person(opened: OpenCase) -> None:
    proof = issue(opened).proof
    case = opened.case
    for telling in (str(case.pk), case.pk.hex, case.lookup, "board.example", "a story", "under_19", 'me"'):
        assert str(telling) not in proof


def test_two_proofs_of_one_case_cannot_be_told_to_be_of_one_case(opened: OpenCase) -> None:
    one, other = (json.loads(issue(opened).proof)["statement"] for _ in range(2))
    assert one["commitment"] != other["commitment"]
    assert {**one, "commitment": ""} == {**other, "commitment": ""}


def test_only_the_second_file_ties_a_proof_to_its_case(opened: OpenCase) -> None:
    issued = issue(opened)
    second = json.loads(issued.opening)
    said = read(issued.proof).statement.commitment
    assert UUID(second["case"]) == opened.case.pk
    assert commitment(salt=bytes.fromhex(second["salt"]), case_id=opened.case.pk) == said
    assert commitment(salt=bytes.fromhex(second["salt"]), case_id=uuid4()) != said


def test_a_proof_that_somebody_changed_is_not_genuine(opened: OpenCase) -> None:
    proof = read(issue(opened).proof)
    for other in (
        replace(proof.statement, links=3),
        replace(proof.statement, received="2020-01-01T00:00:00+00:00"),
        replace(proof.statement, commitment="ab" * 32),
        replace(proof.statement, issuer="us:" + "0" * 16),
    ):
        assert checked(Proof(statement=other, signature=proof.signature).text) is None


def test_what_somebody_else_signed_is_not_ours(opened: OpenCase) -> None:
    statement, theirs = read(issue(opened).proof).statement, Ed25519PrivateKey.generate()
    forged = Proof(statement=statement, signature=theirs.sign(statement.signed_bytes))
    assert checked(forged.text) is None
    assert not forged.is_signed_by(theirs.public_key())  # it names another issuer


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", "null", "1e999", "{" * 4_000, "x" * 5_000,
        '{"statement": {}, "signature": "00"}', '{"statement": [], "signature": "' + "0" * 128 + '"}',
    ],
)  # fmt: skip
def test_what_is_no_proof_is_none(text: str) -> None:
    with pytest.raises(NotAProofError):
        read(text)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(NotAProofError):
        read(text)


def test_a_field_that_stands_twice_is_refused(opened: OpenCase) -> None:
    proof = issue(opened).proof
    twice = proof.replace('"links": 2', '"links": 9, "links": 2')
    assert twice != proof
    with pytest.raises(NotAProofError):
        read(twice)


def test_stock_openssl_checks_it_too(opened: OpenCase, tmp_path: Path) -> None:
    """With nothing of ours but the public key: the signed bytes are canonical JSON, which this one already is."""
    openssl = shutil.which("openssl")
    assert openssl is not None, "openssl is not on this machine"
    proof = json.loads(issue(opened).proof)
    canonical = json.dumps(proof["statement"], sort_keys=True, separators=(",", ":"))
    (tmp_path / "key.pem").write_text(public_key_text())
    (tmp_path / "statement").write_text(canonical)
    (tmp_path / "signature").write_bytes(bytes.fromhex(proof["signature"]))
    command = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin"]
    command += ["-in", "statement", "-sigfile", "signature"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (tmp_path / "statement").write_bytes(b"{}")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0
