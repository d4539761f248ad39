"""Everything that reads reports, sightings and the questions of platforms."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from haetae.accounts.models import Operator, WhenWeAreDown
from haetae.accounts.queries import operators
from haetae.audit.queries import about
from haetae.common import clock
from haetae.common.sealed import forms_of_digest, search_digests, search_digests_of
from haetae.flow.arrival.models import HookOutage, Pulse, Report, Sighting, UploadCount
from haetae.flow.arrival.rules import SILENT_AFTER
from haetae.flow.arrival.states import FOR_THE_DEPICTED, State


def get_report(report_id: UUID) -> Report:
    """Raises Report.DoesNotExist."""
    return Report.objects.get(pk=report_id)


def get_sighting(sighting_id: UUID) -> Sighting:
    """With its operator. Raises Sighting.DoesNotExist."""
    return Sighting.objects.select_related("operator").get(pk=sighting_id)


def newest_sightings() -> QuerySet[Sighting]:
    """All sightings with their operators, the newest first."""
    return Sighting.objects.select_related("operator").order_by("-found_at")


def count() -> int:
    """How many sightings there are."""
    return Sighting.objects.count()


def is_reported(sighting_id: UUID) -> bool:
    """Whether a person has told us about this place, and has not taken it back."""
    return Report.objects.filter(sightings=sighting_id, withdrawn_at=None).exists()


def stands_behind(report_id: UUID) -> bool:
    """Whether this report came when its network had sent very many."""
    return Report.objects.filter(pk=report_id, behind=True).exists()


def is_behind(sighting_id: UUID) -> bool:
    """Whether everybody who reported this place did so from a network that had sent very many."""
    standing = Report.objects.filter(sightings=sighting_id, withdrawn_at=None)
    return not standing.filter(behind=False).exists()


def is_for_depicted(sighting_id: UUID) -> bool:
    """Whether somebody who reported this very place says that they, or somebody in their care, are in the picture."""
    said = Report.objects.filter(sightings=sighting_id, withdrawn_at=None)
    return said.filter(depicted__in=sorted(FOR_THE_DEPICTED)).exists()


def told_of(sighting_ids: Iterable[UUID]) -> dict[UUID, Sequence[str]]:
    """What the reports of each of these places say of who is in the picture, each answer once; no report, no key."""
    links = Report.sightings.through.objects.filter(
        sighting_id__in=list(sighting_ids), report__withdrawn_at=None
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for sighting_id, depicted in links.values_list("sighting_id", "report__depicted").distinct():
        found[sighting_id].add(depicted)
    return {sighting_id: sorted(answers) for sighting_id, answers in found.items()}


def places_not_seen_yet(media_urls: Iterable[str]) -> set[str]:
    """Those of the addresses at which nothing has been sighted so far."""
    by_digest = search_digests_of(media_urls)
    known = Sighting.objects.filter(locator_digest__in=by_digest).values_list("locator_digest", flat=True)
    return set(by_digest.values()) - {by_digest[digest] for digest in known}


def reports_without_a_sighting() -> QuerySet[Report]:
    """Reports whose link led nowhere, the newest first: people look at them."""
    return Report.objects.filter(state=State.NOT_FOUND, withdrawn_at=None).order_by("-received_at")


def sighting_at(media_url: str) -> Sighting | None:
    """What was sighted at this address of a picture, if anything."""
    return Sighting.objects.filter(locator_digest__in=search_digests(media_url)).first()


def get_outage(outage_id: UUID) -> HookOutage:
    """With its operator. Raises HookOutage.DoesNotExist."""
    return HookOutage.objects.select_related("operator").get(pk=outage_id)


def lasts(outage_id: UUID) -> bool:
    """Whether we still give no answer; it does not end before the caller's transaction does."""
    return HookOutage.objects.select_for_update().filter(pk=outage_id, ended_at__isnull=True).exists()


def asking_operators() -> QuerySet[Operator]:
    """Those that ask us before they publish, by name."""
    return operators().exclude(upload_check="")


def asks_since(operator: Operator) -> datetime | None:
    """When the operator last declared that it asks us."""
    declared = about([operator.pk]).filter(name="accounts.upload_check_declared").last()
    return None if declared is None else declared.at


def last_pulse_at() -> datetime | None:
    """The last healthy look of any web process."""
    last: datetime | None = Pulse.objects.aggregate(last=Max("at"))["last"]
    return last


@dataclass(frozen=True, kw_only=True)
class UploadChecks:
    """How it stands with one operator that asks us; one of the two `since` is None. The counts are of today.

    `declared` is what it does with uploads while we give no answer. `doubtful` and `undetermined` were published.
    """

    operator: Operator
    declared: WhenWeAreDown
    answering_since: datetime | None
    down_since: datetime | None
    asked: int
    refused: int
    doubtful: int
    undetermined: int
    unanswered: int


def upload_checks_state() -> list[UploadChecks]:
    """One row for each operator that asks us, by name."""
    now = clock.now()
    heard_at = last_pulse_at()
    silent_since = heard_at if heard_at and now - heard_at > SILENT_AFTER else None
    today = {row.operator_id: row for row in UploadCount.objects.filter(day=timezone.localdate(now))}
    return [
        _state(operator, today.get(operator.pk) or UploadCount(), silent_since)
        for operator in asking_operators()
    ]


def _state(operator: Operator, today: UploadCount, silent_since: datetime | None) -> UploadChecks:
    last = HookOutage.objects.filter(operator=operator).order_by("began_at").last()
    is_open = last is not None and last.ended_at is None
    down_since = last.began_at if last is not None and is_open else silent_since
    answering_since = asks_since(operator) if last is None else last.ended_at
    return UploadChecks(
        operator=operator,
        declared=WhenWeAreDown(operator.upload_check),
        answering_since=None if down_since else answering_since,
        down_since=down_since,
        asked=today.asked,
        refused=today.refused,
        doubtful=today.doubtful,
        undetermined=today.undetermined,
        unanswered=today.unanswered,
    )


def sightings_anywhere_at(links: Iterable[str]) -> list[UUID]:
    """What was sighted at any of these addresses, of a page or of a picture, the newest first; also what has ended."""
    digests = list(search_digests_of(links))
    rows = Sighting.objects.filter(Q(locator_digest__in=digests) | Q(page_digest__in=digests))
    return list(rows.order_by("-found_at", "pk").values_list("pk", flat=True))


def sightings_by_digests(digests: Iterable[str]) -> list[UUID]:
    """The same by the digests of the addresses, for whoever kept these and not the addresses."""
    known = [form for digest in digests if digest for form in forms_of_digest(digest)]
    rows = Sighting.objects.filter(Q(locator_digest__in=known) | Q(page_digest__in=known))
    return list(rows.order_by("-found_at", "pk").values_list("pk", flat=True))


def sightings_at(link: str) -> list[UUID]:
    """What was sighted at this address before, of a page or of a picture: it may be hidden or gone by now."""
    digests = search_digests(link)
    rows = Sighting.objects.filter(Q(locator_digest__in=digests) | Q(page_digest__in=digests))
    rows = rows.order_by("found_at")
    return list(rows.values_list("pk", flat=True))
