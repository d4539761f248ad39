"""What operators file, in words: facts, duties, reports, and why something was not taken."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.enforcement.filings.comparing import Remark
from haetae.agencies.enforcement.filings.duties.rules import Answer, Why
from haetae.agencies.enforcement.filings.states import (
    Due,
    FactKind,
    Origin,
    State,
    Way,
    WhyReturned,
)
from haetae.law.country.duties import Service

Words = Mapping[str, str | Promise]
FACTS: Final[Words] = {
    FactKind.REVENUE: _("revenue of a year, in won"),
    FactKind.DAILY_USERS: _("users a day, on average of three months"),
    FactKind.SERVICE: _("kind of service"),
    FactKind.PREVENTION_OFFICER: _("officer against the spread"),
    FactKind.YOUTH_OFFICER: _("youth protection officer"),
    FactKind.DOMESTIC_AGENT: _("agent in the country"),
    FactKind.HOTLINE: _("address of the hotline"),
    FactKind.PUBLIC_REPORT: _("where its half-yearly report stands"),
}
SERVICES: Final[Words] = {
    Service.WEB_HARD: _("web hard drive"),
    Service.SOCIAL: _("social network"),
    Service.COMMUNITY: _("community or board"),
    Service.OPEN_CHANNEL: _("messenger with open channels"),
    Service.SEARCH: _("search service"),
    Service.OTHER: _("something else"),
}
ORIGINS: Final[Words] = {
    Origin.OWN_WORD: _("the operator's own word"),
    Origin.FINDING: _("an official's finding"),
}
ANSWERS: Final[Mapping[Answer, tuple[str, str, str | Promise]]] = {
    # Tone, shape, words.
    Answer.YES: ("people", "◆", _("applies")),
    Answer.NO: ("quiet", "–", _("does not apply")),
    Answer.UNKNOWN: ("quiet", "?", _("not known")),
}
WHYS: Final[Words] = {
    Why.SERVICE: _("A service of this kind has it at any size."),
    Why.REVENUE: _("Its revenue of last year reaches the size."),
    Why.USERS: _("Its users a day reach the size."),
    Why.BELOW: _("It is smaller than every size that the article names."),
    Why.NOT_LISTED: _(
        "Its service is not among the kinds that we know of, and the list of the law was not read."
    ),
    Why.REVENUE_UNKNOWN: _("Its revenue of last year is not known."),
    Why.USERS_UNKNOWN: _("Nobody knows how many users a day it has."),
    Why.SERVICE_UNKNOWN: _("Nobody has said what kind of service it is."),
    Why.NOT_READ: _("From which size on stands in a text that was not read."),
}
STATES: Final[Mapping[State, tuple[str, str, str | Promise]]] = {
    State.DRAFT: ("quiet", "…", _("a draft, not handed in")),
    State.SENT: ("people", "◆", _("handed in; to be read by an official")),
    State.RETURNED: ("people", "↩", _("sent back, to be corrected")),
    State.ACCEPTED: ("people", "◆", _("accepted; another official publishes it")),
    State.PUBLISHED: ("good", "✓", _("published")),
    State.SUPERSEDED: ("quiet", "–", _("a newer version stands in its place")),
}
DUES: Final[Words] = {
    Due.EXPECTED: _("expected"),
    Due.MISSING: _("missing"),
    Due.FILED: _("has come"),
}
WAYS: Final[Words] = {Way.DESK: _("at its desk"), Way.LETTER: _("on paper")}
RETURNED: Final[Words] = {
    WhyReturned.INCOMPLETE: _("Something is missing."),
    WhyReturned.NUMBERS_UNCLEAR: _("The numbers cannot be followed."),
    WhyReturned.ANOTHER_YEAR: _("It is about another year."),
}
REMARKS: Final[Words] = {
    Remark.FEWER_RECEIVED: _("It counts fewer requests than we alone made. Ask how it counts."),
    Remark.FEWER_REMOVED: _("It counts fewer removals than we alone saw. Ask how it counts."),
}
FIELDS: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    "efforts": (_("Efforts"), _("What was done in the year against the making and the spread.")),
    "criteria": (_("Content, criteria and results"), _("What they were about, by which rules, with which result.")),
    "procedure": (_("Procedure"), _("From a report to the removal, and how both sides are told.")),
    "officer": (_("Officer against the spread"), _("Who it is by office, since when, and what the tasks are.")),
    "training": (_("Training"), _("Who was trained in what, and for how long.")),
}  # fmt: skip
_PROBLEMS: Final[Words] = {
    "fact_source_missing": _("Say where it stands, or who said so, in 4 to 300 characters."),
    "fact_in_future": _("It can hold from today on at the latest."),
    "fact_own_word_verified": _("What the operator says of itself is not checked by that."),
    "fact_year": _("Name the year of the revenue: one that is over, as 2025."),
    "fact_service_missing": _("Choose the kind of service."),
    "fact_detail_needless": _("A year or a kind of service does not belong to this. Leave it empty."),
    "fact_number_missing": _("Write a whole number, without points or commas."),
    "fact_text_missing": _("Say who or where, in 4 to 300 characters."),
    "fact_incomplete": _("Choose what it is, and the day from which on it holds."),
    "report_year": _("Choose a year from 2020 on that is not in the future."),
    "report_number": _("Write whole numbers from 0 on."),
    "report_length": _("One of the texts is longer than 6,000 characters."),
    "report_has_address": _("Write no addresses of pages. What is published must lead nobody anywhere."),
    "report_numbers_missing": _("Write both numbers: what you received, and what you removed of it."),
    "report_more_removed": _("More was removed than received. Check both numbers."),
    "report_incomplete": _("The law names five things. Write something about each."),
    "report_sent_already": _("It was handed in already. A correction is a new version, once it was read."),
    "report_waits_already": _("A version of this year waits to be read. Until then there can be no other."),
    "report_not_waiting": _("It does not wait to be read: it was accepted or sent back already."),
    "report_not_accepted": _("Only what was accepted can be published."),
    "report_same_official": _("You accepted it yourself. Another official must publish it."),
    "report_note_missing": _("Write to the operator what has to be put right, in at least 4 characters."),
    "reason_missing": _("Choose why."),
}


def problem_words(code: str) -> str:
    """Why something was not taken; an unknown code is shown as it is."""
    return str(_PROBLEMS.get(code, code))
