"""One operator's line on the public page and in the file: numbers and words, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from haetae.agencies.enforcement.filings.comparing import Ours, compare, shown
from haetae.agencies.enforcement.filings.queries import PublicLine, public_lines
from haetae.agencies.enforcement.filings.states import Due
from haetae.agencies.statistics.queries import shown_all_year


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`received` to `their_percent` are theirs. Of ours None stands for what is not shown because it is so little."""

    name: str
    state: str
    is_missing: bool
    has_report: bool
    received: int | None = None
    removed: int | None = None
    their_percent: int | None = None
    asked: int | None = None
    verified: int | None = None
    our_percent: int | None = None


def lines_of(year: int) -> Sequence[Shown]:
    return [_shown(line) for line in public_lines(year)]


def finding(lines: Sequence[Shown]) -> str:
    """The year in one sentence."""
    came, missing = sum(line.has_report for line in lines), sum(line.is_missing for line in lines)
    said = {"came": came, "all": len(lines), "missing": missing}
    if missing:
        return _("%(came)s of %(all)s reports can be read here, %(missing)s did not come in time.") % said
    return _("%(came)s of %(all)s reports can be read here.") % said


def _shown(line: PublicLine) -> Shown:
    report = line.report
    if report is None or report.received is None or report.removed is None:
        return Shown(
            name=line.operator.name,
            state=_without(line),
            is_missing=line.due is Due.MISSING,
            has_report=False,
        )
    ours = Ours(asked=report.our_asked or 0, verified=report.our_verified or 0)
    asked, verified = shown(ours)
    if not shown_all_year(str(line.operator.pk), report.year):
        # The months that are published would tell, together with the year, a number that one of them hides.
        asked = verified = None
    compared = compare(received=report.received, removed=report.removed, ours=ours)
    return Shown(
        name=line.operator.name,
        state=_("The report is here."),
        is_missing=False,
        has_report=True,
        received=report.received,
        removed=report.removed,
        their_percent=compared.their_percent,
        asked=asked,
        verified=verified,
        our_percent=compared.our_percent if verified is not None else None,
    )


def _without(line: PublicLine) -> str:
    """Why there are no numbers yet."""
    if line.due is Due.FILED or line.due_on is None:
        return _("The report came. It is being checked.")
    day = date_format(line.due_on, _("j F Y"))
    if line.due is Due.MISSING:
        return _("No report came by %(day)s.") % {"day": day}
    return _("The report is due by %(day)s.") % {"day": day}
