"""Everything that writes about what a file holds to be compared: places and identifiers, added and taken out."""

from uuid import UUID

from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.files.locking import locked_file
from haetae.agencies.investigation.linking import queries, rules
from haetae.agencies.investigation.linking.models import Identifier, LinkRead, PlaceOfFile
from haetae.agencies.investigation.linking.states import Kind
from haetae.audit.actions import record
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import new_id
from haetae.common.sealed import found_or_held
from haetae.flow.arrival.locators import forms_of
from haetae.flow.arrival.models import Sighting
from haetae.flow.arrival.queries import sightings_anywhere_at


class CannotLinkError(ValueError):
    """A code of what stands against it."""


@transaction.atomic
def add_place(*, investigation_id: UUID, typed: str, official_id: UUID) -> int:
    """A place by its number, or by its address and then all that was sighted there; returns how many came in.

    What stands in the file already is not added again. Raises NotYoursError, CannotLinkError.
    """
    opened = locked_file(investigation_id, official_id)
    wanted = _sightings(typed)
    if not wanted:
        raise CannotLinkError("place_unknown")
    here = set(
        PlaceOfFile.objects.filter(investigation=investigation_id, out_at=None).values_list(
            "sighting_id", flat=True
        )
    )
    for sighting_id in wanted:
        if sighting_id in here:
            continue
        row = PlaceOfFile.objects.create(
            investigation=opened.investigation,
            sighting_id=sighting_id,
            added_by_id=official_id,
            added_at=clock.now(),
        )
        facts = {"file": str(investigation_id), "sighting": str(sighting_id)}
        record(event="linking.place_added", subject=row, actor=official_actor(official_id), facts=facts)
    return len(set(wanted) - here)


@transaction.atomic
def add_identifier(
    *, investigation_id: UUID, kind: Kind, text: str, service: str = "", official_id: UUID
) -> UUID:
    """An account, a channel or a watermark; typed again it is the same row. Raises NotYoursError, CannotLinkError."""
    opened = locked_file(investigation_id, official_id)
    problem = rules.why_not_identifier(kind, text, service=service)
    if problem is not None:
        raise CannotLinkError(problem)
    own = Identifier.objects.filter(investigation=investigation_id, out_at=None)
    found, digest = found_or_held(own, "digest", searched_by(kind, text, service=service))
    if found is not None:
        return found.pk
    row_id = new_id()
    row = Identifier.objects.create(
        pk=row_id,
        investigation=opened.investigation,
        kind=kind,
        text=seal_text(text.strip(), key=opened.key, about=row_id),
        service=seal_text(service.strip(), key=opened.key, about=row_id) if kind is Kind.ACCOUNT else None,
        digest=digest,
        added_by_id=official_id,
        added_at=clock.now(),
    )
    facts = {"file": str(investigation_id), "kind": kind}
    record(event="linking.identifier_added", subject=row, actor=official_actor(official_id), facts=facts)
    return row_id


@transaction.atomic
def take_out(*, investigation_id: UUID, row_id: UUID, official_id: UUID) -> None:
    """It was put there by mistake; twice is once. Raises NotYoursError, CannotLinkError."""
    locked_file(investigation_id, official_id)
    row: PlaceOfFile | Identifier | None = (
        PlaceOfFile.objects.filter(pk=row_id, investigation=investigation_id).first()
        or Identifier.objects.filter(pk=row_id, investigation=investigation_id).first()
    )
    if row is None:
        raise CannotLinkError("link_unknown")
    if row.out_at is not None:
        return
    row.out_at = clock.now()
    row.save(update_fields=["out_at"])
    facts = {"file": str(investigation_id)}
    record(event="linking.taken_out", subject=row, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def links_read(*, investigation_id: UUID, official_id: UUID) -> None:
    """This officer has read what the file shares with others now. Raises NotYoursError."""
    opened = files.opened_by(investigation_id, official_id)
    unread = [one for one in queries.shared_with(investigation_id, official_id) if not one.is_read]
    for one in unread:
        LinkRead.objects.get_or_create(
            pk=one.mark,
            defaults={
                "investigation": opened.investigation,
                "official_id": official_id,
                "at": clock.now(),
            },
        )
    if unread:
        facts = {"links": len(unread)}
        record(
            event="linking.read",
            subject=opened.investigation,
            actor=official_actor(official_id),
            facts=facts,
        )


def searched_by(kind: Kind, text: str, *, service: str = "") -> str:
    """Whose digest finds the same thing in another file. Of a channel it is the registry's own."""
    plain = rules.plain(kind, text, service=service)
    return plain if kind is Kind.CHANNEL else f"{kind}\x1f{plain}"


def _sightings(typed: str) -> list[UUID]:
    try:
        number = UUID(typed.strip())
    except ValueError:
        return sightings_anywhere_at(forms_of(typed))
    return list(Sighting.objects.filter(pk=number).values_list("pk", flat=True))
