"""All charges, one of them with its proof, and its notice."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.recovery import queries
from haetae.agencies.recovery.models import Charge, ChargeLine
from haetae.agencies.recovery.papers.queries import letters_of
from haetae.agencies.recovery.states import MOVES, PAYABLE, ServedBy, State, Work
from haetae.common import clock
from haetae.documents.document import Language
from haetae.flow.issued.queries import of_subject
from haetae.web.access import needs
from haetae.web.console.documents.reading import document_line
from haetae.web.console.rights import official_of
from haetae.web.documents import Form, document_answer, draft_answer
from haetae.web.words.recovery import SERVED_BY, STATES, WORK, recovery_refusal
from haetae.web.words.sanctions import won
from haetae.web.words.times import moment


@needs(Permission.RECOVERY_CHARGE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What was last changed first. No name stands in the list."""
    return render(
        request, "console/recovery/listed.html", {"rows": [_line(row) for row in queries.all_charges()]}
    )


@needs(Permission.RECOVERY_CHARGE)
@require_safe
def one(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """The sum, its lines with what proves them, and what may be done now."""
    return page_of(request, charge_id)


@needs(Permission.RECOVERY_CHARGE)
@require_safe
def notice(request: HttpRequest, charge_id: UUID, language: str, form: str) -> HttpResponse:
    """As a draft until it is signed, and then as it was issued."""
    found = found_charge(charge_id)
    if language not in set(Language) or form not in set(Form):
        raise Http404
    for issued in of_subject(found.pk):
        return document_answer(request, issued=issued, language=Language(language), form=Form(form))
    if form != Form.HTML:
        raise Http404
    korean, english = letters_of(found)
    return draft_answer(korean if language == Language.KO else english)


def found_charge(charge_id: UUID) -> Charge:
    try:
        return queries.get_charge(charge_id)
    except Charge.DoesNotExist as missing:
        raise Http404 from missing


def page_of(request: HttpRequest, charge_id: UUID, *, problem: str = "", status: int = 200) -> HttpResponse:
    found, now = found_charge(charge_id), clock.now()
    state, rest = State(found.state), queries.rest_of(found)
    why_not_sign = queries.why_not_sign(found, official_id=official_of(request).pk)
    issued = of_subject(found.pk)
    shown: dict[str, Any] = {
        "charge": found,
        "line": _line(found),
        "lines": [_proof(line) for line in queries.lines_of(found.pk)],
        "is_proved": queries.is_proved(found.pk),
        "places": queries.places_of(found.pk),
        "drafted": moment(found.drafted_at, now=now),
        "signed": moment(found.signed_at, now=now) if found.signed_at else None,
        "served_by": SERVED_BY[ServedBy(found.served_by)] if found.served_by else "",
        "issued": [document_line(one) for one in issued],
        "forms": [(form.value, form.value.upper()) for form in Form] if issued else [("html", "HTML")],
        "payments": [
            {"won": won(one.won), "on": one.paid_on.isoformat(), "reference": one.reference}
            for one in queries.payments_of(found.pk)
        ],
        "rest": won(rest) if state in PAYABLE else "",
        "is_to_sign": state is State.DRAFTED,
        "why_not_sign": recovery_refusal(why_not_sign) if why_not_sign else "",
        "is_to_serve": state is State.SIGNED,
        "is_to_pay": state in PAYABLE,
        "may_withdraw": State.WITHDRAWN in MOVES[state],
        "ways": list(SERVED_BY.items()),
        "today": timezone.localdate(now).isoformat(),
        "sent": request.POST if problem else {},
        "problem": recovery_refusal(problem) if problem else "",
    }
    return render(request, "console/recovery/one.html", shown, status=status)


def _line(row: Charge) -> dict[str, Any]:
    tone, shape, words = STATES[State(row.state)]
    now = clock.now()
    return {
        "id": row.pk,
        "number": str(row.pk)[:8],
        "won": won(row.won),
        "tone": tone,
        "shape": shape,
        "words": words,
        "changed": moment(row.changed_at, now=now),
        "pay_by": moment(row.pay_by, now=now) if row.pay_by and State(row.state) in PAYABLE else None,
    }


def _proof(line: ChargeLine) -> dict[str, Any]:
    return {
        "work": WORK[Work(line.cost.work)],
        "pieces": line.pieces,
        "each": won(line.cost.won),
        "sum": won(line.won),
        "since": line.cost.since,
        "source": line.cost.source,
        "records": line.records,
    }
