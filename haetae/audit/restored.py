"""What the log says of a restore: which heads of the past were given up, and until where rows are lost. Pure.

Signed with the log's key: who can write into the database alone cannot excuse a log that was cut back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from haetae.audit.heads import SignedHead
from haetae.audit.succession import LogKeys

EVENT: Final = "log.restored"


def statement(*, backup: int, kept: int, until: int, root: str) -> bytes:
    """The bytes that the signature of a declared restore covers."""
    fields: dict[str, str | int] = {
        "log": "haetae-restore/1",
        "backup": backup,
        "kept": kept,
        "until": until,
        "root": root,
    }
    return rfc8785.dumps({**fields})


@dataclass(frozen=True, kw_only=True)
class Declared:
    """At `at` the database was put back as it had been after `backup` rows of the log.

    The first `kept` rows of the log are there again; `until` is the size of the newest head that was known then, whose
    root was `root` (hex, empty where none was newer). Rows from `kept` to before `until` are lost.
    """

    at: datetime
    backup: int
    kept: int
    until: int
    root: str

    def gave_up(self, head: SignedHead) -> bool:
        """Whether this head is one of those whose rows were lost."""
        return self.kept < head.size <= self.until and head.at <= self.at

    def words(self) -> str:
        """One line for whoever reads the verification."""
        begun = f"restored on {self.at.isoformat()} from a backup of {self.backup} rows"
        if self.until > self.kept:
            return f"{begun}: rows {self.kept} to {self.until - 1} are lost, and said to be"
        return f"{begun}: no row of the log is lost; what rows {self.backup} to {self.kept - 1} had changed may be"


def declared_by(name: str, at: datetime, facts: Mapping[str, Any], *, keys: LogKeys) -> Declared | None:
    """What an event declares, if it is a restore and signed with a key that the log had then."""
    if name != EVENT:
        return None
    try:
        said = {one: int(facts[one]) for one in ("backup", "kept", "until")}
        root, signature = str(facts["root"]), bytes.fromhex(str(facts["signature"]))
    except (KeyError, ValueError, TypeError):
        return None
    content = statement(root=root, **said)
    if not any(_is_signed(content, signature, key) for key in keys.of(said["until"])):
        return None
    return Declared(at=at, root=root, **said)


def _is_signed(content: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True
