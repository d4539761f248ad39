"""Teaching in words: kinds, states, why it was poor, and why something was not taken."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.education.incidents import rules as incidents
from haetae.agencies.education.sessions import rules as sessions
from haetae.agencies.education.states import (
    ByRole,
    Category,
    IncidentState,
    InstitutionKind,
    Method,
    Poor,
    ToldWhom,
    TrainingState,
    Wish,
    YearState,
)
from haetae.agencies.education.years import rules as years

KINDS: Final[Mapping[InstitutionKind, str | Promise]] = {
    InstitutionKind.KINDERGARTEN: _("kindergarten"),
    InstitutionKind.CHILDCARE: _("day-care centre"),
    InstitutionKind.SCHOOL: _("school"),
    InstitutionKind.UNIVERSITY: _("university"),
    InstitutionKind.YOUTH_FACILITY: _("youth facility"),
    InstitutionKind.CENTRAL_AGENCY: _("central agency"),
    InstitutionKind.LOCAL_GOVERNMENT: _("local government"),
    InstitutionKind.EDUCATION_OFFICE: _("education office"),
    InstitutionKind.PUBLIC_BODY: _("public body"),
}
METHODS: Final[Mapping[Method, str | Promise]] = {
    Method.LECTURE: _("lecture"),
    Method.DISCUSSION: _("discussion"),
    Method.FILM: _("film"),
    Method.ONLINE: _("online"),
    Method.BOOTH: _("booth"),
}
# Tone, shape, words.
YEARS: Final[Mapping[YearState, tuple[str, str, str | Promise]]] = {
    YearState.OPEN: ("people", "◆", _("the report is expected")),
    YearState.MISSING: ("bad", "!", _("no report came in time")),
    YearState.SENT: ("people", "◆", _("sent; the ministry checks it")),
    YearState.RETURNED: ("bad", "!", _("returned; to be sent again")),
    YearState.ACCEPTED: ("good", "✓", _("accepted")),
}
TRAININGS: Final[Mapping[TrainingState, tuple[str, str, str | Promise]]] = {
    TrainingState.PROPOSED: ("people", "◆", _("a training is proposed; another official orders it")),
    TrainingState.ORDERED: ("people", "◆", _("a training is ordered")),
    TrainingState.LATE: ("bad", "!", _("a training is late")),
    TrainingState.DONE: ("good", "✓", _("the managers were trained")),
    TrainingState.DROPPED: ("quiet", "–", _("the proposed training was dropped")),
}
INCIDENTS: Final[Mapping[IncidentState, tuple[str, str, str | Promise]]] = {
    IncidentState.WITHHELD: ("quiet", "–", _("stays inside: the person objects")),
    IncidentState.NOTED: ("people", "◆", _("to be told to the ministry")),
    IncidentState.TOLD: ("people", "◆", _("told; a plan is owed")),
    IncidentState.PLANNED: ("people", "◆", _("a plan lies with the ministry")),
    IncidentState.RETURNED: ("bad", "!", _("the plan was returned")),
    IncidentState.ACCEPTED: ("good", "✓", _("the plan was accepted")),
}
POOR: Final[Mapping[Poor, str | Promise]] = {
    Poor.NO_REPORT: _("no report was handed in"),
    Poor.NO_SESSION: _("no session was held"),
    Poor.TOO_SHORT: _("the sessions were too short"),
    Poor.FEW_OF_THE_STAFF: _("few of the staff were taught"),
    Poor.HEAD_ABSENT: _("the head was not taught"),
}
CATEGORIES: Final[Mapping[Category, str | Promise]] = {
    Category.FORGED: _("a picture, film or voice was faked"),
    Category.FILMED: _("somebody was filmed without consent"),
    Category.SPREAD: _("it was spread"),
    Category.THREATENED: _("somebody was threatened with it"),
    Category.OTHER: _("another case of sexual violence"),
}
WISHES: Final[Mapping[Wish, str | Promise]] = {
    Wish.NO_OBJECTION: _("asked; does not object"),
    Wish.OBJECTS: _("asked; clearly objects"),
    Wish.COULD_NOT_ASK: _("could not be asked yet"),
}
BY_ROLE: Final[Mapping[ByRole, str | Promise]] = {
    ByRole.HEAD: _("head of the institution"),
    ByRole.TEACHER: _("teacher"),
    ByRole.COUNSELLOR: _("counsellor at the institution"),
    ByRole.NURSE: _("nurse"),
    ByRole.OTHER_STAFF: _("other staff"),
}
TOLD: Final[Mapping[ToldWhom, str | Promise]] = {
    ToldWhom.CALL: _("by a call"),
    ToldWhom.ONLINE: _("online"),
    ToldWhom.IN_PERSON: _("at a police office"),
}
_WHY_NOT: Final[Mapping[str, str | Promise]] = {
    "institution_kind": _("Choose what kind of institution it is."),
    "institution_name": _("Give the institution's name, in up to 120 characters."),
    "institution_office": _("The education office has up to 120 characters."),
    "institution_staff": _("Say how many work there, as a whole number above 0."),
    "institution_taken": _("An institution of this name and office is in the register. Open that one."),
    "colleague_name": _("A name to sign in with has 3 to 40 small letters, digits, dots or hyphens."),
    "officer_sits_elsewhere": _("This person sits in an agency or at an operator. Name somebody else."),
    "officer_of_another": _("This person works for another institution. End that first."),
    "session_method": _("Choose how the session was held."),
    "session_day": _("Give the day of the session."),
    "session_to_come": _("This day has not come yet. Record it afterwards."),
    "session_minutes": _("Say how many minutes it took, from 1 to %(minutes)s."),
    "session_people": _("Each count of people is a whole number; 0 where there was nobody."),
    "session_nobody": _("Say how many were taught. One count at least is above 0."),
    "session_more_staff": _("More staff than work at the institution. Have the ministry correct the register first."),
    "session_content": _("Choose a lesson, or say what was taught in up to %(content)s characters."),
    "session_list": _("Say where the list of names is kept: the rule asks for it, and it stays with you."),
    "session_why": _("Say why it is withdrawn, in up to %(session_why)s characters."),
    "session_withdrawn": _("This session was withdrawn."),
    "session_reported": _("It stands in a report that was sent. It can be withdrawn if the report is returned."),
    "year_choose": _("Choose the year."),
    "year_out_of_reach": _("Reports are expected from 2024 on, up to this year."),
    "year_sent_already": _("The report about this year lies with the ministry, or was accepted."),
    "year_not_over": _("A report is sent when its year is over."),
    "year_measures": _("Say what was done against it happening, in %(year_why)s characters."),
    "year_not_sent": _("No report waits for a check."),
    "year_why": _("Say why it is returned, in %(year_why)s characters."),
    "training_not_checked": _("A training follows a check that is finished."),
    "training_not_poor": _("Nothing counts as poor here, so that no training can be ordered."),
    "training_waits": _("A training was proposed or ordered for this year already."),
    "training_over": _("That is not possible any more: the training is in another state."),
    "training_same_official": _("You proposed it yourself. Another official of the ministry must order it."),
    "incident_day": _("Give the day on which the institution learnt of it."),
    "incident_category": _("Choose what happened, and what the person says about telling the ministry."),
    "incident_to_come": _("This day has not come yet."),
    "incident_too_old": _("This day lies more than five years back. Ask the ministry how to tell of it."),
    "incident_objected": _("The person clearly objects: it stays inside. Only their own word changes that."),
    "incident_told_already": _("The ministry was told. That cannot be taken back."),
    "incident_not_told": _("Tell the ministry first; the plan follows."),
    "incident_wish": _("The person objected. Only their own word changes that."),
    "plan_not_owed": _("No plan is owed now."),
    "plan_text": _("Say what is done against it happening again, in %(plan)s characters."),
    "plan_answer": _("Accept the plan or return it."),
    "plan_not_there": _("No plan waits for an answer."),
    "plan_why": _("Say why it is returned, in %(incident_why)s characters."),
    "duty_choose": _("Choose in which work somebody learnt of it, and how the police were told."),
    "duty_day": _("Give both days."),
    "duty_to_come": _("A day has not come yet."),
    "duty_before_knowing": _("The police cannot have been told before somebody learnt of it."),
    "duty_too_old": _("This day lies more than a year back."),
}  # fmt: skip


def education_refusal(code: str) -> str:
    """Why something was not taken; an unknown code as it is."""
    words = _WHY_NOT.get(code)
    if words is None:
        return code
    return str(words) % {
        "minutes": f"{sessions.MINUTES_MOST:,}",
        "content": sessions.CONTENT_LONGEST,
        "session_why": sessions.WHY_LONGEST,
        "year_why": f"{years.WHY_SHORTEST:,}–{years.WHY_LONGEST:,}",
        "plan": f"{incidents.PLAN_SHORTEST:,}–{incidents.PLAN_LONGEST:,}",
        "incident_why": f"{incidents.WHY_SHORTEST:,}–{incidents.WHY_LONGEST:,}",
    }


def mark(states: Mapping[Any, tuple[str, str, str | Promise]], state: Any) -> dict[str, str]:
    """Tone, shape and words of a state, for a template."""
    tone, shape, words = states[state]
    return {"tone": tone, "shape": shape, "words": str(words)}


def poor_words(codes: list[str]) -> list[str]:
    """Why teaching counts as poor."""
    return [str(POOR[Poor(code)]) for code in codes]
