from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django import template
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.accounts.models import Operator
from haetae.accounts.permissions import Permission
from haetae.flow.hearings.queries import waiting_at
from haetae.web.hearings.subjects import answerable
from haetae.web.operator.who import operator_if_any
from haetae.web.rights import may

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class Section:
    """One page of the bar at the top; `key` opens it after g."""

    name: str
    words: str | Promise
    needed: Permission
    key: str
    waiting: int = 0


_HEARINGS: Final = "operator:hearings"
_SECTIONS: Final = (
    Section(name="operator:requests", words=_("Requests"), needed=Permission.REQUEST_READ, key="r"),
    Section(name=_HEARINGS, words=_("Hearings"), needed=Permission.REQUEST_ANSWER, key="h"),
    Section(name="operator:orders", words=_("Orders"), needed=Permission.REQUEST_READ, key="o"),
    Section(name="operator:sanctions", words=_("Sanctions"), needed=Permission.ORDER_ANSWER, key="m"),
    Section(name="operator:numbers", words=_("Numbers"), needed=Permission.REQUEST_READ, key="n"),
    Section(name="operator:connection", words=_("Connection"), needed=Permission.REQUEST_READ, key="c"),
    Section(name="operator:duties", words=_("Duties"), needed=Permission.REQUEST_READ, key="d"),
    Section(name="operator:reports", words=_("Reports"), needed=Permission.ORDER_ANSWER, key="e"),
    Section(name="operator:people", words=_("Colleagues"), needed=Permission.OPERATOR_MANAGE, key="p"),
    Section(name="operator:keys", words=_("Keys and secrets"), needed=Permission.OPERATOR_MANAGE, key="k"),
)


@register.simple_tag(takes_context=True)
def sections(context: Mapping[str, Any]) -> Sequence[Section]:
    """The pages that whoever is signed in may open today, with how much waits for their word."""
    request = context.get("request")
    if request is None:
        return []
    known = [section for section in _SECTIONS if may(request, section.needed)]
    return [
        replace(section, waiting=_waiting(request)) if section.name == _HEARINGS else section
        for section in known
    ]


def _waiting(request: HttpRequest) -> int:
    operator = operator_if_any(request)
    return waiting_at(operator.pk, about=answerable(request)) if operator else 0


@register.simple_tag(takes_context=True)
def own_operator(context: Mapping[str, Any]) -> Operator | None:
    """The operator at which whoever is signed in sits; None for everybody else."""
    request = context.get("request")
    return operator_if_any(request) if request is not None else None
