"""The unmodified StopNCII client of threatexchange, in the peers' own environment: a verb, a base, two keys."""

import json
import sys

from threatexchange.exchanges.clients.stopncii.api import (
    StopNCIIAPI,
    StopNCIICSPFeedbackValue,
    StopNCIIEndpoint,
    StopNCIISignalType,
)
from threatexchange.exchanges.collab_config import CollaborationConfigBase
from threatexchange.exchanges.impl.stop_ncii_api import (
    StopNCIICheckpoint,
    StopNCIICredentials,
    StopNCIISignalExchangeAPI,
)

verb, base, read, write, *rest = sys.argv[1:]
writing = {StopNCIIEndpoint.SubmitHashes: write, StopNCIIEndpoint.SubmitFeedback: write}
client = StopNCIIAPI("subscription", read, writing, base_url_override=base)
exchange = StopNCIISignalExchangeAPI.for_collab(
    CollaborationConfigBase(name="test", api="stopncii", enabled=True),
    StopNCIICredentials(read, "subscription", base),
)


def fetch(start: str = "10") -> object:
    pages = list(client.fetch_hashes_iter(int(start)))
    return [
        {
            "next": page.nextSetTimestamp,
            "hashes": {record.hashValue: record.hashStatus.value for record in page.hashRecords},
            "said": [said.feedbackValue.value for record in page.hashRecords for said in record.CSPFeedbacks],
        }
        for page in pages
    ]


def deltas(start: str = "", stop_after: str = "1000") -> object:
    """The exchange layer: pages until one tires of it, and what it would go on from."""
    checkpoint = StopNCIICheckpoint(int(start), 0) if start else None
    held, last, count = {}, None, 0
    for count, delta in enumerate(exchange.fetch_iter([], checkpoint), start=1):
        held.update({value: said is not None for (_, value), said in delta.updates.items()})
        last = delta.checkpoint.update_time
        if count == int(stop_after):
            break
    return {"held": held, "next": last, "pages": count}


def submit(value: str) -> object:
    client.submit_hash(StopNCIISignalType.ImagePDQ, value, {"seen"})
    return None


def say(value: str, feedback: str) -> object:
    client.submit_feedback(StopNCIISignalType.ImagePDQ, value, StopNCIICSPFeedbackValue(feedback), {"parody"})
    return None


print(json.dumps(globals()[verb](*rest)))
