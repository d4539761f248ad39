"""The copy for machines: the same facts as on the page, with codes, and times in UTC."""

import json
from collections.abc import Sequence
from typing import Any

from haetae.audit.canonical import canonical
from haetae.audit.merkle import leaf_digest
from haetae.audit.queries import newest_head
from haetae.flow.removal.models import DeletionRequest
from haetae.web.portal.export.gathering import Copied, Copy
from haetae.web.portal.mine.lines import Moment

FORMAT = "haetae-case/1"


def case_json(copy: Copy) -> bytes:
    """Of a place that may not be named there is neither site nor address."""
    case = copy.case
    return _dumped(
        {
            "format": FORMAT,
            "made_at": copy.made_at.isoformat(),
            "case": str(case.pk),
            "received_at": case.opened_at.isoformat(),
            "state": case.state,
            "answers": {
                "relation": case.relation,
                "age": case.age,
                "circumstances": case.circumstances,
                "legal_basis": case.legal_basis,
            },
            "told": [
                {"kind": said.kind, "text": said.text, "at": said.at.isoformat()} for said in copy.texts
            ],
            "messages": [
                {"sender": one.sender, "text": one.text, "at": one.at.isoformat()} for one in copy.messages
            ],
            "links": [
                {"link": report.link, "state": report.state, "received_at": report.received_at.isoformat()}
                for report in copy.links
            ],
            "codes": [
                {"media": row.media, "sha256": row.sha256, "pdq": row.pdq, "dhash": row.dhash}
                for row in copy.codes
            ],
            "places": {"count": copy.found.count, "proven_gone": copy.found.gone},
            "each_place": [_place(one) for one in copy.places],
        }
    )


def events_jsonl(copy: Copy) -> bytes:
    """An event a line, exactly as it was hashed, with its place in the log where it is sealed already."""
    lines = []
    for event in copy.events:
        written = canonical(event)
        line = {
            "leaf": copy.leaves.get(event.pk),
            "digest": leaf_digest(written).hex(),
            "event": json.loads(written),
        }
        lines.append(json.dumps(line, ensure_ascii=False, sort_keys=True))
    return ("\n".join(lines) + "\n").encode()


def head_json() -> bytes:
    """The last signed word about the whole log; empty while nothing is signed."""
    head = newest_head()
    if head is None:
        return _dumped({})
    return _dumped(
        {
            "size": head.size,
            "at": head.at.isoformat(),
            "root": bytes(head.root).hex(),
            "signature": bytes(head.signature).hex(),
        }
    )


def _place(copied: Copied) -> dict[str, Any]:
    place, line = copied.place, copied.line
    return {
        "number": place.number,
        "way": place.way,
        "site": line.where if place.named else None,
        "page": copied.page_url or None,
        "state": place.row.state,
        "shown_as": line.mark.plain,
        "words": f"{line.mark.words}. {line.mark.more}",
        "found_at": place.row.found_at.isoformat(),
        "requests": [_request(request, named=place.named) for request in place.requests],
        "history": _moments(line.history),
        "looks": _moments(line.looks),
    }


def _request(request: DeletionRequest, *, named: bool) -> dict[str, Any]:
    return {
        "round": request.round,
        "requested_at": request.requested_at.isoformat(),
        "state": request.state,
        "changed_at": request.changed_at.isoformat(),
        "legal_basis": request.legal_basis,
        "ordered": request.ordered,
        "operator_reason": request.operator_reason,
        # A site's own number could lead to the place.
        "operator_reference": request.operator_reference if named else "",
    }


def _moments(moments: Sequence[Moment]) -> list[dict[str, str]]:
    return [{"at": one.at.isoformat(), "words": one.words, "detail": one.detail} for one in moments]


def _dumped(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
