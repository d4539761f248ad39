"""What may enter the bank and what may raise it. Pure: codes and sentences that name the field and the way out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from haetae.accounts.permissions import Role
from haetae.detect.alike import frames_kept
from haetae.detect.hashing.pdq import QUALITY_TO_MATCH
from haetae.detect.matching import Tier
from haetae.detect.matching.sureness import LOOK_APART_BITS
from haetae.detect.media import moves
from haetae.hashbank.states import Media

_LENGTHS = {"sha256": 64, "md5": 32, "pdq": 64, "dhash": 64}
_CODE = re.compile(r"[A-Za-z0-9_.:+-]{1,64}")
FRAMES_MOST = 20_000


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One frame of a known film."""

    at_ms: int
    pdq: str
    dhash: str = ""


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """What somebody wants to be known: hashes in hex, empty where there is none. A film brings its frames."""

    media: Media = Media.IMAGE
    sha256: str = ""
    md5: str = ""
    pdq: str = ""
    dhash: str = ""
    frames: tuple[Frame, ...] = ()
    foreign_id: str = ""
    tier: Tier = Tier.SELF_DECLARED


def entry_of(prints: Mapping[str, Any], *, seen: Mapping[str, Any], tier: Tier) -> NewEntry:
    """What an examination kept of a file (Fingerprints as JSON), as an entry; `seen` is what the file is (Media).

    A film is its frames: its first one alone may be a title card that many films share. What is too plain to be
    compared, or does not open, is known by its bytes alone.
    """
    sha256, md5 = str(prints.get("sha256") or ""), str(prints.get("md5") or "")
    kind, format_ = str(seen.get("kind") or ""), str(seen.get("format") or "")
    telling = frames_kept(prints)
    is_film = moves(kind=kind, format_=format_, frames=seen.get("frames"))
    if is_film and kind != "video":
        telling = _each_look_once(telling)
        is_film = len(telling) > 1 or _holds_plain(prints)
    if is_film:
        frames = (
            Frame(at_ms=int(row.get("at_ms") or 0), pdq=row["pdq"], dhash=row["dhash"]) for row in telling
        )
        return NewEntry(
            media=Media.FILM, tier=tier, frames=tuple(frames)[:FRAMES_MOST], sha256=sha256, md5=md5
        )
    whole = telling[0] if telling else {"pdq": "", "dhash": ""}
    return NewEntry(tier=tier, pdq=whole["pdq"], dhash=whole["dhash"], sha256=sha256, md5=md5)


def _each_look_once(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """An animation shows its frames over and over. One that always looks the same is a picture, not a film."""
    once: list[Mapping[str, Any]] = []
    looks: list[int] = []
    for row in rows:
        bits = int(row["pdq"], 16)
        if all((bits ^ look).bit_count() > LOOK_APART_BITS for look in looks):
            once.append(row)
            looks.append(bits)
    return once


def _holds_plain(prints: Mapping[str, Any]) -> bool:
    """Whether it shows something too plain to be compared: then the rest is a part of it, and no more."""
    rows = prints.get("perceptual") or ()
    return any(int(row["pdq_quality"]) < QUALITY_TO_MATCH for row in rows if row["variant"] == "whole")


def why_not_list_name(name: str) -> str | None:
    """None when it can be the name of a list."""
    if _CODE.fullmatch(name):
        return None
    return "list: a name has 1 to 64 of the characters A-Z a-z 0-9 _ . : + and -."


def why_not_enter(entry: NewEntry) -> str | None:
    """The sentence that names the first field in the way; None when the entry can come in."""
    for field, digits in _LENGTHS.items():
        problem = _why_not_hash(field, getattr(entry, field), digits=digits)
        if problem:
            return problem
    if not (entry.sha256 or entry.md5 or entry.pdq or entry.frames):
        return "entry: give a sha256, an md5, a pdq or the frames of a film; a dhash alone only confirms."
    if entry.frames and entry.media is not Media.FILM:
        return "frames: only a film has frames; set media to film."
    if len(entry.frames) > FRAMES_MOST:
        return f"frames: a film has at most {FRAMES_MOST} frames here; leave out those that repeat."
    if len(entry.foreign_id) > 120 or not entry.foreign_id.isprintable():
        return "foreign_id: at most 120 characters, all of them printable."
    return next(filter(None, map(_why_not_frame, entry.frames)), None)


def _why_not_frame(frame: Frame) -> str | None:
    if not 0 <= frame.at_ms < 2**31:
        return "frames.at_ms: milliseconds from the beginning of the film, from 0 on."
    if not frame.pdq:
        return "frames.pdq: every frame of a film needs a pdq."
    return _why_not_hash("frames.pdq", frame.pdq, digits=64) or _why_not_hash(
        "frames.dhash", frame.dhash, digits=64
    )


def _why_not_hash(field: str, value: str, *, digits: int) -> str | None:
    if not value or re.fullmatch(rf"[0-9a-f]{{{digits}}}", value):
        return None
    return (
        f"{field}: {digits} hex digits in lower case are needed, not {len(value)} characters of another kind."
    )


def why_not_batch(entries: Iterable[NewEntry]) -> str | None:
    """A batch comes in whole or not at all: the first problem, with the number of its entry from 1."""
    for number, entry in enumerate(entries, start=1):
        problem = why_not_enter(entry)
        if problem:
            return f"entry {number}: {problem}"
    return None


def why_not_raise(before: Tier, after: Tier, *, saw_the_match: bool) -> str | None:
    """A tier rises only when an authorised person saw the published match, or the operator confirmed."""
    if after <= before:
        return "tier: it can only rise; what is doubted is disputed instead."
    if after is Tier.COUNSELLOR_CHECKED and not saw_the_match:
        return "tier: somebody authorised must have seen the published match."
    return None


# Whose word carries how far when somebody enters a hash by hand.
MAY_VOUCH_FOR = {
    Role.COUNSELLOR: Tier.COUNSELLOR_CHECKED,
    Role.CHILD_PROTECTION_COUNSELLOR: Tier.COUNSELLOR_CHECKED,
    Role.DETECTION_ANALYST: Tier.COUNSELLOR_CHECKED,
    Role.REVIEWER: Tier.REGULATOR_DECIDED,
}


def why_not_vouch(tier: Tier, *, roles: Iterable[Role]) -> str | None:
    """None when one of the roles that somebody holds today may say that a hash was checked so far."""
    if any(MAY_VOUCH_FOR.get(role, Tier.DISPUTED) >= tier for role in roles):
        return None
    could = ", ".join(role.replace("_", " ") for role, most in MAY_VOUCH_FOR.items() if most >= tier)
    return f"checked-by: tier {int(tier)} belongs to: {could}; this person holds no such seat today."


@dataclass(frozen=True, kw_only=True)
class FloodLimits:
    """How many entries a partner's list may bring within `window` before people must look."""

    entries_most: int
    window: timedelta


# An honest hotline brings some thousands a day; ten times that within an hour is a mistake or an attack.
FLOOD = FloodLimits(entries_most=20_000, window=timedelta(hours=1))


def is_flood(*, already: int, coming: int, limits: FloodLimits) -> bool:
    """Whether these would be more than the window allows."""
    return already + coming > limits.entries_most
