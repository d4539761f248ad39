"""The situations in which somebody looks for a number, as they would say it themselves."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.law.person.facts import Situation

SITUATIONS: Final[Mapping[Situation, str | Promise]] = {
    Situation.THREATENED: _("Somebody threatens me"),
    Situation.MONEY: _("Somebody wants money or more pictures"),
    Situation.TALK: _("I want to talk to somebody"),
    Situation.HOPELESS: _("I can't bear it any more"),
    Situation.DELETION: _("I want it deleted"),
    Situation.UNDER_19: _("I am under 19"),
    Situation.SCHOOL: _("It happened at school"),
    Situation.REVIEW: _("I want the review commission to decide"),
    Situation.LAWYER: _("I need a lawyer"),
}


def situation_words(situation: Situation) -> str:
    return str(SITUATIONS[situation])
