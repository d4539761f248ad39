"""Where something leads that an official was given: an address, a number, a digest of a file, a document's reference.

What was typed is compared as a keyed digest and goes nowhere else. What has ended long ago is found as well.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.locators import forms_of
from haetae.flow.arrival.models import Sighting
from haetae.flow.assessment import queries as assessments
from haetae.flow.issued import queries as issued
from haetae.flow.issued.models import IssuedDocument
from haetae.flow.issued.rules import read_digest, read_reference
from haetae.flow.overview.choosing import Choice, chosen
from haetae.flow.overview.rows import Row, rows_of
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import ProvisionalBlock, Review

# A file that is everywhere makes a long list, and no endless one.
MOST: Final = 50
_NUMBER: Final = re.compile(r"[0-9a-f]{6,32}")


@dataclass(frozen=True, kw_only=True)
class Found:
    """`rows` are not more than MOST of all `count` places; `document` where a document was meant."""

    rows: Sequence[Row] = ()
    count: int = 0
    document: IssuedDocument | None = None

    @property
    def is_nothing(self) -> bool:
        return self.count == 0 and self.document is None


def find(typed: str) -> Found:
    """By the first reading that makes sense of it; a miss is a Found of nothing."""
    text = typed.strip()
    reference = read_reference(text)
    if reference is not None:
        return Found(document=issued.with_reference(reference))
    digest = read_digest(text)
    if digest is not None:
        return _places(assessments.sightings_of_file(digest), document=issued.with_digest(digest))
    number = text.lower().replace("-", "")
    if _NUMBER.fullmatch(number):
        return _places(_by_number(number))
    return _places(arrival.sightings_anywhere_at(forms_of(text)))


def _by_number(number: str) -> list[UUID]:
    """The number of a place or of a report; a whole one may also be that of a request, a review or a block."""
    if len(number) == 32:
        for model in (DeletionRequest, Review, ProvisionalBlock):
            found = model.objects.filter(pk=UUID(number)).values_list("sighting_id", flat=True).first()
            if found is not None:
                return [found]
    return [found.pk for found in chosen(Choice(number=number), most=MOST + 1)]


def _places(ids: Sequence[UUID] | set[UUID], *, document: IssuedDocument | None = None) -> Found:
    shown = arrival.newest_sightings().filter(pk__in=ids)[:MOST]
    return Found(rows=rows_of(list[Sighting](shown)), count=len(ids), document=document)
