"""What an operator files, and the officials who read it."""

from datetime import date
from uuid import UUID

from haetae.accounts.actions import register_operator
from haetae.accounts.models import Official, Operator
from haetae.accounts.permissions import Role
from haetae.agencies.enforcement.designation.channels.actions import Seen, note_channel
from haetae.agencies.enforcement.designation.states import SeenOn
from haetae.agencies.enforcement.filings.facts.actions import note_fact
from haetae.agencies.enforcement.filings.facts.rules import Known
from haetae.agencies.enforcement.filings.rules import Contents
from haetae.agencies.enforcement.filings.states import FactKind, Origin
from haetae.audit.actor import SYSTEM
from tests.agencies.desk import seated
from tests.people import REGULATOR, SECOND_REGULATOR

SINCE = date(2026, 10, 1)
WHOLE = Contents(
    received=120,
    removed=110,
    efforts="A desk that answers day and night, and a comparison before publication.",
    criteria="Reports about pictures made or spread without consent, by our own rules.",
    procedure="Reported, hidden at once, read by two people, removed, told to both sides.",
    officer="One officer against the spread, named in March.",
    training="Eight hours for each moderator.",
)


def an_operator(name: str = "Board") -> Operator:
    origin = f"https://{name.lower().replace(' ', '-')}.example"
    return register_operator(name=name, connector="web_page", origin=origin, actor=SYSTEM)


def first_official() -> Official:
    return seated(REGULATOR.name, Role.REGULATOR, "regulator")


def second_official() -> Official:
    return seated(SECOND_REGULATOR.name, Role.REGULATOR, "regulator")


def a_fact(kind: FactKind, **more: object) -> Known:
    whole = {"origin": Origin.FINDING, "since": SINCE, "source": "the annual report"}
    return Known(kind=kind, **{**whole, **more})  # type: ignore[arg-type]


def with_users(operator: Operator, official: Official, number: int = 848_000) -> UUID:
    fact = a_fact(FactKind.DAILY_USERS, number=number)
    return note_fact(operator_id=operator.pk, fact=fact, official_id=official.pk)


def with_a_channel(
    operator: Operator, official: Official, *, link: str = "https://board.example/open/1", day: date = SINCE
) -> UUID:
    return note_channel(
        operator_id=operator.pk,
        link=link,
        seen=Seen(
            seen_on=SeenOn.SERVICE_LISTING,
            source="its own list of open channels",
            day=day,
            is_public=True,
        ),
        official_id=official.pk,
    )
