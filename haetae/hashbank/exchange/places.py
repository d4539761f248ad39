"""Where a partner is in the stream of changes: an opaque word that it hands back to us. Pure."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from haetae.common.wires import EPOCH, BadWireError

_LENGTH = 24  # 8 bytes of microseconds since 1970, 16 bytes of the entry's id


@dataclass(frozen=True, kw_only=True)
class Place:
    """Behind this entry, in the order of (changed_at, id)."""

    changed_at: datetime
    entry_id: UUID

    def word(self) -> str:
        """For an address: letters, digits, - and _."""
        micro_s = (self.changed_at - EPOCH) // timedelta(microseconds=1)
        return base64.urlsafe_b64encode(micro_s.to_bytes(8) + self.entry_id.bytes).decode()


def place_of(word: str, *, field: str) -> Place:
    """Raises BadWireError for what was never ours."""
    try:
        raw = base64.b64decode(word.encode("ascii"), altchars=b"-_", validate=True)
        if len(raw) != _LENGTH:
            raise ValueError
        changed_at = EPOCH + timedelta(microseconds=int.from_bytes(raw[:8]))
    except (ValueError, OverflowError, binascii.Error) as problem:
        raise BadWireError(field, "This is no token of ours; begin again without one.") from problem
    return Place(changed_at=changed_at, entry_id=UUID(bytes=raw[8:]))
