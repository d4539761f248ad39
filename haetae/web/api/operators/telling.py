"""One thing asked, as a machine reads it."""

import json
from typing import Any

from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Basis
from haetae.operators.outbox.queries import Asked
from haetae.operators.trials.models import Trial


def asked(one: Asked) -> dict[str, Any]:
    """Law and target side by side, and never one for the other."""
    due = {Basis(row.basis): _due(row) for row in one.due}
    return {
        "id": str(one.key),
        "kind": str(one.kind),
        "state": one.state,
        "trial": False,
        "legal": due.get(Basis.LEGAL),
        "target": due.get(Basis.POLICY),
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


def _due(row: Deadline) -> dict[str, Any]:
    return {"due_at": row.due_at and row.due_at.isoformat(), "source": row.source}
