"""The questions of the form and what can be answered, in words for the person who is asked."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.agencies.support.rules import HASHES_MOST, LINKS_MOST, TEXT_LONGEST, Problem
from haetae.agencies.support.steering.rules import Answers

RELATIONS: Final[Mapping[str, str | Promise]] = {
    "me": _("Me"),
    "child": _("My child, or somebody I look after"),
    "relative": _("Somebody else of my family"),
    "friend": _("A friend"),
    "pupil": _("A pupil of my school"),
    "client": _("Somebody whose lawyer or agent I am"),
    "stranger": _("Somebody I don't know"),
    "unsaid": _("I would rather not say"),
}
AGES: Final[Mapping[str, str | Promise]] = {
    "under_19": _("Under 19"),
    "adult": _("19 or older"),
    "unsaid": _("I don't know, or would rather not say"),
}
CIRCUMSTANCES: Final[Mapping[str, str | Promise]] = {
    "threatened": _("Somebody threatens to spread it"),
    "money_demanded": _("Somebody demands money or something else"),
    "at_school": _("It happened at school, or those involved are from there"),
    "known_poster": _("I know or suspect who did it"),
    "guardian_unsafe": _("It would be dangerous if somebody at home found out"),
}
_PROBLEMS: Final[Mapping[str, str | Promise]] = {
    "nothing_to_find_it_by": _(
        "We need one thing to find it by: a link, a few words, or a code of the picture."
    ),
    "link_too_long": _("This is longer than a link can be. Copy only the address of the one page or post."),
    "link_without_scheme": _(
        "A link begins with http:// or https://. Copy the whole address from the browser."
    ),
    "link_with_spaces": _(
        "There is a space inside the link. Write each link on a line of its own, without other text."
    ),
    "too_many_links": _(
        "These are more than %(links)s links. Send the first %(links)s; you can add the others later."
    ),
    "too_many_hashes": _(
        "These are more than %(hashes)s codes. The first %(hashes)s of them are still here."
    ),
    "hashes_unreadable": _(
        "A code of a picture did not arrive whole, so it was left out. Send the rest, or make the code once more."
    ),
    "text_too_long": _("This text is longer than %(characters)s characters. Send the most important part."),
}
_LINK: Final = _("Link %(number)s: %(problem)s")


def choices(words: Mapping[str, str | Promise]) -> list[tuple[str, str | Promise]]:
    """Value and words, in their order."""
    return list(words.items())


def problem_words(problem: Problem) -> str:
    """A sentence that names the link by its number where there are several; an unknown code is shown as it is."""
    amounts = {"links": LINKS_MOST, "hashes": HASHES_MOST, "characters": f"{TEXT_LONGEST:,}"}
    words = str(_PROBLEMS.get(problem.code, problem.code)) % amounts
    return str(_LINK) % {"number": problem.number, "problem": words} if problem.number else words


def wish_words(wanted: Answers) -> str:
    """What a counsellor reads of answers that would protect less, in the person's language."""
    marked = [str(CIRCUMSTANCES[one]) for one in sorted(wanted.circumstances)]
    said = {"age": AGES[wanted.age], "marked": ", ".join(marked) or now("nothing")}
    return now("I want to change my answers. Age: %(age)s. Marked: %(marked)s.") % said
