"""The cast. Nobody else lives in this project."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """`name` is what others call them; the record knows only ids."""

    name: str
    part: str


SORA = Person("sora", "a reporter, fifteen")
SORAS_MOTHER = Person("soras-mother", "her mother")
COUNSELLOR = Person("counsellor-han", "a counsellor at the support centre")
CHILD_COUNSELLOR = Person("counsellor-bae", "a counsellor for children and young people")
SECOND_COUNSELLOR = Person("counsellor-yoon", "another counsellor at the support centre")
MODERATOR = Person("moderator-lee", "an operator's moderator")
ADMINISTRATOR = Person("administrator-oh", "an operator's administrator, who gives accounts and keys")
RIVAL = Person("moderator-wolf", "a moderator at another operator")
REVIEWER = Person("reviewer-kim", "a reviewer at the review commission")
REGULATOR = Person("regulator-seo", "an official of the regulator, who reads decisions and makes none")
SECOND_REGULATOR = Person("regulator-moon", "another official of the regulator")
AUDITOR = Person("auditor-lim", "an auditor, who sees whether it works and no case")
OFFICER = Person("officer-park", "a police officer")
PROSECUTOR = Person("prosecutor-choi", "a prosecutor")
JUDGE = Person("judge-jung", "a judge")
STRANGER = Person("stranger", "must never see anything")

EVERYBODY = (
    SORA,
    SORAS_MOTHER,
    COUNSELLOR,
    CHILD_COUNSELLOR,
    SECOND_COUNSELLOR,
    MODERATOR,
    ADMINISTRATOR,
    RIVAL,
    REVIEWER,
    REGULATOR,
    SECOND_REGULATOR,
    AUDITOR,
    OFFICER,
    PROSECUTOR,
    JUDGE,
    STRANGER,
)
