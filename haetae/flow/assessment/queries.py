"""Everything that reads examinations."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from haetae.flow.assessment.models import Assessment
from haetae.flow.assessment.states import State

_LEFT_ALONE = (State.NOTHING, State.REVIEW, State.UNDETERMINED)


def get_assessment(assessment_id: UUID) -> Assessment:
    """With its sighting. Raises Assessment.DoesNotExist."""
    return Assessment.objects.select_related("sighting__operator").get(pk=assessment_id)


def latest_by_sighting(sighting_ids: Iterable[UUID]) -> dict[UUID, Assessment]:
    """The newest examination of each sighting."""
    rows = Assessment.objects.filter(sighting_id__in=list(sighting_ids)).order_by("round")
    return {row.sighting_id: row for row in rows}


def newest_examined(sighting_id: UUID) -> Assessment | None:
    """The newest examination of this place that has come to something."""
    done = Assessment.objects.filter(sighting_id=sighting_id).exclude(state=State.OPEN)
    return done.order_by("round").last()


def newest_states() -> dict[UUID, str]:
    """The state of the newest examination of every sighting that has one."""
    rows = Assessment.objects.order_by("sighting_id", "-round").distinct("sighting_id")
    return dict(rows.values_list("sighting_id", "state"))


def sightings_with_the_same_picture(sighting_ids: Iterable[UUID]) -> set[UUID]:
    """These sightings and all others of their lineages: every place at which the same pictures were seen."""
    asked = set(sighting_ids)
    lineages = Assessment.objects.filter(sighting_id__in=asked, lineage__isnull=False).values("lineage")
    return asked | set(Assessment.objects.filter(lineage__in=lineages).values_list("sighting_id", flat=True))


def sightings_that_matched(known_id: UUID) -> set[UUID]:
    """Every place at which this entry of the bank was surely found: the same bytes, or both hash families agree."""
    facts = {"entry_id": str(known_id), "confirmed": True}
    rows = Assessment.objects.filter(signals__contains=[{"facts": facts}])
    return set(rows.values_list("sighting_id", flat=True))


def known_at(sighting_id: UUID) -> set[UUID]:
    """The other way round: the entries of the bank that were surely found at this place."""
    found: set[UUID] = set()
    for signals in Assessment.objects.filter(sighting_id=sighting_id).values_list("signals", flat=True):
        facts = [signal["facts"] for signal in signals]
        found |= {UUID(str(fact["entry_id"])) for fact in facts if fact.get("confirmed") is True}
    return found


def sightings_of_file(sha256: str) -> set[UUID]:
    """Every place at which exactly these bytes were seen."""
    rows = Assessment.objects.filter(fingerprints__sha256=sha256)
    return set(rows.values_list("sighting_id", flat=True))


def fingerprints_of(sighting_id: UUID) -> dict[str, Any]:
    """What the newest examination that could open the picture kept of it; empty when none could."""
    rows = Assessment.objects.filter(sighting_id=sighting_id).exclude(fingerprints={}).order_by("-round")
    newest = rows.first()
    return dict(newest.fingerprints) if newest else {}


def left_alone(*, since: datetime) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """Examinations from then on that asked nobody for anything, with what they kept of the picture."""
    rows = Assessment.objects.filter(state__in=_LEFT_ALONE, examined_at__gt=since).exclude(fingerprints={})
    yield from rows.values_list("pk", "fingerprints").iterator(chunk_size=2_000)


def left_alone_as(entry_id: UUID) -> list[UUID]:
    """Examinations that matched this known picture, however long ago, and asked nobody for anything."""
    same = [{"facts": {"entry_id": str(entry_id)}}]
    rows = Assessment.objects.filter(state__in=_LEFT_ALONE, signals__contains=same)
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def is_held_as_newest(assessment_id: UUID) -> bool:
    """Whether it is the last word on its place; none is begun after it before the transaction around this ends."""
    place = Assessment.objects.filter(pk=assessment_id).values("sighting_id")
    rounds = Assessment.objects.filter(sighting_id__in=place).order_by("round")
    # Whoever begins another holds these: asked only now, that one is seen.
    list(rounds.select_for_update(no_key=True))
    return rounds.values_list("pk", flat=True).last() == assessment_id


def round_before(found: Assessment) -> Assessment | None:
    earlier = Assessment.objects.filter(sighting_id=found.sighting_id, round__lt=found.round)
    return earlier.order_by("round").last()
