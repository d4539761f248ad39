"""An authority of time stamps is asked through the safe door, and nothing that it gives is believed unproven."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from stamping import Authority, Misbehaviour, authority_at_work, make_authority

from haetae.common.outbound import Limits
from haetae.common.stamp_authority import StampAuthority
from haetae.common.stamps import read_stamp
from haetae.connectors.base import ConnectorError, UnreachableError
from haetae.connectors.stamping import stamped

DIGEST = hashlib.sha256(b"a document").digest()
CODES = {
    "other_digest": "stamp_other_digest",
    "other_nonce": "stamp_other_nonce",
    "garbage": "stamp_unreadable",
    "page": "stamp_unreadable",
    "forged": "stamp_bad_signature",
    "refusal": "stamp_refused",
    "down": "http_503",
    "slow": "network_timeout",
}


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    with authority_at_work(tmp_path) as authority:
        yield authority


def told(authority: Authority) -> StampAuthority:
    return StampAuthority(url=authority.url, roots_file=authority.roots_file)


def test_a_stamp_comes_and_can_be_read_again_later(authority: Authority) -> None:
    given = stamped(DIGEST, authority=told(authority))
    assert read_stamp(given.token, digest=DIGEST, roots=[authority.root]) == given.stamp
    assert len(authority.asked) == 1


@pytest.mark.parametrize("misbehaves", [one for one in get_args(Misbehaviour) if one])
def test_whatever_it_does_wrong_gives_no_stamp_and_a_code(
    authority: Authority, misbehaves: Misbehaviour
) -> None:
    authority.misbehaves = misbehaves
    limit_s = 1.0 if misbehaves == "slow" else 20.0
    with pytest.raises(UnreachableError) as failed:
        stamped(DIGEST, authority=told(authority), limits=Limits(total_s=limit_s, connect_s=limit_s))
    assert failed.value.code == CODES[misbehaves]


def test_an_authority_other_than_the_named_one_is_not_believed(authority: Authority, tmp_path: Path) -> None:
    other = make_authority(tmp_path / "other")
    with pytest.raises(UnreachableError) as failed:
        stamped(DIGEST, authority=StampAuthority(url=authority.url, roots_file=other.roots_file))
    assert failed.value.code == "stamp_not_trusted"


def test_roots_that_cannot_be_read_are_named_before_anything_is_asked(
    authority: Authority, tmp_path: Path
) -> None:
    with pytest.raises(ConnectorError, match="HAETAE_TIMESTAMP_ROOTS"):
        stamped(DIGEST, authority=StampAuthority(url=authority.url, roots_file=tmp_path / "none.pem"))
    assert authority.asked == []
