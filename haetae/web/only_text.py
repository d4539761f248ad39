"""A NUL was typed by nobody, and PostgreSQL takes none: a page that stumbles over one says 400, not 500."""

from collections.abc import Callable, Iterable
from typing import Final

from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict

from haetae.web import errors
from haetae.web.api import answers

_NUL: Final = "\x00"


class OnlyText:
    """A page that knows by itself what to say to it is not asked; what machines send is refused by what reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The driver refuses it before anything is sent: as a DataError, or as a ValueError."""
        if not isinstance(problem, DataError | ValueError) or request.path_info.startswith(answers.MACHINES):
            return None
        sent = _NUL in request.path_info or _has_nul(request.GET) or _has_nul(request.POST)
        return errors.bad_request(request) if sent else None


def _has_nul(sent: QueryDict) -> bool:
    fields: Iterable[tuple[str, list[str]]] = sent.lists()
    return any(_NUL in name or any(_NUL in str(value) for value in values) for name, values in fields)
