"""One piece of evidence as it is locked away: its files and the manifest that says what each is. Pure.

The manifest is canonical JSON (RFC 8785); its SHA-256 is what an authority stamps.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import rfc8785

from haetae.agencies.investigation.evidence.capture.recording import utc

MANIFEST: Final = "manifest.json"
WARC: Final = "capture.warc.gz"
TEXT: Final = "page.txt"
MATERIAL: Final = "material.txt"


class NotAPackageError(ValueError):
    """What was unlocked is no piece of evidence, or a file in it is not what the manifest says."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What a manifest says besides its files. `collector` is the number of an official, no name."""

    evidence_id: UUID
    origin: str
    address: str
    asked_at: datetime
    captured_at: datetime
    collector: str
    tool: str
    tool_version: str


@dataclass(frozen=True, kw_only=True)
class Package:
    """`files` without the manifest, by name."""

    manifest: bytes
    files: Mapping[str, bytes]

    @property
    def manifest_digest(self) -> str:
        return hashlib.sha256(self.manifest).hexdigest()


def package_of(files: Mapping[str, bytes], *, about: About, seen: Mapping[str, Any] | None = None) -> Package:
    """`seen` is what else a visit found: status, digests of pictures."""
    listed = [
        {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "size_bytes": len(content)}
        for name, content in sorted(files.items())
    ]
    told: dict[str, Any] = {
        "format": "haetae-evidence/1",
        "evidence": str(about.evidence_id),
        "origin": about.origin,
        "address": about.address,
        "asked_at": utc(about.asked_at),
        "captured_at": utc(about.captured_at),
        "collector": about.collector,
        "tool": {"name": about.tool, "version": about.tool_version},
        "files": listed,
        "imagery": "no picture, film or sound is kept; of each named picture its digest",
    }
    if seen is not None:
        told["seen"] = dict(seen)
    return Package(manifest=rfc8785.dumps(told), files=dict(files))


def packed(package: Package) -> bytes:
    """All files in one, the manifest first."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in [(MANIFEST, package.manifest), *sorted(package.files.items())]:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o600
            archive.addfile(entry, io.BytesIO(content))
    return made.getvalue()


def unpacked(content: bytes) -> Package:
    """Nothing is written anywhere. Raises NotAPackageError."""
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            files = {one.name: _read(archive, one) for one in archive.getmembers()}
        manifest = files.pop(MANIFEST)
    except (tarfile.TarError, KeyError) as error:
        raise NotAPackageError("What was unlocked is no piece of evidence.") from error
    package = Package(manifest=manifest, files=files)
    if wrong_files(package):
        raise NotAPackageError(f"Not what the manifest says: {', '.join(wrong_files(package))}.")
    return package


def wrong_files(package: Package) -> list[str]:
    """Names of files that are not what the manifest says, are missing, or are not named in it."""
    listed = {one["name"]: one for one in json.loads(package.manifest)["files"]}
    found = {
        name
        for name, content in package.files.items()
        if name not in listed or hashlib.sha256(content).hexdigest() != listed[name]["sha256"]
    }
    return sorted(found | (set(listed) - set(package.files)))


def _read(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(entry)
    if file is None:
        raise NotAPackageError("There is something in it that is no file.")
    return file.read()
