"""What a verification of the log saw. Pure."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

# none_named: no authority of time stamps is named here, so that no stamp was checked.
Stamping = Literal["none_named", "checked"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong.

    `kind`: altered, deleted, reordered_or_inserted, cut_back, bad_signature, forked, head_deleted,
    head_missing_outside, stamp_wrong, stamp_deleted, stamp_missing_outside,
    stamp_of_no_head, succession_deleted, succession_missing_outside; of an export also unreadable, incomplete.
    """

    kind: str
    words: str
    event_id: int | None = None
    leaf_index: int | None = None


@dataclass(kw_only=True)
class Report:
    """`first` is the size of the head after which an export begins; `stamped_until` the newest head with a stamp.

    `restores` says of each time that the database was put back what became of the log then; a loss that the log itself
    declares, under its own key, is no finding.
    """

    ok: bool = True
    events: int = 0
    sealed: int = 0
    heads: int = 0
    stamps: int = 0
    first: int = 0
    proven_until: str | None = None
    stamped_until: str | None = None
    stamping: Stamping = "none_named"
    not_yet_provable: list[int] = field(default_factory=list)
    restores: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        self.ok = False
        self.findings.append(finding)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
