"""The unmodified NCMEC client of threatexchange, in the peers' own environment: a verb, a base, two keys."""

import json
import sys
from types import SimpleNamespace

from threatexchange.exchanges.clients.ncmec.hash_api import FeedbackType, FingerprintType, NCMECHashAPI
from threatexchange.exchanges.impl.ncmec_api import (
    NCMECCheckpoint,
    NCMECCollabConfig,
    NCMECCredentials,
    NCMECSignalExchangeAPI,
)
from threatexchange.signal_type.md5 import VideoMD5Signal
from threatexchange.signal_type.pdq.signal import PdqSignal

verb, base, read, write, *rest = sys.argv[1:]
place = SimpleNamespace(value=base)
reader, writer = (NCMECHashAPI("hotline", key, place) for key in (read, write))


def who() -> object:
    return {"me": reader.status().esp_name, "all": [member.esp_name for member in reader.members()]}


def deltas(start: str = "") -> object:
    """The exchange layer, which probes; what it holds in the end, and from when on it would go on."""
    collab = NCMECCollabConfig(name="test", enabled=True, environment=place)
    exchange = NCMECSignalExchangeAPI.for_collab(collab, NCMECCredentials("hotline", read))
    last = NCMECCheckpoint(int(start)) if start else None
    held, pages = {}, 0
    for delta in exchange.fetch_iter([PdqSignal, VideoMD5Signal], last):
        pages, last = pages + 1, delta.checkpoint
        for key, update in delta.updates.items():
            held[key] = exchange.fetch_value_merge(held.get(key), update)
    standing = {key: update for key, update in held.items() if update is not None}
    signals = exchange.naive_convert_to_signal_type([PdqSignal, VideoMD5Signal], collab, standing)
    return {
        "signals": {kind.get_name(): sorted(values) for kind, values in signals.items()},
        "gone": sorted(key for key, update in held.items() if update is None),
        "next": last.get_entries_max_ts,
        "pages": pages,
    }


def vote(value: str, kind: str, guid: str = "") -> object:
    """On the entry that holds this hash, with the client's own look at the reasons."""
    for page in reader.get_entries_iter():
        for entry in page.updates:
            if entry.fingerprints.get("pdq") == value:
                writer.submit_feedback(
                    entry.member_id, entry.id, FingerprintType.pdq, FeedbackType(kind), guid or None
                )
                return list(writer.feedback_reasons(FingerprintType.pdq))
    return None


def said() -> object:
    """What the client reads of the votes."""
    return [
        [vote.feedback_type.value, vote.reason, vote.member.esp_name]
        for page in reader.get_entries_iter()
        for entry in page.updates
        for votes in entry.feedback.values()
        for vote in votes
    ]


print(json.dumps(globals()[verb](*rest)))
