"""What can become of a session, a year's report, a training and an incident; and what is recorded. Pure."""

from enum import StrEnum


class InstitutionKind(StrEnum):
    """Those whom the law names, and youth facilities, which teach as well."""

    KINDERGARTEN = "kindergarten"
    CHILDCARE = "childcare"
    SCHOOL = "school"
    UNIVERSITY = "university"
    YOUTH_FACILITY = "youth_facility"
    CENTRAL_AGENCY = "central_agency"
    LOCAL_GOVERNMENT = "local_government"
    EDUCATION_OFFICE = "education_office"
    PUBLIC_BODY = "public_body"


class Method(StrEnum):
    """How a session was held."""

    LECTURE = "lecture"
    DISCUSSION = "discussion"
    FILM = "film"
    ONLINE = "online"
    BOOTH = "booth"


class SessionState(StrEnum):
    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"  # it was recorded by mistake, and counts nowhere


SESSION_MOVES: dict[SessionState, frozenset[SessionState]] = {
    SessionState.RECORDED: frozenset({SessionState.WITHDRAWN}),
    SessionState.WITHDRAWN: frozenset(),
}


class YearState(StrEnum):
    OPEN = "open"  # the ministry expects a report by the day of the law
    MISSING = "missing"  # that day has passed
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"


YEAR_MOVES: dict[YearState, frozenset[YearState]] = {
    YearState.OPEN: frozenset({YearState.SENT, YearState.MISSING}),
    YearState.MISSING: frozenset({YearState.SENT}),
    YearState.SENT: frozenset({YearState.ACCEPTED, YearState.RETURNED}),
    YearState.RETURNED: frozenset({YearState.SENT}),
    YearState.ACCEPTED: frozenset(),
}


class TrainingState(StrEnum):
    PROPOSED = "proposed"  # by one official of the ministry
    ORDERED = "ordered"  # by another
    LATE = "late"
    DONE = "done"
    DROPPED = "dropped"


TRAINING_MOVES: dict[TrainingState, frozenset[TrainingState]] = {
    TrainingState.PROPOSED: frozenset({TrainingState.ORDERED, TrainingState.DROPPED}),
    TrainingState.ORDERED: frozenset({TrainingState.DONE, TrainingState.LATE}),
    TrainingState.LATE: frozenset({TrainingState.DONE}),
    TrainingState.DONE: frozenset(),
    TrainingState.DROPPED: frozenset(),
}


class Poor(StrEnum):
    """Why teaching counts as poor, by rule."""

    NO_REPORT = "no_report"
    NO_SESSION = "no_session"
    TOO_SHORT = "too_short"
    FEW_OF_THE_STAFF = "few_of_the_staff"
    HEAD_ABSENT = "head_absent"


class Category(StrEnum):
    """What happened, and nothing more of it."""

    FORGED = "forged"
    FILMED = "filmed"
    SPREAD = "spread"
    THREATENED = "threatened"
    OTHER = "other"


class Wish(StrEnum):
    """What the person said about telling the ministry. Only a clear objection withholds it."""

    NO_OBJECTION = "no_objection"
    OBJECTS = "objects"
    COULD_NOT_ASK = "could_not_ask"


class IncidentState(StrEnum):
    WITHHELD = "withheld"  # the person clearly objects: nothing of it leaves the institution
    NOTED = "noted"
    TOLD = "told"
    PLANNED = "planned"
    RETURNED = "returned"
    ACCEPTED = "accepted"


INCIDENT_MOVES: dict[IncidentState, frozenset[IncidentState]] = {
    IncidentState.WITHHELD: frozenset({IncidentState.NOTED}),
    IncidentState.NOTED: frozenset({IncidentState.TOLD, IncidentState.WITHHELD}),
    IncidentState.TOLD: frozenset({IncidentState.PLANNED}),
    IncidentState.PLANNED: frozenset({IncidentState.ACCEPTED, IncidentState.RETURNED}),
    IncidentState.RETURNED: frozenset({IncidentState.PLANNED}),
    IncidentState.ACCEPTED: frozenset(),
}
# What the ministry reads: of the others it does not even learn that they are there.
SEEN_BY_THE_MINISTRY: frozenset[IncidentState] = frozenset(
    {IncidentState.TOLD, IncidentState.PLANNED, IncidentState.RETURNED, IncidentState.ACCEPTED}
)
PLAN_IS_OWED: frozenset[IncidentState] = frozenset({IncidentState.TOLD, IncidentState.RETURNED})


class ByRole(StrEnum):
    """In which work somebody learnt of it and told the police."""

    HEAD = "head"
    TEACHER = "teacher"
    COUNSELLOR = "counsellor"
    NURSE = "nurse"
    OTHER_STAFF = "other_staff"


class ToldWhom(StrEnum):
    """How the police were told."""

    CALL = "call"
    ONLINE = "online"
    IN_PERSON = "in_person"
