"""Requests for data: those of a file, a new one, and how platforms have answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.files.states import State as File
from haetae.agencies.investigation.subscribers import actions, queries, rules
from haetae.agencies.investigation.subscribers.models import SubscriberRequest
from haetae.agencies.investigation.subscribers.queries import OfPlatform
from haetae.agencies.investigation.subscribers.rules import Asked
from haetae.agencies.investigation.subscribers.states import Refusal, State
from haetae.agencies.statistics.hiding import FEWEST, Counts, without_small
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.law.asking import DataKind, Instrument
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.investigation.acting import GET_TOO, done_or_refused, lines, several
from haetae.web.console.investigation.gate import in_file
from haetae.web.console.rights import official_of
from haetae.web.sent import day_in, moment_in, uuid_in
from haetae.web.words.language import in_korean
from haetae.web.words.official_requests import (
    DATA,
    INSTRUMENTS,
    REFUSED_FOR,
    official_refusal,
    request_mark,
)
from haetae.web.words.times import moment, span

_FIELDS: Final = (
    "platform", "basis", "accounts", "act_on", "since", "until", "office", "contact", "facts", "dual_criminality",
    "warrant",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PlatformLine:
    """How one platform has answered. None where the number is too small to be shown."""

    platform: str
    asked: int | None
    answered: int | None
    partly: int | None
    refused: int | None
    silent: int | None
    reasons: str
    until: str


@needs(Permission.INVESTIGATION_WORK)
@require_safe
@in_file
def listed(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """What this file asked of platforms, and how they answer: its own whole, all files without small numbers."""
    file, now = opened.investigation, clock.now()
    shown = {
        "file": file,
        "is_closed": file.state == File.CLOSED,
        "rows": [line(one, now=now) for one in queries.of_file(file.pk)],
        "own": _own(queries.by_platform(file.pk)),
        "all": _all(queries.by_platform()),
        "fewest": FEWEST,
    }
    return render(request, "console/investigation/data.html", shown)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def new(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """The form; sent twice it is one request. What was written is never lost."""

    def drafted() -> HttpResponse:
        request_id = actions.draft(
            investigation_id=opened.investigation.pk,
            asked=_asked(request),
            form_key=uuid_in(request, "form_key") or new_id(),
            official_id=official_of(request).pk,
        )
        return redirect("console:data_request", opened.investigation.pk, request_id)

    if request.method != "POST":
        return _form(request, opened)
    return done_or_refused(
        request, opened, act=drafted, page=lambda code: _form(request, opened, problem=code, status=422)
    )


def line(row: SubscriberRequest, *, now: Any) -> dict[str, Any]:
    return {
        "row": row,
        "mark": request_mark(row.state),
        "instrument": INSTRUMENTS[Instrument(row.instrument)],
        "drafted": moment(row.drafted_at, now=now),
    }


def platform_line(one: OfPlatform, *, cells: Sequence[int | None], total: int | None) -> PlatformLine:
    """`cells` are the counts in the order of _COLUMNS, None where hidden; what hangs on one is hidden with it."""
    said = dict(zip(_COLUMNS, cells, strict=True))
    ended = None not in [said[state] for state in _ENDED]
    tells_why = said[State.REFUSED] is not None and said[State.PARTLY] is not None
    reasons = sorted(one.reasons.items(), key=lambda item: -item[1]) if tells_why else []
    return PlatformLine(
        platform=one.platform,
        asked=total,
        answered=said[State.ANSWERED],
        partly=said[State.PARTLY],
        refused=said[State.REFUSED],
        silent=said[State.NO_ANSWER],
        reasons=", ".join(f"{REFUSED_FOR[Refusal(code)]} ({count})" for code, count in reasons),
        until=span(one.until) if one.until and ended else "",
    )


def _own(found: Sequence[OfPlatform]) -> list[PlatformLine]:
    """Of one file, whole: whoever reads it made it."""
    return [platform_line(one, cells=_cells(one), total=one.asked) for one in found]


def _all(found: Sequence[OfPlatform]) -> list[PlatformLine]:
    """Of all files: platforms with few requests are left out, and no sum gives a small number away."""
    named = [one for one in found if one.asked >= FEWEST]
    shown = without_small(
        Counts(
            rows=tuple(one.platform for one in named),
            columns=tuple(str(column) for column in _COLUMNS),
            cells=tuple(tuple(_cells(one)) for one in named),
        )
    )
    rows = zip(named, shown.cells, shown.totals, strict=True)
    return [_vague(platform_line(one, cells=cells, total=total), one) for one, cells, total in rows]


def _vague(line_: PlatformLine, one: OfPlatform) -> PlatformLine:
    """Reasons and medians of few are left out."""
    few = sum(one.states[state] for state in _ENDED) < FEWEST
    small = any(count < FEWEST for count in one.reasons.values())
    return replace(line_, reasons="" if few or small else line_.reasons, until="" if few else line_.until)


def _cells(one: OfPlatform) -> list[int]:
    waiting = sum(one.states[state] for state in (State.SENT, State.ACKNOWLEDGED))
    return [waiting if column == "waiting" else one.states[column] for column in _COLUMNS]


_ENDED: Final = (State.ANSWERED, State.PARTLY, State.REFUSED)
_COLUMNS: Final = (*_ENDED, State.NO_ANSWER, "waiting")


def _asked(request: HttpRequest) -> Asked:
    sent = request.POST
    return Asked(
        platform=sent.get("platform", "").strip().lower(),
        abroad="abroad" in sent,
        basis=sent.get("basis", ""),
        data=several(request, "data", DataKind),
        accounts=lines(sent.get("accounts", "")),
        act_on=day_in(request, "act_on", code="no_offence_that_day"),
        since=moment_in(request, "since", code="time_range_wrong"),
        until=moment_in(request, "until", code="time_range_wrong"),
        office=sent.get("office", "").strip(),
        contact=sent.get("contact", "").strip(),
        facts=sent.get("facts", "").replace("\r\n", "\n").strip(),
        dual_criminality=sent.get("dual_criminality", "").replace("\r\n", "\n").strip(),
        warrant=sent.get("warrant", "").strip(),
        of_preserved="of_preserved" in sent,
        wants_kept="wants_kept" in sent,
        wants_silence="wants_silence" in sent,
    )


def _form(request: HttpRequest, opened: OpenFile, *, problem: str = "", status: int = 200) -> HttpResponse:
    sent, is_new = request.POST, request.method != "POST"
    shown = {
        "file": opened.investigation,
        "problem": official_refusal(problem) if problem else "",
        "sent": {name: sent.get(name, request.GET.get(name, "")) for name in _FIELDS},
        "abroad": is_new or "abroad" in sent,
        "of_preserved": "of_preserved" in (request.GET if is_new else sent),
        "wants_kept": is_new or "wants_kept" in sent,
        "wants_silence": is_new or "wants_silence" in sent,
        "bases": _bases(clock.now().astimezone(load_pack(settings.JURISDICTION).zone).date()),
        "kinds": [(kind.value, words, kind in sent.getlist("data")) for kind, words in DATA.items()],
        "longest": rules.TEXT_LONGEST,
        "form_key": sent.get("form_key") or new_id(),
    }
    return render(request, "console/investigation/data_new.html", shown, status=status)


def _bases(on: date) -> Sequence[dict[str, Any]]:
    """Each with what it reaches, so that nobody has to try."""
    korean = in_korean()
    return [
        {
            "id": one.basis_id,
            "words": one.words_ko if korean else one.words_en,
            "article": one.citation_ko if korean else one.citation_en,
            "instrument": INSTRUMENTS[one.instrument],
            "reaches": ", ".join(str(DATA[kind]) for kind in DataKind if kind in one.data),
            "needs_warrant": one.needs_warrant,
            "unchecked": not one.verified,
        }
        for one in load_pack(settings.JURISDICTION).data_bases(on=on)
    ]


def back(opened: OpenFile, request_id: UUID) -> HttpResponse:
    return redirect("console:data_request", opened.investigation.pk, request_id)
