"""What every page needs and no view should have to bring: people to talk to, and the languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils.translation import get_language

from haetae.common import clock
from haetae.law.packs import load_pack
from haetae.law.person.facts import Helpline, HelplineUse

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class Line:
    """One number to call, in the reader's language."""

    number: str
    words: str


@register.simple_tag
def helplines() -> Sequence[Line]:
    """The helplines that stand on every page, in the order of the jurisdiction pack."""
    return [_line(line) for line in load_pack(settings.JURISDICTION).all_helplines if line.everywhere]


@register.simple_tag
def number_of(use: str) -> str:
    """The number for one use ("police", "support"); empty where the pack has none."""
    wanted = HelplineUse(use)
    lines = load_pack(settings.JURISDICTION).all_helplines
    return next((line.number for line in lines if line.use is wanted), "")


@register.simple_tag
def languages() -> Sequence[tuple[str, str]]:
    """Code and own name of each language of the pages."""
    return settings.LANGUAGES


@register.simple_tag
def zone() -> str:
    """The zone in which officials read times, as KST."""
    return clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).strftime("%Z")


def _line(line: Helpline) -> Line:
    korean = (get_language() or settings.LANGUAGE_CODE).startswith("ko")
    return Line(number=line.number, words=line.words_ko if korean else line.words_en)
