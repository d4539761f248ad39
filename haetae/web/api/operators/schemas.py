"""What goes in and out, as the description for machines says it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from haetae.operators.answers.rules import Outcome, Reason, Word
from haetae.web.api.scan.schemas import Error


class DueOut(BaseModel):
    """`due_at` is null where the law says "without delay" and names no hour."""

    due_at: datetime | None
    source: str


class AskedOut(BaseModel):
    """One thing asked. `notice` is the document notice/1; `id` is its number, under which it is answered.

    `kind`: delete, block or restore; of a host, a CDN, a search engine or an access provider: remedy, or lift (of what
    it did). `state` is how it stands with us. `legal` is the law's, `target` our own wish.
    `trial`: an exercise that asks nothing of anybody.
    """

    id: UUID
    kind: str
    state: str
    trial: bool
    legal: DueOut | None
    target: DueOut | None
    notice: dict[str, Any]


class RequestsOut(BaseModel):
    """`next` goes on, and says that what stood up to there has arrived; null on an empty page, where a round ends."""

    requests: list[AskedOut]
    next: str | None


class HearingOut(BaseModel):
    """`about`: review, order, sanction or designation. `page` is where your people read it and answer."""

    id: UUID
    about: str
    asked_until: datetime
    page: str


class HearingsOut(BaseModel):
    """What waits for your word, the first to end first. A system does not answer it: people do, at the desk."""

    hearings: list[HearingOut]


class AnswerIn(BaseModel):
    """`reason` is needed with `refused`. `reference` is your own number. `blocked`: nobody can see it for now.

    `request` is the notice's id, where the address does not name it.
    """

    schema_: str
    request: UUID | None = None
    word: Word
    reason: Reason | None = None
    reference: str = ""
    blocked: bool = False


class ToldOut(BaseModel):
    """taken or said_already; everything else is a refusal."""

    outcome: Outcome
    message: str


class KeyOut(BaseModel):
    """A key in force, without itself. we_v1, they_v1: shared secrets; they_v1a: your public key."""

    use: str
    since: datetime


class MeOut(BaseModel):
    """Whose key this is, how you are reached, and our clock, which yours must be near to sign."""

    operator: UUID
    name: str
    connector: str
    endpoint: str
    signing_keys: list[KeyOut]
    now: datetime


class OurKeyOut(BaseModel):
    """v1a of Standard Webhooks: Ed25519. `public_key` is whpk_ and base64 of 32 bytes."""

    kind: str
    public_key: str


class OurKeysOut(BaseModel):
    keys: list[OurKeyOut]


class BlockedOut(BaseModel):
    """One exact address, of a page and of the picture on it. `id` is the number under which you answer."""

    id: UUID
    page: str
    media: str
    decision: str
    ordered_at: datetime


class BlockedListOut(BaseModel):
    """`schema` is block-list/1. Not after `runs_out_at`: fetch again at `fetch_again_at`."""

    schema_: str = Field(alias="schema")
    issuer: dict[str, str]
    recipient: str
    issued_at: datetime
    fetch_again_at: datetime
    runs_out_at: datetime
    entries: list[BlockedOut]


class BlockListOut(BaseModel):
    """`signature` is Ed25519 with our key (keys.json) over the canonical JSON (RFC 8785) of `list`, in base64."""

    list: BlockedListOut
    signature: str


ERRORS: dict[int, Any] = dict.fromkeys((400, 401, 404, 405, 408, 409, 411, 413, 422, 429, 500, 503), Error)


def answer_body(*, names_it: bool) -> dict[str, Any]:
    """The body as it is described; it is read by hand, so that what is refused is recorded."""
    described = AnswerIn.model_json_schema(ref_template="#/components/schemas/{model}")
    described.pop("$defs", None)
    fields = described["properties"]
    fields["schema"] = {"const": "answer/1"}
    del fields["schema_"]
    fields["word"] = {"enum": [str(word) for word in Word]}
    fields["reason"] = {"enum": [str(reason) for reason in Reason]}
    fields["reference"] = {"type": "string", "maxLength": 64, "pattern": "^[A-Za-z0-9_.:+-]*$"}
    fields["request"] = {"type": "string", "format": "uuid"}
    described["required"] = ["schema", "word"] if names_it else ["schema", "word", "request"]
    if names_it:
        del fields["request"]
    content = {"application/json": {"schema": described}}
    return {"requestBody": {"required": True, "content": content}}
