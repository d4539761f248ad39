"""Everything that reads what officers asked to have deleted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from haetae.agencies.investigation.deletions.models import DeletionWord
from haetae.agencies.investigation.deletions.states import State
from haetae.agencies.investigation.files.rules import counts_as_minor
from haetae.agencies.investigation.files.states import Victim
from haetae.common.case_keys import open_text


@dataclass(frozen=True, kw_only=True)
class Said:
    link: str
    note: str


def of_file(investigation_id: UUID) -> Sequence[DeletionWord]:
    """The newest first."""
    rows = DeletionWord.objects.filter(investigation=investigation_id)
    return list(rows.prefetch_related("places").order_by("-asked_at", "pk"))


def waiting_for(report_id: UUID) -> Sequence[DeletionWord]:
    """The words that wait until this address has been opened."""
    rows = DeletionWord.objects.filter(report=report_id, state=State.WAITING)
    return list(rows.select_related("investigation").order_by("asked_at", "pk"))


def newest_at(sighting_id: UUID) -> DeletionWord | None:
    """The last word about a place that was passed on."""
    rows = DeletionWord.objects.filter(places__sighting=sighting_id).select_related("investigation")
    return rows.order_by("-asked_at", "pk").first()


def may_be_of_a_minor(sighting_id: UUID) -> bool:
    """Whether a file from which somebody asked about this place is about somebody who may be under 19."""
    words = DeletionWord.objects.filter(places__sighting=sighting_id).select_related("investigation")
    return any(counts_as_minor(Victim(word.investigation.victim)) for word in words)


def said_of(word: DeletionWord, key: bytes) -> Said:
    return Said(**json.loads(open_text(word.said, key=key, about=word.pk)))
