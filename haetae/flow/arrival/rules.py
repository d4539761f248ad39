"""What a report and a platform's question must hold, and what an answer says. Pure: it says why not, in a code."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from haetae.common.ids import derived_id
from haetae.detect.finding import Finding, Verdict
from haetae.flow.arrival.states import Outcome

CountKey = tuple[UUID, date, Outcome]  # an operator's answers of one day that came to the same

LONGEST_LINK = 2_048
# No healthy look by any web process for so long: the platforms that ask us get no answer, and people must know.
SILENT_AFTER: Final = timedelta(seconds=15)
_POST_ID: Final = re.compile(r"[A-Za-z0-9_.:~-]{1,64}")
_OUTCOMES: Final = {
    Verdict.REQUEST: Outcome.REFUSED,
    Verdict.REVIEW: Outcome.DOUBTFUL,
    Verdict.UNDETERMINED: Outcome.UNDETERMINED,
    Verdict.NOTHING: Outcome.NOTHING,
}


def why_not_a_link(link: str) -> str | None:
    """A code for what is wrong with a link that somebody typed, or None. Nothing is looked up."""
    if not link.strip():
        return "link_missing"
    if len(link) > LONGEST_LINK:
        return "link_too_long"
    if not link.strip().lower().startswith(("http://", "https://")):
        return "link_without_scheme"
    if any(character.isspace() or not character.isprintable() for character in link.strip()):
        return "link_with_spaces"
    return None


def may_publish(verdict: Verdict) -> bool:
    """Only a confirmed known picture is kept back: doubt and a failed look never block by themselves."""
    return verdict is not Verdict.REQUEST


def outcome_of(verdict: Verdict) -> Outcome:
    """How an answer with this verdict is counted."""
    return _OUTCOMES[verdict]


def why_not_a_post_id(post_id: str) -> str | None:
    """A code for what is wrong with a platform's own name of an upload, or None."""
    if not post_id:
        return "post_id_missing"
    return None if _POST_ID.fullmatch(post_id) else "post_id_no_code"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One upload without its bytes. `place` is page and media where the platform will show it, if it named them."""

    operator_id: UUID
    post_id: str
    place: tuple[str, str] | None = None

    def check_id(self, finding: Finding) -> UUID:
        """The same question about the same bytes with the same answer has the same id, whenever it is asked."""
        assert finding.fingerprints is not None
        return derived_id(
            "upload_check", self.operator_id, self.post_id, finding.fingerprints.sha256, finding.verdict
        )
