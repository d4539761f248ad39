"""What an act is, before which somebody is heard: each room of acts adds one function and one line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils import translation

from haetae.accounts.models import Operator
from haetae.accounts.permissions import Permission
from haetae.agencies.enforcement.designation.models import Designation
from haetae.agencies.enforcement.designation.papers import letters
from haetae.agencies.enforcement.designation.queries import notice_of
from haetae.agencies.enforcement.designation.states import State as Designated
from haetae.agencies.enforcement.orders.papers.queries import letters_of
from haetae.agencies.enforcement.orders.queries import get_order
from haetae.agencies.enforcement.orders.states import State as Order
from haetae.agencies.enforcement.sanctions.queries import get_sanction, sheets_of, worksheet_of
from haetae.agencies.enforcement.sanctions.states import State as Sanctioned
from haetae.documents.plain import plain
from haetae.flow.hearings.states import About, Party
from haetae.flow.review.queries import get_review
from haetae.flow.review.states import UNDECIDED, State
from haetae.web.rights import may
from haetae.web.words.sanctions import KINDS
from haetae.web.words.worksheets import draft_text


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page by the name of its address and the id in it: the two sides do not know each other's addresses."""

    name: str
    number: UUID


@dataclass(frozen=True, kw_only=True)
class Subject:
    """`text` is the draft as the operator is to read it, `desk` a page of its own about the same; both may be empty.

    `is_open` is whether the act may still come.
    """

    operator: Operator | None
    page: Place
    is_open: bool
    desk: Place | None = None
    text: str = ""
    parties: Sequence[Party] = (Party.OPERATOR,)


# Who prepares an act of this kind, who answers for the operator before it, and who reads what was said.
PREPARES: Final = {
    about: Permission.REVIEW_PREPARE if about is About.REVIEW else Permission.ENFORCEMENT_PREPARE
    for about in About
}
ANSWERS: Final = {
    about: Permission.REQUEST_ANSWER if about is About.REVIEW else Permission.ORDER_ANSWER for about in About
}
READS: Final = {
    about: (Permission.REVIEW_PREPARE, Permission.REVIEW_VOTE)
    if about is About.REVIEW
    else (Permission.ENFORCEMENT_READ,)
    for about in About
}


def review_subject(review_id: UUID) -> Subject:
    """A decision of the commission about one request. Raises Review.DoesNotExist."""
    found = get_review(review_id)
    return Subject(
        operator=found.sighting.operator,
        page=Place(name="console:review", number=found.pk),
        desk=Place(name="operator:request", number=found.request_id),
        is_open=State(found.state) in UNDECIDED,
        parties=(Party.OPERATOR, Party.POSTER),
    )


def order_subject(order_id: UUID) -> Subject:
    """An order that the regulator drafts, in the operator's language. Raises CorrectiveOrder.DoesNotExist."""
    found = get_order(order_id)
    korean, english = letters_of(order_id)
    return Subject(
        operator=found.operator,
        page=Place(name="console:order", number=found.pk),
        is_open=found.state == Order.PRIOR_OPINION,
        text=plain(korean if found.operator.language == "ko" else english),
    )


def designation_subject(designation_id: UUID) -> Subject:
    """A designation, with its notice in the operator's language. Raises Designation.DoesNotExist."""
    notice = notice_of(designation_id)
    found = Designation.objects.select_related("operator").get(pk=designation_id)
    korean, english = letters(notice)
    return Subject(
        operator=found.operator,
        page=Place(name="console:designation", number=found.operator_id),
        is_open=found.state == Designated.HEARING,
        text=plain(korean if found.operator.language == "ko" else english),
    )


def sanction_subject(sanction_id: UUID) -> Subject:
    """A surcharge or a fine with every line of its sum, in the operator's language. Raises Sanction.DoesNotExist."""
    found = get_sanction(sanction_id)
    sheet = worksheet_of(sheets_of(sanction_id)[0])
    with translation.override(found.operator.language):
        text = draft_text(sheet, kind=str(KINDS[found.kind]), intent=found.intent)
    return Subject(
        operator=found.operator,
        page=Place(name="console:sanction", number=found.pk),
        is_open=found.state == Sanctioned.HEARING,
        text=text,
    )


SUBJECTS: Final[dict[About, Callable[[UUID], Subject]]] = {
    About.REVIEW: review_subject,
    About.ORDER: order_subject,
    About.DESIGNATION: designation_subject,
    About.SANCTION: sanction_subject,
}


def answerable(request: HttpRequest) -> frozenset[About]:
    """Before which acts this reader may speak for the operator."""
    return frozenset(about for about, permission in ANSWERS.items() if may(request, permission))
