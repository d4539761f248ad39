"""The language switch, which every page carries. Each side has an address and a cookie of its own for it."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from haetae.web.access import public


@public
@require_POST
def switch(request: HttpRequest) -> HttpResponseBase:
    """Remember the language in a cookie of this browser session and go back to the page."""
    return set_language(request)
