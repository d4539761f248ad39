"""How long each answer took, by the name of its route: never by its address, which may hold what nobody may read."""

import time
from collections.abc import Callable
from typing import Final

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from haetae.common.tallies import tallies

NO_ROUTE: Final = "none"
FILE: Final = "file"

log = structlog.get_logger("haetae.access")


class Measured:
    """The first in the line, so that what the others refuse is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._files = f"/{settings.STATIC_URL.strip('/')}/"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began_s = time.monotonic()
        answer = self._get_response(request)
        took_s = time.monotonic() - began_s
        route = self._route_of(request)
        tallies.took("haetae_http_seconds", took_s, route=route, status=f"{answer.status_code // 100}xx")
        if settings.ACCESS_LOG:
            log.info("answered", route=route, status=answer.status_code, duration_ms=round(1000 * took_s, 1))
        return answer

    def _route_of(self, request: HttpRequest) -> str:
        match = request.resolver_match
        if match is not None:
            return match.view_name if match.url_name else match.route
        return FILE if request.path_info.startswith(self._files) else NO_ROUTE
