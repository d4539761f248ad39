"""Requests to delete."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.common.states import choices, values
from haetae.flow.removal.states import OPEN, Ordered, State


class DeletionRequest(models.Model):
    """One logical request to one operator about one sighting. `key` is the same in every attempt to deliver it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sighting = models.ForeignKey(
        "arrival.Sighting", on_delete=models.PROTECT, related_name="deletion_requests"
    )
    operator = models.ForeignKey(
        "accounts.Operator",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        help_text="whose place it is: the database itself writes it, from the place, and nobody else does",
    )
    assessment = models.ForeignKey("assessment.Assessment", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField(help_text="1, and one more each time it reappeared or was decided")
    key = models.UUIDField(unique=True, help_text="idempotency key: derived from sighting and round")
    state = models.CharField(max_length=16, choices=choices(State), default=State.REQUESTED.value)
    ordered = models.CharField(
        max_length=12,
        blank=True,
        choices=choices(Ordered),
        help_text="what the regulator's side decided, where the request carries a decision",
    )
    review_id = models.UUIDField(null=True, help_text="the review behind the decision")
    legal_basis = models.CharField(max_length=64, help_text="id in the jurisdiction pack")
    minor_protected = models.BooleanField(
        default=False, help_text="whether a minor is, or may be, shown: by somebody's word or a decision"
    )
    found_manipulated = models.BooleanField(
        default=False, help_text="whether the regulator's side decided so; nobody else's word counts here"
    )
    found_at = models.DateTimeField(
        help_text="of the place, and never another: what is in one state is read in the order of finding"
    )
    requested_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    operator_reference = models.CharField(max_length=128, blank=True)
    operator_reason = models.CharField(max_length=64, blank=True)
    operator_blocked = models.BooleanField(
        default=False, help_text="whether the operator says that it has hidden it for now"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="request_state_is_known"),
            models.UniqueConstraint(fields=["sighting", "round"], name="one_request_a_round"),
            models.UniqueConstraint(
                fields=["sighting"], condition=Q(state__in=values(OPEN)), name="one_open_request_a_sighting"
            ),
        ]
        # Pages begin with what is in a state, the newest place first or the oldest.
        indexes: ClassVar = [
            models.Index(fields=["state", "found_at", "sighting"], name="request_in_state_by_place"),
            # An operator's desk: how many of its requests are in a state, and which of them changed last.
            models.Index(fields=["operator", "state", "changed_at", "id"], name="request_of_operator"),
            # What was asked of it in a time.
            models.Index(fields=["operator", "requested_at"], name="request_of_operator_by_day"),
        ]
