"""Cases as they lie on the counsellor's desk."""

from datetime import date
from uuid import UUID

from haetae.accounts.actions import register_operator, seat_at_operator, seat_official
from haetae.accounts.models import Official
from haetae.accounts.permissions import AT_AN_OPERATOR, Role
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import OpenCase, open_case
from haetae.agencies.support.desk.actions import Correction, correct
from haetae.agencies.support.models import Case
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Age, Channel, ExOfficio, Relation, Text
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.flow.next_step import next_step

LINK = "https://board.example/post/1"
STORY = "somebody from the music club posted it"
PHONE = "010-0000-0000"
PACKAGE = "A post on one board, asked for removal yesterday. The person wants to file a complaint."


def told(**more: object) -> Told:
    texts = {Text.STORY: STORY, Text.NAME: "S.", Text.CONTACT: PHONE}
    return Told(**{"links": [LINK], "texts": texts, "relation": Relation.ME, **more})  # type: ignore[arg-type]


def a_case(**more: object) -> OpenCase:
    return open_case(receipt=receipt.draw(), told=told(**more))


def without_a_request(reason: ExOfficio = ExOfficio.CSAM) -> OpenCase:
    return a_case(channel=Channel.EX_OFFICIO, ex_officio=reason, age=Age.UNDER_19)


def seated(name: str, role: Role = Role.COUNSELLOR, agency: str = "support_centre") -> Official:
    since = date(2026, 1, 1)
    if role in AT_AN_OPERATOR:
        board = register_operator(
            name="Board", connector="webhook", origin="https://board.example", actor=SYSTEM
        )
        return seat_at_operator(username=name, role=role, operator=board, since=since, actor=SYSTEM)
    return seat_official(username=name, role=role, agency=agency, since=since, actor=SYSTEM)


def fresh(case_id: UUID) -> Case:
    return Case.objects.get(pk=case_id)


def follow() -> None:
    """Every step that the events so far lead to; taken twice it happens once."""
    for event in Event.objects.order_by("pk"):
        next_step(event.pk)


def put_right(case_id: UUID, official: Official, **changed: object) -> None:
    kept = fresh(case_id)
    codes = {
        "age": Age(kept.age),
        "relation": Relation(kept.relation),
        "circumstances": kept.circumstances,
    }
    correct(case_id=case_id, official_id=official.pk, to=Correction(**{**codes, **changed}))  # type: ignore[arg-type]
