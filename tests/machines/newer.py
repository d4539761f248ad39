"""A newer release of haetae: a copy of this one with one more column, and a word by which it is known."""

import re
import shutil
from pathlib import Path
from typing import Final

from tests.machines.town import ROOT

WORD: Final = "ready in the newer release"
_COLUMN: Final = "noted_by"
_AFTER: Final = "    received_at = models.DateTimeField()\n    form_key"
_READY: Final = 'NOTHING = "ready"'
_MIGRATION: Final = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("arrival", "{last}")]
    operations = [
        migrations.AddField("report", "{column}", models.CharField(max_length=16, null=True, default="newer")),
    ]
"""


def newer(folder: Path) -> Path:
    """Where the copy lies. Raises ValueError where this release looks otherwise than it does here."""
    # With what was compiled beside it, which stays good: nobody is to wait for kernels that did not change.
    shutil.copytree(ROOT / "haetae", folder / "haetae")
    for beside in ("models", "sandbox_platform"):
        (folder / beside).symlink_to(ROOT / beside)
    arrival = folder / "haetae" / "flow" / "arrival"
    column = f'    {_COLUMN} = models.CharField(max_length=16, null=True, default="newer")\n'
    _change(arrival / "models.py", _AFTER, column + _AFTER)
    _change(folder / "haetae" / "running" / "readiness.py", _READY, f'NOTHING = "{WORD}"')
    migrations = arrival / "migrations"
    last = max(path.stem for path in migrations.glob("[0-9]*.py"))
    number = int(re.match(r"\d+", last).group()) + 1  # type: ignore[union-attr]
    text = _MIGRATION.format(last=last, column=_COLUMN)
    (migrations / f"{number:04}_newer.py").write_text(text)
    return folder


def written_by_newer() -> int:
    """How many reports the newer code has taken in: the column that older code leaves out."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count({_COLUMN}) FROM arrival_report")
        return int(cursor.fetchone()[0])


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    if text.count(old) != 1:
        raise ValueError(f"{file.name} holds {text.count(old)} times what the newer release changes: {old!r}")
    file.write_text(text.replace(old, new))
