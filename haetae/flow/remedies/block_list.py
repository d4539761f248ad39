"""The list of addresses that one access provider is to open no more: it fetches it, checks our signature, and acts.

Exact addresses, never a whole host. A list runs out: an address that no fresh list names is to be opened again, so that
nothing stays blocked because nobody took it back.
"""

import base64
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

import rfc8785

from haetae.common.keys.interface import Signer
from haetae.flow.remedies.models import Remedy
from haetae.notice.document import Text, moment

FORM: Final = "block-list/1"
FETCH_AGAIN_AFTER: Final = timedelta(minutes=15)
RUNS_OUT_AFTER: Final = timedelta(hours=24)


def signed_list(
    remedies: Iterable[Remedy], *, recipient: str, issuer: Text, at: datetime, signer: Signer
) -> dict[str, Any]:
    """`signature` is Ed25519 over the canonical JSON (RFC 8785) of `list`, in base64."""
    listed: dict[str, Any] = {
        "schema": FORM,
        "issuer": {"ko": issuer.ko, "en": issuer.en},
        "recipient": recipient,
        "issued_at": moment(at),
        "fetch_again_at": moment(at + FETCH_AGAIN_AFTER),
        "runs_out_at": moment(at + RUNS_OUT_AFTER),
        "entries": [_entry(remedy) for remedy in remedies],
    }
    signature = base64.b64encode(signer.sign(rfc8785.dumps(listed))).decode()
    return {"list": listed, "signature": signature}


def _entry(remedy: Remedy) -> dict[str, str]:
    """`id` is the number under which the provider answers; `decision` that of the regulator's decision."""
    return {
        "id": str(remedy.key),
        "page": remedy.sighting.page_url,
        "media": remedy.sighting.media_url,
        "decision": str(remedy.request.review_id or ""),
        "ordered_at": moment(remedy.wanted_at),
    }
