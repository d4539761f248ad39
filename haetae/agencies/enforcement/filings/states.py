"""What can become of a yearly report, and of a year for which one is expected. Pure."""

from enum import StrEnum


class State(StrEnum):
    """Of one version of a report about one year."""

    DRAFT = "draft"
    SENT = "sent"  # handed in, and checked against our own record
    RETURNED = "returned"  # with reasons; a corrected one is a new version
    ACCEPTED = "accepted"  # by one official
    PUBLISHED = "published"  # signed by another
    SUPERSEDED = "superseded"  # a newer version stands in its place


MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SENT}),
    State.SENT: frozenset({State.ACCEPTED, State.RETURNED}),
    State.ACCEPTED: frozenset({State.PUBLISHED, State.SUPERSEDED}),
    State.PUBLISHED: frozenset({State.SUPERSEDED}),
    State.RETURNED: frozenset(),
    State.SUPERSEDED: frozenset(),
}
# Somebody still has to do something with it before there can be another version.
OPEN = frozenset({State.DRAFT, State.SENT})


class Due(StrEnum):
    """Whether the report of a year has come."""

    EXPECTED = "expected"
    MISSING = "missing"  # the day of the law has passed
    FILED = "filed"  # also when it came late


DUE_MOVES: dict[Due, frozenset[Due]] = {
    Due.EXPECTED: frozenset({Due.MISSING, Due.FILED}),
    Due.MISSING: frozenset({Due.FILED}),
    Due.FILED: frozenset(),
}


class Way(StrEnum):
    """How a report came in."""

    DESK = "desk"
    LETTER = "letter"  # an official typed what came on paper


class WhyReturned(StrEnum):
    INCOMPLETE = "incomplete"
    NUMBERS_UNCLEAR = "numbers_unclear"
    ANOTHER_YEAR = "another_year"


class FactKind(StrEnum):
    """What can be known of an operator. `detail` of a fact is the year of a revenue, or the kind of a service."""

    REVENUE = "revenue"  # won in one year
    DAILY_USERS = "daily_users"  # on average of the last three months
    SERVICE = "service"
    PREVENTION_OFFICER = "prevention_officer"
    YOUTH_OFFICER = "youth_officer"
    DOMESTIC_AGENT = "domestic_agent"
    HOTLINE = "hotline"  # the address at which its officer answers
    PUBLIC_REPORT = "public_report"  # where its half-yearly report can be read


class Origin(StrEnum):
    """Who says so. The two are never mixed: both may stand side by side."""

    OWN_WORD = "own_word"
    FINDING = "finding"
