"""Acts of two people, never of one: each has a refusal by name, and a test in which one person presses both buttons.

The pages are not what keeps them apart: a form that is posted directly is refused in the same way.
"""

import re
from typing import Final

import pytest

from tests.house.code import PACKAGE, ROOT, sources

# Refusal, where it is posted directly by the same person, and what that test asserts.
ACTS: Final[dict[str, tuple[str, str]]] = {
    "order_same_person": ("tests/web/test_orders.py", "order_same_person"),
    "signed_by_proposer": ("tests/web/test_sanctions.py", "signed_by_proposer"),
    "third_person_needed": ("tests/web/test_sanctions.py", "third_person_needed"),
    "designation_same_official": ("tests/web/test_filings.py", "designation_same_official"),
    "report_same_official": ("tests/web/test_filings.py", "report_same_official"),
    "approved_by_you_already": ("tests/web/test_joining.py", "Another official must be the second."),
    "recovery_by_one_alone": ("tests/web/test_desk.py", "A second counsellor confirms it."),
    "evidence_same_person": ("tests/web/test_evidence_pages.py", "evidence_same_person"),
    "same_person_applied": ("tests/web/test_undercover.py", "same_person_applied"),
    "same_person_petitioned": ("tests/web/test_undercover.py", "same_person_petitioned"),
    "request_own_draft": ("tests/web/test_official_requests.py", "You drafted this"),
    "watch_same_person": ("tests/web/test_watching.py", "watch_same_person"),
    "watch_extended_same_person": ("tests/web/test_watching.py", "watch_extended_same_person"),
    "training_same_official": ("tests/web/test_education.py", "training_same_official"),
    "mark_same_official": ("tests/web/test_marks.py", "mark_same_official"),
    "charge_own": ("tests/web/test_recovery_pages.py", "charge_own"),
}
_CODE: Final = re.compile(
    r'"([a-z_]*(?:same_person|same_official|by_one_alone|by_proposer|third_person|by_you_already)[a-z_]*|request_own_draft|charge_own)"'
)


def test_every_act_of_two_people_is_listed() -> None:
    """A rule that refuses somebody for having had a part already is a line here."""
    found = {
        code
        for path in sources(PACKAGE)
        if path.name == "rules.py"
        for code in _CODE.findall(path.read_text(encoding="utf-8"))
    }
    assert found == set(ACTS), (
        "list the refusal here, with the test in which the same person posts it directly"
    )


@pytest.mark.parametrize("code", sorted(ACTS))
def test_one_person_presses_both_buttons_and_is_refused(code: str) -> None:
    where, asserted = ACTS[code]
    content = (ROOT / where).read_text(encoding="utf-8")
    assert ".post(" in content
    assert asserted in content, f"{where} does not say what becomes of it when one person does both"
