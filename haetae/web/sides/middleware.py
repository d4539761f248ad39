"""Each side gets what is its own and nothing else: a place in this process, its cookies, its part of the line."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from haetae.web import errors
from haetae.web.sides.which import MAPS, Side, is_served, side_of

Answer = Callable[[HttpRequest], HttpResponseBase]
_HOOKS: Final = ("process_view", "process_exception", "process_template_response")
_OF_THE_CONSOLE: Final = "console_"
_OF_OPERATORS: Final = "operator_"


class ServedHere:
    """A side that this process does not serve has no addresses here; one with a map of its own is found by it."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        side = side_of(request)
        if not is_served(side):
            return errors.not_served(request)
        if side in MAPS:
            request.urlconf = MAPS[side]
        return self._get_response(request)


class OwnCookies:
    """First in line: what stands behind sees the cookies of its own side alone, and sets no others.

    Django knows one name for the cookie of sessions, of forms and of the language, and the console uses them. The
    other sides have other names outside, so they never meet, also where all answer under one host name.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        side = side_of(request)
        request.COOKIES = _seen_by(side, request.COOKIES)
        answer = self._get_response(request)
        if side is Side.PORTAL:
            _name_for_the_portal(answer)
        if side is Side.OPERATOR:
            _name_for_operators(answer)
        return answer


def only_on(sides: frozenset[Side], middleware: Callable[[Answer], Any]) -> Callable[[Answer], Answer]:
    """The same middleware for some sides; the others pass it by, its hooks too."""

    def made(get_response: Answer) -> Answer:
        inside = middleware(get_response)

        def answer(request: HttpRequest) -> HttpResponseBase:
            return (inside if side_of(request) in sides else get_response)(request)

        for name in _HOOKS:
            if hasattr(inside, name):
                setattr(answer, name, _for_these(sides, getattr(inside, name)))
        return answer

    return made


def _for_these(sides: frozenset[Side], hook: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(request: HttpRequest, *arguments: Any) -> Any:
        return hook(request, *arguments) if side_of(request) in sides else None

    return guarded


def _seen_by(side: Side | None, cookies: dict[str, str]) -> dict[str, str]:
    if side is Side.CONSOLE:
        return {name: value for name, value in cookies.items() if _begins(name, _OF_THE_CONSOLE)}
    if side is Side.OPERATOR:
        own = {name: value for name, value in cookies.items() if _begins(name, _OF_OPERATORS)}
        return _named_inside(own, settings.OPERATOR_COOKIES)
    if side is Side.PORTAL:
        others = (_OF_THE_CONSOLE, _OF_OPERATORS)
        own = {name: value for name, value in cookies.items() if not _begins(name, *others)}
        return _named_inside(own, settings.PORTAL_COOKIES)
    return {}  # machines show keys; no cookie counts


def _named_inside(cookies: dict[str, str], names: Mapping[str, str]) -> dict[str, str]:
    inside = {outside: known for known, outside in names.items()}
    return {inside.get(name, name): value for name, value in cookies.items()}


def _name_for_the_portal(answer: HttpResponseBase) -> None:
    for known, outside in settings.PORTAL_COOKIES.items():
        if known in answer.cookies:
            kept = answer.cookies.pop(known)
            # Without an age: it goes with the browser's window.
            answer.set_cookie(
                outside,
                kept.value,
                path="/",
                secure=settings.CSRF_COOKIE_SECURE,
                httponly=True,
                samesite="Strict",
            )


def _name_for_operators(answer: HttpResponseBase) -> None:
    """With everything that was said of it, an age of nothing too: that is how a cookie is taken back."""
    for known, outside in settings.OPERATOR_COOKIES.items():
        if known in answer.cookies:
            kept = answer.cookies.pop(known)
            answer.cookies[outside] = kept.value
            answer.cookies[outside].update({**kept, "path": settings.OPERATOR_COOKIE_PATH})


def _begins(name: str, *known: str) -> bool:
    return name.removeprefix("__Secure-").startswith(known)
