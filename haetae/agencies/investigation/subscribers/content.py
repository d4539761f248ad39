"""What is asked, and the signed letters, as the text that is sealed, and back. Pure."""

import json
from dataclasses import asdict
from datetime import date, datetime

from haetae.agencies.investigation.subscribers.rules import Asked
from haetae.documents.content import from_json, to_json
from haetae.documents.document import Document
from haetae.law.asking import DataKind


def packed(asked: Asked) -> str:
    fields = asdict(asked) | {
        "data": sorted(asked.data),
        "accounts": [one.strip() for one in asked.accounts if one.strip()],
        "act_on": asked.act_on.isoformat(),
        "since": asked.since.isoformat(),
        "until": asked.until.isoformat(),
    }
    return json.dumps(fields, ensure_ascii=False)


def unpacked(text: str) -> Asked:
    fields = json.loads(text)
    return Asked(
        **fields
        | {
            "data": [DataKind(one) for one in fields["data"]],
            "act_on": date.fromisoformat(fields["act_on"]),
            "since": datetime.fromisoformat(fields["since"]),
            "until": datetime.fromisoformat(fields["until"]),
        }
    )


def letters_packed(letters: list[Document]) -> str:
    return json.dumps({one.language.value: to_json(one) for one in letters}, ensure_ascii=False)


def letters_unpacked(text: str) -> list[Document]:
    return [from_json(one) for one in json.loads(text).values()]
