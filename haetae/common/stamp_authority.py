"""Which authority stamps the time, if any. A module of its own: settings read it, and load no cryptography for it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


class RootsUnreadableError(ValueError):
    """The text names the setting and the way out."""


@dataclass(frozen=True, kw_only=True)
class StampAuthority:
    """`url` is asked by workers alone; `roots_file` holds the certificates (PEM) that its stamps must lead to."""

    url: str
    roots_file: Path

    def roots(self) -> "list[Certificate]":
        """Raises RootsUnreadableError."""
        return roots_in(self.roots_file)


def roots_in(path: Path) -> "list[Certificate]":
    """The certificates in a PEM file. Raises RootsUnreadableError."""
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415

    try:
        return load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as problem:
        words = (
            f"HAETAE_TIMESTAMP_ROOTS: {path} cannot be read as certificates "
            f"({type(problem).__name__}); give a PEM file with the root of the authority."
        )
        raise RootsUnreadableError(words) from problem
