"""A form on a page of a file: done, or refused with its reason on the page and in the record."""

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Final, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse

from haetae.agencies.investigation.deletions.actions import CannotDeleteError
from haetae.agencies.investigation.files import actions as files
from haetae.agencies.investigation.files.queries import NotYoursError, OpenFile
from haetae.agencies.investigation.preservation.actions import CannotKeepError
from haetae.agencies.investigation.subscribers.actions import CannotAskError
from haetae.web.console.rights import official_of
from haetae.web.sent import IncompleteError

GET_TOO: Final = ["GET", "HEAD", "POST"]
LANGUAGES: Final = frozenset({"ko", "en"})
Code = TypeVar("Code", bound=StrEnum)
_REFUSED: Final = (CannotAskError, CannotDeleteError, CannotKeepError, IncompleteError, NotYoursError)


def done_or_refused(
    request: HttpRequest,
    opened: OpenFile,
    *,
    act: Callable[[], HttpResponse],
    page: Callable[[str], HttpResponse],
) -> HttpResponse:
    """`page` shows the form again with a code. What belongs to another file is not there, and the try is recorded."""
    file_id, official_id = opened.investigation.pk, official_of(request).pk
    try:
        return act()
    except _REFUSED as refused:
        files.refused(investigation_id=file_id, code=str(refused), official_id=official_id)
        return page(str(refused))
    except ObjectDoesNotExist as missing:
        files.refused(investigation_id=file_id, code="not_in_this_file", official_id=official_id)
        raise Http404 from missing


def chosen(request: HttpRequest, name: str, codes: type[Code]) -> Code | None:
    """One of the codes, or None for anything else."""
    sent = request.POST.get(name, "")
    return codes(sent) if sent in set(codes) else None


def several(request: HttpRequest, name: str, codes: type[Code]) -> Collection[Code]:
    """Those of the codes that were sent."""
    return [codes(one) for one in request.POST.getlist(name) if one in set(codes)]


def lines(text: str) -> list[str]:
    """One account a line."""
    return [one.strip() for one in text.splitlines() if one.strip()]
