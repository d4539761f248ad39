"""The pages of officers: the operations of a file, a new application, one operation, and what is done with it."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.files import actions as files
from haetae.agencies.investigation.files.queries import NotYoursError, OpenFile
from haetae.agencies.investigation.files.rules import counts_as_minor
from haetae.agencies.investigation.files.states import State as FileState
from haetae.agencies.investigation.files.states import Victim
from haetae.agencies.investigation.undercover import actions, queries
from haetae.agencies.investigation.undercover.actions import CannotGoUndercoverError
from haetae.agencies.investigation.undercover.authorisation import actions as applying
from haetae.agencies.investigation.undercover.models import UndercoverOperation
from haetae.agencies.investigation.undercover.states import Item
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.law.packs import load_pack
from haetae.law.undercover import Operation, Shown, UndercoverRule
from haetae.web.access import needs
from haetae.web.console.investigation.files import GET_TOO
from haetae.web.console.investigation.gate import in_file
from haetae.web.console.investigation.undercover import page, shown
from haetae.web.console.investigation.undercover.doing import VERBS
from haetae.web.console.investigation.undercover.forms import applied_in
from haetae.web.console.rights import official_of
from haetae.web.sent import IncompleteError, uuid_in
from haetae.web.words.undercover import ITEMS, KINDS, THRESHOLDS, undercover_refusal

_TEMPLATES: Final = "console/investigation/undercover"


@needs(Permission.INVESTIGATION_WORK)
@require_safe
@in_file
def listed(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """Every operation of this file, and what may be applied for."""
    rows = [shown.head(one) for one in queries.operations_of(opened.investigation.pk)]
    may = [(kind, words, _rule(opened, kind)) for kind, words in KINDS.items()]
    told = {
        "file_id": opened.investigation.pk,
        "rows": rows,
        "is_closed": opened.investigation.state == FileState.CLOSED,
        "kinds": [(kind.value, words, shown.law_words(rule)) for kind, words, rule in may if rule],
    }
    return render(request, f"{_TEMPLATES}/operations.html", told)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def new(request: HttpRequest, opened: OpenFile, kind: str) -> HttpResponse:
    """The application; what is missing is said, and nothing that was written is lost."""
    if kind not in set(Operation):
        raise Http404
    problem, status, file_id = "", 200, opened.investigation.pk
    if request.method == "POST":
        try:
            operation_id = applying.apply(
                investigation_id=file_id,
                kind=Operation(kind),
                applied=applied_in(request),
                form_key=uuid_in(request, "form_key") or new_id(),
                official_id=official_of(request).pk,
            )
        except IncompleteError as missing:
            problem, status = missing.code, 422
        except (CannotGoUndercoverError, NotYoursError) as refused:
            problem, status = str(refused), 422 if str(refused).endswith("_missing") else 409
            files.refused(investigation_id=file_id, code=problem, official_id=official_of(request).pk)
        else:
            return redirect("console:undercover_operation", file_id, operation_id)
    return render(
        request, f"{_TEMPLATES}/new.html", _form(request, opened, Operation(kind), problem), status=status
    )


@needs(Permission.INVESTIGATION_WORK)
@require_safe
@in_file
def one(request: HttpRequest, opened: OpenFile, operation_id: UUID) -> HttpResponse:
    """One operation: what is permitted, what was done, what comes next and who does it."""
    return page.operation_page(request, opened, _operation(opened, operation_id))


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def do(request: HttpRequest, opened: OpenFile, operation_id: UUID, verb: str) -> HttpResponse:
    """One thing that an officer does with an operation. A refusal is said on its page, and recorded."""
    operation, act = _operation(opened, operation_id), VERBS.get(verb)
    if act is None:
        raise Http404
    if request.method == "POST":
        code, status = _tried(lambda: act(request, operation), request, operation)
        if code:
            return page.operation_page(request, opened, operation, problem=code, verb=verb, status=status)
    return redirect(reverse("console:undercover_operation", args=[opened.investigation.pk, operation_id]))


def _tried(act: Callable[[], str], request: HttpRequest, operation: UndercoverOperation) -> tuple[str, int]:
    """The code of what stood against it, and its status; empty where it was done."""
    try:
        return act(), 409
    except IncompleteError as missing:
        return missing.code, 422
    except (CannotGoUndercoverError, NotYoursError) as refused:
        code = str(refused)
        actions.denied(operation_id=operation.pk, code=code, official_id=official_of(request).pk)
        return code, 422 if code.endswith("_missing") else 409


def _operation(opened: OpenFile, operation_id: UUID) -> UndercoverOperation:
    found = queries.operation_in(opened.investigation.pk, operation_id)
    if found is None:
        raise Http404
    return found


def _rule(opened: OpenFile, kind: Operation) -> UndercoverRule | None:
    minor = counts_as_minor(Victim(opened.investigation.victim))
    return queries.rule_on(kind, Shown.UNDER_19 if minor else Shown.ADULT, at=clock.now())


def _form(request: HttpRequest, opened: OpenFile, kind: Operation, problem: str) -> dict[str, Any]:
    rule, now = _rule(opened, kind), clock.now()
    pack = load_pack(settings.JURISDICTION)
    sent = request.POST
    today = now.astimezone(pack.zone).date()
    return {
        "file_id": opened.investigation.pk,
        "kind": kind.value,
        "kind_words": KINDS[kind],
        "rule": rule,
        "law": shown.law_words(rule) if rule else "",
        "is_assumed": kind is Operation.ASSUMED,
        "may_be_urgent": rule is not None and rule.may_be_urgent(today),
        "problem": undercover_refusal(problem) if problem else "",
        "acts": [(code, words, code in sent.getlist("acts")) for code, words in shown.acts(rule.acts)]
        if rule
        else [],
        "items": [(item.value, ITEMS[item], sent.get(item, "")) for item in Item],
        "thresholds": [(one.value, THRESHOLDS[one], sent.get(one, "")) for one in rule.thresholds]
        if rule
        else [],
        "sent": sent,
        "last_day": shown.last_whole_day(pack.due_at(start=now, duration=rule.longest)) if rule else "",
        "form_key": sent.get("form_key") or new_id(),
    }
