"""Files with Cloudflare and asks what became of it. The endpoint is that of an account: .../accounts/ID/abuse-reports.

Its interface knows no idempotency key: before anything is filed, the reports of the account are asked for ours.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import rfc8785

from haetae.common.outbound import Fetched
from haetae.connectors import door
from haetae.connectors.base import (
    Answer,
    AnswerKind,
    BlockOrder,
    Capability,
    Check,
    DeletionOrder,
    NoChannelError,
    UnreachableError,
)
from haetae.connectors.between import (
    BetweenConnector,
    NotTakenError,
    fields_in,
    nonsense,
    refuse_unless_taken,
)
from haetae.connectors.cloudflare.filing import ACT, answer_of, filing_of, mark_of
from haetae.connectors.codes import as_code

_NO_ENTITLEMENT: Final = frozenset({401, 403})
_GLANCED_AT: Final = 25  # reports of one host in the time since we asked


class CloudflareConnector(BetweenConnector):
    """One account that may file. Without the entitlement every call answers 401, and a person has to know."""

    name = "cloudflare"
    capabilities = frozenset({Capability.ASK, Capability.STATUS})

    def checks(self) -> Sequence[Check]:
        """The account may list what it submitted: then it may file."""
        if not self._endpoint:
            return [Check(code="account", passed=False, words="The endpoint of the account is not known.")]
        url = f"{self._endpoint}/submitted?per_page=1"
        return [
            door.tried("account", url, origins=self.origins, headers=self.authorisation(), expected={200})
        ]

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        if not self._endpoint:
            raise NoChannelError("no_channel", "The endpoint of the Cloudflare account is not registered.")
        reference = order.reference or self._filed_already(order.notice)
        return self._standing(reference) if reference else self._file(order)

    def restore(self, order: BlockOrder) -> None:  # noqa: ARG002 - the protocol's signature
        self.no_way_back()

    def _file(self, order: DeletionOrder) -> Answer:
        try:
            body = rfc8785.dumps(filing_of(order.notice).as_json())
        except ValueError as problem:
            raise NotTakenError("not_taken", str(problem)) from problem
        headers = {"Content-Type": "application/json"} | self.authorisation()
        answer = door.post(f"{self._endpoint}/{ACT}", origins=self.origins, headers=headers, content=body)
        number = as_code(_result(answer))
        if not number:
            raise nonsense()
        return Answer(kind=AnswerKind.RECEIVED, reference=number, reason="submitted")

    def _standing(self, number: str) -> Answer:
        """Without a view of what was done about it, it is not known to be done."""
        report = _object(self._get(f"/submitted/{quote(number, safe='')}"))
        done: list[Mapping[str, Any]] = []
        if report.get("status") == "accepted":
            with suppress(NoChannelError):
                found = _object(self._get(f"/{quote(number, safe='')}/mitigations")).get("mitigations")
                done = [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
        return answer_of({**report, "id": number}, done)

    def _filed_already(self, notice: Mapping[str, Any]) -> str:
        """The number of a report of ours whose reply was lost; empty where there is none."""
        host = urlsplit(notice["locator"]["media"]).hostname or ""
        asked = {
            "created_after": notice["issued_at"],
            "domain": host,
            "type": "NCSEI",
            "per_page": str(_GLANCED_AT),
        }
        listed = _object(self._get(f"/submitted?{urlencode(asked)}")).get("reports")
        for row in (listed if isinstance(listed, list) else [])[:_GLANCED_AT]:
            number = as_code(row.get("id")) if isinstance(row, Mapping) else ""
            if number and self._is_ours(number, notice):
                return number
        return ""

    def _is_ours(self, number: str, notice: Mapping[str, Any]) -> bool:
        report = _object(self._get(f"/submitted/{quote(number, safe='')}"))
        return str(report.get("comments") or "").startswith(mark_of(str(notice["id"])))

    def _get(self, path: str) -> Any:
        url = f"{self._endpoint}{path}"
        return _result(door.get(url, origins=self.origins, headers=self.authorisation()))


def _result(answer: Fetched) -> Any:
    """What stands in the envelope. Raises ConnectorError."""
    if answer.status in _NO_ENTITLEMENT:
        words = f"Cloudflare answers {answer.status}: this account may not file reports of this kind. Ask for that."
        raise NoChannelError("no_entitlement", words)
    refuse_unless_taken(answer)
    fields = fields_in(answer)
    if fields.get("success") is not True or "result" not in fields:
        raise nonsense()
    return fields["result"]


def _object(result: Any) -> Mapping[str, Any]:
    if not isinstance(result, Mapping):
        raise UnreachableError("nonsense", "The answer makes no sense.", sent=True)
    return result
