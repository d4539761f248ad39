"""How partners' programs call us, in the test client."""

import base64
import json
from typing import Any

from django.test import Client

from haetae.accounts.models import KeyScope, Partner
from tests.hashbank.partners import key_for

STOPNCII = "/exchange/stopncii/v1/"
NCMEC = "/exchange/ncmec/v2/"


class StopNcii:
    """A client of the JSON wire with both keys of one partner."""

    def __init__(self, partner: Partner, *, per_minute: int = 10_000) -> None:
        self.read = key_for(partner, KeyScope.LISTS_READ, per_minute=per_minute)
        self.write = key_for(partner, KeyScope.LISTS_WRITE)
        self.client = Client(raise_request_exception=False)

    def get(self, **query: Any):
        return self.client.get(STOPNCII + "FetchHashes", query, headers=self.headers(self.read))

    def post(self, path: str, body: object):
        return self.client.post(
            STOPNCII + path,
            body if isinstance(body, bytes) else json.dumps(body),
            content_type="application/json",
            headers=self.headers(self.write),
        )

    def submit(self, *records: dict[str, Any]):
        return self.post("SubmitHashes", {"count": len(records), "hashRecords": records})

    def say(self, *words: dict[str, Any]):
        return self.post("SubmitFeedback", {"count": len(words), "hashFeedbacks": words})

    def all_pages(self, start: int = 10, size: int = 800) -> list[dict[str, Any]]:
        pages, token = [], None
        while not pages or pages[-1]["hasMoreRecords"]:
            more = {} if token is None else {"nextPageToken": token}
            answer = self.get(startTimestamp=start, pageSize=size, **more)
            assert answer.status_code == 200, answer.content
            pages.append(answer.json())
            token = pages[-1]["nextPageToken"]
        return pages

    def held(self, start: int = 10) -> dict[str, str]:
        """What this partner knows of each hash after reading everything."""
        records = [record for page in self.all_pages(start) for record in page["hashRecords"]]
        return {record["hashValue"]: record["hashStatus"] for record in records}

    @staticmethod
    def headers(key: str) -> dict[str, str]:
        return {"x-functions-key": key, "Ocp-Apim-Subscription-Key": "anything"}


def basic(name: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}
