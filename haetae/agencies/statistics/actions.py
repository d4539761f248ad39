"""Everything that writes about published months: one verb. What is published is what the official has just read."""

from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.statistics.models import PublishedMonth
from haetae.agencies.statistics.queries import document_of, draft_of
from haetae.agencies.statistics.rules import Reason, why_not_month, why_not_publish
from haetae.agencies.statistics.tables import digest_of
from haetae.audit.actions import Fact, record
from haetae.common import clock
from haetae.law.packs import load_pack


class CannotPublishError(Exception):
    """`code` says what stands against it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def publish(*, month: str, seen: str, official_id: UUID, reason: Reason | None = None) -> UUID:
    """Freeze a month for everybody; with a reason it is a correction of what was published before.

    `seen` is the digest of the draft that the official read. Raises CannotPublishError, also when it has changed.
    """
    _refuse(why_not_month(month))
    try:
        return _publish(month, seen=seen, official_id=official_id, reason=reason)
    except IntegrityError as error:  # a colleague was quicker by a moment
        raise CannotPublishError("month_published_already") from error


@transaction.atomic
def _publish(month: str, *, seen: str, official_id: UUID, reason: Reason | None) -> UUID:
    now, draft = clock.now(), draft_of(month)
    problem = why_not_publish(
        month,
        now=now,
        zone=load_pack(settings.JURISDICTION).zone,
        revisions=draft.revision - 1,
        reason=reason,
        is_changed=draft.is_changed,
    )
    _refuse(problem or (None if seen == draft.digest else "draft_has_changed"))
    document = document_of(draft, reason=reason or "", at=now)
    row = PublishedMonth.objects.create(
        month=month,
        revision=draft.revision,
        reason=reason or "",
        document=document,
        operators=draft.operators,
        digest=digest_of(document),
        published_by_id=official_id,
        published_at=now,
    )
    facts: dict[str, Fact] = {
        "month": month,
        "revision": row.revision,
        "digest": row.digest,
        "reason": row.reason,
    }
    record(event="statistics.published", subject=row, actor=official_actor(official_id), facts=facts)
    return row.pk


def _refuse(problem: str | None) -> None:
    if problem:
        raise CannotPublishError(problem)
