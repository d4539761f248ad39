"""Evidence has no way to whatever learns: no purpose, no import, no folder that is read."""

import re
from pathlib import Path

from haetae.law.evidence import Purpose
from tests.house.code import PACKAGE, ROOT, name_of, sources

_STORE = re.compile(r"investigation[./]evidence|HAETAE_EVIDENCE|settings\.EVIDENCE|evidence\.keeping")
# Whoever looks at pictures, learns, measures models, or knows hashes.
# They copy what lies locked, file by file, and open none of it.
_COPYING = {"cli/backup.py", "running/backup/after.py"}
_LEARNING = ("detect/", "hashbank/", "flow/assessment/", "cli/evaluate", "cli/models")


def test_no_purpose_is_to_teach_a_machine():
    assert {purpose.value for purpose in Purpose} == {
        "same_or_related_offence",
        "related_discipline",
        "subjects_damages_suit",
        "other_statute",
    }


def test_whatever_learns_or_looks_at_pictures_does_not_know_where_evidence_lies():
    learning = [path for path in sources(PACKAGE) if name_of(path).startswith(_LEARNING)]
    learning += [*(ROOT / "training").rglob("*.py"), *(ROOT / "models").rglob("*.json")]
    assert len(learning) > 50
    for path in learning:
        assert not _STORE.search(path.read_text(encoding="utf-8")), path


def test_only_its_own_room_and_its_commands_open_the_store():
    opening = {
        name_of(path)
        for path in sources(PACKAGE)
        if re.search(
            r"keeping import .*\b(store|boxes)\b|settings\.EVIDENCE", path.read_text(encoding="utf-8")
        )
    }
    outside = {name for name in opening if not name.startswith("agencies/investigation/evidence/")}
    assert opening
    assert outside == _COPYING, outside


def test_where_evidence_lies_is_no_folder_that_the_project_ships():
    assert not list(Path(ROOT).glob("**/*.age"))
