"""Everything that reads what files share. Two files that share something: their members are told alike, and no more.

Whoever works on one of them reads by what, and whom to ask; whoever works on both reads the other's number too.
The same words stand for every file, whatever is done in it: nobody learns from them that one is a secret operation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from haetae.accounts.models import Official
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.files.models import Member
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.linking.models import Identifier, LinkRead, PlaceOfFile
from haetae.agencies.investigation.linking.states import By, Kind
from haetae.common.case_keys import open_text
from haetae.common.ids import derived_id
from haetae.common.sealed import forms_of_digest
from haetae.flow.assessment.queries import sightings_with_the_same_picture


@dataclass(frozen=True, kw_only=True)
class Typed:
    """An identifier, opened for whoever works on the file."""

    row: Identifier
    text: str
    service: str


@dataclass(frozen=True, kw_only=True)
class Shared:
    """Another file has the same. `other_id` is None unless the reader works on both; `ask` works on the other."""

    mark: UUID
    by: By
    what_id: UUID
    other_id: UUID | None
    ask: Official
    is_read: bool


def places_of(investigation_id: UUID) -> Sequence[PlaceOfFile]:
    """What belongs to the file now, the newest first."""
    rows = PlaceOfFile.objects.filter(investigation=investigation_id, out_at=None)
    return list(rows.select_related("sighting__operator", "added_by").order_by("-added_at", "pk"))


def identifiers_of(opened: OpenFile) -> Sequence[Typed]:
    """What belongs to the file now, the newest first. Raises WrongKeyError."""
    rows = Identifier.objects.filter(investigation=opened.investigation, out_at=None)
    return [
        Typed(
            row=row,
            text=open_text(row.text, key=opened.key, about=row.pk),
            service=open_text(row.service, key=opened.key, about=row.pk) if row.service is not None else "",
        )
        for row in rows.order_by("-added_at", "pk")
    ]


def shared_with(investigation_id: UUID, official_id: UUID) -> Sequence[Shared]:
    """What this file shares with others, for one of its members: the newest addition of this file first."""
    found = [*_by_identifier(investigation_id), *_by_picture(investigation_id)]
    marks = {
        (what, other): derived_id("link-read", official_id, investigation_id, what, other)
        for _, what, other in found
    }
    read = set(LinkRead.objects.filter(pk__in=marks.values()).values_list("pk", flat=True))
    return [
        Shared(
            mark=marks[what, other],
            by=by,
            what_id=what,
            other_id=other if files.is_member(other, official_id) else None,
            ask=ask,
            is_read=marks[what, other] in read,
        )
        for by, what, other in found
        if (ask := _whom_to_ask(other)) is not None
    ]


def unread_of(investigation_ids: Iterable[UUID], official_id: UUID) -> set[UUID]:
    """Those of an officer's files of which they have not read yet that another one shares something with them."""
    return {
        one
        for one in investigation_ids
        if any(not shared.is_read for shared in shared_with(one, official_id))
    }


def same_pictures(investigation_id: UUID) -> dict[UUID, set[UUID]]:
    """For each place of the file every place at which the same picture was seen, itself among them."""
    places = PlaceOfFile.objects.filter(investigation=investigation_id, out_at=None)
    return {
        sighting: sightings_with_the_same_picture([sighting])
        for sighting in places.values_list("sighting_id", flat=True)
    }


def _by_identifier(investigation_id: UUID) -> list[tuple[By, UUID, UUID]]:
    own = Identifier.objects.filter(investigation=investigation_id, out_at=None).order_by("-added_at", "pk")
    found: list[tuple[By, UUID, UUID]] = []
    for row in own:
        forms = forms_of_digest(row.digest)
        same = Identifier.objects.filter(digest__in=forms, kind=row.kind, out_at=None)
        others = same.exclude(investigation=investigation_id).order_by("added_at", "pk")
        found += [
            (By(Kind(row.kind).value), row.pk, other)
            for other in others.values_list("investigation_id", flat=True)
        ]
    return found


def _by_picture(investigation_id: UUID) -> list[tuple[By, UUID, UUID]]:
    found: dict[tuple[UUID, UUID], tuple[By, UUID, UUID]] = {}
    places = PlaceOfFile.objects.filter(investigation=investigation_id, out_at=None).order_by("-added_at")
    for row in places:
        same = sightings_with_the_same_picture([row.sighting_id])
        others = PlaceOfFile.objects.filter(sighting_id__in=same, out_at=None).order_by("added_at", "pk")
        for other in others.exclude(investigation=investigation_id).values_list(
            "investigation_id", flat=True
        ):
            found.setdefault((row.pk, other), (By.PICTURE, row.pk, other))
    return list(found.values())


def _whom_to_ask(investigation_id: UUID) -> Official | None:
    """Who has worked on it the longest and still does. Every file has somebody."""
    rows = Member.objects.filter(investigation=investigation_id, until=None)
    member = rows.select_related("official").order_by("since", "pk").first()
    return member.official if member else None
