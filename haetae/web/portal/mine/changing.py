"""What the person told us about themselves, to be said otherwise."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from haetae.agencies.support.actions import CannotWriteError, OpenCase
from haetae.agencies.support.states import Age, Relation, State
from haetae.agencies.support.steering.actions import Wish, correct
from haetae.agencies.support.steering.queries import answers_of
from haetae.agencies.support.steering.rules import CHOOSABLE_BASES, Answers, circumstances_of
from haetae.common.ids import new_id
from haetae.web.access import public
from haetae.web.portal.mine.carrying import NOT_SENT, Page, keeping
from haetae.web.portal.mine.window import in_window, to
from haetae.web.words.telling import AGES, CIRCUMSTANCES, RELATIONS, choices, wish_words

_BASES = {
    "": _("Choose for me"),
    "designated_body_request": _("As the body that the state has named for it"),
    "infringed_person_request": _("On your own right, as the person in it"),
}


def unsent(request: HttpRequest) -> HttpResponse:
    """As it was marked; what was answered before cannot be read now."""
    nothing = Answers(relation=Relation.UNSAID, age=Age.UNSAID, circumstances=frozenset())
    return _page(request, _wanted(request, nothing), error=NOT_SENT)


def again(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """As it was marked before the window had closed."""
    if State(opened.case.state) is not State.OPEN:
        return to("portal:mine")
    return _page(request, _wanted(request, answers_of(opened.case)), is_back=True)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@keeping(Page.CHANGE, unsent=unsent)
@in_window
def change(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Who is in it, how old, what makes it urgent, on whose right we ask."""
    if State(opened.case.state) is not State.OPEN:
        return to("portal:mine")
    before = answers_of(opened.case)
    if request.method != "POST":
        return _page(request, before)
    wanted = _wanted(request, before)
    wish = Wish(text=wish_words(wanted), form_key=new_id())
    try:
        all_counts = correct(opened=opened, wanted=wanted, wish=wish)
    except CannotWriteError:  # another window has stopped it meanwhile
        return to("portal:mine")
    return to("portal:mine", said="changed" if all_counts else "asked")


def _wanted(request: HttpRequest, before: Answers) -> Answers:
    """What cannot be chosen counts as left as it was."""
    relation, age = request.POST.get("relation", ""), request.POST.get("age", "")
    basis = request.POST.get("legal_basis", before.legal_basis)
    return Answers(
        relation=Relation(relation) if relation in set(Relation) else before.relation,
        age=Age(age) if age in set(Age) else before.age,
        circumstances=circumstances_of(request.POST.getlist("circumstances")),
        legal_basis=basis if basis in CHOOSABLE_BASES else before.legal_basis,
    )


def _page(
    request: HttpRequest, before: Answers, *, error: str | Promise = "", is_back: bool = False
) -> HttpResponse:
    bases: Sequence[tuple[str, str | Promise]] = [(basis, _BASES[basis]) for basis in CHOOSABLE_BASES]
    shown = {
        "answers": before,
        "relations": choices(RELATIONS),
        "ages": choices(AGES),
        "circumstances": choices(CIRCUMSTANCES),
        "bases": bases,
        "error": error,
        "is_back": is_back,
    }
    return render(request, "portal/mine/change.html", shown)
