"""What a backup says of itself. Written as its last file and signed with the log's key. Pure."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from haetae.common.keys import Signer
from haetae.running.errors import CannotStartError

NAME: Final = "manifest.json"
FORMAT: Final = "haetae-backup/1"


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A file as it lies in the backup: SHA-256 in hex, and bytes."""

    sha256: str
    bytes: int


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Times are ISO 8601 in UTC.

    `log_rows` rows of the log are in the database, `log_root` (hex) is their Merkle root; `newest_at` is the moment of
    the newest event. `counts` has the rows of each table. `keys` are fingerprints of those without which nothing in it
    can be read: the keys themselves are never in a backup. `evidence` are the names of files beside it.
    """

    made_at: str
    keep_until: str
    migrations: dict[str, str]
    server: int
    log_rows: int
    log_root: str
    newest_at: str
    counts: dict[str, int]
    keys: dict[str, str]
    files: dict[str, Stored]
    evidence: dict[str, int]
    encrypted: bool
    signature: str = ""

    def statement(self) -> bytes:
        """The bytes that are signed."""
        fields = asdict(self) | {"format": FORMAT}
        del fields["signature"]
        return rfc8785.dumps(fields)

    def signed(self, key: Signer) -> "Manifest":
        return Manifest(**(vars(self) | {"signature": key.sign(self.statement()).hex()}))

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        try:
            key.verify(bytes.fromhex(self.signature), self.statement())
        except (InvalidSignature, ValueError):
            return False
        return True

    def is_over(self, *, at: datetime) -> bool:
        """Whether it should not be kept any more: what was destroyed since lives on in it."""
        return datetime.fromisoformat(self.keep_until) <= at

    def write(self, folder: Path) -> None:
        descriptor = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(asdict(self) | {"format": FORMAT}, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises CannotStartError."""
        try:
            fields: dict[str, Any] = json.loads((folder / NAME).read_bytes())
            if fields.pop("format") != FORMAT:
                raise CannotStartError(f"{folder} is a backup of another form than {FORMAT}.")
            files = {name: Stored(**one) for name, one in fields.pop("files").items()}
            found = cls(files=files, **fields)
            datetime.fromisoformat(found.made_at), datetime.fromisoformat(found.keep_until)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
            raise CannotStartError(f"{folder / NAME} cannot be read: {problem}") from None
        return found
