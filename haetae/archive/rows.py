"""One row of a report for each file: what it is, whether it is known, and what was not seen. Never its bytes."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from haetae.detect.finding import Finding, ReasonCode, SignalKind, Variant, Verdict

Row = dict[str, Any]
# Every column and what it holds; docs/detection.md says the same in words, and a test compares the names.
COLUMNS: Final[dict[str, type]] = {
    "path": str,
    "path_bytes": str,
    "sha256": str,
    "size_bytes": int,
    "kind": str,
    "format": str,
    "width_px": int,
    "height_px": int,
    "frames": int,
    "frames_examined": int,
    "outcome": str,
    "undetermined_why": str,
    "problem": str,
    "pdq": str,
    "pdq_quality": int,
    "dhash": str,
    "matches": int,
    "list": str,
    "entry": str,
    "tier": int,
    "benign": bool,
    "distance_bits": int,
    "confirmed": bool,
    "exact": bool,
    "versions": str,
}
_DECODERS: Final = ("pillow", "simplejpeg", "pi-heif", "av")
_NOT_SEEN: Final = (
    ReasonCode.TOO_PLAIN,
    ReasonCode.FIRST_FRAME_ONLY,
    ReasonCode.FRAMES_SAMPLED,
    ReasonCode.NOT_ASSESSED,
)


def row_of(path: str, finding: Finding) -> Row:
    """The row of one file. A column that says nothing of this file holds None."""
    media, prints = finding.media, finding.fingerprints
    whole = next((one for one in prints.perceptual if one.variant is Variant.WHOLE), None) if prints else None
    known = [dict(one.facts) for one in finding.signals if one.kind is SignalKind.KNOWN_HASH]
    harmless = [dict(one.facts) for one in finding.signals if one.kind is SignalKind.KNOWN_BENIGN]
    best: dict[str, Any] = next(iter((*known, *harmless)), {})
    why, problem = _not_seen(finding)
    name, name_bytes = _shown(path)
    said = {
        "path": name,
        "path_bytes": name_bytes,
        "sha256": prints.sha256 if prints else None,
        "size_bytes": media.size_bytes if prints else None,
        "kind": media.kind,
        "format": media.format,
        "width_px": media.width_px,
        "height_px": media.height_px,
        "frames": media.frames,
        "frames_examined": media.frames_examined,
        "outcome": str(finding.verdict),
        "undetermined_why": why,
        "problem": problem,
        "pdq": whole.pdq if whole else None,
        "pdq_quality": whole.pdq_quality if whole else None,
        "dhash": whole.dhash if whole else None,
        "matches": len({(one["list_name"], one["entry_id"]) for one in (*known, *harmless)}),
        "list": best.get("list_name"),
        "entry": best.get("entry_id"),
        "tier": best.get("tier"),
        "benign": not known if best else None,
        "distance_bits": best.get("distance_bits"),
        "confirmed": best.get("confirmed"),
        "exact": best.get("exact"),
        "versions": versions(),
    }
    return {column: said[column] for column in COLUMNS}


@cache
def versions() -> str:
    """Who examined, and with which decoders: another version may open what this one could not."""
    return ", ".join(f"{name} {_version(name)}" for name in ("haetae", *_DECODERS))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "of an unknown version"


def _not_seen(finding: Finding) -> tuple[str | None, str | None]:
    """Why an undetermined file is so, and what the system said where it could not be read."""
    for signal in finding.signals:
        if signal.kind is SignalKind.UNDECODABLE:
            why = str(signal.facts["why"]) if finding.verdict is Verdict.UNDETERMINED else None
            return why, _shown(str(signal.facts.get("problem") or ""))[0] or None
    if finding.verdict is Verdict.UNDETERMINED:
        codes: Sequence[ReasonCode] = [reason.code for reason in finding.reasons]
        return next((str(code) for code in _NOT_SEEN if code in codes), str(codes[0])), None
    return None, None


def _shown(path: str) -> tuple[str, str | None]:
    """The path as text that every reader takes, and in hex its bytes where these are no UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        raw = path.encode("utf-8", "surrogateescape")
        return raw.decode("utf-8", "backslashreplace"), raw.hex()
    return path, None
