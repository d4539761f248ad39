"""The codes of a person's case, as counsellors read and choose them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.support.desk.states import HandedOn, Proof, Reason, SeenTo
from haetae.agencies.support.desk.states import Told as GuardianTold
from haetae.agencies.support.states import (
    Age,
    Channel,
    Circumstance,
    ExOfficio,
    Relation,
    Sender,
    State,
    Text,
)
from haetae.web.words.handing import HANDING

Words = str | Promise

CODES: Final[Mapping[type[StrEnum], Mapping[str, Words]]] = {
    Age: {
        "under_19": _("under 19"),
        "adult": _("19 or older"),
        "unsaid": _("age not known"),
    },
    Relation: {
        "me": _("the person speaks for themselves"),
        "child": _("a parent or guardian speaks"),
        "relative": _("a relative speaks"),
        "client": _("a lawyer or agent speaks"),
        "pupil": _("a teacher speaks (must report)"),
        "friend": _("a friend speaks"),
        "stranger": _("somebody who found it speaks"),
        "unsaid": _("not said who speaks"),
    },
    Circumstance: {
        "threatened": _("threatened"),
        "money_demanded": _("money is demanded"),
        "at_school": _("happened at school"),
        "known_poster": _("the poster is known"),
        "guardian_unsafe": _("nobody at home may learn of it"),
    },
    Channel: {
        "portal": _("by the portal"),
        "hotline": _("by telephone"),
        "ex_officio": _("without a request"),
    },
    ExOfficio: {
        "csam": _("child sexual abuse material"),
        "investigator": _("an investigator asked"),
        "prosecutor": _("a prosecutor asked"),
    },
    State: {
        "open": _("open case"),
        "withdrawn": _("withdrawn by the person"),
        "held": _("destroyed but for what must be kept"),
        "destroyed": _("destroyed"),
    },
    Text: {
        "story": _("What happened, in their words"),
        "keywords": _("Words and accounts to search for"),
        "poster": _("What is known of the poster"),
        "name": _("Name"),
        "contact": _("Contact"),
    },
    Sender: {
        "person": _("the person"),
        "counsellor": _("the centre"),
        "notice": _("what an authority did"),
    },
    Reason: {
        "my_work": _("it waits, and I take care of it"),
        "caller": _("the person is on the telephone"),
        "colleague": _("a colleague asked me to look"),
        "agency": _("an agency that has it asks back"),
        "call_back": _("the person asked to be called"),
        "papers": _("a request on paper needs the name"),
        "danger": _("help must be sent to them"),
        "recovery": _("the words are lost"),
    },
    SeenTo: {
        "spoken": _("spoken with them"),
        "goes_on": _("goes on by itself, nothing to do now"),
        "cannot_reach": _("cannot be reached, no danger known"),
        "handed_over": _("another agency has it"),
    },
    HandedOn: {
        "off_duty": _("I go off duty"),
        "language": _("another language is needed"),
        "too_close": _("I know somebody in it"),
        "too_much": _("I need a rest from it"),
        "asked_for": _("the person asked for it"),
    },
    Proof: {
        "none": _("nothing yet: a guess"),
        "said": _("the person says so"),
        "paper": _("a paper was seen, and not kept"),
    },
    GuardianTold: {
        "telephone": _("on the telephone"),
        "in_person": _("in person"),
        "letter": _("by letter"),
    },
    **HANDING,
}


def said(codes: type[StrEnum], value: str) -> str:
    """Words for one code; an unknown one is shown as it is."""
    return str(CODES[codes].get(value, value))


def options(codes: type[StrEnum], only: Iterable[StrEnum] | None = None) -> list[tuple[str, str]]:
    """Value and words of what can be chosen, in the order of the table."""
    wanted = set(CODES[codes]) if only is None else {str(code) for code in only}
    return [(value, str(words)) for value, words in CODES[codes].items() if value in wanted]
