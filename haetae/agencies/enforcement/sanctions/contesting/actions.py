"""Everything that writes about a sanction that is contested."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.enforcement.sanctions import queries, rules
from haetae.agencies.enforcement.sanctions.actions import (
    checked_sheet,
    end_of,
    grounds_of,
    locked,
    move,
    put_sheet,
    refuse,
    set_time_to_pay,
)
from haetae.agencies.enforcement.sanctions.models import Sanction
from haetae.agencies.enforcement.sanctions.papers.queries import letters_of
from haetae.agencies.enforcement.sanctions.paying.actions import settle
from haetae.agencies.enforcement.sanctions.states import Kind, State
from haetae.agencies.enforcement.sanctions.worksheet import sums
from haetae.agencies.enforcement.sanctions.worksheet.sums import Facts
from haetae.audit.actions import Fact, record
from haetae.audit.actor import Actor
from haetae.common import clock
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Kind as Due
from haetae.flow.issued.actions import issue_document
from haetae.flow.issued.states import Kind as Issued
from haetae.law.packs import load_pack


@transaction.atomic
def contest(*, sanction_id: UUID, text: str, received_at: datetime, actor: Actor) -> None:
    """The operator contests it, itself or by an official who writes it down. While it is contested no term to pay runs.

    Raises CannotSanctionError.
    """
    sanction = locked(sanction_id)
    if State(sanction.state) is State.CONTESTED and sanction.contest == text.strip():
        return
    refuse(
        rules.why_not_contest(
            State(sanction.state),
            contested_at=sanction.contested_at,
            received_at=received_at,
            contest_by=sanction.contest_by,
            now=clock.now(),
        )
        or rules.why_not_text(text)
    )
    sanction.contest, sanction.contested_at = text.strip(), received_at
    deadlines.close(subject_id=sanction_id, kinds=[Due.PAY_BY])
    move(sanction, State.CONTESTED)
    record(event="sanctions.contested", subject=sanction, actor=actor)


@transaction.atomic
def upheld(*, sanction_id: UUID, why: str, official_id: UUID) -> None:
    """It stands, by a third official. Raises CannotSanctionError."""
    sanction = locked(sanction_id)
    if _is_done(sanction, State.UPHELD, why, official_id=official_id):
        return
    _conclude(sanction, State.UPHELD, why=why, official_id=official_id)
    _issue(sanction, State.UPHELD, official_id=official_id)
    record(event="sanctions.upheld", subject=sanction, actor=official_actor(official_id))
    _run_on(sanction, official_id=official_id)


@transaction.atomic
def changed(*, sanction_id: UUID, facts: Facts, why: str, official_id: UUID) -> None:
    """A lower sum with a new worksheet, by a third official; the one before stays. Raises CannotSanctionError."""
    sanction = locked(sanction_id)
    if _is_done(sanction, State.CHANGED, why, official_id=official_id):
        return
    refuse(None if sums.kind_of(facts) is Kind(sanction.kind) else "article_does_not_fit")
    sheet = checked_sheet(facts, sanction.article, grounds=grounds_of(sanction), intent=sanction.intent)
    _conclude(sanction, State.CHANGED, why=why, official_id=official_id, after=sheet.amount)
    sanction.amount, sanction.article = sheet.amount, sheet.article
    sanction.save(update_fields=["amount", "article"])
    told = put_sheet(sanction, sheet, official_id=official_id)
    _issue(sanction, State.CHANGED, official_id=official_id)
    record(event="sanctions.changed", subject=sanction, actor=official_actor(official_id), facts=told)
    _run_on(sanction, official_id=official_id)


@transaction.atomic
def annulled(*, sanction_id: UUID, why: str, official_id: UUID) -> None:
    """Nothing of it stands, and what was paid goes back. Raises CannotSanctionError."""
    sanction = locked(sanction_id)
    if _is_done(sanction, State.ANNULLED, why, official_id=official_id):
        return
    _conclude(sanction, State.ANNULLED, why=why, official_id=official_id)
    facts: dict[str, Fact] = {"back": max(0, -queries.balance_of(sanction))}
    _issue(sanction, State.ANNULLED, official_id=official_id)
    record(event="sanctions.annulled", subject=sanction, actor=official_actor(official_id), facts=facts)


def _is_done(sanction: Sanction, outcome: State, why: str, *, official_id: UUID) -> bool:
    same = (sanction.concluded_by_id, sanction.conclusion) == (official_id, why.strip())
    return same and State(sanction.state) in {outcome, State.PAID}


def _conclude(
    sanction: Sanction, outcome: State, *, why: str, official_id: UUID, after: int | None = None
) -> None:
    refuse(
        rules.why_not_conclude(
            State(sanction.state),
            outcome,
            people=queries.people_of(sanction),
            by=official_id,
            before=sanction.amount,
            after=after,
        )
        or rules.why_not_text(why)
    )
    sanction.concluded_by_id, sanction.conclusion = official_id, why.strip()
    move(sanction, outcome)


def _issue(sanction: Sanction, outcome: State, *, official_id: UUID) -> None:
    issue_document(
        kind=Issued.SANCTION_CHANGE,
        subject_id=sanction.pk,
        documents=letters_of(sanction, outcome=outcome),
        official_id=official_id,
    )


def _run_on(sanction: Sanction, *, official_id: UUID) -> None:
    """What is left is to be paid within a new term; where nothing is left, it is paid."""
    rest = queries.balance_of(sanction)
    if rest <= 0:
        settle(sanction, rest=rest, official_id=official_id)
        return
    pack = load_pack(settings.JURISDICTION)
    set_time_to_pay(sanction, begins=end_of(clock.now().astimezone(pack.zone).date(), pack=pack), pack=pack)
    sanction.save(update_fields=["pay_by"])
