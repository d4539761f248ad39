"""The auditor's page of the log: its heads, who outside says when, and a file that anybody can check without us."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from haetae.accounts.actions import official_actor
from haetae.accounts.permissions import Permission
from haetae.audit import exporting, queries
from haetae.audit.actions import CannotExportLogError, log_exported
from haetae.audit.models import LogExport, Stamp
from haetae.common import clock
from haetae.web.access import needs
from haetae.web.console.rights import official_of
from haetae.web.words.authorities import authority_words
from haetae.web.words.log import PROBLEMS, REASONS
from haetae.web.words.times import Moment, moment

_SHOWN: Final = 30


@dataclass(frozen=True, kw_only=True)
class StampLine:
    size: int
    at: Moment
    authority: str


@dataclass(frozen=True, kw_only=True)
class ExportLine:
    at: Moment
    first: int
    size: int
    with_events: bool
    reason: object


@needs(Permission.LOG_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponseBase:
    """How it stands, and the form; what is taken is written into the log before a line of it leaves."""
    if request.method != "POST":
        return _shown(request)
    try:
        return _handed_out(request)
    except exporting.NoSuchHeadError:
        problem = "log_empty" if queries.newest_head() is None else "log_heads"
    except CannotExportLogError as refusal:
        problem = str(refusal)
    return _shown(request, problem=problem, status=422)


def _shown(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponseBase:
    now = clock.now()
    key: bytes = settings.KEYS.log_key.public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    head = queries.newest_head()
    content = {
        "head": head,
        "head_at": moment(head.at, now=now) if head else None,
        "root": bytes(head.root).hex() if head else "",
        "tail": queries.unprovable_tail(),
        "stamps": [_stamp_line(one, now) for one in queries.stamps()[:_SHOWN]],
        "authority": settings.STAMP_AUTHORITY,
        "exports": [_export_line(one, now) for one in queries.log_exports()[:_SHOWN]],
        "reasons": REASONS.items(),
        "chosen": request.POST,
        "problem": PROBLEMS.get(problem, ""),
        "key": key.decode(),
    }
    return render(request, "console/log.html", content, status=status)


def _stamp_line(stamp: Stamp, now: datetime) -> StampLine:
    return StampLine(
        size=stamp.size, at=moment(stamp.at, now=now), authority=authority_words(stamp.authority)
    )


def _export_line(one: LogExport, now: datetime) -> ExportLine:
    return ExportLine(
        at=moment(one.at, now=now),
        first=one.first,
        size=one.size,
        with_events=one.with_events,
        reason={reason.value: words for reason, words in REASONS.items()}.get(one.reason, ""),
    )


def _handed_out(request: HttpRequest) -> HttpResponseBase:
    """Raises NoSuchHeadError or CannotExportLogError before anything is written."""
    told, now = request.POST.get("after", "0"), clock.now()
    after = int(told) if told.isascii() and told.isdigit() and len(told) < 18 else -1
    extent = exporting.Extent(
        first=after,
        size=exporting.newest_signed_head().size,
        with_events=request.POST.get("content") == "events",
    )
    lines = exporting.lines(extent, key=settings.KEYS.log_key, at=now)
    log_exported(
        first=extent.first,
        size=extent.size,
        with_events=extent.with_events,
        reason=request.POST.get("reason", ""),
        actor=official_actor(official_of(request).pk),
    )
    answer = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="log-{extent.first}-{extent.size}.jsonl"'
    return answer
