"""A time stamp proves when a digest existed, or is refused with the reason."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from stamping import Authority, make_authority

from haetae.common.stamps import WrongStampError, read_stamp, request_for

DIGEST = hashlib.sha256(b"a document").digest()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def token(authority: Authority) -> bytes:
    return authority.stamp(DIGEST, nonce=5)


def refusal(token: bytes, authority: Authority, **more: object) -> str:
    told = {"digest": DIGEST, "roots": [authority.root]} | more
    with pytest.raises(WrongStampError) as refused:
        read_stamp(token, **told)  # type: ignore[arg-type]
    return refused.value.code


def test_a_stamp_says_when_and_by_whom(authority: Authority, token: bytes) -> None:
    stamp = read_stamp(token, digest=DIGEST, roots=[authority.root], nonce=5)
    assert stamp.at.tzinfo is not None
    assert stamp.authority == "CN=Authority of the tests\\, time stamps"
    assert stamp.serial > 0


def test_stock_tools_find_the_digest_of_the_document_itself(
    authority: Authority, token: bytes, tmp_path: Path
) -> None:
    stamped = tmp_path / "document.tsr"
    stamped.write_bytes(token)
    command = ["openssl", "ts", "-verify", "-digest", DIGEST.hex(), "-in", str(stamped)]
    done = subprocess.run([*command, "-CAfile", str(authority.roots_file)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_stamp_of_another_document_is_refused(authority: Authority, token: bytes) -> None:
    assert refusal(token, authority, digest=hashlib.sha256(b"other").digest()) == "other_digest"


def test_an_answer_to_another_question_is_refused(authority: Authority, token: bytes) -> None:
    assert refusal(token, authority, nonce=6) == "other_nonce"


def test_an_authority_that_nobody_named_is_not_trusted(
    authority: Authority, token: bytes, tmp_path: Path
) -> None:
    other = make_authority(tmp_path / "other")
    assert refusal(other.stamp(DIGEST), authority) == "not_trusted"
    assert refusal(token, authority, roots=[]) == "not_trusted"


def test_no_changed_byte_of_a_stamp_goes_unseen_where_it_matters(authority: Authority, token: bytes) -> None:
    """What may change unseen is an envelope around what is signed: it says the same moment of the same digest."""
    whole = read_stamp(token, digest=DIGEST, roots=[authority.root])
    unseen = 0
    for place in range(len(token)):
        changed = bytearray(token)
        changed[place] ^= 0x10
        try:
            stamp = read_stamp(bytes(changed), digest=DIGEST, roots=[authority.root])
        except WrongStampError:
            continue
        unseen += 1
        assert (stamp.at, stamp.serial) == (whole.at, whole.serial)
    assert unseen <= 12  # the tags of the envelope


def test_a_forged_signature_is_found(authority: Authority, token: bytes) -> None:
    forged = bytearray(token)
    forged[-5] ^= 1
    assert refusal(bytes(forged), authority) == "bad_signature"


@pytest.mark.parametrize("token", [b"", b"\x30", b"no stamp", b"<!doctype html>", bytes(70_000)])
def test_what_is_no_stamp_is_called_unreadable(authority: Authority, token: bytes) -> None:
    assert refusal(token, authority) == "unreadable"


def test_an_authority_that_gives_none_is_said_to_have_refused(authority: Authority) -> None:
    assert refusal(authority.reply(b"this is no question"), authority) == "refused"


def test_only_a_sha256_can_be_asked_about() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        request_for(b"short", nonce=1)
