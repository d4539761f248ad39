"""What is to be kept as the text that is sealed, and back. Pure."""

import json
from dataclasses import asdict

from haetae.agencies.investigation.preservation.rules import Wanted


def packed(wanted: Wanted) -> str:
    accounts = [one.strip() for one in wanted.accounts if one.strip()]
    return json.dumps(asdict(wanted) | {"accounts": accounts}, ensure_ascii=False)


def unpacked(text: str) -> Wanted:
    return Wanted(**json.loads(text))
