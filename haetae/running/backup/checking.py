"""Is what stands on the shelf still what was put there? And: what may go, because its time is over."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from haetae.running.backup import boxes, evidence, logcopy, shelf
from haetae.running.backup.manifest import Manifest


@dataclass(kw_only=True)
class Checked:
    """`wrong` holds a sentence for each thing that is not as it was written."""

    folder: Path
    manifest: Manifest
    wrong: list[str] = field(default_factory=list)


def check(folder: Path, *, signers: Sequence[Ed25519PublicKey] | None) -> Checked:
    """Every file by its digest, evidence by its name, the manifest by its signature where the log's keys are there.

    Raises CannotStartError where there is no backup.
    """
    stand, backup = shelf.chosen(folder)
    checked = Checked(folder=backup, manifest=Manifest.read(backup))
    if signers is not None and not any(checked.manifest.is_signed_by(key) for key in signers):
        checked.wrong.append(
            f"{backup.name}: the manifest is not signed with a key of this installation's log"
        )
    for name, stored in checked.manifest.files.items():
        if not boxes.is_whole(backup / name, stored):
            checked.wrong.append(f"{backup.name}: {name} is missing, or is not what was written")
    for name in evidence.damaged(evidence.pool(stand), checked.manifest.evidence):
        checked.wrong.append(f"evidence {name} is missing, or is not what was kept")
    return checked


@dataclass(frozen=True, kw_only=True)
class Pruned:
    """`left` is one whose time is over and which stays because it is the newest of all."""

    backups: int
    evidence: int
    pieces: int
    left: Path | None


def prune(folder: Path, *, at: datetime) -> Pruned:
    """What must not be kept any longer goes, and what only it needed. Raises CannotStartError."""
    with shelf.locked(folder):
        known = shelf.manifests(folder)
        newest = max(known, default=None)
        over = [one for one, manifest in known.items() if manifest.is_over(at=at)]
        left = newest if newest in over else None
        for one in over:
            if one == left:
                continue
            # Under another name first: what is half gone must not look complete.
            going = one.with_name(f".half-{one.name}")
            one.rename(going)
            shutil.rmtree(going)
            del known[one]
        if not known:
            return Pruned(backups=len(over), evidence=0, pieces=0, left=None)
        named = {name for manifest in known.values() for name in manifest.evidence}
        return Pruned(
            backups=len(over) - (left is not None),
            evidence=evidence.drop_unnamed(folder, named=named),
            pieces=logcopy.drop_before(folder, min(manifest.log_rows for manifest in known.values())),
            left=left,
        )
