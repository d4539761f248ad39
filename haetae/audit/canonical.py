"""How an event is written for hashing."""

from typing import Any

import rfc8785

from haetae.audit.models import Event


def fields_of(event: Event) -> dict[str, Any]:
    """Every column of an event, as it stands in files."""
    return {
        "id": str(event.pk),  # as text: RFC 8785 allows whole numbers only up to 2^53
        "at": event.at.isoformat(),
        "name": event.name,
        "subject_kind": event.subject_kind,
        "subject_id": str(event.subject_id),
        "actor_kind": event.actor_kind,
        "actor_id": event.actor_id,
        "facts": event.facts,
    }


def canonical(event: Event) -> bytes:
    """The bytes of an event that are hashed: canonical JSON (RFC 8785) of every column."""
    return rfc8785.dumps(fields_of(event))
