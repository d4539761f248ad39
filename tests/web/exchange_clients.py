"""How partners' programs call us, in the test client."""

import base64
import json
from typing import Any

from django.test import Client

from haetae.accounts.models import KeyScope, Partner
from haetae.common.xml import tree_of
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


class Ncmec:
    """A client of the XML wire with both keys of one partner."""

    def __init__(self, partner: Partner) -> None:
        self.name = partner.name
        self.read = key_for(partner, KeyScope.LISTS_READ)
        self.write = key_for(partner, KeyScope.LISTS_WRITE)
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, **query: str):
        return self.client.get(NCMEC + path, query, headers=basic(self.name, self.read))

    def vote(self, entry_id: object, body: bytes, *, kind: str = "PDQ", member: int = 1):
        return self.client.put(
            f"{NCMEC}entries/{member}/{entry_id}/{kind}/feedback",
            body,
            content_type="application/xml; charset=utf-8",
            headers=basic(self.name, self.write),
        )

    def pages(self, since: str = "1970-01-01T00:00:00Z", to: str = "2999-01-01T00:00:00Z"):
        """The roots of all pages, following `next` as it stands."""
        answer = self.get("entries", **{"from": since, "to": to})
        while True:
            assert answer.status_code == 200, answer.content
            root = tree_of(answer.content)
            yield root
            following = root.findtext("paging/next")
            if not following:
                return
            assert following.startswith("/v2/")
            answer = self.client.get(
                NCMEC.removesuffix("/v2/") + following, headers=basic(self.name, self.read)
            )

    def held(self, since: str = "1970-01-01T00:00:00Z") -> dict[str, str]:
        """What this partner knows of each entry: the kind of its element."""
        rows = [row for page in self.pages(since) for group in page for row in group if row.tag != "next"]
        return {str(row.findtext("id")): row.tag for row in rows}
