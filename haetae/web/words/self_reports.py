"""Reports that somebody made of themselves, in words: for whoever writes one, and for officers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.investigation.self_reports.rules import CONTACT_LONGEST, TOLD_LONGEST, TOLD_SHORTEST
from haetae.agencies.investigation.self_reports.states import Age, CameBy, WhyClosed
from haetae.common import clock
from haetae.law.packs import load_pack
from haetae.web.words.investigations import investigation_refusal
from haetae.web.words.language import in_korean

# For whoever writes: how old they were then.
AGES_OF_WRITER: Final[Mapping[Age, str | Promise]] = {
    Age.UNDER_14: _("I was under 14"),
    Age.UNDER_19: _("I was 14 to 18"),
    Age.ADULT: _("I was 19 or older"),
    Age.UNSAID: _("I don't want to say, or don't know"),
}
AGES: Final[Mapping[Age, str | Promise]] = {
    Age.UNDER_14: _("under 14 then"),
    Age.UNDER_19: _("14 to 18 then"),
    Age.ADULT: _("19 or older then"),
    Age.UNSAID: _("age not said"),
}
CAME_BY: Final[Mapping[CameBy, str | Promise]] = {
    CameBy.PORTAL: _("written on the public page"),
    CameBy.DESK: _("said to an officer"),
}
WHY_CLOSED: Final[Mapping[WhyClosed, str | Promise]] = {
    WhyClosed.OTHER_OFFENCE: _("it is about another offence, and was passed on"),
    WhyClosed.NO_OFFENCE: _("what it tells is no offence"),
    WhyClosed.NOT_SERIOUS: _("it was not meant, or is about somebody else"),
    WhyClosed.TWICE: _("the same was reported before"),
}
_WHY_NOT: Final[Mapping[str, str | Promise]] = {
    "self_report_taken": _("Somebody has taken it up already, or it is closed."),
    "self_report_over": _("It lies in a file, or it is closed."),
    "self_report_not_taken": _("Take it up first."),
    "self_report_of_another": _("Another officer has taken it up."),
    "self_report_why": _("Choose why it is closed."),
    "self_report_no_file": _("Choose one of your files that you have opened today."),
}
_NOT_TAKEN: Final[Mapping[str, str | Promise]] = {
    "self_report_not_understood": _("Tick that you have read what this page is, and what it is not."),
    "self_report_told": _("Write what you did, in %(least)s to %(most)s characters."),
    "self_report_contact": _("How to reach you: %(contact)s characters at most."),
}


@dataclass(frozen=True, kw_only=True)
class RuleWords:
    """What a rule says, on what article, and whether somebody could check it against the text in force."""

    words: str
    article: str
    verified: bool


def self_report_refusal(code: str) -> str:
    """Why an officer could not do something; an unknown code as it is."""
    words = _WHY_NOT.get(code)
    return str(words) if words is not None else not_taken_words(code)


def not_taken_words(code: str) -> str:
    """What is missing in what somebody wrote."""
    words = _NOT_TAKEN.get(code)
    if words is None:
        return investigation_refusal(code)
    return str(words) % {
        "least": TOLD_SHORTEST,
        "most": f"{TOLD_LONGEST:,}",
        "contact": CONTACT_LONGEST,
    }


def leniency_words() -> tuple[str, bool]:
    """What is known of a lower penalty for whoever comes forward, and whether that is law."""
    leniency = load_pack(settings.JURISDICTION).self_reporting.leniency
    return leniency.words_ko if in_korean() else leniency.words_en, leniency.enabled


def age_rules() -> Sequence[RuleWords]:
    """What is different for whoever was young, as of today."""
    today = timezone.localdate(clock.now())
    return [
        RuleWords(
            words=rule.words_ko if in_korean() else rule.words_en,
            article=rule.source.cite_ko(rule.article) if in_korean() else rule.source.cite_en(rule.article),
            verified=rule.verified and rule.source.verified,
        )
        for rule in load_pack(settings.JURISDICTION).self_reporting.ages
        if rule.covers(today)
    ]
