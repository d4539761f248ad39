"""One case as a counsellor reads it: what is opened to them today, and the forms of what they may do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.agencies.referrals import queries as referrals
from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.desk import queries as desk
from haetae.agencies.support.desk.states import REASONS, Part
from haetae.agencies.support.models import Case
from haetae.agencies.support.queries import messages_of, texts_of
from haetae.agencies.support.states import IDENTITY, ExOfficio, Sender, Text
from haetae.audit.queries import about
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.web.access import needs
from haetae.web.console.cases.agreed import agreed
from haetae.web.console.cases.lines import case_line
from haetae.web.console.cases.places import places
from haetae.web.console.rights import official_of
from haetae.web.words.agencies import acting
from haetae.web.words.case_events import case_facts
from haetae.web.words.case_refusals import case_refusal
from haetae.web.words.cases import options, said
from haetae.web.words.events import event_words
from haetae.web.words.times import Moment, moment


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Something that was told or written."""

    words: str
    text: str
    at: Moment
    is_ours: bool = False


@dataclass(frozen=True, kw_only=True)
class Happened:
    at: Moment
    words: str
    facts: str
    by: str


@needs(Permission.CASE_READ)
@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Its codes; and what the person told, for whoever has said why today."""
    return case_page(request, case_id)


def case_page(
    request: HttpRequest,
    case_id: UUID,
    *,
    problem: str = "",
    sent: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """With what was not taken (`problem`, a code), and what was written then, so that nothing is lost."""
    found = desk.with_counts(case_id)
    if found is None:
        raise Http404
    official, now = official_of(request), clock.now()
    parts = desk.parts_open(case_id=case_id, official_id=official.pk, at=now)
    opened = desk.opened_by(found, official.pk)
    came_back = referrals.unanswered_of([found.pk])
    shown: dict[str, Any] = {
        "line": case_line(found, official_id=official.pk, came_back=came_back, now=now),
        "problem": case_refusal(problem) if problem else "",
        "sent": sent or {},
        "form_key": new_id(),
        "reasons": options_of(Part.TOLD),
        "ex_officio": said(ExOfficio, found.ex_officio) if found.ex_officio else "",
        "opened": opened is not None,
    }
    if opened is not None:
        shown |= _told(opened, identity_open=Part.IDENTITY in parts, now=now)
        shown |= agreed(found, opened=opened, official=official, now=now)
        shown["places"] = places(found, now=now)
        shown["history"] = list(_history(found, now=now))
        shown["counsellors"] = [it for it in desk.counsellors() if it.pk != found.counsellor_id]
    return render(request, "console/cases/case.html", shown, status=status)


def options_of(part: Part) -> list[tuple[str, str]]:
    reasons = REASONS[part]
    return options(type(reasons[0]), reasons)


def _told(opened: OpenCase, *, identity_open: bool, now: datetime) -> dict[str, Any]:
    told = texts_of(opened)
    who = [it for it in told if it.kind in IDENTITY]
    return {
        "told": [
            Paragraph(words=said(Text, it.kind), text=it.text, at=moment(it.at, now=now))
            for it in told
            if it.kind not in IDENTITY
        ],
        "has_identity": bool(who),
        "identity": [
            Paragraph(words=said(Text, it.kind), text=it.text, at=moment(it.at, now=now)) for it in who
        ]
        if identity_open
        else [],
        "identity_open": identity_open,
        "identity_reasons": options_of(Part.IDENTITY),
        "messages": [
            Paragraph(
                words=said(Sender, it.sender),
                text=it.text,
                at=moment(it.at, now=now),
                is_ours=it.sender is not Sender.PERSON,
            )
            for it in messages_of(opened)
        ],
    }


def _history(found: Case, *, now: datetime) -> Iterator[Happened]:
    subjects: Sequence[UUID] = [found.pk, *(row.pk for row in referrals.of_case(found.pk))]
    events = list(about(subjects))
    names = dict(
        Official.objects.filter(
            pk__in={event.actor_id for event in events if event.actor_kind == "official"}
        ).values_list("pk", "username")
    )
    actors = acting(events)
    for event in events:
        yield Happened(
            at=moment(event.at, now=now),
            words=event_words(event.name),
            facts=case_facts(event.name, event.facts),
            by=actors.words_with_name(event, names),
        )
