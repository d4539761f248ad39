"""The web process as it is, with one page more that is empty: what any answer costs before it says anything."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.service import EMPTY_PAGE
from haetae.web.wsgi import application

__all__ = ["application"]


def _add_page() -> None:
    # Only now that Django is ready.
    from haetae.web import urls  # noqa: PLC0415
    from haetae.web.access import public  # noqa: PLC0415

    @public
    def empty(_: HttpRequest) -> HttpResponse:
        return HttpResponse()

    urls.urlpatterns.append(path(EMPTY_PAGE.lstrip("/"), empty))


_add_page()
