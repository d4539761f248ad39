"""Time stamps of heads, held against the heads and against what the log says of them. Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cryptography.x509 import Certificate

from haetae.audit.heads import SignedHead, StampedHead
from haetae.audit.report import Finding, Report
from haetae.common.stamps import Stamp, WrongStampError, read_stamp

Told = tuple[int, str]
"""Size of the head, and SHA-256 of the stamp's bytes."""


def told_by(name: str, facts: Mapping[str, Any]) -> Told | None:
    """What an event says of a stamp, if it is about one."""
    if name != "log.stamped":
        return None
    try:
        return int(facts["size"]), str(facts["digest"])
    except (KeyError, ValueError, TypeError):
        return None  # no such event was ever sealed; that its digest is another one is found elsewhere


class Stamps:
    """Counts what is proven into the report, and adds what is wrong to it. One for each verification."""

    def __init__(self, report: Report, *, roots: Sequence[Certificate] | None) -> None:
        self._report, self._roots = report, roots
        self._told: set[Told] = set()
        self._kept: set[Told] = set()
        report.stamping = "none_named" if roots is None else "checked"

    def tell(self, told: Told) -> None:
        """The log says that there is this stamp."""
        self._told.add(told)

    def check(self, stamp: StampedHead, *, heads: Iterable[SignedHead]) -> Stamp | None:
        """What it proves about one of the heads of its size; None where it proves nothing, or nobody can tell."""
        known = list(heads)
        if not known:
            self.wrong("stamp_of_no_head", stamp, "is about a head that is not there")
            return None
        self._kept.add((stamp.size, hashlib.sha256(stamp.token).hexdigest()))
        if self._roots is None:
            return None
        problems = []
        for head in known:
            try:
                read = read_stamp(stamp.token, digest=head.stamped_digest(), roots=self._roots)
            except WrongStampError as wrong:
                problems.append(str(wrong))
                continue
            self._report.stamps += 1
            self._report.stamped_until = max(self._report.stamped_until or "", read.at.isoformat())
            return read
        self.wrong("stamp_wrong", stamp, f"proves nothing: {problems[0]}")
        return None

    def compare_with_the_log(self, *, after: int = 0) -> None:
        """After all events were read: what the log says was stamped must be there, byte for byte.

        An export that begins `after` a head carries no stamps of older ones.
        """
        for size, _ in sorted(one for one in self._told - self._kept if one[0] > after):
            words = f"the log says that the head of size {size} was stamped; that stamp is not there"
            self._report.add(Finding(kind="stamp_deleted", words=words))

    def wrong(self, kind: str, stamp: StampedHead, words: str) -> None:
        """One finding; `words` go on where the head is named."""
        self._report.add(Finding(kind=kind, words=f"the time stamp of the head of size {stamp.size} {words}"))
