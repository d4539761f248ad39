"""The form with which an agency hands a place or an operator to another one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from haetae.accounts.models import Operator
from haetae.accounts.permissions import Permission
from haetae.accounts.queries import operators
from haetae.agencies.referrals import actions
from haetae.agencies.referrals.actions import About, CannotReferError
from haetae.agencies.referrals.rules import ABOUT, PACKAGE_LONGEST, PACKAGE_SHORTEST
from haetae.agencies.referrals.states import Matter, Sender, To
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.arrival.queries import get_sighting, sightings_at
from haetae.law.facts import Role
from haetae.law.handing import ReferralGround
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.referrals.lines import cited, ground_words
from haetae.web.console.referrals.whose import sends_as
from haetae.web.console.rights import may, official_of
from haetae.web.words.agencies import agency_words
from haetae.web.words.case_refusals import case_refusal

_GET_TOO: Final = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody sent, or an empty form. `place` is an address, or the number of a place that the reader may see."""

    ground: str = ""
    place: str = ""
    operator: str = ""
    note: str = ""
    form_key: UUID = field(default_factory=new_id)
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    value: str
    to: str
    words: str
    article: str
    unchecked: bool
    is_about_operators: bool


@needs(Permission.REFERRAL_SEND)
@require_http_methods(_GET_TOO)
def new(request: HttpRequest) -> HttpResponse:
    """Choose the article, name the place or the operator, say why; sent twice it is one."""
    if request.method != "POST":
        return _page(
            request, Draft(place=request.GET.get("place", ""), operator=request.GET.get("operator", ""))
        )
    draft = _draft(request)
    try:
        referral_id = _send(request, draft)
    except CannotReferError as refused:
        actions.refused(code=str(refused), official_id=official_of(request).pk)
        return _page(request, replace(draft, problem=str(refused)), status=422)
    return redirect("console:referral", referral_id)


def _send(request: HttpRequest, draft: Draft) -> UUID:
    sender, ground = _chosen(request, draft.ground)
    return actions.refer(
        about=_about(request, draft),
        ground=ground,
        sender=sender,
        note=draft.note,
        form_key=draft.form_key,
        official_id=official_of(request).pk,
    )


def _chosen(request: HttpRequest, value: str) -> tuple[Sender, ReferralGround]:
    for sender, ground in _grounds(request):
        if value == f"{sender}:{ground.ground_id}":
            return sender, ground
    raise CannotReferError("referral_no_ground")


def _about(request: HttpRequest, draft: Draft) -> About:
    """Exactly one of both: which of two is meant nobody guesses."""
    if bool(draft.place) == bool(draft.operator):
        raise CannotReferError("referral_one_thing")
    if draft.operator:
        return About(matter=Matter.OPERATOR, subject_id=_operator(draft.operator).pk)
    return About(matter=Matter.PLACE, subject_id=_place(request, draft.place))


def _operator(typed: str) -> Operator:
    try:
        return operators().get(pk=UUID(typed))
    except (ValueError, ObjectDoesNotExist) as missing:
        raise CannotReferError("referral_one_thing") from missing


def _place(request: HttpRequest, typed: str) -> UUID:
    """By its address, or by its whole number for whoever may open it; the number alone tells others nothing."""
    if may(request, Permission.SIGHTING_READ):
        try:
            return get_sighting(UUID(typed)).pk
        except (ValueError, ObjectDoesNotExist):
            pass
    found = sightings_at(typed)
    if len(found) != 1:
        raise CannotReferError("referral_place_many" if found else "referral_place_unknown")
    return found[0]


def _grounds(request: HttpRequest) -> Iterator[tuple[Sender, ReferralGround]]:
    pack = load_pack(settings.JURISDICTION)
    today = clock.now().astimezone(pack.zone).date()
    for sender in sends_as(request):
        for ground in pack.referral_grounds(by=Role(sender), on=today):
            yield sender, ground


def _draft(request: HttpRequest) -> Draft:
    sent = request.POST
    try:
        key = UUID(sent.get("form_key", ""))
    except ValueError:
        key = new_id()
    return Draft(
        ground=sent.get("ground", ""),
        place=sent.get("place", "").strip(),
        operator=sent.get("operator", ""),
        note=sent.get("note", "").replace("\r\n", "\n"),
        form_key=key,
    )


def _page(request: HttpRequest, draft: Draft, *, status: int = 200) -> HttpResponse:
    now = clock.now()
    choices = [
        Choice(
            value=f"{sender}:{ground.ground_id}",
            to=agency_words(ground.receiver, at=now),
            words=ground_words(ground),
            article=cited(ground),
            unchecked=not ground.verified,
            is_about_operators=Matter.OPERATOR in ABOUT[To(ground.receiver)],
        )
        for sender, ground in _grounds(request)
    ]
    shown = {
        "draft": draft,
        "problem": case_refusal(draft.problem) if draft.problem else "",
        "choices": choices,
        "operators": [(str(one.pk), one.name) for one in operators()]
        if any(choice.is_about_operators for choice in choices)
        else [],
        "by_number": may(request, Permission.SIGHTING_READ),
        "shortest": PACKAGE_SHORTEST,
        "longest": PACKAGE_LONGEST,
    }
    return render(request, "console/referral_new.html", shown, status=status)
