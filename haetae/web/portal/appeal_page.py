"""What the page of an objection says: read from what holds, and the same whatever stands behind a request."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from haetae.common import clock
from haetae.flow.deadlines.queries import of_subjects
from haetae.flow.deadlines.states import Kind
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review import queries as reviews
from haetae.law.country.provisions import Step
from haetae.law.facts import NotInForceError, Role
from haetae.law.packs import load_pack
from haetae.operators.appeals import queries
from haetae.operators.appeals.models import Appeal
from haetae.operators.appeals.rules import Why, why_not_file
from haetae.operators.appeals.states import UNDECIDED, State
from haetae.web.portal.mine.lines import day
from haetae.web.words.agencies import agency_words
from haetae.web.words.appeals import done_words, restoring_words, why_words
from haetae.web.words.decided import Decided, decided

# On this article a request rests for everybody. What a single one rests on could tell who has asked for it.
_FOR_EVERYBODY: Final = "operator_duty"


class Phase(StrEnum):
    """Which part of the page there is."""

    OPEN = "open"
    WAITING = "waiting"
    MAY_STAY = "may_stay"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`done`: what was done with the post. `until`: by when one may object; `law` says what the law gives.

    `decided` is the decision that holds, with its reasons.
    `decide_by` is our own target. `restoring`: how far it is with showing it again. `why`: why nothing can be sent.
    """

    phase: Phase
    site: str
    number: str
    done: str
    basis: str
    who_decides: str
    until: str
    law: str
    filed_on: str
    decide_by: str
    restoring: str
    settle: str
    why: str
    decided: Decided | None


def shown(request: DeletionRequest, appeal: Appeal | None) -> Shown:
    now, operator = clock.now(), request.sighting.operator
    site = operator.name if operator else _("The site")
    terms, block = queries.terms_for(request), queries.block_at(request.sighting_id)
    why = why_not_file(queries.standing_of(request), now=now)
    acted = why is not Why.NOTHING_DONE
    gone_for_good = block is not None and queries.is_gone_for_good(block.pk)
    state = block.state if block else ""
    return Shown(
        phase=_phase(appeal, why),
        site=site,
        number=str(request.key)[:8],
        done=done_words(request.state, block=state, site=site) if acted else "",
        basis=_basis(now),
        who_decides=agency_words(Role.REVIEWER, at=now),
        until=_date(terms.until) if terms else "",
        law=_law(terms.law) if terms and terms.law else "",
        filed_on=day(appeal.filed_at) if appeal else "",
        decide_by=_decide_by(appeal),
        restoring=restoring_words(state, site=site, gone_for_good=gone_for_good),
        settle=_law(terms.settle) if terms and terms.settle else "",
        why=why_words(why) if why is not None else "",
        decided=_decided(request),
    )


def _decided(request: DeletionRequest) -> Decided | None:
    """It says nothing of why it was decided about at all: that could tell whether anybody reported it."""
    newest = reviews.newest_decision_at(request.sighting_id)
    statement = reviews.statement_of(newest.pk) if newest is not None else None
    return decided(statement) if statement is not None else None


def _phase(appeal: Appeal | None, why: Why | None) -> Phase:
    if appeal is not None and appeal.state in UNDECIDED:
        return Phase.WAITING
    if why is Why.MAY_STAY or (appeal is not None and appeal.state in {State.UPHELD, State.MOOT}):
        return Phase.MAY_STAY
    if appeal is not None:
        return Phase.REJECTED if appeal.state == State.REJECTED else Phase.WITHDRAWN
    return Phase.OPEN if why is None else Phase.CLOSED


def _decide_by(appeal: Appeal | None) -> str:
    if appeal is None or appeal.review_id is None:
        return ""
    rows = of_subjects([appeal.review_id]).filter(kind=Kind.DECIDE, state="set")
    due = rows.first()
    return day(due.due_at) if due is not None and due.due_at is not None else ""


def _date(at: datetime) -> str:
    """With its year: it may be half of one away."""
    return date_format(at.astimezone(ZoneInfo(settings.TIME_ZONE)), _("j F Y, H:i"))


def _basis(now: datetime) -> str:
    pack = load_pack(settings.JURISDICTION)
    try:
        basis = pack.legal_basis(_FOR_EVERYBODY, on=now.astimezone(pack.zone).date())
    except NotInForceError:
        return ""
    return basis.citation_ko if _in_korean() else basis.citation_en


def _law(step: Step) -> str:
    """What the law gives, with its article, and whether somebody has checked it against the statute."""
    korean = _in_korean()
    words = step.words_ko if korean else step.words_en
    article = step.source.cite_ko(step.article) if korean else step.source.cite_en(step.article)
    said = f"{words} ({article})"
    return said if step.verified else _("%(law)s We could not check this article ourselves.") % {"law": said}


def _in_korean() -> bool:
    return (get_language() or settings.LANGUAGE_CODE).startswith("ko")
