"""Every address that a page answers, asked again and again of the real web process: which are above the goal?"""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from bench.whole.serving import Reader

GOAL_P95_MS: Final = 200.0
# Asked with filters, as from the control room's own links.
FILTERED: Final = (
    "/console/?page=200",
    "/console/rows/?people=1",
    "/console/rows/?stage=review",
    "/console/rows/?stage=assessment",
    "/console/rows/?stage=removal",
    "/console/rows/?stage=removal&people=1",
    "/console/rows/?state=refused&source=report",
    "/console/rows/?state=verified",
    "/console/rows/?number=a1",
    "/console/rows/?operator={operator_id}",
    "/console/enforcement/{operator_id}/?kind=overdue",
    "/console/enforcement/{operator_id}/draft/?ground=overdue",
    "/operator/?show=with_us",
    "/operator/?show=ended",
    "/operator/?page=50",
    "/api/operators/v1/requests/?limit=100",
    "/api/operators/v1/requests/?state=all&limit=100",
)


@dataclass(kw_only=True)
class Page:
    """One address and what asking for it took; `first_ms` is what whoever asks first waits for."""

    path: str
    side: str
    status: int
    first_ms: float
    kib: float
    times_ms: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        ordered = sorted(self.times_ms)
        return {
            "p50_ms": round(ordered[len(ordered) // 2], 1),
            "p95_ms": round(p95(ordered), 1),
            "most_ms": round(ordered[-1], 1),
            "first_ms": round(self.first_ms, 1),
            "kib": round(self.kib, 1),
            "side": self.side,
        }


def p95(times: list[float]) -> float:
    """By nearest rank: of twenty the nineteenth."""
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


def answering(
    readers: Mapping[str, Reader], *, known: Mapping[str, object]
) -> tuple[list[Page], dict[str, int]]:
    """The pages that answer with 200, each asked once; and of the other addresses how many gave which status.

    Raises AssertionError where one answers 500: then nothing is to be measured.
    """
    pages, others = [], dict[str, int]()
    for path in dict.fromkeys(_addresses(known)):
        side = _side(path)
        began_s = time.perf_counter()
        status, body = readers[side].get(path)
        took_ms = 1_000 * (time.perf_counter() - began_s)
        assert status < 500 or status == 503, f"{path} answers {status}: {body[:300]!r}"
        if status == 200:
            pages.append(Page(path=path, side=side, status=status, first_ms=took_ms, kib=len(body) / 1_024))
        else:
            others[str(status)] = others.get(str(status), 0) + 1
    return pages, others


def ask(
    pages: list[Page],
    readers: Mapping[str, Reader],
    *,
    times: int,
    warm: int = 1,
    after_each: Callable[[], None] = lambda: None,
) -> None:
    """Round after round through all of them, so that whatever else the machine does meets all alike.

    `after_each` is called after each round but the warm ones.
    """
    for number in range(warm + times):
        for page in pages:
            began_s = time.perf_counter()
            readers[page.side].get(page.path)
            if number >= warm:
                page.times_ms.append(1_000 * (time.perf_counter() - began_s))
        if number >= warm:
            after_each()


def _addresses(known: Mapping[str, object]) -> Iterator[str]:
    from tests.web.addresses import every_address  # noqa: PLC0415 - Django is ready now

    for address in every_address():
        if "sign-in" not in address.path:  # whoever signs out there asks for nothing more
            yield address.about(**known)
    for path in FILTERED:
        yield path.format(**known)


def _side(path: str) -> str:
    first = urlsplit(path).path.split("/")[1]
    if first in ("console", "operator"):
        return first
    return "api" if first in ("api", "exchange") else "portal"


def known_ids(operator: Any) -> dict[str, object]:
    """One of each that there is, as somebody opens it from a list: the most urgent, at this operator if it may be."""
    from bench.whole.filling import OFFICIAL  # noqa: PLC0415
    from haetae.accounts.models import Official  # noqa: PLC0415
    from haetae.agencies.support.models import Case  # noqa: PLC0415
    from haetae.flow.arrival.models import WatchList  # noqa: PLC0415
    from haetae.flow.delivery.models import Delivery  # noqa: PLC0415
    from haetae.flow.removal.models import DeletionRequest  # noqa: PLC0415
    from haetae.flow.review.queries import undecided  # noqa: PLC0415
    from haetae.flow.tasks.queries import waiting  # noqa: PLC0415

    review, task = undecided().first(), waiting().first()
    request = DeletionRequest.objects.filter(sighting__operator=operator, state="sent").first()
    said = Delivery.objects.filter(operator=operator, subject_id=request.pk).first() if request else None
    case = Case.objects.filter(waits_since__isnull=False).order_by("rank", "waits_since").first()
    watched = WatchList.objects.first()
    assert review, "the rows hold a review"
    assert task, "and a task"
    assert request, "and a request that is under way"
    assert said, "which was delivered"
    assert case, "and a case"
    assert watched, "and a list that is watched"
    return {
        "sighting_id": review.sighting_id,
        "review_id": review.pk,
        "task_id": task.pk,
        "request_id": request.pk,
        "notice_id": said.key,
        "delivery_id": said.pk,
        "operator_id": operator.pk,
        "case_id": case.pk,
        "list_id": watched.pk,
        "official_id": Official.objects.get(username=OFFICIAL).pk,
    }
