"""What officials found where our own eyes cannot tell, and whether the one who reads may say something."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haetae.accounts.models import Official
from haetae.agencies.enforcement.orders import queries, rules
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.queries import Item
from haetae.agencies.enforcement.orders.states import Ground, State
from haetae.web.words.times import Moment, moment


@dataclass(frozen=True, kw_only=True)
class Found:
    by: str
    complied: bool
    at: Moment


@dataclass(frozen=True, kw_only=True)
class Findings:
    said: Sequence[Found]
    may_say_yes: bool
    may_say_no: bool


def findings_of(order: CorrectiveOrder, items: Sequence[Item], *, me: Official, now: datetime) -> Findings:
    found = queries.findings(order.pk)
    own = any(one.official_id == me.pk and one.after == order.state for one in found)

    def may_say(*, complied: bool) -> bool:
        return (
            rules.why_not_confirm(
                State(order.state),
                ground=Ground(order.ground),
                complied=complied,
                is_over=order.served_at is not None
                and order.comply_by is not None
                and now >= order.comply_by,
                outcomes=[item.outcome for item in items],
                has_found=own,
            )
            is None
        )

    return Findings(
        said=[
            Found(by=one.official.get_username(), complied=one.complied, at=moment(one.at, now=now))
            for one in found
        ],
        may_say_yes=may_say(complied=True),
        may_say_no=may_say(complied=False),
    )
