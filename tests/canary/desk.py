"""A counsellor at the desk, over HTTP: takes a call, opens cases with a reason, and writes into every field."""

from collections.abc import Iterator

from haetae.accounts.permissions import Role
from haetae.agencies.support.models import Case
from haetae.running.demonstration import sign_in_path
from tests.canary.people import Play, words_in
from tests.canary.visitor import Form, Visitor
from tests.people import COUNSELLOR

_OPENED_MOST = 4
# In a form that asks why, the first answer is mostly "say why".
_CHOICE = 1
_KINDS_OF_CONSENT = 3


def works(play: Play) -> int:
    """How many cases were opened at the desk."""
    desk = Visitor(origin=play.web_origin, planted=play.planted, language="en")
    for form in desk.open(sign_in_path(username=COUNSELLOR.name, role=Role.COUNSELLOR)).forms():
        desk.send(form, {})
    assert desk.open("/console/cases/").status == 200
    _takes_a_call(play, desk)
    cases = list(Case.objects.exclude(key_for_custodian=None).filter(state="open")[:_OPENED_MOST])
    for case in cases:
        for form in _forms_of(desk, f"/console/cases/{case.pk}/"):
            links = {"text": play.link()} if form.action.endswith("/add/") else {}
            play.send(desk, form, choice=_CHOICE, values=links)
    return len(cases)


def _takes_a_call(play: Play, desk: Visitor) -> None:
    for form in desk.open("/console/cases/new/").forms():
        if form.typed:
            page = play.send(desk, form, choice=0).text
            words = words_in(page, language="ko") or words_in(page, language="en")
            if words is not None:
                play.new_receipt(words)


def _forms_of(desk: Visitor, path: str) -> Iterator[Form]:
    """First what opens it, then every kind of consent, then every form in which something is written."""
    for verb, choices in (("/open/", [_CHOICE]), ("/agree/", range(_KINDS_OF_CONSENT))):
        for form in (form for form in desk.open(path).forms() if form.action.endswith(verb)):
            for choice in choices:
                desk.send(form, {}, choice=choice)
    yield from (form for form in desk.open(path).forms() if form.typed)
