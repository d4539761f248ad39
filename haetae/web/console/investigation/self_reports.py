"""Reports that people made of themselves: what waits, one that an officer has taken up, a new one at the desk."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.files.queries import NotYoursError, OpenFile
from haetae.agencies.investigation.files.states import State as FileState
from haetae.agencies.investigation.self_reports import actions, queries
from haetae.agencies.investigation.self_reports.actions import CannotSelfReportError
from haetae.agencies.investigation.self_reports.models import SelfReport
from haetae.agencies.investigation.self_reports.queries import NotYoursToReadError, Read
from haetae.agencies.investigation.self_reports.states import Age, CameBy, WhyClosed
from haetae.audit.queries import about
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.web.access import needs
from haetae.web.console.investigation.gate import in_file
from haetae.web.console.rights import official_of
from haetae.web.own_reports import form_shown, told_in
from haetae.web.sent import uuid_in
from haetae.web.words.self_reports import (
    AGES,
    CAME_BY,
    WHY_CLOSED,
    leniency_words,
    not_taken_words,
    self_report_refusal,
)
from haetae.web.words.times import moment

GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@needs(Permission.INVESTIGATION_WORK)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for somebody, and what this officer has taken up. No text stands here."""
    return _list(request)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
def new(request: HttpRequest) -> HttpResponse:
    """Somebody stands at the desk, and an officer writes down what they say."""
    if request.method == "POST":
        try:
            made = actions.make(
                told=told_in(request),
                form_key=uuid_in(request, "form_key") or new_id(),
                official_id=official_of(request).pk,
            )
        except CannotSelfReportError as problem:
            return _form(request, problem=not_taken_words(str(problem)), status=422)
        return redirect("console:self_report", made.pk)
    return _form(request)


@needs(Permission.INVESTIGATION_WORK)
@require_safe
def one(request: HttpRequest, self_report_id: UUID) -> HttpResponse:
    """For the officer who has taken it up; for everybody else there is no such page."""
    return _page(request, self_report_id)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
def take(request: HttpRequest, self_report_id: UUID) -> HttpResponse:
    """One officer reads it from now on."""
    if request.method != "POST":
        return redirect("console:self_reports")
    official = official_of(request)
    try:
        actions.take_up(report_id=self_report_id, official_id=official.pk)
    except SelfReport.DoesNotExist as missing:
        raise Http404 from missing
    except CannotSelfReportError as problem:
        actions.refused(report_id=self_report_id, code=str(problem), official_id=official.pk)
        return _list(request, problem=str(problem), status=409)
    return redirect("console:self_report", self_report_id)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
def give_back(request: HttpRequest, self_report_id: UUID) -> HttpResponse:
    """It waits for somebody else."""
    return _done(
        request,
        self_report_id,
        lambda by: actions.give_back(report_id=self_report_id, official_id=by.pk),
    )


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
def file(request: HttpRequest, self_report_id: UUID) -> HttpResponse:
    """It belongs to one of this officer's files from now on."""

    def filed(by: Official) -> None:
        investigation_id = uuid_in(request, "investigation")
        if investigation_id is None:
            raise CannotSelfReportError("self_report_no_file")
        actions.put_into_file(report_id=self_report_id, investigation_id=investigation_id, official_id=by.pk)

    return _done(request, self_report_id, filed)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
def close(request: HttpRequest, self_report_id: UUID) -> HttpResponse:
    """The police do not follow it here."""

    def closed(by: Official) -> None:
        why = request.POST.get("why", "")
        if why not in set(WhyClosed):
            raise CannotSelfReportError("self_report_why")
        actions.close(report_id=self_report_id, why=WhyClosed(why), official_id=by.pk)

    return _done(request, self_report_id, closed)


@needs(Permission.INVESTIGATION_WORK)
@require_safe
@in_file
def of_file(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """What lies in a file, for whoever works on it."""
    shown = {
        "file": opened.investigation,
        "name": opened.name,
        "rows": [_shown(read) for read in queries.of_file(opened)],
        "leniency": leniency_words(),
    }
    return render(request, "console/investigation/self_reports_of_file.html", shown)


def _done(request: HttpRequest, report_id: UUID, act: Callable[[Official], None]) -> HttpResponse:
    official = official_of(request)
    if request.method != "POST":
        return redirect("console:self_reports")
    try:
        act(official)
    except SelfReport.DoesNotExist as missing:
        raise Http404 from missing
    except (CannotSelfReportError, NotYoursError) as problem:
        actions.refused(report_id=report_id, code=str(problem), official_id=official.pk)
        return _page(request, report_id, problem=str(problem), status=409)
    return redirect("console:self_reports")


def _list(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    official = official_of(request)
    shown = {
        "waiting": [_line(row) for row in queries.waiting()],
        "own": [_line(row) for row in queries.taken_by(official.pk)],
        "leniency": leniency_words(),
        "problem": self_report_refusal(problem) if problem else "",
    }
    return render(request, "console/investigation/self_reports.html", shown, status=status)


def _form(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    shown = form_shown(request, problem=problem) | {"ages": list(AGES.items())}
    return render(request, "console/investigation/self_report_new.html", shown, status=status)


def _page(request: HttpRequest, report_id: UUID, *, problem: str = "", status: int = 200) -> HttpResponse:
    official = official_of(request)
    try:
        read = queries.read_by(report_id, official.pk)
    except NotYoursToReadError as other:
        raise Http404 from other
    own = [one for one in files.files_of(official.pk) if one.state != FileState.CLOSED]
    shown = {
        "one": _shown(read),
        "files": [
            (one.pk, files.opened_by(one.pk, official.pk).name)
            for one in own
            if files.is_open_today(one.pk, official.pk)
        ],
        "whys": list(WHY_CLOSED.items()),
        "leniency": leniency_words(),
        "problem": self_report_refusal(problem) if problem else "",
    }
    return render(request, "console/investigation/self_report.html", shown, status=status)


def _line(row: SelfReport) -> dict[str, Any]:
    return {
        "id": row.pk,
        "receipt": row.receipt,
        "age": AGES[Age(row.age)],
        "is_young": row.age in {Age.UNDER_14, Age.UNDER_19},
        "came_by": CAME_BY[CameBy(row.came_by)],
        "made": moment(row.made_at, now=clock.now()),
    }


def _shown(read: Read) -> dict[str, Any]:
    """With the number of the record that stamps its moment: there nobody changes it."""
    stamped = about([read.row.pk]).filter(name="self_reports.made").first()
    return _line(read.row) | {
        "told": read.told,
        "contact": read.contact,
        "record": stamped.pk if stamped else None,
    }
