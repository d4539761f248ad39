"""What operators read without a key: the form of the notices that they get."""

from hashlib import sha256
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from haetae.notice.published import schema_bytes
from haetae.web.access import public
from haetae.web.api import answers

_KEPT_FOR_S: Final = 3_600


@public
@require_safe
def notice_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of notice/1. A version never changes its meaning, so it may be kept for a while."""
    body = schema_bytes()
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    known = request.headers.get("If-None-Match") == tag
    answer = (
        HttpResponseNotModified() if known else HttpResponse(body, content_type="application/schema+json")
    )
    answer["ETag"] = tag
    return answers.for_everybody(answer, kept_for_s=_KEPT_FOR_S)
