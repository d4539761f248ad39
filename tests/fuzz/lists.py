"""The wires on which hashes are exchanged, in both directions."""

import json
from datetime import UTC, datetime
from typing import Any, Final

from tests.fuzz.target import Target

_AT: Final = datetime(2026, 1, 1, tzinfo=UTC)


def hash_list_json() -> Target:
    from haetae.common.foreign import Position
    from haetae.connectors.base import UnreachableError
    from haetae.connectors.exchange.stopncii import read

    row = {
        "lastModtimestamp": 1,
        "hashValue": "f" * 64,
        "hashStatus": "active",
        "caseNumbers": {},
        "signalType": "ImagePDQ",
    }
    seed = {"count": 1, "nextPageToken": "a", "hasMoreRecords": False, "hashRecords": [row]}
    return Target(
        reads=lambda data: read(_fetched(data), at=Position(), now=_AT),
        refuses=(UnreachableError,),
        seeds=(json.dumps(seed).encode(),),
    )


def hash_list_xml() -> Target:
    from haetae.common.foreign import Position
    from haetae.connectors.base import UnreachableError
    from haetae.connectors.exchange.ncmec import read

    seed = (
        b"<queryResult xmlns='x'><images count='1'><image><member id='1'>a</member><timestamp>2026-01-01T00:00:00Z"
        b"</timestamp><id>1</id><fingerprints><md5>"
        + b"0" * 32
        + b"</md5></fingerprints></image></images></queryResult>"
    )
    return Target(
        reads=lambda data: read(_fetched(data), at=Position(), until_s=1),
        refuses=(UnreachableError,),
        seeds=(seed,),
    )


def submitted_hashes() -> Target:
    from haetae.common.wires import BadWireError
    from haetae.hashbank.exchange.stopncii import said, submitted

    def read(data: bytes) -> None:
        for reads in (submitted, said):
            try:
                reads(data)
            except BadWireError:
                continue

    return Target(
        reads=read, seeds=(b'{"hashRecords": [{"hashValue": "a", "signalType": "ImagePDQ"}]}', b"[]")
    )


def votes() -> Target:
    from haetae.common.wires import BadWireError
    from haetae.hashbank.exchange.ncmec import vote_in

    seed = b"<feedbackSubmission xmlns='x'><affirmative/><reasonIds><guid>1</guid></reasonIds></feedbackSubmission>"
    return Target(reads=vote_in, refuses=(BadWireError,), seeds=(seed,))


def _fetched(body: bytes) -> Any:
    from haetae.common.outbound.door import Fetched

    return Fetched(
        status=200, headers={}, body=body, url="https://list.example/", hops=(), peer="", duration_s=0.0
    )
