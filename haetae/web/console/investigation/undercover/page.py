"""The page of one operation, for whoever works on its file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.files.states import State as FileState
from haetae.agencies.investigation.undercover import gate, queries
from haetae.agencies.investigation.undercover.acts.queries import acts_of
from haetae.agencies.investigation.undercover.authorisation.actions import last_of_extension
from haetae.agencies.investigation.undercover.consent.queries import consents_of
from haetae.agencies.investigation.undercover.models import UndercoverOperation
from haetae.agencies.investigation.undercover.reports.queries import report_of
from haetae.agencies.investigation.undercover.states import Item, Material, State, WhyEnded
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.law.undercover import ActKind
from haetae.web.console.investigation.undercover import shown
from haetae.web.words.times import moment
from haetae.web.words.undercover import ACTS, MATERIALS, WHY_ENDED, acts_words, undercover_refusal


def operation_page(
    request: HttpRequest,
    opened: OpenFile,
    operation: UndercoverOperation,
    *,
    problem: str = "",
    verb: str = "",
    status: int = 200,
) -> HttpResponse:
    """After a refusal with what was sent: nothing that was written is lost."""
    operation.refresh_from_db()
    now, key = clock.now(), opened.key
    rule = queries.rule_on(operation.kind, operation.victim, at=now)
    papers = [shown.paper(one, key=key) for one in queries.applications_of(operation)]
    last = last_of_extension(operation, now=now)
    told: dict[str, Any] = {
        "file_id": opened.investigation.pk,
        "is_closed": opened.investigation.state == FileState.CLOSED,
        "operation": shown.head(operation),
        "law": shown.law_words(rule) if rule else "",
        "problem": undercover_refusal(problem) if problem else "",
        "is_act_refused": verb == "act" and status == 409,
        "papers": papers,
        "permits": shown.permits(operation, key=key),
        "items": shown.items(operation, key=key),
        "acts": shown.acts(rule.acts) if rule else [],
        "materials": [(one.value, words) for one, words in MATERIALS.items()],
        "offer_like": acts_words(sorted(gate.OFFER_LIKE & frozenset(rule.acts))) if rule else "",
        "asks_material": rule is not None and bool(gate.WITH_MATERIAL & frozenset(rule.acts)),
        "done": [_act(one) for one in acts_of(operation, key=key)],
        "consent_acts": shown.acts(sorted(rule.needs_consent)) if rule else [],
        "consents": _consents(operation, key=key),
        "may_extend": last is not None
        and operation.state == State.RUNNING
        and not any(one["is_open"] for one in papers),
        "last_day": shown.last_whole_day(last) if last else "",
        "may_begin": operation.state == State.WAITING
        and rule is not None
        and rule.may_be_urgent(timezone.localdate(now))
        and not queries.was_urgent_before(operation)
        and not papers[0]["is_returned"],
        "reasons": [(one.value, WHY_ENDED[one]) for one in (WhyEnded.PURPOSE_REACHED, WhyEnded.GIVEN_UP)],
        "report": report_of(operation, key=key),
        "sent": request.POST if problem else {},
        "verb": verb,
        "form_key": new_id(),
    }
    return render(request, "console/investigation/undercover/operation.html", told, status=status)


def _act(one: Any) -> dict[str, Any]:
    act, now = one.act, clock.now()
    return {
        "what": one.what,
        "intent": one.intent,
        "kind": ACTS[ActKind(act.kind)],
        "why_not": undercover_refusal(act.code) if act.code else "",
        "material": "" if act.material == Material.NONE else MATERIALS[Material(act.material)],
        "by": act.officer.get_username(),
        "at": moment(act.at, now=now),
        "unnamed": [item for item in Item if getattr(act, f"{item}_id") is None],
    }


def _consents(operation: UndercoverOperation, *, key: bytes) -> list[dict[str, Any]]:
    now = clock.now()
    return [
        {
            "id": one.consent.pk,
            "who": one.who,
            "of_what": one.of_what,
            "explained": one.explained,
            "acts": acts_words(one.consent.acts),
            "given": moment(one.consent.given_at, now=now),
            "until": moment(one.consent.until, now=now),
            "withdrawn": moment(one.consent.withdrawn_at, now=now) if one.consent.withdrawn_at else None,
            "told": moment(one.consent.told_at, now=now) if one.consent.told_at else None,
        }
        for one in consents_of(operation, key=key)
    ]
