from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from haetae.web.console.sections import Section, sections_of

register = template.Library()


@register.simple_tag(takes_context=True)
def sections(context: Mapping[str, Any]) -> Sequence[Section]:
    """The pages that whoever is signed in may open today."""
    request = context.get("request")
    return [] if request is None else sections_of(request)
