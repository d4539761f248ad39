"""The institution for which somebody works: whatever a page of theirs opens belongs to it, and to no other."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest

from haetae.accounts.models import Official
from haetae.agencies.education import queries
from haetae.agencies.education.institutions.actions import CannotTeachError, refused
from haetae.agencies.education.models import Institution
from haetae.web.console.rights import official_of
from haetae.web.sent import IncompleteError

GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


def institution_of(request: HttpRequest) -> Institution:
    """Raises Http404 for whoever works for none."""
    try:
        return queries.institution_of(official_of(request).pk)
    except Institution.DoesNotExist as none:
        raise Http404 from none


def tried(
    request: HttpRequest, act: Callable[[Official], object], *, institution_id: UUID | None = None
) -> str:
    """Do it; the code of what stands against it, or nothing. What was refused stands in the record."""
    official = official_of(request)
    try:
        act(official)
    except (CannotTeachError, IncompleteError) as problem:
        if institution_id is not None:
            refused(institution_id=institution_id, code=str(problem), official_id=official.pk)
        return str(problem)
    return ""
