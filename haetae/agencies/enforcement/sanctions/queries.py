"""Everything that reads sanctions."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from haetae.accounts.seats.queries import carried_on
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.states import Ground
from haetae.agencies.enforcement.orders.states import State as Ordered
from haetae.agencies.enforcement.sanctions import rules
from haetae.agencies.enforcement.sanctions.models import Payment, Sanction, Sheet
from haetae.agencies.enforcement.sanctions.states import CAME_TO_NOTHING, PAYABLE, TOLD, UNSIGNED, Kind, State
from haetae.agencies.enforcement.sanctions.worksheet import numbers, paper
from haetae.agencies.enforcement.sanctions.worksheet.facts import Worksheet
from haetae.law.packs import Pack, load_pack


def get_sanction(sanction_id: UUID) -> Sanction:
    """Raises Sanction.DoesNotExist."""
    people = ("operator", "order", "proposed_by", "decided_by", "concluded_by")
    return Sanction.objects.select_related(*people).get(pk=sanction_id)


def at_operator(operator_id: UUID) -> QuerySet[Sanction]:
    """What was decided about an operator, the newest first; what is only proposed reaches it by its hearing."""
    decided = sorted(TOLD | {State.DECIDED})
    return _listed().filter(operator_id=operator_id, state__in=decided).order_by("-decided_at")


def for_operator(sanction_id: UUID, *, operator_id: UUID) -> Sanction:
    """One of these. Raises Sanction.DoesNotExist, also for what is another's or not decided yet."""
    return at_operator(operator_id).get(pk=sanction_id)


def people_of(sanction: Sanction) -> rules.People:
    return rules.People(
        proposers=frozenset({sanction.proposed_by_id}) | carried_on(sanction.pk),
        decided_by=sanction.decided_by_id,
    )


def proposals_of(official_id: UUID) -> list[UUID]:
    """What this official has proposed and nobody has decided or dropped."""
    proposals = Sanction.objects.filter(proposed_by=official_id, state__in=sorted(UNSIGNED))
    return list(proposals.order_by("proposed_at").values_list("pk", flat=True))


def of_operator(operator_id: UUID) -> QuerySet[Sanction]:
    """All of one operator for officials, the newest first."""
    return _listed().filter(operator_id=operator_id).order_by("-proposed_at")


def of_order(order_id: UUID) -> QuerySet[Sanction]:
    return _listed().filter(order_id=order_id).order_by("proposed_at")


def waiting() -> QuerySet[Sanction]:
    """What somebody has to do something about: contested first by their age, then what is to be signed or told."""
    open_ones = sorted(UNSIGNED | {State.DECIDED, State.CONTESTED})
    return _listed().filter(state__in=open_ones).order_by("changed_at")


def to_be_paid() -> QuerySet[Sanction]:
    """The first due first."""
    return _listed().filter(state__in=sorted(PAYABLE)).order_by("pay_by")


def ended() -> QuerySet[Sanction]:
    """The newest first."""
    over = sorted(CAME_TO_NOTHING | {State.PAID})
    return _listed().filter(state__in=over).order_by("-changed_at")


def _listed() -> QuerySet[Sanction]:
    """With what a line of a list says of each, read once for all of them."""
    return Sanction.objects.select_related("operator").prefetch_related("payments")


def sheets_of(sanction_id: UUID) -> list[Sheet]:
    """The newest first."""
    return list(Sheet.objects.filter(sanction_id=sanction_id).select_related("made_by").order_by("-number"))


def worksheet_of(sheet: Sheet) -> Worksheet:
    """Raises paper.AlteredSheetError for one that does not have its digest, or does not come to its sum."""
    if paper.digest_of(sheet.content) != sheet.digest:
        raise paper.AlteredSheetError("The worksheet is not the one whose digest was recorded.")
    return paper.read(sheet.content)


def payments_of(sanction_id: UUID) -> list[Payment]:
    """In the order in which they were noted."""
    return list(Payment.objects.filter(sanction_id=sanction_id).order_by("noted_at"))


def balance_of(sanction: Sanction) -> int:
    """What is still to be paid; below zero is what has to be paid back."""
    noted = list(sanction.payments.all())
    return rules.balance(
        sanction.amount,
        state=State(sanction.state),
        paid=[one.amount for one in noted if not one.is_back],
        paid_back=[one.amount for one in noted if one.is_back],
    )


def earlier(operator_id: UUID, kind: Kind, *, at: datetime) -> int:
    """How many of this kind were decided against it within the years of the pack and still stand."""
    pack = load_pack(settings.JURISDICTION)
    within = (pack.surcharge.counts if kind is Kind.SURCHARGE else pack.fine.counts).within
    decided = Sanction.objects.filter(operator_id=operator_id, kind=kind, decided_at__lte=at)
    standing = decided.exclude(state__in=sorted(CAME_TO_NOTHING)).values_list("decided_at", flat=True)
    return sum(when is not None and pack.due_at(start=when, duration=within) >= at for when in standing)


@dataclass(frozen=True, kw_only=True)
class Failure:
    """An order that was not followed: on which day it had to be, and which articles may be behind it."""

    order: CorrectiveOrder
    on: date
    rests: rules.Rests


def failure(order_id: UUID, kind: Kind) -> Failure:
    """Raises CorrectiveOrder.DoesNotExist."""
    order = CorrectiveOrder.objects.select_related("operator").get(pk=order_id)
    pack = load_pack(settings.JURISDICTION)
    day = (order.comply_by or order.changed_at).astimezone(pack.zone).date()
    rests = rules.Rests(
        state=Ordered(order.state),
        ground=Ground(order.ground),
        articles=_articles(pack, kind, order=order, on=day),
    )
    return Failure(order=order, on=day, rests=rests)


def is_taken(order_id: UUID, kind: Kind, article: str) -> bool:
    """Whether the same failure is sanctioned so already: one surcharge for an order, one fine for each article."""
    standing = Sanction.objects.filter(order_id=order_id, kind=kind).exclude(
        state__in=sorted(CAME_TO_NOTHING)
    )
    return standing.exists() if kind is Kind.SURCHARGE else standing.filter(article=article).exists()


def _articles(pack: Pack, kind: Kind, *, order: CorrectiveOrder, on: date) -> frozenset[str]:
    """What the pack puts behind this order, of this kind and in force on the day.

    It names one surcharge; the article for those without revenue goes with it.
    """
    named = {one for power in pack.orders.powers if power.ground == order.ground for one in power.sanctions}
    named |= {one for duty in pack.orders.duties if duty.duty_id == order.duty for one in duty.sanctions}
    known = {row.sanction_id for row in numbers.articles(pack, kind, on=on)}
    return frozenset(known if kind is Kind.SURCHARGE and named & known else named & known)
