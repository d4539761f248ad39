"""Is an export what it was? Without a database, line by line, in memory that does not grow with the log. Pure."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, Final

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509 import Certificate

from haetae.audit.consistency import is_consistent
from haetae.audit.heads import SignedHead, StampedHead
from haetae.audit.merkle import Tree, leaf_digest
from haetae.audit.report import Finding, Report
from haetae.audit.restored import Declared, declared_by
from haetae.audit.stamped import Stamps, told_by
from haetae.audit.succession import LogKeys, SignedSuccession

FORMAT: Final = "haetae-log/1"
LONGEST_LINE: Final = 262_144
_UNREADABLE: Final = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


class NotAnExportError(ValueError):
    """The first line is not that of an export; the text says what it lacks."""


def verify_export(
    lines: Iterable[bytes],
    *,
    key: Ed25519PublicKey | None = None,
    roots: Sequence[Certificate] | None = None,
    outside: Iterable[SignedHead] = (),
) -> Report:
    """Recompute the tree from the events and hold it against every signed head in the file, and against `outside`.

    `key` is the public key of the log as you know it from elsewhere; without it the one in the file counts, and the
    file proves only that it is of one piece. `outside` are heads that somebody kept, by size. Raises NotAnExportError.
    """
    source = iter(lines)
    beginning = next(source, b"")
    begun = _begun(beginning)
    own = Ed25519PublicKey.from_public_bytes(bytes.fromhex(begun["key"]))
    keys = LogKeys(key or own, [SignedSuccession.from_fields(one) for one in begun.get("keys", [])])
    reading = _Reading(begun, keys=keys, own=own, roots=roots, outside=outside)
    for words in keys.problems:
        reading.wrong("bad_signature", words)
    if not keys.knows(own):
        reading.wrong(
            "bad_signature",
            "the file names another public key than the one that you gave, and no change of the key leads to it",
        )
    reading.take_whole(beginning, source)
    return reading.report


def _begun(line: bytes) -> dict[str, Any]:
    try:
        begun = json.loads(line)
        if begun["log"] != FORMAT:
            raise NotAnExportError(f"log: this is no export of the form {FORMAT}")
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(begun["key"]))
        SignedHead.from_fields(begun["last"])
        if begun["first"] is not None:
            SignedHead.from_fields(begun["first"])
        if begun["events"] not in {True, False}:
            raise NotAnExportError("events: an export says whether it holds them, by true or false")
        size = begun["first"]["size"] if begun["first"] else 0
        Tree.grown_from([bytes.fromhex(one) for one in begun["peaks"]], size=size)
        [bytes.fromhex(one) for one in begun["consistency"]]
        [SignedSuccession.from_fields(one) for one in begun.get("keys", [])]
    except NotAnExportError:
        raise
    except _UNREADABLE as problem:
        raise NotAnExportError(f"line 1: not the first line of an export ({problem})") from problem
    return dict(begun)


class _Reading:
    """What is known so far: the tree's peaks, the newest head, and what was found wrong."""

    def __init__(
        self,
        begun: dict[str, Any],
        *,
        keys: LogKeys,
        own: Ed25519PublicKey,
        roots: Sequence[Certificate] | None,
        outside: Iterable[SignedHead],
    ) -> None:
        self.report = Report()
        self._keys, self._own, self._stamps = keys, own, Stamps(self.report, roots=roots)
        self._last = SignedHead.from_fields(begun["last"])
        self._first = SignedHead.from_fields(begun["first"]) if begun["first"] else None
        self.report.first = self._first.size if self._first else 0
        self._tree = Tree.grown_from([bytes.fromhex(one) for one in begun["peaks"]], size=self.report.first)
        self._with_events = bool(begun["events"])
        self._consistency = [bytes.fromhex(one) for one in begun["consistency"]]
        self._head: SignedHead | None = None
        self._outside = iter(outside)
        self._next_outside = next(self._outside, None)
        self._unlike: list[SignedHead] = []
        self._restores: list[Declared] = []
        self._ended = self._broken = False
        self._whole = hashlib.sha256()

    def wrong(self, kind: str, words: str, **where: int) -> None:
        self.report.add(Finding(kind=kind, words=words, **where))

    def take_whole(self, beginning: bytes, lines: Iterator[bytes]) -> None:
        if rfc8785.dumps(json.loads(beginning)) + b"\n" != beginning:
            self.wrong("altered", "line 1 is not written as an export writes it")
        if self._first is not None:
            self._check_head(self._first)
        self._whole.update(beginning)
        for number, line in enumerate(lines, start=2):
            if self._ended:
                self.wrong("reordered_or_inserted", f"line {number} stands after the end")
                break
            self._take(number, line)
        self._conclude()

    def _take(self, number: int, line: bytes) -> None:
        try:
            if len(line) > LONGEST_LINE:
                raise ValueError("it is too long")
            fields = json.loads(line)
            if rfc8785.dumps(fields) + b"\n" != line:
                self.wrong("altered", f"line {number} is not written as an export writes it")
            if "end" in fields:
                self._end(fields["end"])
                return
            self._whole.update(line)
            if "head" in fields:
                self._take_head(SignedHead.from_fields(fields["head"]))
            elif "stamp" in fields:
                self._take_stamp(StampedHead.from_fields(fields["stamp"]))
            else:
                self._take_row(int(fields["index"]), bytes.fromhex(fields["digest"]), fields)
        except _UNREADABLE as problem:
            self._whole.update(line)
            self.wrong("unreadable", f"line {number} cannot be read: {problem}")

    def _take_row(self, index: int, digest: bytes, fields: dict[str, Any]) -> None:
        if index != self._tree.size:
            kind = "deleted" if index > self._tree.size else "reordered_or_inserted"
            self.wrong(kind, f"row {index} stands where row {self._tree.size} belongs", leaf_index=index)
        if self._with_events:
            self._check_event(index, digest, fields["event"])
        elif "event" in fields:
            self.wrong(
                "reordered_or_inserted", f"row {index} holds an event, and the file says that it holds none"
            )
        self._tree.append(digest)
        self._compare_with_kept()

    def _check_event(self, index: int, digest: bytes, event: dict[str, Any] | None) -> None:
        if event is None:
            self.wrong("deleted", f"the event of row {index} was deleted", leaf_index=index)
            return
        if leaf_digest(rfc8785.dumps(event)) != digest:
            words = f"event {event.get('id')} is not what it was when it was sealed as row {index}"
            self.wrong("altered", words, leaf_index=index)
        else:
            self.report.events += 1
        if told := told_by(str(event["name"]), event["facts"]):
            self._stamps.tell(told)
        at = datetime.fromisoformat(event["at"])
        if declared := declared_by(str(event["name"]), at, event["facts"], keys=self._keys):
            self._restores.append(declared)
            self.report.restores.append(declared.words())

    def _take_head(self, head: SignedHead) -> None:
        self.report.heads += 1
        if self._head is not None and head.size <= self._head.size:
            self.wrong(
                "reordered_or_inserted", f"the head of size {head.size} stands a second time or too late"
            )
        self._check_head(head)
        self._head = head

    def _check_head(self, head: SignedHead) -> None:
        if not self._keys.signed(head):
            self.wrong("bad_signature", f"the signature of the head of size {head.size} is wrong")
        elif head.size != self._tree.size:
            words = f"the head of size {head.size} stands after {self._tree.size} rows"
            self.wrong("reordered_or_inserted", words)
        elif head.root != self._tree.root():
            if not self._broken:
                words = f"the first {head.size} rows do not give the signed root: a row was moved, put in or rewritten"
                self.wrong("reordered_or_inserted", words, leaf_index=head.size - 1)
            self._broken = True
        else:
            self.report.sealed, self.report.proven_until = head.size, head.at.isoformat()

    def _take_stamp(self, stamp: StampedHead) -> None:
        known = [self._head] if self._head is not None and self._head.size == stamp.size else []
        self._stamps.check(stamp, heads=known)

    def _compare_with_kept(self) -> None:
        """Against the heads that somebody kept elsewhere."""
        while self._next_outside is not None and self._next_outside.size <= self._tree.size:
            kept, self._next_outside = self._next_outside, next(self._outside, None)
            if kept.size < self._tree.size:
                if kept.size > self.report.first:
                    words = f"the head of size {kept.size} that you gave does not stand in the order of sizes"
                    self.wrong("reordered_or_inserted", words)
            elif not self._keys.signed(kept):
                self.wrong(
                    "bad_signature", f"the signature of the head of size {kept.size} that you gave is wrong"
                )
            elif kept.root != self._tree.root():
                self._unlike.append(kept)

    def _end(self, end: dict[str, Any]) -> None:
        self._ended = True
        statement = {name: value for name, value in end.items() if name != "signature"}
        try:
            self._own.verify(bytes.fromhex(end["signature"]), rfc8785.dumps(statement))
        except InvalidSignature:
            self.wrong("bad_signature", "the signature at the end of the file is wrong")
        if end["signature"] != end["signature"].lower():
            self.wrong("altered", "the signature at the end is not written as an export writes it")
        if statement != {"log": FORMAT, "sha256": self._whole.hexdigest(), "size": self._last.size}:
            self.wrong("altered", "the file is not the one whose end was signed")

    def _conclude(self) -> None:
        if not self._ended:
            self.wrong("incomplete", "the file has no end: it was cut short")
        if self._head != self._last or self._tree.size != self._last.size:
            words = (
                f"the file should end with the head of size {self._last.size}, and has {self._tree.size} rows"
            )
            self.wrong("cut_back", words)
        elif not self._is_consistent():
            self.wrong("altered", "the proof that the older head is the beginning of the newer one is wrong")
        for head in self._unlike:
            if not self._was_given_up(head):
                self.wrong("forked", f"the head of size {head.size} that you gave names another root")
        beyond = chain([self._next_outside] if self._next_outside else [], self._outside)
        if cut := next((head for head in beyond if not self._was_given_up(head)), None):
            words = (
                f"a head that you gave covers {cut.size} rows, this export {self._tree.size}: "
                "it was cut back, or made before that head"
            )
            self.wrong("cut_back", words)
        self._stamps.compare_with_the_log(after=self.report.first)

    def _was_given_up(self, head: SignedHead) -> bool:
        """Whether a restore lost its rows, and said so, in this very file."""
        return self._keys.signed(head) and any(one.gave_up(head) for one in self._restores)

    def _is_consistent(self) -> bool:
        old_root = self._first.root if self._first else Tree().root()
        return is_consistent(
            old=self.report.first,
            old_root=old_root,
            new=self._last.size,
            new_root=self._last.root,
            path=self._consistency,
        )
