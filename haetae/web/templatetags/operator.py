from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.accounts.models import Operator
from haetae.accounts.permissions import Permission
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


_SECTIONS: Final = (
    Section(name="operator:requests", words=_("Requests"), needed=Permission.REQUEST_READ, key="r"),
    Section(name="operator:numbers", words=_("Numbers"), needed=Permission.REQUEST_READ, key="n"),
    Section(name="operator:connection", words=_("Connection"), needed=Permission.REQUEST_READ, key="c"),
    Section(name="operator:people", words=_("Colleagues"), needed=Permission.OPERATOR_MANAGE, key="p"),
    Section(name="operator:keys", words=_("Keys and secrets"), needed=Permission.OPERATOR_MANAGE, key="k"),
)


@register.simple_tag(takes_context=True)
def sections(context: Mapping[str, Any]) -> Sequence[Section]:
    """The pages that whoever is signed in may open today."""
    request = context.get("request")
    return [section for section in _SECTIONS if request is not None and may(request, section.needed)]


@register.simple_tag(takes_context=True)
def own_operator(context: Mapping[str, Any]) -> Operator | None:
    """The operator at which whoever is signed in sits; None for everybody else."""
    request = context.get("request")
    return operator_if_any(request) if request is not None else None
