"""One report to Cloudflare's intake `abuse_ncsei`, and what its states mean. Pure.

Facts from Cloudflare's own client for Python (5.9.0). Its pages say that name, mailbox and addresses may be released to
third parties: so the name is that of the agency, and there is no way to give another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from haetae.connectors.base import Answer, AnswerKind
from haetae.connectors.between import nonsense
from haetae.connectors.codes import as_code

ACT: Final = "abuse_ncsei"
MOST_URLS: Final = 250
_LONGEST_NAME: Final = 255
_LONGEST_COMMENT: Final = 2000
_MARK: Final = "haetae:"


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What is filed. `comments` carries our number, so that a report whose reply was lost is found again."""

    name: str
    mailbox: str
    urls: Sequence[str]
    comments: str

    def __post_init__(self) -> None:
        hosts = {urlsplit(url).hostname for url in self.urls}
        if not 1 <= len(self.urls) <= MOST_URLS or len(set(self.urls)) != len(self.urls):
            raise ValueError(f"A report names 1 to {MOST_URLS} addresses, each once.")
        if len(hosts) != 1 or None in hosts:
            raise ValueError("All addresses of a report have the same host.")
        if not self.name or len(self.name) > _LONGEST_NAME or not self.mailbox:
            raise ValueError("A report needs the name and the mailbox of the agency.")
        if len(self.comments) > _LONGEST_COMMENT:
            raise ValueError(f"Comments have at most {_LONGEST_COMMENT} characters.")

    def as_json(self) -> dict[str, Any]:
        """The host is told who asks, so that it can answer; whoever runs the site is not warned."""
        return {
            "act": ACT,
            "name": self.name,
            "email": self.mailbox,
            "email2": self.mailbox,
            "urls": "\n".join(self.urls),
            "comments": self.comments,
            "ncsei_subject_representation": False,  # an agency is not the person shown
            "host_notification": "send",
            "owner_notification": "none",
        }


def filing_of(notice: Mapping[str, Any]) -> Filing:
    """Page and picture where both have one host, else the picture alone. Raises ValueError."""
    page, media = notice["locator"]["page"], notice["locator"]["media"]
    same_host = urlsplit(page).hostname == urlsplit(media).hostname
    text = f"{notice['explanation']['en']} {notice['legal_basis']['citation']['en']}"
    mark = mark_of(str(notice["id"]))
    return Filing(
        name=notice["issuer"]["name"]["en"],
        mailbox=str(notice["issuer"].get("mailbox", "")),
        urls=list(dict.fromkeys([media, page])) if same_host else [media],
        comments=f"{mark} {text}"[:_LONGEST_COMMENT],
    )


def mark_of(number: str) -> str:
    """By which a report of ours is known among those of the account."""
    return f"{_MARK}{number}"


def answer_of(report: Mapping[str, Any], mitigations: Sequence[Mapping[str, Any]]) -> Answer:
    """What a submitted report, and what was done about it, come to. Raises UnreachableError where it makes no sense.

    `accepted` says that it was abuse, and not that anything is done: only a mitigation in force is that. It keeps the
    network from delivering, and deletes nothing.
    """
    status, number = report.get("status"), as_code(report.get("id"))
    if status == "denied":
        reason = as_code(report.get("denial_reason")) or "denied"
        return Answer(kind=AnswerKind.REFUSED, reference=number, reason=reason)
    if status not in {"submitted", "accepted", "in_review"}:
        raise nonsense()
    states = {mitigation.get("status") for mitigation in mitigations}
    if "active" in states:
        return Answer(kind=AnswerKind.BLOCKED, reference=number)
    return Answer(kind=AnswerKind.RECEIVED, reference=number, reason=as_code(status))
