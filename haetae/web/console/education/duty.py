"""Somebody under 19 is concerned: who has to tell the police, how, and a note that it was done."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.agencies.education import queries
from haetae.agencies.education.duty.actions import note_duty_met
from haetae.agencies.education.states import ByRole, ToldWhom
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.law.packs import load_pack
from haetae.law.person.facts import Reader
from haetae.web.access import needs
from haetae.web.console.education.own import GET_TOO, institution_of, tried
from haetae.web.sent import IncompleteError, day_in, uuid_in
from haetae.web.words.education import BY_ROLE, TOLD, education_refusal
from haetae.web.words.sayings import saying

_RULES = frozenset({"report_at_once", "who_told", "keep_the_secret"})


@needs(Permission.EDUCATION_WORK)
@require_http_methods(GET_TOO)
def duty(request: HttpRequest) -> HttpResponse:
    """What to do first, and what was done."""
    if request.method != "POST":
        return _page(request)
    institution, form_key = institution_of(request), uuid_in(request, "form_key") or new_id()

    def noted(by: Official) -> None:
        role, told = request.POST.get("by_role", ""), request.POST.get("told", "")
        if role not in set(ByRole) or told not in set(ToldWhom):
            raise IncompleteError("duty_choose")
        note_duty_met(
            institution_id=institution.pk,
            by_role=ByRole(role),
            learnt_on=day_in(request, "learnt_on", code="duty_day"),
            told_on=day_in(request, "told_on", code="duty_day"),
            told=ToldWhom(told),
            form_key=form_key,
            official_id=by.pk,
        )

    problem = tried(request, noted)
    if problem:
        return _page(request, problem=problem, status=422)
    return redirect("console:duty")


def _page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    institution, pack = institution_of(request), load_pack(settings.JURISDICTION)
    today = timezone.localdate(clock.now())
    shown = {
        "rows": [
            {
                "told_on": row.told_on,
                "learnt_on": row.learnt_on,
                "by": BY_ROLE[ByRole(row.by_role)],
                "how": TOLD[ToldWhom(row.told)],
            }
            for row in queries.duties_met(institution.pk)
        ],
        "sayings": [saying(rule) for rule in pack.rules(Reader.TEACHERS, on=today) if rule.rule_id in _RULES],
        "roles": list(BY_ROLE.items()),
        "ways": list(TOLD.items()),
        "today": today.isoformat(),
        "form_key": request.POST.get("form_key") or new_id(),
        "sent": request.POST if problem else {},
        "problem": education_refusal(problem) if problem else "",
    }
    return render(request, "console/education/duty.html", shown, status=status)
