"""The page of holds: what may not be destroyed until when, and the form that says so. It shows nothing of a case."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.agencies.support.models import Case, Hold
from haetae.agencies.support.retention import actions
from haetae.agencies.support.retention.actions import CannotHoldError, Order
from haetae.agencies.support.retention.queries import standing_holds
from haetae.agencies.support.retention.rules import REFERENCE_LONGEST, Wanted
from haetae.agencies.support.retention.states import EVIDENCE, Part, Reason
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.law.citations import article_en, article_ko
from haetae.law.packs import Pack, load_pack
from haetae.web.access import needs
from haetae.web.console.rights import official_of
from haetae.web.words.agencies import Officials
from haetae.web.words.holds import PARTS, REASONS, why_not_held_words
from haetae.web.words.times import Moment, moment

_PLAUSIBLE: Final = ("https://", "http://")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody sent, or an empty form. `form_key` is drawn with the page."""

    about: str = ""
    reason: str = ""
    keeps: Sequence[str] = tuple(sorted(EVIDENCE))
    reference: str = ""
    until: str = ""
    form_key: UUID = field(default_factory=new_id)
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One hold, worded."""

    hold_id: UUID
    case_number: str
    reason: str
    keeps: Sequence[str]
    reference: str
    since: Moment
    until: Moment
    last_day: date
    by: str


@needs(Permission.HOLD_SET)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What stands now, the first to end first, and the form."""
    return _page(request, Draft())


@needs(Permission.HOLD_SET)
@require_http_methods(["GET", "HEAD", "POST"])
def set_one(request: HttpRequest) -> HttpResponse:
    """Set a hold on a case, or on every case in which a link was told. Sent twice it is set once."""
    if request.method != "POST":
        return redirect("console:holds")  # after a sign-in that came in between
    draft = _sent(request)
    problem = _why_not_set(draft, official_of(request))
    if problem is None:
        return redirect(f"{reverse('console:holds')}#standing")
    return _page(request, replace(draft, problem=problem), status=422)


@needs(Permission.HOLD_SET)
@require_http_methods(["GET", "HEAD", "POST"])
def end_one(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """It is needed no more. Sent twice it ends once."""
    if request.method == "POST":
        try:
            actions.end_hold(hold_id=hold_id, by=official_of(request))
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
    return redirect(f"{reverse('console:holds')}#standing")


def _sent(request: HttpRequest) -> Draft:
    sent = request.POST
    return Draft(
        about=sent.get("about", "").strip(),
        reason=sent.get("reason", ""),
        keeps=tuple(code for code in sent.getlist("keeps") if code in set(Part)),
        reference=sent.get("reference", "").strip(),
        until=sent.get("until", "").strip(),
        form_key=_uuid(sent.get("form_key", "")) or new_id(),
    )


def _why_not_set(draft: Draft, official: Official) -> str | None:
    if draft.reason not in set(Reason):
        return "reason_missing"
    until = end_of_day(draft.until, pack=load_pack())
    if until is None:
        return "until_unreadable"
    wanted = Wanted(keeps=[Part(code) for code in draft.keeps], until=until, reference=draft.reference)
    order = Order(official=official, reason=Reason(draft.reason), wanted=wanted, form_key=draft.form_key)
    case_id = _uuid(draft.about)
    try:
        if case_id is not None:
            actions.set_hold(case_id=case_id, order=order)
        elif draft.about.startswith(_PLAUSIBLE):
            actions.hold_link(link=draft.about, order=order)
        else:
            return "case_unknown"
    except Case.DoesNotExist:
        return "case_unknown"
    except CannotHoldError as refused:
        return str(refused)
    return None


def end_of_day(typed: str, *, pack: Pack) -> datetime | None:
    """The moment, in UTC, at which the named day is over where the law is at home."""
    try:
        after = date.fromisoformat(typed) + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=pack.zone).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _page(request: HttpRequest, draft: Draft, *, status: int = 200) -> HttpResponse:
    now, pack, holds = clock.now(), load_pack(), list(standing_holds())
    officials = Officials(hold.official_id for hold in holds)
    latest = pack.due_at(start=now, duration=pack.hold.longest) - timedelta(days=1)
    facts = {
        "holds": [_line(hold, officials, now=now, pack=pack) for hold in holds],
        "draft": draft,
        "problem": why_not_held_words(draft.problem) if draft.problem else "",
        "reasons": REASONS.items(),
        "parts": [(part, words, part in draft.keeps) for part, words in PARTS.items()],
        "article": _citation(pack),
        "first_day": now.astimezone(pack.zone).date(),
        "last_day": latest.astimezone(pack.zone).date(),
        "most": REFERENCE_LONGEST,
    }
    return render(request, "console/holds.html", facts, status=status)


def _citation(pack: Pack) -> str:
    rule = pack.hold
    if (get_language() or "").startswith("ko"):
        return f"「{rule.source.title_ko}」 {article_ko(rule.article)}"
    return f"{rule.source.title_en}, {article_en(rule.article)}"


def _line(hold: Hold, officials: Officials, *, now: datetime, pack: Pack) -> Line:
    return Line(
        hold_id=hold.pk,
        case_number=str(hold.case_id),
        reason=str(REASONS[Reason(hold.reason)]),
        keeps=[str(words) for part, words in PARTS.items() if part in hold.keeps],
        reference=hold.reference,
        since=moment(hold.set_at, now=now),
        until=moment(hold.until, now=now),
        last_day=(hold.until - timedelta(seconds=1)).astimezone(pack.zone).date(),
        by=officials.named(hold.official.get_username(), official_id=hold.official_id, at=hold.set_at),
    )
