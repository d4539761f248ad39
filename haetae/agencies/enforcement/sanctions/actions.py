"""Everything that writes about a sanction until the operator is told of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.enforcement.sanctions import queries, rules
from haetae.agencies.enforcement.sanctions.models import Sanction, Sheet
from haetae.agencies.enforcement.sanctions.papers.queries import letters_of
from haetae.agencies.enforcement.sanctions.states import MOVES, Kind, Served, State
from haetae.agencies.enforcement.sanctions.worksheet import paper, sums
from haetae.agencies.enforcement.sanctions.worksheet.facts import SurchargeFacts, Worksheet
from haetae.agencies.enforcement.sanctions.worksheet.numbers import NoSuchSanctionError
from haetae.agencies.enforcement.sanctions.worksheet.sums import Facts
from haetae.audit.actions import Fact, record
from haetae.audit.actor import Actor
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis
from haetae.flow.deadlines.states import Kind as Due
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.actions import CannotHearError
from haetae.flow.hearings.states import Party
from haetae.flow.issued.actions import issue_document
from haetae.flow.issued.states import Kind as Issued
from haetae.law.packs import Pack, load_pack


class CannotSanctionError(Exception):
    """`code` says why not."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def propose(
    *, order_id: UUID, article: str, facts: Facts, intent: str, form_key: UUID, official_id: UUID
) -> UUID:
    """One official proposes a sum with its worksheet. The same form sent twice is one. Raises CannotSanctionError."""
    sanction_id, kind = derived_id("sanction", order_id, form_key), sums.kind_of(facts)
    if Sanction.objects.filter(pk=sanction_id).exists():
        return sanction_id
    failed = queries.failure(order_id, kind)
    now = clock.now()
    grounds = Grounds(operator_id=failed.order.operator_id, on=failed.on, at=now)
    sheet = checked_sheet(facts, article, grounds=grounds, intent=intent)
    refuse(
        rules.why_not_propose(
            kind=kind,
            article=sheet.article,
            on=failed.rests,
            taken=queries.is_taken(order_id, kind, sheet.article),
        )
    )
    sanction = Sanction.objects.create(
        pk=sanction_id,
        kind=kind,
        operator_id=failed.order.operator_id,
        order_id=order_id,
        article=sheet.article,
        failed_on=failed.on,
        amount=sheet.amount,
        intent=intent.strip() if kind is Kind.SURCHARGE else "",
        proposed_by_id=official_id,
        proposed_at=now,
        changed_at=now,
    )
    facts_of_event = put_sheet(sanction, sheet, official_id=official_id)
    told = {**facts_of_event, "order": str(order_id), "operator": str(sanction.operator_id), "kind": kind}
    record(event="sanctions.proposed", subject=sanction, actor=official_actor(official_id), facts=told)
    return sanction_id


@transaction.atomic
def revise(*, sanction_id: UUID, facts: Facts, intent: str, official_id: UUID) -> None:
    """Whoever proposed it works the sum out anew before it is signed. Raises CannotSanctionError."""
    sanction = locked(sanction_id)
    sheet = checked_sheet(facts, sanction.article, grounds=grounds_of(sanction), intent=intent)
    refuse(
        rules.why_not_revise(
            State(sanction.state),
            people=queries.people_of(sanction),
            by=official_id,
            before=sanction.amount,
            after=sheet.amount,
        )
    )
    if sums.kind_of(facts) is not Kind(sanction.kind):
        raise CannotSanctionError("article_does_not_fit")
    if queries.sheets_of(sanction_id)[0].digest == paper.digest_of(paper.canonical(sheet)):
        return
    sanction.article, sanction.amount, sanction.intent = sheet.article, sheet.amount, intent.strip()
    sanction.changed_at = clock.now()
    sanction.save()
    told = put_sheet(sanction, sheet, official_id=official_id)
    record(event="sanctions.revised", subject=sanction, actor=official_actor(official_id), facts=told)


@transaction.atomic
def to_hearing(*, sanction_id: UUID, official_id: UUID) -> None:
    """The proposal stands: the operator is to be heard, or the exception recorded. Raises CannotSanctionError."""
    sanction = locked(sanction_id)
    if State(sanction.state) is State.HEARING:
        return
    refuse(rules.why_not_hear(State(sanction.state)))
    move(sanction, State.HEARING)
    record(event="sanctions.hearing", subject=sanction, actor=official_actor(official_id))


@transaction.atomic
def decide(*, sanction_id: UUID, official_id: UUID) -> None:
    """Another official than the one who proposed it signs, once the operator was heard. Raises CannotSanctionError."""
    sanction = locked(sanction_id)
    if sanction.decided_by_id == official_id and State(sanction.state) is State.DECIDED:
        return
    state = State(sanction.state)
    refuse(rules.why_not_decide(state, people=queries.people_of(sanction), by=official_id))
    _end_hearing(sanction_id)
    sheet = queries.sheets_of(sanction_id)[0]
    if queries.worksheet_of(sheet).amount != sanction.amount:
        raise CannotSanctionError("sheet_altered")
    sanction.decided_by_id, sanction.decided_at = official_id, clock.now()
    move(sanction, State.DECIDED)
    issue_document(
        kind=Issued(sanction.kind),
        subject_id=sanction_id,
        documents=letters_of(sanction),
        official_id=official_id,
    )
    facts: dict[str, Fact] = {"won": sanction.amount, "sheet": sheet.digest}
    record(event="sanctions.decided", subject=sanction, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def drop(*, sanction_id: UUID, official_id: UUID) -> None:
    """It is not imposed after all; only before it is signed. Raises CannotSanctionError."""
    sanction = locked(sanction_id)
    if State(sanction.state) is State.DROPPED:
        return
    refuse(rules.why_not_drop(State(sanction.state)))
    hearings.close(subject_id=sanction_id)
    move(sanction, State.DROPPED)
    record(event="sanctions.dropped", subject=sanction, actor=official_actor(official_id))


@transaction.atomic
def notify(*, sanction_id: UUID, served_on: date, served_by: Served, actor: Actor) -> None:
    """The notice reached the operator on that day: the time to pay and to contest runs. Raises CannotSanctionError."""
    sanction, pack = locked(sanction_id), load_pack(settings.JURISDICTION)
    if (sanction.served_on, sanction.served_by) == (served_on, served_by):
        return
    refuse(
        rules.why_not_notify(
            State(sanction.state),
            served_on=served_on,
            decided_on=sanction.decided_at.astimezone(pack.zone).date() if sanction.decided_at else None,
            today=clock.now().astimezone(pack.zone).date(),
        )
    )
    sanction.served_on, sanction.served_by = served_on, served_by
    terms = (pack.surcharge if Kind(sanction.kind) is Kind.SURCHARGE else pack.fine).terms
    begins = end_of(served_on, pack=pack)  # the day itself does not count
    sanction.contest_by = pack.due_at(start=begins, duration=terms.contest_within)
    set_time_to_pay(sanction, begins=begins, pack=pack)
    move(sanction, State.NOTIFIED)
    facts: dict[str, Fact] = {"on": served_on.isoformat(), "by": served_by}
    record(event="sanctions.notified", subject=sanction, actor=actor, facts=facts)


@transaction.atomic
def refused(*, subject: models.Model, move: str, code: str, actor: Actor) -> None:
    """Somebody tried what may not be: nothing changed, and the try stands in the record."""
    record(event="sanctions.refused", subject=subject, actor=actor, facts={"move": move, "code": code})


def set_time_to_pay(sanction: Sanction, *, begins: datetime, pack: Pack) -> None:
    """Part of the change from which it counts."""
    terms = (pack.surcharge if Kind(sanction.kind) is Kind.SURCHARGE else pack.fine).terms
    sanction.pay_by = pack.due_at(start=begins, duration=terms.pay_within)
    deadlines.set_deadline(
        kind=Due.PAY_BY,
        subject_id=sanction.pk,
        basis=Basis.POLICY,
        source=terms.source.key,
        due_at=sanction.pay_by,
    )


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """Whose failure of which day: `on` chooses the law, and what was decided before `at` counts as earlier."""

    operator_id: UUID
    on: date
    at: datetime


def grounds_of(sanction: Sanction) -> Grounds:
    return Grounds(operator_id=sanction.operator_id, on=sanction.failed_on, at=sanction.proposed_at)


def checked_sheet(facts: Facts, article: str, *, grounds: Grounds, intent: str) -> Worksheet:
    """The sum, once nothing is missing in what it rests on. Raises CannotSanctionError."""
    pack, kind = load_pack(settings.JURISDICTION), sums.kind_of(facts)
    recorded = queries.earlier(grounds.operator_id, kind, at=grounds.at)
    if isinstance(facts, SurchargeFacts):
        most = pack.surcharge.effort.most_percent
        refuse(rules.why_not_facts(facts, intent=intent, recorded_earlier=recorded, most_percent=most))
    else:
        most = pack.fine.effort.most_percent
        refuse(
            rules.why_not_weighed(
                facts.effort, earlier=facts.earlier, recorded_earlier=recorded, most_percent=most
            )
        )
    try:
        sheet = sums.worked_out(facts, article, pack=pack, on=grounds.on)
    except NoSuchSanctionError as missing:
        raise CannotSanctionError("article_does_not_fit") from missing
    refuse(rules.why_not_amount(sheet))
    return sheet


def put_sheet(sanction: Sanction, sheet: Worksheet, *, official_id: UUID) -> dict[str, Fact]:
    """Part of the change that needs it: the next worksheet, and what the record keeps of it."""
    content = paper.canonical(sheet)
    made = Sheet.objects.create(
        sanction=sanction,
        number=Sheet.objects.filter(sanction=sanction).count() + 1,
        content=content,
        digest=paper.digest_of(content),
        amount=sheet.amount,
        made_by_id=official_id,
        made_at=clock.now(),
    )
    return {"won": made.amount, "sheet": made.digest, "article": sheet.article}


def _end_hearing(sanction_id: UUID) -> None:
    """The operator was heard or left out, and is not listened to any more."""
    try:
        hearings.settle(subject_id=sanction_id, required={Party.OPERATOR})
    except CannotHearError as refused_:
        raise CannotSanctionError(refused_.code) from refused_


def end_of(day: date, *, pack: Pack) -> datetime:
    """The moment, in UTC, at which a day is over where the law is at home."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=pack.zone).astimezone(UTC)


def refuse(code: str | None) -> None:
    if code is not None:
        raise CannotSanctionError(code)


def locked(sanction_id: UUID) -> Sanction:
    """Raises Sanction.DoesNotExist."""
    return Sanction.objects.select_for_update().get(pk=sanction_id)


def move(sanction: Sanction, after: State) -> None:
    check_move(MOVES, State(sanction.state), after)
    sanction.state, sanction.changed_at = after, clock.now()
    sanction.save()
