"""A booth as a folder: complete or not there, the same bytes for the same booth, each file listed with its digest."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from haetae.booth import pages
from haetae.booth.kiosk import Kiosk, Language
from haetae.booth.pairs import PAIRS
from haetae.booth.samples import samples
from haetae.common.manifests import manifest

MANIFEST: Final = "manifest-sha256.txt"
_LINE: Final = "  "
_OF_EVERY_BOOTH: Final = {"index.html", "booth.js"}


class NotOursError(ValueError):
    """The folder holds what no booth put there, and is left as it is; the text names it."""


def files_of(kiosk: Kiosk) -> dict[str, bytes]:
    """Names and contents. Raises LessonError."""
    pictures = samples()
    texts = {pages.page_name(language, kiosk): pages.page(language, kiosk, pictures) for language in Language}
    texts |= pages.styles() | {"booth.js": pages.script(pictures)}
    for pair in PAIRS:
        first, second = (pair.altered_is_first, not pair.altered_is_first)
        texts[f"pictures/{pair.name}-1.svg"] = pair.picture(altered=first)
        texts[f"pictures/{pair.name}-2.svg"] = pair.picture(altered=second)
        texts[f"pictures/{pair.name}-shown.svg"] = pair.shown()
    if kiosk.portal:
        texts["portal.svg"] = pages.qr(kiosk.portal)
    content = {name: text.encode() for name, text in sorted(texts.items())}
    content |= {f"pictures/{sample.name}.jpg": sample.jpeg for sample in pictures}
    content[MANIFEST] = manifest(content)
    return content


def write(files: dict[str, bytes], out: Path) -> None:
    """Put them where `out` is; an earlier booth is replaced, all else is kept. Raises NotOursError, OSError."""
    _check(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        _fill(waiting / "new", files)
        if out.exists():
            out.rename(waiting / "old")
        (waiting / "new").rename(out)
    except OSError:
        if (waiting / "old").exists() and not out.exists():
            (waiting / "old").rename(out)
        raise
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _fill(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _check(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise NotOursError(f"{out} is no folder. Name a folder that is empty or not there yet.")
    if not out.exists() or not any(out.iterdir()):
        return
    there = {str(path.relative_to(out)) for path in out.rglob("*") if not path.is_dir()}
    listed = _listed(out / MANIFEST)
    if foreign := sorted(there - listed):
        raise NotOursError(
            f"{out} holds what is not of a booth ({foreign[0]}), and nothing there was touched. "
            "Name a folder that is empty, not there yet, or holds an earlier booth and nothing else."
        )


def _listed(manifest_file: Path) -> set[str]:
    """What an earlier booth says it is made of; nothing where there is none."""
    if not manifest_file.is_file():
        return set()
    lines = manifest_file.read_text(encoding="utf-8", errors="replace").splitlines()
    listed = {line.split(_LINE, 1)[-1] for line in lines}
    # Others list their files under this name too: a bag of evidence does.
    return {MANIFEST, *listed} if listed >= _OF_EVERY_BOOTH else set()
