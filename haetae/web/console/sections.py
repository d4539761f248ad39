"""The pages of the bar at the top, and the first of them for whoever comes in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.accounts.permissions import Permission
from haetae.web.console.rights import may


@dataclass(frozen=True, kw_only=True)
class Section:
    """One page of the bar at the top; `key` opens it after g, and is its own among all that one agency opens."""

    name: str
    words: str | Promise
    needed: Permission
    key: str


SECTIONS: Final = (
    Section(name="console:work", words=_("Sightings"), needed=Permission.SIGHTING_READ, key="s"),
    Section(name="console:find", words=_("Find"), needed=Permission.SIGHTING_READ, key="f"),
    Section(name="console:cases", words=_("People"), needed=Permission.CASE_READ, key="p"),
    Section(name="console:referrals", words=_("Referrals"), needed=Permission.REFERRAL_ANSWER, key="e"),
    Section(name="console:reviews", words=_("Decisions"), needed=Permission.REVIEW_READ, key="r"),
    Section(name="console:watching", words=_("Watching"), needed=Permission.WATCH_READ, key="w"),
    Section(name="console:tasks", words=_("Tasks"), needed=Permission.TASK_READ, key="t"),
    Section(name="console:holds", words=_("Holds"), needed=Permission.HOLD_SET, key="o"),
    Section(
        name="console:investigations",
        words=_("Investigations"),
        needed=Permission.INVESTIGATION_WORK,
        key="v",
    ),
    Section(name="console:evidence", words=_("Kept evidence"), needed=Permission.EVIDENCE_KEEP, key="w"),
    Section(
        name="console:confiscations",
        words=_("Proceeds"),
        needed=Permission.CONFISCATION_DECIDE,
        key="x",
    ),
    Section(
        name="console:recovery",
        words=_("Cost of deletion"),
        needed=Permission.RECOVERY_CHARGE,
        key="z",
    ),
    Section(name="console:education", words=_("Teaching"), needed=Permission.EDUCATION_WORK, key="t"),
    Section(
        name="console:institutions", words=_("Institutions"), needed=Permission.EDUCATION_SUPERVISE, key="i"
    ),
    Section(name="console:approvals", words=_("Approvals"), needed=Permission.PRESERVATION_APPROVE, key="m"),
    Section(
        name="console:undercover_approvals",
        words=_("Undercover approvals"),
        needed=Permission.UNDERCOVER_APPROVE,
        key="m",
    ),
    Section(
        name="console:undercover_petitions",
        words=_("Petitions"),
        needed=Permission.UNDERCOVER_PETITION,
        key="j",
    ),
    Section(
        name="console:undercover_permits", words=_("Permits"), needed=Permission.UNDERCOVER_PERMIT, key="p"
    ),
    Section(name="console:oversight", words=_("Oversight"), needed=Permission.OVERSIGHT_READ, key="q"),
    Section(name="console:operators", words=_("Operators"), needed=Permission.HEALTH_READ, key="b"),
    Section(name="console:enforcement", words=_("Supervision"), needed=Permission.ENFORCEMENT_READ, key="u"),
    Section(
        name="console:applications", words=_("Applications"), needed=Permission.OPERATOR_APPROVE, key="a"
    ),
    Section(name="console:court", words=_("For a court"), needed=Permission.RECORD_EXPORT, key="c"),
    Section(name="console:filings", words=_("Filings"), needed=Permission.ENFORCEMENT_READ, key="i"),
    Section(name="console:sanctions", words=_("Sanctions"), needed=Permission.ENFORCEMENT_READ, key="y"),
    Section(name="console:health", words=_("Health"), needed=Permission.HEALTH_READ, key="h"),
    Section(name="console:log", words=_("Log"), needed=Permission.LOG_EXPORT, key="k"),
    Section(name="console:figures", words=_("Figures"), needed=Permission.FIGURES_READ, key="n"),
    Section(
        name="console:statistics",
        words=_("Statistics"),
        needed=Permission.STATISTICS_PUBLISH,
        key="p",
    ),
    Section(name="console:board", words=_("Wall-board"), needed=Permission.FIGURES_READ, key="g"),
    Section(name="console:people", words=_("Seats"), needed=Permission.SEAT_MANAGE, key="d"),
    Section(name="console:lost", words=_("Lost links"), needed=Permission.TASK_READ, key="l"),
)


def sections_of(request: HttpRequest) -> Sequence[Section]:
    """The pages that whoever is signed in may open today."""
    return [section for section in SECTIONS if may(request, section.needed)]
