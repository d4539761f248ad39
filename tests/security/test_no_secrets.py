"""Nothing that looks like a key or a password is kept with the code."""

import math
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_TOO_LARGE_BYTES = 2_000_000
# What is random by its nature and no secret: hashes of wheels, recorded answers of schemas.
_NOT_READ = ("requirements.lock", "tests/peers/requirements.txt", "tests/synapse/requirements.txt")

PLAIN = [
    re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{16}"),
    re.compile(r"AGE-SECRET-KEY-1[A-Z0-9]{20,}"),
    re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    re.compile(r"\bxox[baprs]-[A-Za-z0-9-]{20,}"),
    re.compile(r"\bwhsec_[A-Za-z0-9+/]{32,}={0,2}"),
    re.compile(r"postgres(?:ql)?://[^\s:/@{}$]+:[^\s:/@{}$%]{8,}@(?!localhost|127\.0\.0\.1)[a-z0-9.-]+"),
]
_PLACEHOLDER = re.compile(r"(?i)://user:password@")
# A name that says "secret" beside a text that no person would write.
NAMED = re.compile(
    r"(?i)\b[a-z_]*(?:secret|password|passwd|token|api_?key|private_?key)[a-z_]*\b[\"']?\s*[:=]\s*[\"']([A-Za-z0-9+/_=-]{20,})[\"']"
)
_BITS_PER_SIGN = 4.0


def entropy_bits(text: str) -> float:
    """Of Shannon, for each sign."""
    counted = Counter(text)
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counted.values())


def secrets_in(text: str) -> list[str]:
    """The beginnings of what looks like one."""
    plain = [match.group(0) for rule in PLAIN for match in rule.finditer(text)]
    plain = [one for one in plain if not _PLACEHOLDER.search(one)]
    named = [
        match.group(1)
        for match in NAMED.finditer(text)
        if entropy_bits(match.group(1)) >= _BITS_PER_SIGN and re.search(r"[0-9]", match.group(1))
    ]
    return [one[:24] for one in plain + named]


def kept_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and name not in _NOT_READ]


def test_no_key_and_no_password_is_kept_with_the_code() -> None:
    found = {}
    for path in kept_files():
        if not path.is_file() or path.stat().st_size > _TOO_LARGE_BYTES:
            continue
        text = path.read_bytes().decode(errors="ignore")
        if path == Path(__file__):
            continue
        if seen := secrets_in(text):
            found[path.relative_to(ROOT).as_posix()] = seen
    assert found == {}


def test_no_file_is_kept_that_is_named_like_a_key() -> None:
    suspicious = re.compile(r"(^|/)(\.env|id_[a-z0-9]+|.*\.(pem|key|p12|pfx|jks|kdbx|age))$")
    assert [str(path) for path in kept_files() if suspicious.search(path.as_posix())] == []


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN " + "PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v",
        "AGE-SECRET-" + "KEY-1QQPQZRPG3E7W6K0S5Y5E",
        'API_TOKEN = "' + "q8Zt3Lw9" + 'Xk2Vb7Rn5Pd1"',
        "postgresql://haetae:" + "correct-horse-battery@db.ministry.example/haetae",
    ],
)
def test_what_looks_like_one_is_found(text: str) -> None:
    assert secrets_in(text)
