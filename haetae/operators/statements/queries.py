"""Reads what one operator did about our requests, and makes statements of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT

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
from haetae.operators.statements.rules import Act, Acted, Mark, Part, export_of

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
# No address enters a statement, so none is opened.
_SEALED: Final = ("sighting__page_url", "sighting__media_url")
_A_MOMENT: Final = timedelta(minutes=1)
# Of what fits one call of the EU's database half: each is held against the form before it goes, and somebody waits.
_IN_A_FILE: Final = 50
# On this article every removal rests. What a single request rests on could tell who has asked for it.
_FOR_EVERYBODY: Final = "operator_duty"


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What is asked once for all acts of one page. `by_people` are requests that a person there answered."""

    operator: Operator
    pack: Pack
    by_people: frozenset[str]
    lineages_of_minors: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Page:
    """`next` is where the following page begins, None after the last."""

    export: Mapping[str, Any]
    next: Mark | None


def statements_of(operator: Operator, *, since: date) -> Mapping[str, Any]:
    """All that it did from that day on, by the calendar of its own zone. Raises UnfitExportError."""
    done: list[Acted] = []
    mark: Mark | None = Mark()
    while mark is not None:
        more, mark = _acts(operator, since=since, mark=mark)
        done += more
    return _exported(done, operator, since=since)


def page_of(operator: Operator, *, since: date, mark: Mark) -> Page:
    """A part of the same that fits one call of the EU's database, in the order of what changed; it may be empty.

    What changes between two pages comes again at the end, under its number. Raises UnfitExportError.
    """
    done, following = _acts(operator, since=since, mark=mark)
    return Page(export=_exported(done, operator, since=since, following=following), next=following)


def starts_of(operator: Operator, *, since: date, most: int) -> list[Mark]:
    """Where each page begins, the first `most` of them."""
    starts = [Mark()]
    for part in Part:
        rows = _rows(operator, part, since=since).values_list("changed_at", "pk")
        keys = list(rows[: most * _IN_A_FILE])
        if part is not Part.ENDED and keys:
            starts.append(Mark(part=part))
        ends = keys[_IN_A_FILE - 1 :: _IN_A_FILE]
        if len(keys) % _IN_A_FILE == 0:
            ends = ends[:-1]
        starts += [Mark(part=part, at=at, pk=pk) for at, pk in ends]
    return starts[:most]


def _exported(
    done: list[Acted], operator: Operator, *, since: date, following: Mark | None = None
) -> Mapping[str, Any]:
    done.sort(key=lambda acted: (acted.on, acted.request_id, acted.act))
    export = export_of(
        [acted for acted in done if acted.on >= since],
        restored=[acted for acted in done if acted.restored_on is not None and acted.restored_on >= since],
        operator=operator.name,
        since=since,
        following=following.text() if following else "",
    )
    refuse_unless_fit(export)
    return export


def _acts(operator: Operator, *, since: date, mark: Mark) -> tuple[list[Acted], Mark | None]:
    """The acts of one page, and where the next begins."""
    rows = _rows(operator, mark.part, since=since)
    if mark.at is not None and mark.pk is not None:
        later = Q(changed_at__gt=mark.at) | Q(changed_at=mark.at, pk__gt=mark.pk)
        rows = rows.filter(later, changed_at__gte=mark.at)
    keys = list(rows.values_list("changed_at", "pk")[: _IN_A_FILE + 1])
    page = [pk for _, pk in keys[:_IN_A_FILE]]
    following: Mark | None = None
    if len(keys) > _IN_A_FILE:
        at, pk = keys[_IN_A_FILE - 1]
        following = Mark(part=mark.part, at=at, pk=pk)
    elif mark.part is Part.ENDED and _rows(operator, Part.HIDDEN, since=since).exists():
        following = Mark(part=Part.HIDDEN)
    if mark.part is Part.ENDED:
        return list(_ended(page, operator)), following
    return list(_hidden(page, operator)), following


def _rows(operator: Operator, part: Part, *, since: date) -> QuerySet[Any]:
    """Whatever may have been done since then, by when it last changed: no act is younger than that."""
    midnight = datetime.combine(since, time(), tzinfo=ZoneInfo(operator.zone))
    rows: QuerySet[Any]
    if part is Part.ENDED:
        rows = DeletionRequest.objects.filter(operator=operator, state__in=sorted(_ACTS))
    else:
        rows = ProvisionalBlock.objects.filter(request__operator=operator, begun_at__isnull=False)
        rows = rows.exclude(state=Block.NOT_DONE)
    # The event of a change is written a moment after the change.
    return rows.filter(changed_at__gte=midnight - _A_MOMENT).order_by("changed_at", "pk")


def _known(requests: Iterable[DeletionRequest], operator: Operator) -> _Known:
    asked = list(requests)
    taken = Event.objects.filter(name="answers.taken", facts__operator=str(operator.pk))
    about = taken.annotate(about=KT("facts__request")).filter(about__in=[str(one.pk) for one in asked])
    by_people = about.filter(facts__way__in=_PEOPLES_DOORS).values_list("about", flat=True)
    lineages = {one.assessment.lineage_id for one in asked if one.assessment.lineage_id is not None}
    return _Known(
        operator=operator,
        pack=load_pack(settings.JURISDICTION),
        by_people=frozenset(by_people),
        lineages_of_minors=frozenset(lineages_of_minors(lineages)),
    )


def _ended(request_ids: Collection[UUID], operator: Operator) -> Iterator[Acted]:
    """What is removed, or hidden for good."""
    requests = DeletionRequest.objects.filter(pk__in=request_ids)
    found = list(requests.select_related("sighting", "assessment").defer(*_SEALED))
    known = _known(found, operator)
    moments = _newest(request_ids, names=sorted({name for _, name in _ACTS.values()}))
    for request in found:
        act, name = _ACTS[State(request.state)]
        at = moments.get((request.pk, name))
        if at is not None:  # gone without the operator's word: it has said nothing that could be stated
            yield replace(_acted(request, known, act=act, at=at), review_id=request.review_id)


def _hidden(block_ids: Collection[UUID], operator: Operator) -> Iterator[Acted]:
    """What was hidden for now, and whether it was shown again."""
    rows = ProvisionalBlock.objects.filter(pk__in=block_ids)
    rows = rows.select_related("request__sighting", "request__assessment")
    blocks = list(rows.defer(*(f"request__{name}" for name in _SEALED)))
    known = _known([block.request for block in blocks], operator)
    lifted = _newest(block_ids, names=["review.lift_claimed", "review.restored"])
    of_these = Review.objects.filter(request__in=[block.request_id for block in blocks])
    reviews = {one.request_id: one for one in of_these.order_by("opened_at")}
    for block in blocks:
        assert block.begun_at is not None
        term = known.pack.provisional_block.maximum
        ends_at = known.pack.due_at(start=block.begun_at, duration=term)
        acted = replace(
            _acted(block.request, known, act=Act.HIDDEN, at=block.begun_at),
            ends_on=_day(ends_at, operator),
        )
        review = reviews.get(block.request_id)
        if review is not None:
            acted = replace(acted, review_id=review.pk)
        back = [at for (subject, _), at in lifted.items() if subject == block.pk]
        if back and Block(block.state) in _SHOWN_AGAIN:
            decided = review is not None and Decided(review.state) is Decided.NOT_HARMFUL
            acted = replace(
                acted,
                restored_on=_day(min(back), operator),
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
