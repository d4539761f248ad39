"""What every form of these pages does: run one act, say why it was refused, and have the refusal recorded."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from haetae.accounts.models import Operator
from haetae.agencies.enforcement.designation.actions import CannotDesignateError
from haetae.agencies.enforcement.designation.actions import refused as designation_refused
from haetae.agencies.enforcement.designation.channels.actions import CannotNoteChannelError
from haetae.agencies.enforcement.designation.models import Designation, HotlineQuestion
from haetae.agencies.enforcement.filings.actions import CannotFileError
from haetae.agencies.enforcement.filings.actions import refused as filing_refused
from haetae.agencies.enforcement.filings.facts.actions import CannotNoteError
from haetae.agencies.enforcement.filings.models import OperatorFact, TransparencyReport
from haetae.flow.hearings.actions import CannotHearError
from haetae.web.console.rights import official_of
from haetae.web.sent import IncompleteError

GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between
Again = Callable[[str], HttpResponse]
_ABOUT_FILINGS: Final = (CannotFileError, CannotNoteError)
_ABOUT_DESIGNATIONS: Final = (CannotDesignateError, CannotNoteChannelError, CannotHearError)
_MISSING: Final = (
    Designation.DoesNotExist,
    HotlineQuestion.DoesNotExist,
    OperatorFact.DoesNotExist,
    Operator.DoesNotExist,
    TransparencyReport.DoesNotExist,
)


def operator_or_404(operator_id: UUID) -> Operator:
    try:
        return Operator.objects.get(pk=operator_id)
    except Operator.DoesNotExist as missing:
        raise Http404 from missing


def act(
    request: HttpRequest, operator_id: UUID, run: Callable[[], object], *, to: str, again: Again
) -> HttpResponse:
    """On to `to` when it was done, and for a GET; otherwise the page once more, by `again(code)`."""
    if request.method != "POST":
        return redirect(to)
    operator_or_404(operator_id)
    try:
        run()
    except IncompleteError as incomplete:
        return again(incomplete.code)
    except _MISSING as missing:
        raise Http404 from missing
    except _ABOUT_FILINGS as refused:
        filing_refused(operator_id=operator_id, code=refused.code, official_id=official_of(request).pk)
        return again(refused.code)
    except _ABOUT_DESIGNATIONS as refused:
        designation_refused(operator_id=operator_id, code=refused.code, official_id=official_of(request).pk)
        return again(refused.code)
    return redirect(to)
