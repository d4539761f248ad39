"""Prints the flow from the tables that the code uses: `python -m haetae.running.flow_page` writes docs/flow.md."""

from collections.abc import Callable, Iterator
from typing import Any

from haetae.agencies.education import states as education
from haetae.agencies.enforcement.designation import states as designation
from haetae.agencies.enforcement.filings import states as filings
from haetae.agencies.enforcement.orders import states as orders
from haetae.agencies.enforcement.sanctions import states as sanctions
from haetae.agencies.investigation.deletions import states as deletion_words
from haetae.agencies.investigation.evidence import states as evidence
from haetae.agencies.investigation.files import states as investigation_files
from haetae.agencies.investigation.preservation import states as preservation
from haetae.agencies.investigation.proceeds import states as proceeds
from haetae.agencies.investigation.self_reports import states as self_reports
from haetae.agencies.investigation.subscribers import states as subscribers
from haetae.agencies.investigation.undercover import states as undercover
from haetae.agencies.looks import states as looks
from haetae.agencies.recovery import states as charges
from haetae.agencies.referrals import states as referrals
from haetae.agencies.second_looks import states as second_looks
from haetae.agencies.support import states as support
from haetae.agencies.support.notices import states as notices
from haetae.agencies.support.recovery import states as recovery
from haetae.flow.arrival import states as arrival
from haetae.flow.arrival.watching import states as watching
from haetae.flow.assessment import states as assessment
from haetae.flow.by_hand import states as by_hand
from haetae.flow.deadlines import states as deadlines
from haetae.flow.delivery import states as delivery
from haetae.flow.ends import ENDS
from haetae.flow.hearings import states as hearings
from haetae.flow.next_step import FOLLOWS, WHEN_DUE, WHEN_LAW_IS_DUE
from haetae.flow.remedies import states as remedies
from haetae.flow.removal import states as removal
from haetae.flow.review import states as review
from haetae.flow.tasks import states as tasks
from haetae.flow.verification import states as verification
from haetae.operators.appeals import states as appeals
from haetae.operators.onboarding import states as onboarding
from haetae.operators.trials import states as trials

TABLES: dict[str, dict[Any, Any]] = {
    "report (arrival)": arrival.MOVES,
    "watch list (arrival)": watching.MOVES,
    "assessment": assessment.MOVES,
    "deletion request (removal)": removal.MOVES,
    "review": review.MOVES,
    "provisional block (review)": review.BLOCK_MOVES,
    "remedy": remedies.MOVES,
    "probe (verification)": verification.MOVES,
    "objection of whoever posted it (appeals)": appeals.MOVES,
    "delivery": delivery.MOVES,
    "breaker before an operator (delivery)": delivery.GATE_MOVES,
    "hearing": hearings.MOVES,
    "mark of a place (by_hand)": by_hand.MOVES,
    "corrective order": orders.MOVES,
    "yearly report of an operator (filings)": filings.MOVES,
    "year for which a report is expected (filings)": filings.DUE_MOVES,
    "designation": designation.MOVES,
    "surcharge or fine (sanctions)": sanctions.MOVES,
    "file of the police (investigation)": investigation_files.MOVES,
    "piece of evidence (investigation)": evidence.MOVES,
    "report of oneself (self_reports)": self_reports.MOVES,
    "proceeds of an offence (proceeds)": proceeds.MOVES,
    "charge of what a deletion cost (recovery)": charges.MOVES,
    "session (education)": education.SESSION_MOVES,
    "yearly report of an institution (education)": education.YEAR_MOVES,
    "training of managers (education)": education.TRAINING_MOVES,
    "incident inside an institution (education)": education.INCIDENT_MOVES,
    "word of an officer that a place must go (deletions)": deletion_words.MOVES,
    "request to a platform to keep data (preservation)": preservation.MOVES,
    "request to a platform for data (subscribers)": subscribers.MOVES,
    "undercover operation (investigation)": undercover.MOVES,
    "undercover application (investigation)": undercover.PAPER_MOVES,
    "task": tasks.MOVES,
    "look (looks)": looks.MOVES,
    "second look at what was decided (second_looks)": second_looks.MOVES,
    "deadline": deadlines.MOVES,
    "a person's case (support)": support.MOVES,
    "new words for a case (support)": recovery.MOVES,
    "mail to a person (support)": notices.MOVES,
    "referral": referrals.MOVES,
    "application of an operator (onboarding)": onboarding.MOVES,
    "trial (trials)": trials.MOVES,
}


def steps() -> Iterator[str]:
    """Which step each event causes."""
    yield "| when this happened | this function goes on | because |"
    yield "|---|---|---|"
    for event, step in FOLLOWS.items():
        yield f"| `{event}` | `{name_of(step)}` | {_first_line(step.__doc__)} |"


def dues() -> Iterator[str]:
    """What happens when a due date passes."""
    yield "| due | then | because |"
    yield "|---|---|---|"
    for kind, act in WHEN_DUE.items():
        yield f"| `{kind}` | `{name_of(act)}` | {_first_line(act.__doc__)} |"
    for kind, act in WHEN_LAW_IS_DUE.items():
        yield f"| `{kind}`, by law | `{name_of(act)}` | {_first_line(act.__doc__)} |"


def ends() -> Iterator[str]:
    """Events that cause no step, and why the flow may rest there."""
    yield "| when this happened | no step, because |"
    yield "|---|---|"
    for event, why in ENDS.items():
        yield f"| `{event}` | {why} |"


def moves() -> Iterator[str]:
    """Every state, and what may follow it."""
    for name, table in TABLES.items():
        yield f"| {name} | may become |"
        yield "|---|---|"
        for state, after in table.items():
            yield f"| `{state}` | {', '.join(f'`{one}`' for one in sorted(after)) or 'nothing: an end'} |"
        yield ""


def name_of(step: Callable[..., object]) -> str:
    """As the page names it: `asking.send_request`."""
    return f"{step.__module__.rpartition('.')[2]}.{step.__name__}"


def _first_line(text: str | None) -> str:
    return (text or "").strip().splitlines()[0].rstrip(".")
