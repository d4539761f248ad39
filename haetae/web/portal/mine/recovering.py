"""Who may help when the words are lost: chosen beforehand by the person, and taken back at any time."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from haetae.agencies.support import queries as support
from haetae.agencies.support.actions import CannotWriteError, OpenCase
from haetae.agencies.support.recovery.actions import choose_recovery
from haetae.agencies.support.recovery.queries import running
from haetae.agencies.support.states import IdentityCheck, Recovery, Text
from haetae.audit.actor import PUBLIC
from haetae.web.access import public
from haetae.web.portal.mine.carrying import NOT_SENT, Page, keeping
from haetae.web.portal.mine.lines import day
from haetae.web.portal.mine.window import in_window, to

_WHO: Final[Mapping[Recovery, str | Promise]] = {
    Recovery.NOBODY: _("Nobody. Only the words open it."),
    Recovery.CENTRE: _("Two counsellors of the centre, whoever is there"),
    Recovery.COUNSELLOR: _("Only the counsellor who looks after you now, together with a second one"),
}
_WAYS: Final[Mapping[IdentityCheck, str | Promise]] = {
    IdentityCheck.QUESTION: _("They ask what you told us. Only you should know the answers."),
    IdentityCheck.CALL_BACK: _("They call you at the number that you gave us."),
    IdentityCheck.IN_PERSON: _("You come to the centre and show a paper with your name. They keep no copy."),
}
# What has to be left with us, for a way to say anything.
_NEEDS: Final = {IdentityCheck.CALL_BACK: Text.CONTACT, IdentityCheck.IN_PERSON: Text.NAME}
_PROBLEMS: Final[Mapping[str, str | Promise]] = {
    "recovery_needs_a_way": _("Choose how they may know that it is you."),
    "recovery_needs_a_name": _(
        "No counsellor looks after your case at the moment. Choose one of the others."
    ),
}


def unsent(request: HttpRequest) -> HttpResponse:
    """What was chosen before cannot be read now: what was just chosen is shown, to be sent once more."""
    chosen, how = request.POST.get("chosen", ""), request.POST.get("how", "")
    shown = {
        "chosen": chosen,
        "how": how,
        "who": [it for it in _WHO.items() if it[0] is not Recovery.COUNSELLOR or it[0] == chosen],
        "ways": [it for it in _WAYS.items() if it[0] not in _NEEDS or it[0] == how],
        "error": NOT_SENT,
    }
    return render(request, "portal/mine/recovery.html", shown)


def again(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """As it was chosen before the window had closed."""
    return _page(request, opened, chosen=_chosen(request, opened), how=_how(request, opened), is_back=True)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@keeping(Page.RECOVERY, unsent=unsent)
@in_window
def recovery(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """What it means and what it risks, then the choice. A way that cannot be gone counts as none."""
    if request.method != "POST":
        return _page(request, opened)
    chosen, how = _chosen(request, opened), _how(request, opened)
    by_name = chosen is Recovery.COUNSELLOR
    try:
        choose_recovery(
            case_id=opened.case.pk,
            chosen=chosen,
            how=how,
            official_id=opened.case.counsellor_id if by_name else None,
            actor=PUBLIC,
        )
    except CannotWriteError as problem:
        code = str(problem)
        return _page(request, opened, chosen=chosen, how=how, error=_PROBLEMS.get(code, code), status=422)
    return to("portal:mine", said="noted")


def _chosen(request: HttpRequest, opened: OpenCase) -> Recovery:
    wanted = request.POST.get("chosen", "")
    return Recovery(wanted if wanted in set(Recovery) else opened.case.recovery)


def _how(request: HttpRequest, opened: OpenCase) -> IdentityCheck | None:
    return next((way for way in _ways(opened) if way == request.POST.get("how", "")), None)


def _ways(opened: OpenCase) -> Sequence[IdentityCheck]:
    """Those that can be gone with what the person has left with us."""
    left = {said.kind for said in support.texts_of(opened)}
    return [way for way in _WAYS if way not in _NEEDS or _NEEDS[way] in left]


def _page(
    request: HttpRequest,
    opened: OpenCase,
    *,
    chosen: Recovery | None = None,
    how: IdentityCheck | None = None,
    error: str | Promise = "",
    is_back: bool = False,
    status: int = 200,
) -> HttpResponse:
    case, ways, begun = opened.case, _ways(opened), running(opened.case.pk)
    agreed = case.recovery_check
    shown = {
        "chosen": chosen or case.recovery,
        "how": how or (ways[0] if len(ways) == 1 else agreed),
        "who": [it for it in _WHO.items() if it[0] is not Recovery.COUNSELLOR or case.counsellor_id],
        "ways": [(way, _WAYS[way]) for way in ways],
        "few_ways": len(ways) < len(_WAYS),
        # What was chosen and can help no more.
        "gone": bool(agreed) and agreed not in ways,
        "left": case.recovery == Recovery.COUNSELLOR and case.recovery_by_id != case.counsellor_id,
        "begun": day(begun.asked_at) if begun else "",
        "error": error,
        "is_back": is_back,
    }
    return render(request, "portal/mine/recovery.html", shown, status=status)
