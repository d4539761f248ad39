"""A form or an address with a NUL in it was typed by nobody, and PostgreSQL takes none: no page reads it."""

from collections.abc import Callable, Iterable
from typing import Final

from django.http import HttpRequest, HttpResponseBase, QueryDict

from haetae.web import errors
from haetae.web.api import answers

_NUL: Final = "\x00"


class OnlyText:
    """What machines send is read, and refused, by the views that take it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _NUL in request.path_info or _has_nul(request.GET):
            return errors.bad_request(request)
        if request.path_info.startswith(answers.MACHINES) or not _has_nul(request.POST):
            return self._get_response(request)
        return errors.bad_request(request)


def _has_nul(sent: QueryDict) -> bool:
    fields: Iterable[tuple[str, list[str]]] = sent.lists()
    return any(_NUL in name or any(_NUL in str(value) for value in values) for name, values in fields)
