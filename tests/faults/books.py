"""Three books that know nothing of each other, and what must be true of all three together.

What the client was told, what the database holds, what the platform saw. A process that is killed may leave any of
them behind the others for a moment; once it is quiet again they must agree.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One form of a reporter: sent again and again until it was taken. `receipts` are the numbers that came back."""

    link: str
    receipts: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Posted:
    """A known picture that the platform published."""

    post_id: str
    media_url: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """The client's book."""

    sent: Sequence[Sent] = ()
    posted: Sequence[Posted] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    number: str
    link: str
    waiting: bool = False


@dataclass(frozen=True, kw_only=True)
class Request:
    """`delivery` is the state of what is said to the operator; `with_people` says that a task for it is open."""

    key: str
    media_url: str
    verified: bool
    delivery: str = "delivered"
    with_people: bool = False


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The database's book. `log_findings` is what the verification of the event log objects to.

    `decided` are the places for which the verdict is to ask for deletion.
    """

    reports: Sequence[Report] = ()
    sightings: Sequence[str] = ()
    decided: Sequence[str] = ()
    requests: Sequence[Request] = ()
    log_findings: Sequence[str] = ()
    log_unsealed: int = 0


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The platform's book: every request to delete that arrived whole, as (key, digest of its body), and its rows.

    `asked_first` is how often somebody who did not know what had become of a request asked that before sending again.
    """

    asked: Sequence[tuple[str, str]] = ()
    post_by_key: dict[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    asked_first: int = 0


@dataclass(frozen=True, kw_only=True)
class Faults:
    """What is wrong, each by name. All empty when the promise was kept."""

    reports_lost: list[str]
    receipts_without_report: list[str]
    reports_doubled: list[str]
    reports_not_looked_up: list[str]
    sightings_doubled: list[str]
    decisions_not_followed: list[str]
    requests_doubled: list[str]
    requests_unsaid: list[str]
    requests_skipped: list[str]
    log_broken: list[str]

    def counts(self) -> dict[str, int]:
        return {name: len(found) for name, found in vars(self).items()}

    def __bool__(self) -> bool:
        return any(vars(self).values())


def compare(*, told: Told, kept: Kept, seen: Seen) -> Faults:
    """Hold the three books against each other."""
    return Faults(
        reports_lost=list(_reports_lost(told, kept)),
        receipts_without_report=list(_receipts_without_report(told, kept)),
        reports_doubled=list(_reports_doubled(told, kept)),
        reports_not_looked_up=[report.link for report in kept.reports if report.waiting],
        sightings_doubled=_more_than_once(kept.sightings),
        decisions_not_followed=list(_decisions_not_followed(kept)),
        requests_doubled=list(_requests_doubled(kept, seen)),
        requests_unsaid=list(_requests_unsaid(kept, seen)),
        requests_skipped=list(_requests_skipped(told, kept, seen)),
        log_broken=[*kept.log_findings, *(["rows without a seal"] if kept.log_unsealed else [])],
    )


def _reports_lost(told: Told, kept: Kept) -> Iterator[str]:
    links = {report.link for report in kept.reports}
    return (sent.link for sent in told.sent if sent.receipts and sent.link not in links)


def _receipts_without_report(told: Told, kept: Kept) -> Iterator[str]:
    """A receipt names one report, and that report is about this link."""
    known = {(report.number, report.link) for report in kept.reports}
    for sent in told.sent:
        yield from (
            f"{number} for {sent.link}" for number in sent.receipts if (number, sent.link) not in known
        )


def _reports_doubled(told: Told, kept: Kept) -> Iterator[str]:
    """Every form of the load has a link of its own, so that one link is one form."""
    yield from _more_than_once(report.link for report in kept.reports)
    yield from (f"two receipts for {sent.link}" for sent in told.sent if len(set(sent.receipts)) > 1)


def _decisions_not_followed(kept: Kept) -> Iterator[str]:
    asked = {request.media_url for request in kept.requests}
    return (place for place in kept.decided if place not in asked)


def _requests_unsaid(kept: Kept, seen: Seen) -> Iterator[str]:
    """The operator saw it, or a person has it; what was stopped need not be said any more."""
    known = {key for key, _ in seen.asked}
    for request in kept.requests:
        given_up = request.delivery in {"dead", "no_channel"} and request.with_people
        if request.key not in known and not given_up and request.delivery != "stopped":
            yield f"{request.key} is {request.delivery}"


def _requests_doubled(kept: Kept, seen: Seen) -> Iterator[str]:
    """One key and one body for one logical request, whichever book is asked what belongs together."""
    bodies, keys = defaultdict(set), defaultdict(set)
    ours = {request.key: request.media_url for request in kept.requests}
    for key, digest in seen.asked:
        bodies[key].add(digest)
        keys["post " + seen.post_by_key.get(key, f"of key {key}")].add(key)
        keys["media " + ours.get(key, f"of key {key}")].add(key)
    yield from (f"{len(found)} bodies under key {key}" for key, found in bodies.items() if len(found) > 1)
    yield from (f"{len(found)} keys for {what}" for what, found in keys.items() if len(found) > 1)
    yield from (f"key {key} is in no book of ours" for key in bodies if key not in ours)


def _requests_skipped(told: Told, kept: Kept, seen: Seen) -> Iterator[str]:
    """Every known picture was asked for, is gone from the platform, and was seen to be gone."""
    verified = {request.media_url for request in kept.requests if request.verified}
    asked = {seen.post_by_key.get(key) for key, _ in seen.asked}
    for post in told.posted:
        if post.post_id not in asked:
            yield f"nobody asked for {post.post_id}"
        elif post.post_id not in seen.removed:
            yield f"{post.post_id} is still there"
        elif post.media_url not in verified:
            yield f"{post.post_id} was not seen to be gone"


def _more_than_once(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
