"""Where mail is handed in, as the settings tell it; who speaks with that server is haetae.connectors.mail."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Account:
    """Where mail is handed in. `is_tls`: from the first byte; else STARTTLS, which only loopback may go without."""

    host: str
    port: int
    is_tls: bool
    sender: str
    sender_name: str = ""
    user: str = ""
    password_file: Path | None = None

    @property
    def domain(self) -> str:
        """The only name by which we call ourselves on the wire."""
        return self.sender.rpartition("@")[2]
