"""A guess of somebody's receipt is dear wherever real people are; only the tests make them cheaply.

The key service is compared with such keys in tests/running/test_key_process.py.
"""

import hashlib
from pathlib import Path

import pytest

from haetae.common.keys import KeyRing
from haetae.common.keys.primitives import derive
from haetae.settings import keyring
from haetae.settings.environment import Environment

BITS = bytes(range(10))


def dear(pepper: bytes) -> str:
    stretched = hashlib.scrypt(BITS, salt=pepper, n=16_384, r=8, p=1, maxmem=2**26, dklen=32)
    return derive(stretched, purpose=b"receipt look-up").hex()


def test_keys_of_an_installation_take_sixteen_megabytes_for_each_guess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAETAE_KEYS", str(tmp_path))
    monkeypatch.delenv("HAETAE_KEY_SERVICE", raising=False)
    keys = keyring.keys_of(Environment(), may_create=True)
    assert isinstance(keys, KeyRing)
    assert keys.stretch_receipt(BITS).lookup == dear(keys.pepper)
