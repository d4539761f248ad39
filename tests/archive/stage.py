"""A small archive with everything that an archive can hold, and a bank that knows two of its pictures."""

import json
import os
from pathlib import Path

from tests.detect import media_files as made
from tests.detect.patterns import blocks, waves

KNOWN = waves(height=300, width=400, seed=21)
FILES = 60  # pictures, besides what is no picture


def build(folder: Path) -> Path:
    """The archive; the bank lies beside it, `folder/bank`."""
    archive = folder / "archive"
    (archive / "deep" / "deeper").mkdir(parents=True)
    for number in range(FILES):
        below = archive / ("deep" if number % 2 else "")
        picture = blocks(height=64 + number, width=96, seed=number)
        (below / f"{number:03}.png").write_bytes(made.encoded(picture))
    (archive / "same.png").write_bytes(made.encoded(KNOWN))
    (archive / "deep" / "again.webp").write_bytes(made.encoded(KNOWN, "WEBP", quality=60))
    (archive / "broken.jpg").write_bytes(made.encoded(KNOWN, "JPEG")[:900])
    (archive / "list.jpg").write_bytes(b"#EXTM3U\n/etc/hostname\n")
    (archive / "empty.gif").write_bytes(b"")
    (archive / "deep" / "deeper" / "text.txt").write_bytes(b"no picture")
    return archive


def add_traps(archive: Path) -> None:
    """What only a disk can hold: a link to outside, a pipe nobody writes to, a name that is no text."""
    (archive / "link.png").symlink_to("/etc/hostname")
    (archive / "deep" / "loop").symlink_to(archive)
    os.mkfifo(archive / "pipe.png")
    (archive / os.fsdecode(b"caf\xe9.png")).write_bytes(made.encoded(blocks(height=70, width=70, seed=99)))


def bank_of(pdq: str, dhash: str, folder: Path) -> Path:
    entry = {"entry_id": "e1", "list_name": "ours", "tier": 2, "pdq": pdq, "dhash": dhash}
    (folder / "bank").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    return folder / "bank"


def rows(report: Path) -> list[dict]:
    """Every row of a report in JSON Lines, in the order of its parts."""
    parts = sorted(report.glob("part-*.jsonl"))
    return [json.loads(line) for part in parts for line in part.read_bytes().splitlines()]
