"""The record for machines: codes and numbers as they lie in the tables, times in UTC."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from django.db.models import Model

from haetae.audit.canonical import canonical
from haetae.flow.overview.record import PlaceRecord
from haetae.flow.review.statement import Statement
from haetae.flow.verification.models import Probe

_SAID_BY_OPERATOR: Final = ("operator_reference", "operator_reason")


def place_json(record: PlaceRecord) -> bytes:
    place, operator = record.place, record.place.operator
    return dumped(
        {
            "place": str(place.pk),
            "found_at": place.found_at.isoformat(),
            "operator": operator
            and {"name": operator.name, "origin": operator.origin, "kind": operator.kind},
            "addresses": {
                "careful": "They may still lead to the picture. 지금도 이미지로 연결될 수 있습니다.",
                "page": place.page_url,
                "media": place.media_url,
            },
        }
    )


def record_json(record: PlaceRecord) -> bytes:
    """What is free text in the tables is not here: an opinion lies sealed, reasons stand in the documents."""
    asked = ("round", "state", "ordered", "legal_basis", "requested_at", "changed_at", *_SAID_BY_OPERATOR)
    heard = ("about", "party", "state", "exception", "until", "asked_at", "changed_at")
    orders = [item.order for item in record.orders]
    return dumped(
        {
            "requests": _rows(record.requests, *asked),
            "attempts": _rows(record.attempts, "number", "begun_at", "ended_at", "outcome"),
            "looks": [look for probe in record.probes for look in _looks(probe)],
            "reviews": _rows(record.reviews, "because", "state", "opened_at", "changed_at"),
            "decisions": [_decision(one) for one in record.decisions],
            "blocks": _rows(record.blocks, "by", "state", "begun_at", "changed_at"),
            "asked_of_others": [
                _fields(one, "kind", "state", "reason", "wanted_at", "changed_at")
                | {"of": one.intermediary.name}
                for one in record.remedies
            ],
            "objections": _rows(record.appeals, "state", "ground", "filed_at"),
            "orders": _rows(orders, "ground", "state", "issued_at", "comply_by", "changed_at"),
            "sanctions": _rows(
                record.sanctions, "kind", "state", "article", "amount", "decided_at", "changed_at"
            ),
            "hearings": _rows(record.hearings, *heard),
            "documents": _rows(record.documents, "reference", "kind", "on", "digest_ko", "digest_en"),
        }
    )


def events_jsonl(record: PlaceRecord) -> bytes:
    """An event a line, exactly as it was hashed, with its place and the path up to the head."""
    lines = [
        json.dumps(
            {
                "leaf": proven.leaf,
                "path": [digest.hex() for digest in proven.path],
                "event": json.loads(canonical(proven.event)),
            },
            ensure_ascii=False,
            sort_keys=True,
        )
        for proven in record.events
    ]
    return ("\n".join(lines) + "\n").encode()


def dumped(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _decision(one: Statement) -> dict[str, Any]:
    return {
        "review": str(one.review_id),
        "decision": one.decision,
        "ground": one.reason,
        "reasons": list(one.reasons),
        "votes_for": one.votes_for,
        "votes_against": one.votes_against,
        "recused": one.recused,
        "decided_at": one.decided_at.isoformat(),
    }


def _looks(probe: Probe) -> Iterator[dict[str, Any]]:
    for sight in probe.sights.all():
        seen = _fields(sight, "at", "seen", "page_seen", "page_why", "media_seen", "media_why")
        yield seen | _fields(probe, "purpose", "planned_after", "claim")


def _rows(rows: Iterable[Model], *names: str) -> list[dict[str, Any]]:
    return [_fields(row, *names) for row in rows]


def _fields(row: Model, *names: str) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in names}
    told = {name: one.isoformat() if isinstance(one, date) else one for name, one in found.items()}
    return {"id": str(row.pk)} | told
