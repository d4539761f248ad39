"""Everything that reads about open channels and hotlines."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from haetae.agencies.enforcement.designation import rules
from haetae.agencies.enforcement.designation.models import HotlineQuestion, OpenChannel
from haetae.agencies.enforcement.designation.rules import Replies
from haetae.common.sealed import forms_of_digest
from haetae.law.packs import load_pack


def channels_of(operator_id: UUID) -> QuerySet[OpenChannel]:
    """What was last seen first."""
    return OpenChannel.objects.filter(operator_id=operator_id).order_by("-last_seen_on", "pk")


def channels_with(digests: Iterable[str]) -> dict[str, OpenChannel]:
    """Those of the registry that have one of these digests, with their operators; of several the last seen."""
    kept = {form: digest for digest in digests for form in forms_of_digest(digest)}
    rows = OpenChannel.objects.filter(digest__in=kept).select_related("operator")
    return {kept[row.digest]: row for row in rows.order_by("last_seen_on", "pk")}


def questions_of(designation_id: UUID) -> QuerySet[HotlineQuestion]:
    return HotlineQuestion.objects.filter(designation_id=designation_id).order_by("-asked_at")


def replies_of(designation_id: UUID) -> Replies:
    """How its hotline answers, beside what was practice."""
    target = load_pack(settings.JURISDICTION).designation.reply_within.exact
    asked = questions_of(designation_id).values_list("asked_at", "answered_at")
    return rules.replies(asked, target=target)
