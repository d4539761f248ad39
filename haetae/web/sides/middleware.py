"""Each side gets what is its own and nothing else: a place in this process, its cookies, its part of the line."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from haetae.web import errors
from haetae.web.sides.which import Side, is_served, side_of

Answer = Callable[[HttpRequest], HttpResponseBase]
_HOOKS: Final = ("process_view", "process_exception", "process_template_response")
_OF_THE_CONSOLE: Final = "console_"


class ServedHere:
    """A side that this process does not serve has no addresses here."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_served(side_of(request)):
            return self._get_response(request)
        return errors.not_served(request)


class OwnCookies:
    """First in line: what stands behind sees the cookies of its own side alone, and sets no others.

    Django knows one name for the cookie of forms and one for that of the language, and the console uses them. The
    portal has other names outside, so the two never meet, also where both answer under one host name.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        side = side_of(request)
        request.COOKIES = _seen_by(side, request.COOKIES)
        answer = self._get_response(request)
        if side is Side.PORTAL:
            _name_for_the_portal(answer)
        return answer


def only_on(side: Side, middleware: Callable[[Answer], Any]) -> Callable[[Answer], Answer]:
    """The same middleware for one side; the others pass it by, its hooks too."""

    def made(get_response: Answer) -> Answer:
        inside = middleware(get_response)

        def answer(request: HttpRequest) -> HttpResponseBase:
            return (inside if side_of(request) is side else get_response)(request)

        for name in _HOOKS:
            if hasattr(inside, name):
                setattr(answer, name, _for_one_side(side, getattr(inside, name)))
        return answer

    return made


def _for_one_side(side: Side, hook: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(request: HttpRequest, *arguments: Any) -> Any:
        return hook(request, *arguments) if side_of(request) is side else None

    return guarded


def _seen_by(side: Side | None, cookies: dict[str, str]) -> dict[str, str]:
    if side is Side.CONSOLE:
        return {name: value for name, value in cookies.items() if _is_of_the_console(name)}
    if side is Side.PORTAL:
        inside = {outside: known for known, outside in settings.PORTAL_COOKIES.items()}
        own = {name: value for name, value in cookies.items() if not _is_of_the_console(name)}
        return {inside.get(name, name): value for name, value in own.items()}
    return {}  # machines show keys; no cookie counts


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


def _is_of_the_console(name: str) -> bool:
    return name.removeprefix("__Secure-").startswith(_OF_THE_CONSOLE)
