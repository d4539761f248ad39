"""What was agreed and handed over, and what may be put right: the forms beside a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from haetae.accounts.models import Official
from haetae.agencies.referrals import queries as referrals
from haetae.agencies.referrals.rules import CASE_TO, PACKAGE_LONGEST, PACKAGE_SHORTEST
from haetae.agencies.referrals.states import OPEN, Basis, Returned, To
from haetae.agencies.referrals.states import State as Referred
from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.consent import queries as consents
from haetae.agencies.support.consent.states import Giver, How, Kind, Paper
from haetae.agencies.support.desk.states import HandedOn, Proof, SeenTo
from haetae.agencies.support.desk.states import Told as GuardianTold
from haetae.agencies.support.models import Case
from haetae.agencies.support.recovery import queries as recovery
from haetae.agencies.support.recovery.states import State as WordsState
from haetae.agencies.support.rules import MESSAGE_LONGEST
from haetae.agencies.support.states import Age, Circumstance, IdentityCheck, Recovery, Relation
from haetae.common.case_keys import open_text
from haetae.flow.deadlines.queries import of_subjects
from haetae.web.console.lines import Due, due
from haetae.web.words.cases import options, said
from haetae.web.words.times import Moment, moment


@dataclass(frozen=True, kw_only=True)
class ConsentShown:
    kind: str
    words: str
    giver: str
    how: str
    papers: Sequence[str]
    given: Moment
    ended: Moment | None


@dataclass(frozen=True, kw_only=True)
class ReferralShown:
    referral_id: UUID
    to: str
    basis: str
    state: str
    why: str
    package: str
    sent: Moment
    is_open: bool
    is_bad: bool
    due: Due | None


@dataclass(frozen=True, kw_only=True)
class LostWords:
    """Who may help, and how far that has come. `step` is what whoever reads may do now: ask, confirm, issue."""

    chosen: str
    agreed: str
    state: str
    asked_by: str
    confirmed_by: str
    step: str


def agreed(case: Case, *, opened: OpenCase, official: Official, now: datetime) -> dict[str, Any]:
    """Everything beside what was told."""
    return {
        "case": case,
        "seen_to": options(SeenTo),
        "handed_on": options(HandedOn),
        "relations": options(Relation),
        "ages": options(Age),
        "proofs": options(Proof),
        "circumstances": [it for it in options(Circumstance) if it[0] != Circumstance.GUARDIAN_UNSAFE],
        "home_unsafe": Circumstance.GUARDIAN_UNSAFE in case.circumstances,
        "home_asked": moment(case.home_asked_at, now=now) if case.home_asked_at else None,
        "guardian_ways": options(GuardianTold),
        "consents": [_consent(row, now=now) for row in consents.of_case(case.pk)],
        "kinds": options(Kind),
        "givers": options(Giver),
        "hows": options(How, [How.TELEPHONE, How.IN_PERSON, How.PAPER]),
        "papers": options(Paper),
        "referrals": list(_referrals(opened, now=now)),
        "receivers": options(To, sorted(CASE_TO)),
        "returned": options(Returned),
        "lost": _lost(case, official),
        "checks": options(IdentityCheck),
        "recoveries": options(Recovery),
        "message_longest": MESSAGE_LONGEST,
        "package_shortest": PACKAGE_SHORTEST,
        "package_longest": PACKAGE_LONGEST,
    }


def _consent(row: Any, *, now: datetime) -> ConsentShown:
    return ConsentShown(
        kind=row.kind,
        words=said(Kind, row.kind),
        giver=said(Giver, row.giver),
        how=said(How, row.how),
        papers=[said(Paper, paper) for paper in row.papers],
        given=moment(row.given_at, now=now),
        ended=moment(row.ended_at, now=now) if row.ended_at else None,
    )


def _referrals(opened: OpenCase, *, now: datetime) -> list[ReferralShown]:
    rows = referrals.of_case(opened.case.pk)
    dues = {row.subject_id: row for row in of_subjects(row.pk for row in rows)}
    return [
        ReferralShown(
            referral_id=row.pk,
            to=said(To, row.to),
            basis=said(Basis, row.basis),
            state=said(Referred, row.state),
            why=said(Returned, row.why_returned) if row.why_returned else "",
            package=open_text(row.package, key=opened.key, about=row.pk),
            sent=moment(row.sent_at, now=now),
            is_open=row.state in OPEN,
            is_bad=row.state in {Referred.RETURNED, Referred.OVERDUE},
            due=due(dues.get(row.pk), now=now),
        )
        for row in rows
    ]


def _lost(case: Case, official: Official) -> LostWords:
    running = recovery.running(case.pk)
    step = "ask"
    if running is not None and running.state == WordsState.ASKED:
        step = "wait" if running.asked_by_id == official.pk else "confirm"
    elif running is not None:
        step = "issue" if running.asked_by_id == official.pk else "wait"
    by_name = case.recovery_by.get_username() if case.recovery_by else ""
    return LostWords(
        chosen=by_name or said(Recovery, case.recovery),
        agreed=said(IdentityCheck, case.recovery_check) if case.recovery_check else "",
        state=said(WordsState, running.state) if running else "",
        asked_by=running.asked_by.get_username() if running else "",
        confirmed_by=running.confirmed_by.get_username() if running and running.confirmed_by else "",
        step=step if case.recovery != Recovery.NOBODY else "none",
    )
