"""Who takes a record for which court, as it stands in the files."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Taken:
    export_id: UUID
    court_reference: str
    at: datetime
