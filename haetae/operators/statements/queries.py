"""Reads what one operator did about our requests, and makes statements of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from haetae.accounts.models import Operator
from haetae.audit.models import Event
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.queries import lineages_of_minors
from haetae.flow.review.states import Block
from haetae.flow.review.states import State as Decided
from haetae.law.packs import NotInForceError, Pack, load_pack
from haetae.operators.statements.checking import refuse_unless_fit
from haetae.operators.statements.rules import Act, Acted, export_of

# In these the operator's word stands, as far as we know: a claim that we saw to be false is no act.
_ACTS: Final = {
    State.CLAIMED: (Act.REMOVED, "removal.claimed"),
    State.VERIFIED: (Act.REMOVED, "removal.claimed"),
    State.REAPPEARED: (Act.REMOVED, "removal.claimed"),
    State.ACCESS_BLOCKED: (Act.BLOCKED, "removal.access_blocked"),
}
_SHOWN_AGAIN: Final = frozenset({Block.LIFT_CLAIMED, Block.RESTORED})
_PEOPLES_DOORS: Final = ("desk", "mail_link")  # haetae.operators.answers.rules.Way
_UNION: Final = "eu"
# On this article every removal rests. What a single request rests on could tell who has asked for it.
_FOR_EVERYBODY: Final = "operator_duty"


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What is asked once for all requests of one operator. `by_people` are those that a person there answered."""

    operator: Operator
    pack: Pack
    by_people: frozenset[str]
    lineages_of_minors: frozenset[int]


def statements_of(operator: Operator, *, since: date) -> Mapping[str, Any]:
    """All that it did from that day on, by the calendar of its own zone. Raises UnfitExportError."""
    requests = DeletionRequest.objects.filter(sighting__operator=operator)
    requests = requests.select_related("sighting", "assessment")
    known = _known(operator)
    done = [*_ended(requests, known), *_hidden(requests, known)]
    done.sort(key=lambda acted: (acted.on, acted.request_id, acted.act))
    export = export_of(
        [acted for acted in done if acted.on >= since],
        restored=[acted for acted in done if acted.restored_on is not None and acted.restored_on >= since],
        operator=operator.name,
        since=since,
    )
    refuse_unless_fit(export)
    return export


def _known(operator: Operator) -> _Known:
    taken = Event.objects.filter(name="answers.taken", facts__operator=str(operator.pk))
    by_people = taken.filter(facts__way__in=_PEOPLES_DOORS).values_list("facts__request", flat=True)
    return _Known(
        operator=operator,
        pack=load_pack(settings.JURISDICTION),
        by_people=frozenset(by_people),
        lineages_of_minors=frozenset(lineages_of_minors()),
    )


def _ended(requests: QuerySet[DeletionRequest], known: _Known) -> Iterator[Acted]:
    """What is removed, or hidden for good."""
    found = list(requests.filter(state__in=sorted(_ACTS)))
    names = sorted({name for _, name in _ACTS.values()})
    moments = _newest({one.pk for one in found}, names=names)
    for request in found:
        act, name = _ACTS[State(request.state)]
        at = moments.get((request.pk, name))
        if at is not None:  # gone without the operator's word: it has said nothing that could be stated
            yield replace(_acted(request, known, act=act, at=at), review_id=request.review_id)


def _hidden(requests: QuerySet[DeletionRequest], known: _Known) -> Iterator[Acted]:
    """What was hidden for now, and whether it was shown again."""
    blocks = ProvisionalBlock.objects.filter(request__in=requests, begun_at__isnull=False)
    blocks = blocks.exclude(state=Block.NOT_DONE).select_related("request__sighting", "request__assessment")
    lifted = _newest({block.pk for block in blocks}, names=["review.lift_claimed", "review.restored"])
    reviews = {
        one.request_id: one for one in Review.objects.filter(request__in=requests).order_by("opened_at")
    }
    for block in blocks:
        assert block.begun_at is not None
        term = known.pack.provisional_block.maximum
        ends_at = known.pack.due_at(start=block.begun_at, duration=term)
        acted = replace(
            _acted(block.request, known, act=Act.HIDDEN, at=block.begun_at),
            ends_on=_day(ends_at, known.operator),
        )
        review = reviews.get(block.request_id)
        if review is not None:
            acted = replace(acted, review_id=review.pk)
        back = [at for (subject, _), at in lifted.items() if subject == block.pk]
        if back and Block(block.state) in _SHOWN_AGAIN:
            decided = review is not None and Decided(review.state) is Decided.NOT_HARMFUL
            acted = replace(
                acted,
                restored_on=_day(min(back), known.operator),
                restored_by=review.pk if review is not None and decided else None,
            )
        yield acted


def _acted(request: DeletionRequest, known: _Known, *, act: Act, at: datetime) -> Acted:
    operator, examined = known.operator, request.assessment
    return Acted(
        request_id=request.pk,
        act=act,
        on=_day(at, operator),
        found_on=_day(request.sighting.found_at, operator),
        legal_ground=_citation(known.pack, request),
        agency=settings.AGENCY.name_en or settings.AGENCY.name_ko,
        in_the_union=operator.jurisdiction == _UNION,
        is_film=examined.media.get("kind") == "video",
        is_manipulated=request.found_manipulated,
        is_of_a_minor=request.minor_protected or examined.lineage_id in known.lineages_of_minors,
        by_person=str(request.pk) in known.by_people,
    )


def _citation(pack: Pack, request: DeletionRequest) -> str:
    try:
        day = request.requested_at.astimezone(pack.zone).date()
        return pack.legal_basis(_FOR_EVERYBODY, on=day).citation_en
    except NotInForceError:
        return _FOR_EVERYBODY


def _newest(subjects: Iterable[UUID], *, names: list[str]) -> dict[tuple[UUID, str], datetime]:
    rows = Event.objects.filter(subject_id__in=list(subjects), name__in=names).order_by("pk")
    return {(row.subject_id, row.name): row.at for row in rows}


def _day(moment: datetime, operator: Operator) -> date:
    return moment.astimezone(ZoneInfo(operator.zone)).date()
