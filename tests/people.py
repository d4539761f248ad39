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
PROVIDER = Person("moderator-gil", "who answers at a provider of access, which deletes nothing")
ANALYST = Person("analyst-goo", "who drafts which public pages the support centre watches")
SECOND_ANALYST = Person("analyst-pyo", "another analyst, who switches on what a colleague drafted")
REVIEWER = Person("reviewer-kim", "a reviewer at the review commission")
CHAIR = Person("member-chair", "the chair of the review commission")
MEMBERS = tuple(Person(f"member-{number}", "a member of the review commission") for number in range(2, 10))
CHILD_REVIEWER = Person("reviewer-na", "a reviewer for children and young people")
REGULATOR = Person("regulator-seo", "an official of the regulator, who reads decisions and makes none")
SECOND_REGULATOR = Person("regulator-moon", "another official of the regulator")
THIRD_REGULATOR = Person(
    "regulator-ahn", "a third official of the regulator, who had no part in a sanction yet"
)
AUDITOR = Person("auditor-lim", "an auditor, who sees whether it works and no case")
POLICY_LEAD = Person("lead-jo", "who coordinates the ministries, and sees sums only")
SEATS_ADMINISTRATOR = Person("administrator-ryu", "who says who sits where in an agency")
OFFICER = Person("officer-park", "a police officer")
SECOND_OFFICER = Person("officer-shin", "another police officer of the same team")
THIRD_OFFICER = Person("officer-gwak", "a police officer who works on other files")
APPROVER = Person("chief-noh", "the head of investigation at the immediately higher police office")
CUSTODIAN = Person("custodian-min", "who keeps the evidence")
SECOND_CUSTODIAN = Person("custodian-ha", "another who keeps the evidence")
OVERSEER = Person("overseer-paik", "a member of the police commission, who reads reports")
DELEGATE = Person("delegate-yang", "who reads the half-yearly counts at the national assembly")
RECOVERER = Person("recoverer-son", "an official of the ministry, who charges what a deletion cost")
SECOND_RECOVERER = Person(
    "recoverer-ahn", "another official of the ministry, who signs what a colleague drafted"
)
EDUCATOR = Person("educator-bang", "who teaches at a school, and reports about it")
SECOND_EDUCATOR = Person("educator-tak", "who does the same at another school")
SUPERVISOR = Person("supervisor-cho", "an official of the ministry, who checks what institutions teach")
SECOND_SUPERVISOR = Person(
    "supervisor-go", "another official of the ministry, who signs what a colleague proposed"
)
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
    PROVIDER,
    ANALYST,
    SECOND_ANALYST,
    REVIEWER,
    CHILD_REVIEWER,
    CHAIR,
    *MEMBERS,
    REGULATOR,
    SECOND_REGULATOR,
    THIRD_REGULATOR,
    AUDITOR,
    POLICY_LEAD,
    SEATS_ADMINISTRATOR,
    OFFICER,
    SECOND_OFFICER,
    THIRD_OFFICER,
    APPROVER,
    CUSTODIAN,
    SECOND_CUSTODIAN,
    OVERSEER,
    DELEGATE,
    RECOVERER,
    SECOND_RECOVERER,
    EDUCATOR,
    SECOND_EDUCATOR,
    SUPERVISOR,
    SECOND_SUPERVISOR,
    PROSECUTOR,
    JUDGE,
    STRANGER,
)
