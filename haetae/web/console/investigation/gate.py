"""The way into a file: only for whoever works on it, and only with a reason given today."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from haetae.agencies.investigation.files import actions, queries
from haetae.agencies.investigation.files.queries import NotYoursError, OpenFile
from haetae.web.console.rights import official_of

Given = ParamSpec("Given")
InFile = Callable[Concatenate[HttpRequest, OpenFile, Given], HttpResponse]


def in_file(view: InFile[Given]) -> Callable[..., HttpResponse]:
    """A page of a file: it is handed the open file instead of its number.

    A stranger to the file gets 404, and a form that one sent is written down; who gave no reason today is asked for it.
    """

    @wraps(view)
    def guarded(
        request: HttpRequest, investigation_id: UUID, *rest: Given.args, **more: Given.kwargs
    ) -> HttpResponse:
        official = official_of(request)
        try:
            opened = queries.opened_by(investigation_id, official.pk)
        except NotYoursError as refused:
            code = str(refused)
            if code != "file_of_others":
                return redirect(reverse("console:investigation_open", args=[investigation_id]))
            if request.method == "POST":
                actions.refused(investigation_id=investigation_id, code=code, official_id=official.pk)
            raise Http404 from refused
        return view(request, opened, *rest, **more)

    return guarded
