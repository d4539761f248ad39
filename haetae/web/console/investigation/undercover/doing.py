"""What an officer does with an operation: each verb reads its form and runs one action."""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from django.http import HttpRequest

from haetae.agencies.investigation.undercover import actions, queries
from haetae.agencies.investigation.undercover.actions import CannotGoUndercoverError
from haetae.agencies.investigation.undercover.acts.actions import record_act
from haetae.agencies.investigation.undercover.authorisation import actions as applying
from haetae.agencies.investigation.undercover.consent import actions as consents
from haetae.agencies.investigation.undercover.models import UndercoverOperation
from haetae.agencies.investigation.undercover.reports.actions import write_report
from haetae.agencies.investigation.undercover.states import WhyEnded
from haetae.common.ids import new_id
from haetae.web.console.investigation.undercover.forms import done_in, end_of_day, given_in
from haetae.web.console.rights import official_of
from haetae.web.sent import uuid_in

Verb = Callable[[HttpRequest, UndercoverOperation], str]


def _act(request: HttpRequest, operation: UndercoverOperation) -> str:
    """The code where the gate refused it."""
    return record_act(
        operation_id=operation.pk,
        done=done_in(request),
        form_key=_form_key(request),
        official_id=official_of(request).pk,
    )


def _begin(request: HttpRequest, operation: UndercoverOperation) -> str:
    applying.begin_urgently(
        operation_id=operation.pk,
        urgency=request.POST.get("urgency", ""),
        official_id=official_of(request).pk,
    )
    return ""


def _extend(request: HttpRequest, operation: UndercoverOperation) -> str:
    applying.ask_extension(
        operation_id=operation.pk,
        until=end_of_day(request),
        why=request.POST.get("why", ""),
        form_key=_form_key(request),
        official_id=official_of(request).pk,
    )
    return ""


def _again(request: HttpRequest, operation: UndercoverOperation) -> str:
    applying.send_again(
        application_id=_paper(request, operation),
        answer=request.POST.get("answer", ""),
        official_id=official_of(request).pk,
    )
    return ""


def _withdraw(request: HttpRequest, operation: UndercoverOperation) -> str:
    applying.withdraw(application_id=_paper(request, operation), official_id=official_of(request).pk)
    return ""


def _end(request: HttpRequest, operation: UndercoverOperation) -> str:
    why = request.POST.get("why", "")
    if why not in set(WhyEnded):
        raise CannotGoUndercoverError("end_reason_missing")
    actions.end(operation_id=operation.pk, why=WhyEnded(why), official_id=official_of(request).pk)
    return ""


def _report(request: HttpRequest, operation: UndercoverOperation) -> str:
    write_report(
        operation_id=operation.pk,
        reason=request.POST.get("reason", ""),
        summary=request.POST.get("summary", ""),
        official_id=official_of(request).pk,
    )
    return ""


def _consent(request: HttpRequest, operation: UndercoverOperation) -> str:
    consents.give(
        operation_id=operation.pk,
        given=given_in(request),
        form_key=_form_key(request),
        official_id=official_of(request).pk,
    )
    return ""


def _consent_back(request: HttpRequest, operation: UndercoverOperation) -> str:
    consents.take_back(consent_id=_consent_of(request, operation), official_id=official_of(request).pk)
    return ""


def _consent_told(request: HttpRequest, operation: UndercoverOperation) -> str:
    consents.told(consent_id=_consent_of(request, operation), official_id=official_of(request).pk)
    return ""


VERBS: Final[Mapping[str, Verb]] = {
    "act": _act,
    "begin": _begin,
    "extend": _extend,
    "again": _again,
    "withdraw": _withdraw,
    "end": _end,
    "report": _report,
    "consent": _consent,
    "consent-back": _consent_back,
    "consent-told": _consent_told,
}


def _form_key(request: HttpRequest) -> UUID:
    return uuid_in(request, "form_key") or new_id()


def _paper(request: HttpRequest, operation: UndercoverOperation) -> UUID:
    """Only of this operation."""
    asked = uuid_in(request, "application")
    if asked not in {one.pk for one in queries.applications_of(operation)} or asked is None:
        raise CannotGoUndercoverError("operation_unknown")
    return asked


def _consent_of(request: HttpRequest, operation: UndercoverOperation) -> UUID:
    asked = uuid_in(request, "consent")
    if asked is None or not operation.consents.filter(pk=asked).exists():
        raise CannotGoUndercoverError("consent_missing")
    return asked
