"""One thing asked, as a machine reads it."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Basis
from haetae.flow.hearings.models import Hearing
from haetae.operators.outbox.queries import Asked
from haetae.operators.trials.models import Trial


def asked(one: Asked) -> dict[str, Any]:
    """Law and target side by side, never one for the other. The law is that of its country, as it was told."""
    ours = next((row for row in one.due if row.basis == Basis.POLICY), None)
    return {
        "id": str(one.key),
        "kind": str(one.kind),
        "state": one.state,
        "trial": False,
        "legal": _law_in(one.notice),
        "target": ours and _due(ours),
        "notice": dict(one.notice),
    }


def trial(one: Trial) -> dict[str, Any]:
    """Like every other, but for the mark."""
    ends = {"due_at": one.ends_at.isoformat(), "source": "trial"}
    return {
        "id": str(one.key),
        "kind": "delete",
        "state": one.state,
        "trial": True,
        "legal": None,
        "target": ends,
        "notice": json.loads(one.notice_text),
    }


def hearing(one: Hearing) -> dict[str, Any]:
    """That its word is waited for; what it is about stands at the desk alone."""
    return {
        "id": str(one.pk),
        "about": one.about,
        "asked_until": one.until and one.until.isoformat(),
        "page": f"{settings.AGENCY.operators_origin}/operator/hearings/{one.pk}/",
    }


def _law_in(notice: Mapping[str, Any]) -> dict[str, Any] | None:
    """None where no law is known that binds this operator; without an hour where the law names none."""
    duty = notice.get("duty")
    if duty is None:
        return None
    return {"due_at": notice["due"].get("legal"), "source": f"{duty['jurisdiction']} {duty['article']}"}


def _due(row: Deadline) -> dict[str, Any]:
    return {"due_at": row.due_at and row.due_at.isoformat(), "source": row.source}
