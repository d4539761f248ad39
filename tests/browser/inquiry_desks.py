"""Who has which desk of an investigation in the bar at the top, and nobody else has."""

from tests import people
from tests.undercover import days

DESKS = tuple(
    f"/console/{one}/"
    for one in (
        "investigations", "undercover", "evidence", "approvals", "oversight", "confiscations", "recovery", "log",
    )
)  # fmt: skip
BARS = {
    people.OFFICER: {"investigations"},
    people.APPROVER: {"undercover/approvals"},
    people.PROSECUTOR: {"undercover/petitions", "approvals", "confiscations"},
    people.JUDGE: {"undercover/permits"},
    people.CUSTODIAN: {"evidence"},
    people.OVERSEER: {"oversight"},
    people.DELEGATE: {"oversight"},
    people.RECOVERER: {"recovery"},
    people.AUDITOR: {"log"},
    people.REGULATOR: set[str](),
}


def desks_of(person: people.Person) -> list[str]:
    """Where a walk begins; the assembly reads the count of this half-year, which no link of the police leads to."""
    own = sorted(BARS.get(person, {"evidence"}))
    year, month, _ = days(0).split("-")
    half = [f"oversight/half-years/{year}/{1 if int(month) < 7 else 2}"] if person is people.DELEGATE else []
    return [f"/console/{one}/" for one in (*own, *half, "law/penalties")]
