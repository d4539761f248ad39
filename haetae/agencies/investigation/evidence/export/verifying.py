"""Is a bag of evidence what it was? Checked without a database, and without trusting what stands in the bag. Pure."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.x509 import Certificate

from haetae.agencies.investigation.evidence.capture.packing import MANIFEST, Package, wrong_files
from haetae.agencies.investigation.evidence.export import bag
from haetae.agencies.investigation.evidence.states import Act
from haetae.audit.inclusion import is_included
from haetae.common.stamps import WrongStampError, read_stamp

_OF_THE_CHAIN: Final = frozenset(f"evidence.{act}" for act in Act)
_A_MOMENT: Final = timedelta(seconds=5)
_SUMS: Final = ("manifest-sha256.txt", "tagmanifest-sha256.txt")


class NotABagError(ValueError):
    """There is no bag of evidence; the text says what is missing."""


@dataclass(kw_only=True)
class Checked:
    """`wrong` are sentences; without roots a stamp is checked against the digest alone, and `trusted` says so."""

    files: int = 0
    stamped_at: str = ""
    authority: str = ""
    trusted: bool = False
    proven: int = 0
    not_yet_provable: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.wrong

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "files": self.files,
            "stamped_at": self.stamped_at,
            "authority": self.authority,
            "authority_trusted": self.trusted,
            "events_proven": self.proven,
            "events_not_yet_provable": self.not_yet_provable,
            "wrong": self.wrong,
        }


def check_bag(folder: Path, *, roots: list[Certificate] | None = None) -> Checked:
    """Every file, what the manifest says of it, the stamp, each event's place in the log, and the chain by the log.

    Raises NotABagError.
    """
    for name in (*_SUMS, f"data/{MANIFEST}", f"data/{bag.STAMP}"):
        if not (folder / name).is_file():
            raise NotABagError(f"{folder} holds no bag of evidence: {name} is missing.")
    done = Checked()
    done.wrong += _wrong_sums(folder, done)
    done.wrong += _wrong_package(folder / "data")
    done.wrong += _wrong_stamp(folder / "data", done, roots)
    done.wrong += _wrong_log(folder / "data", done)
    done.wrong += _wrong_chain(folder / "data")
    return done


def _wrong_sums(folder: Path, done: Checked) -> Iterator[str]:
    listed: set[str] = set()
    for sums in _SUMS:
        for line in (folder / sums).read_text(encoding="utf-8", errors="replace").splitlines():
            digest, _, name = line.partition("  ")
            listed.add(name)
            path = folder / name
            if not name or ".." in Path(name).parts or not path.is_file():
                yield f"missing: {name}"
            elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
                yield f"altered: {name}"
            else:
                done.files += 1
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    yield from (f"in no list: {name}" for name in sorted(there - listed - {"tagmanifest-sha256.txt"}))


def _wrong_package(data: Path) -> Iterator[str]:
    try:
        manifest = (data / MANIFEST).read_bytes()
        names = [str(one["name"]) for one in json.loads(manifest)["files"]]
        files = {name: (data / name).read_bytes() for name in names if (data / Path(name).name).is_file()}
        wrong = wrong_files(Package(manifest=manifest, files=files))
    except (OSError, ValueError, KeyError, TypeError):
        yield f"unreadable: data/{MANIFEST}"
        return
    yield from (f"not what the manifest says: {name}" for name in wrong)


def _wrong_stamp(data: Path, done: Checked, roots: list[Certificate] | None) -> Iterator[str]:
    token = (data / bag.STAMP).read_bytes()
    digest = hashlib.sha256((data / MANIFEST).read_bytes()).digest()
    try:
        stamp = read_stamp(token, digest=digest, roots=roots or [])
    except WrongStampError as wrong:
        # Nobody named an authority to trust: that it is a stamp of this very manifest is all that can be said.
        if roots is None and wrong.code == "not_trusted":
            return
        yield f"the time stamp: {wrong}"
        return
    done.stamped_at, done.authority, done.trusted = stamp.at.isoformat(), stamp.authority, True


def _wrong_log(data: Path, done: Checked) -> Iterator[str]:
    head_file = data / bag.HEAD
    try:
        if not head_file.is_file():
            done.not_yet_provable = len(_events(data))
            return
        head = json.loads(head_file.read_text(encoding="utf-8"))
        size, root = int(head["size"]), bytes.fromhex(head["root"])
        yield from _wrong_head(data, size=size, root=head["root"])
        for line in _events(data):
            one = json.loads(line)
            if one["leaf"] is None:
                done.not_yet_provable += 1
                continue
            path = [bytes.fromhex(digest) for digest in one["path"]]
            if is_included(_canonical(one["event"]), index=one["leaf"], size=size, path=path, root=root):
                done.proven += 1
            else:
                yield f"not in the log: event {one['event']['id']}"
    except (OSError, ValueError, KeyError, TypeError):
        yield "unreadable: data/log"


def _wrong_head(data: Path, *, size: int, root: str) -> Iterator[str]:
    signed = (data / bag.HEAD_SIGNED).read_bytes()
    told = json.loads(signed)
    if told["size"] != size or told["root"] != root:
        yield "the signed head is another one"
    key = load_pem_public_key((data / bag.PUBLIC_KEY).read_bytes())
    try:
        assert isinstance(key, Ed25519PublicKey)
        key.verify((data / bag.HEAD_SIGNATURE).read_bytes(), signed)
    except (AssertionError, InvalidSignature):
        yield "the signature of the head is wrong"


def _wrong_chain(data: Path) -> Iterator[str]:
    """Who held it is no more than a file: each link has to be an event of this piece, and each such event a link."""
    try:
        piece = json.loads((data / MANIFEST).read_bytes())["evidence"]
        events = [json.loads(line)["event"] for line in _events(data)]
        links = json.loads((data / bag.CUSTODY_JSON).read_bytes())
        yield from (f"about another piece: event {one['id']}" for one in events if one["subject_id"] != piece)
        told = [one for one in events if one["name"] in _OF_THE_CHAIN]
        for link in links:
            event = next((one for one in told if _is_told(link, one)), None)
            if event is None:
                yield f"not in the log: {link['act']} at {link['at']}"
            else:
                told.remove(event)
        yield from (f"left out of the chain: {one['name']} at {one['at']}" for one in told)
        chain = [bag.Held(**link | {"at": datetime.fromisoformat(link["at"])}) for link in links]
        if (data / bag.CUSTODY_TEXT).read_text(encoding="utf-8") != bag.chain_text(chain):
            yield f"{bag.CUSTODY_TEXT} does not say what {bag.CUSTODY_JSON} says"
    except (OSError, ValueError, KeyError, TypeError):
        yield f"unreadable: data/{bag.CUSTODY_JSON}"


def _is_told(link: dict[str, Any], event: dict[str, Any]) -> bool:
    """Both were written in one change, a moment apart, and a link bears whole seconds."""
    apart = datetime.fromisoformat(event["at"]) - datetime.fromisoformat(link["at"])
    return (
        event["name"] == f"evidence.{link['act']}"
        and event["actor_id"] == link["by"]
        and event["facts"].get("purpose", "") == link["purpose"]
        and abs(apart) <= _A_MOMENT
    )


def _events(data: Path) -> list[str]:
    return (data / bag.EVENTS).read_text(encoding="utf-8").splitlines()


def _canonical(event: dict[str, Any]) -> bytes:
    """RFC 8785, for what events hold: texts, whole numbers, true, false and null."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
