"""A call is taken in while the caller speaks; or the law demands a case without anybody's request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from haetae.accounts.permissions import Permission
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.desk.actions import CannotTakeInError, take_in
from haetae.agencies.support.rules import Problem, Told
from haetae.agencies.support.states import Age, Channel, Circumstance, ExOfficio, Relation, Text
from haetae.common import clock
from haetae.common.keys import KeysUnavailableError
from haetae.web.access import needs
from haetae.web.console.cases import drawn
from haetae.web.console.rights import official_of
from haetae.web.errors import RETRY_AFTER_S
from haetae.web.words.case_refusals import case_refusal
from haetae.web.words.cases import options, said

_CHANNELS: Final = (Channel.HOTLINE, Channel.EX_OFFICIO)
_SHORT: Final = (Text.NAME, Text.CONTACT)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What stands in the form. `token` carries the receipt to be."""

    token: str = ""
    channel: str = Channel.HOTLINE
    ex_officio: str = ""
    language: str = settings.LANGUAGE_CODE[:2]
    relation: str = Relation.UNSAID
    age: str = Age.UNSAID
    circumstances: Sequence[str] = ()
    links: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)

    def told(self) -> Told:
        """What cannot be chosen counts as not said."""
        return Told(
            links=[link.strip() for link in self.links.splitlines() if link.strip()],
            texts={Text(kind): text for kind, text in self.texts.items() if text.strip()},
            relation=Relation(self.relation),
            age=Age(self.age),
            circumstances=[Circumstance(code) for code in self.circumstances],
            language=self.language,
            channel=Channel(self.channel),
            ex_officio=ExOfficio(self.ex_officio) if self.ex_officio else None,
        )


@needs(Permission.CASE_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; and what was sent of it. Nothing is saved before it is sent, and the same form is one case."""
    official_id, now = official_of(request).pk, clock.now()
    if request.method != "POST":
        return _form(request, Draft(token=drawn.draw(official_id=official_id, at=now)))
    draft = _sent(request.POST)
    bits = drawn.bits_of(draft.token, official_id=official_id, at=now)
    if bits is None:
        fresh = _sent(request.POST, token=drawn.draw(official_id=official_id, at=now))
        return _form(request, fresh, problem=Problem(field="token", code="form_too_old"), status=422)
    try:
        opened = take_in(receipt=bits, told=draft.told(), official_id=official_id)
    except CannotTakeInError as refused:
        return _form(request, draft, problem=refused.problem, status=422)
    except (OperationalError, InterfaceError, KeysUnavailableError):
        return _away(request, draft)
    return _taken(request, draft, opened, bits)


def _taken(request: HttpRequest, draft: Draft, opened: OpenCase, bits: bytes) -> HttpResponse:
    """The words to read aloud, in this one answer; without a request there is nobody to read them to."""
    if draft.channel == Channel.EX_OFFICIO:
        return redirect("console:case", opened.case.pk)
    words = receipt.words_of(bits, language=draft.language)
    return render(request, "console/cases/words.html", {"words": words, "case_id": opened.case.pk})


def _sent(fields: QueryDict, *, token: str | None = None) -> Draft:
    def one(name: str, known: Sequence[str], otherwise: str) -> str:
        value = fields.get(name, "")
        return value if value in known else otherwise

    return Draft(
        token=fields.get("token", "") if token is None else token,
        channel=one("channel", _CHANNELS, Channel.HOTLINE),
        ex_officio=one("ex_officio", list(ExOfficio), ""),
        language=one("language", [code for code, _ in settings.LANGUAGES], settings.LANGUAGE_CODE[:2]),
        relation=one("relation", list(Relation), Relation.UNSAID),
        age=one("age", list(Age), Age.UNSAID),
        circumstances=[code for code in fields.getlist("circumstance") if code in set(Circumstance)],
        links=fields.get("links", "").replace("\r\n", "\n"),
        texts={kind.value: fields.get(kind.value, "").replace("\r\n", "\n") for kind in Text},
    )


def _form(
    request: HttpRequest, draft: Draft, *, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "console/cases/new.html", _shown(draft, problem), status=status)


def _shown(draft: Draft, problem: Problem | None) -> dict[str, Any]:
    return {
        "base": "console/page.html",
        "draft": draft,
        "problem": case_refusal(problem.code) if problem else "",
        "problem_field": problem.field if problem else "",
        "problem_number": problem.number if problem else 0,
        "channels": options(Channel, _CHANNELS),
        "reasons": options(ExOfficio),
        "spoken": settings.LANGUAGES,
        "relations": options(Relation),
        "ages": options(Age),
        "circumstances": options(Circumstance),
        "long_texts": [
            (kind.value, said(Text, kind), draft.texts.get(kind, "")) for kind in Text if kind not in _SHORT
        ],
        "short_texts": [(kind.value, said(Text, kind), draft.texts.get(kind, "")) for kind in _SHORT],
    }


def _away(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The same form without anything that asks the database, everything still filled in."""
    shown = _shown(draft, Problem(field="token", code="not_saved")) | {"base": "page.html", "is_bare": True}
    answer = render(request, "console/cases/new.html", shown, status=503)
    answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer
