"""Checks a record that haetae handed out: python3 check.py, in the folder of the record. It needs nothing but Python.

It goes along with every record. 1. Each file is what the list says. 2. Each event is a leaf of the log under the
signed head (RFC 6962, sections 2.1 and 2.1.1). The signature of the head is checked with openssl; README says how.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else ".")


def wrong_files() -> list[str]:
    found = []
    for line in (FOLDER / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        file = FOLDER / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            found.append(name)
    return found


def canonical(event: dict[str, Any]) -> bytes:
    """RFC 8785, for what events hold: texts, whole numbers, true, false and null."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def root_from(entry: bytes, *, index: int, size: int, path: list[str]) -> str:
    digest, last = hashlib.sha256(b"\x00" + entry).digest(), size - 1
    for other in map(bytes.fromhex, path):
        while index % 2 == 0 and index == last:
            index, last = index // 2, last // 2
        pair = other + digest if index % 2 else digest + other
        digest = hashlib.sha256(b"\x01" + pair).digest()
        index, last = index // 2, last // 2
    return digest.hex()


def main() -> int:
    wrong = [f"changed or missing: {name}" for name in wrong_files()]
    head = json.loads((FOLDER / "log" / "head.json").read_text(encoding="utf-8"))
    proven = waiting = 0
    for line in (FOLDER / "events.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if one["leaf"] is None:
            waiting += 1
            continue
        root = root_from(canonical(one["event"]), index=one["leaf"], size=head["size"], path=one["path"])
        if root == head["root"]:
            proven += 1
        else:
            wrong.append(f"not in the log: event {one['event']['id']}")
    print(f"{proven} events stand in the log of {head.get('size', 0)}; {waiting} were not sealed yet")
    print("\n".join(wrong) or "Every file is what the list says.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
