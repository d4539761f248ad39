"""How a form of the case's page becomes one action: read, done, answered; what was written is never lost."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from haetae.accounts.permissions import Permission
from haetae.agencies.referrals.actions import CannotReferError
from haetae.agencies.support.actions import CannotWriteError, OpenCase
from haetae.agencies.support.desk import queries as desk
from haetae.agencies.support.queries import get_case
from haetae.common.ids import new_id
from haetae.common.keys import KeysUnavailableError
from haetae.web.access import needs
from haetae.web.console.cases.page import case_page
from haetae.web.console.rights import official_of
from haetae.web.errors import RETRY_AFTER_S
from haetae.web.words.case_refusals import case_refusal

Code = TypeVar("Code", bound=StrEnum)
Verb = Callable[["Sent"], HttpResponse | None]
View = Callable[..., HttpResponse]
# Somebody else was faster, or it has ended: nothing is wrong with what was sent.
_TOO_LATE: Final = frozenset(
    {
        "case_of_another",
        "case_ended",
        "case_destroyed",
        "recovery_over",
        "referral_over",
        "referral_open_already",
    }
)
_NO_TEXT: Final = frozenset({"csrfmiddlewaretoken", "text"})


class Sent:
    """What was sent, about which case, by whom."""

    def __init__(self, request: HttpRequest, case_id: UUID) -> None:
        self.request, self.case_id = request, case_id
        self.official_id: UUID = official_of(request).pk
        self.fields: QueryDict = request.POST

    def one(self, field: str, codes: type[Code]) -> Code:
        """Raises CannotWriteError for what cannot be chosen."""
        value = self.fields.get(field, "")
        if value not in set(codes):
            raise CannotWriteError("not_chosen")
        return codes(value)

    def maybe(self, field: str, codes: type[Code]) -> Code | None:
        value = self.fields.get(field, "")
        return codes(value) if value in set(codes) else None

    def several(self, field: str, codes: type[Code]) -> list[Code]:
        return [codes(value) for value in self.fields.getlist(field) if value in set(codes)]

    def text(self, field: str = "text") -> str:
        return self.fields.get(field, "").replace("\r\n", "\n")

    def id(self, field: str) -> UUID | None:
        try:
            return UUID(self.fields.get(field, ""))
        except ValueError:
            return None

    @property
    def form_key(self) -> UUID:
        """The key that was drawn with the form; a form without a readable one counts as a new form."""
        return self.id("form_key") or new_id()

    def opened(self) -> OpenCase:
        """Raises CannotWriteError unless whoever sends it has said why today, and Case.DoesNotExist."""
        found = desk.opened_by(get_case(self.case_id), self.official_id)
        if found is None:
            raise CannotWriteError("reason_missing")
        return found


def act(verb: Verb) -> View:
    """The view of one form. Sent twice it is done once."""

    @needs(Permission.CASE_WRITE)
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, case_id: UUID) -> HttpResponse:
        if request.method != "POST":
            return redirect("console:case", case_id)  # after a sign-in that came in between
        try:
            done = verb(Sent(request, case_id))
        except (CannotWriteError, CannotReferError) as refused:
            status = 409 if str(refused) in _TOO_LATE else 422
            return case_page(
                request,
                case_id,
                problem=str(refused),
                sent={name: request.POST.get(name, "") for name in request.POST},
                status=status,
            )
        except (OperationalError, InterfaceError, KeysUnavailableError):
            return _kept(request)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        return done or redirect("console:case", case_id)

    return view


def _kept(request: HttpRequest) -> HttpResponse:
    """A page that needs no database, with everything that was sent."""
    fields = [
        (name, value) for name in request.POST if name not in _NO_TEXT for value in request.POST.getlist(name)
    ]
    shown = {
        "problem": case_refusal("not_saved"),
        "where": request.path,
        "fields": fields,
        "text_name": "text",
        "text": request.POST.get("text", ""),
    }
    answer = render(request, "console/kept.html", shown, status=503)
    answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer
