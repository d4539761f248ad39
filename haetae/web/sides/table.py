"""The table of permissions: every address, its side, its methods and who may open it, read out of the code."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver

from haetae.accounts.permissions import GRANTS, Permission, who_may
from haetae.web.access import Access, ForPartners, Machine, Public, access_of, is_of_sign_in
from haetae.web.sides.which import MAPS, Side, side_at

_ANCHORS: Final = re.compile(r"[\^$\\]|\(\?P|(?<=>)\[.*?\)")
_MACHINES: Final = {
    Machine.ASKING_OPERATOR: "operators that ask before they publish, by token",
    Machine.SCANNING: "holders of a key for scanning",
    Machine.OPERATING: "operators with a key for what is asked of them",
    Machine.SIGNED_ANSWERS: "operators, by their signature",
}


@dataclass(frozen=True, kw_only=True)
class Route:
    """One address. `methods` is empty where the view itself refuses those that do not fit."""

    name: str
    path: str
    view: Callable[..., Any]

    @property
    def methods(self) -> tuple[str, ...]:
        return methods_of(self.view)

    @property
    def who(self) -> str:
        return who(access_of(self.view), name=self.name, side=side_at(self.path))


def routes() -> list[Route]:
    """Of the whole map, and of what only a side's own map holds: its sign-in."""
    found = {route.path: route for route in _walk(get_resolver().url_patterns, path="/", namespace="")}
    for own in MAPS.values():
        for route in _walk(get_resolver(own).url_patterns, path="/", namespace=""):
            found.setdefault(route.path, route)
    return list(found.values())


def addresses() -> Iterator[str]:
    yield "| side | address | methods | who |"
    yield "|---|---|---|---|"
    for route in sorted(routes(), key=lambda route: (side_at(route.path) or "", route.path)):
        side = side_at(route.path) or "all"
        methods = " ".join(route.methods) or "as the view says"
        yield f"| {side} | `{route.path.replace('|', chr(92) + '|')}` | {methods} | {route.who} |"


def roles() -> Iterator[str]:
    yield "| role | may |"
    yield "|---|---|"
    for role, granted in GRANTS.items():
        yield f"| {_role_words(role)} | {', '.join(f'`{one}`' for one in sorted(granted)) or 'nothing'} |"


def who(access: Access | None, *, name: str, side: Side | None = None) -> str:
    """In words. A mark that is not known here fails: somebody has to say what it means."""
    if access is None and is_of_sign_in(name):
        people = "people at operators" if side is Side.OPERATOR else "officials"
        return f"{people}; allauth asks who signs in"
    if access is None:
        return "nobody"
    if isinstance(access, Permission):
        return f"`{access}`: {', '.join(map(_role_words, who_may(access))) or 'nobody yet'}"
    if isinstance(access, ForPartners):
        return f"partners with a key for {' or '.join(f'`{scope}`' for scope in access.scopes)}"
    return "everybody" if access is Public.PUBLIC else _MACHINES[access]


def methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """The methods that are answered; empty where nothing around the view fixes them."""
    of_class = getattr(view, "view_class", None)
    if of_class is not None:
        names = [name for name in of_class.http_method_names if hasattr(of_class, name)]
        return tuple(sorted({name.upper() for name in names} - {"OPTIONS"}))
    while view is not None:
        kept = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
        if "request_method_list" in kept:
            return tuple(kept["request_method_list"])
        if hasattr(kept.get("self"), "operations"):
            return tuple(sorted({method for one in kept["self"].operations for method in one.methods}))
        view = getattr(view, "__wrapped__", None)  # type: ignore[assignment]  # None ends it
    return ()


def _walk(patterns: list[URLPattern | URLResolver], *, path: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        here = path + _ANCHORS.sub("", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, path=here, namespace=inner)
        else:
            yield Route(name=f"{namespace}{pattern.name}", path=here, view=pattern.callback)


def _role_words(role: str) -> str:
    return role.replace("_", " ")
