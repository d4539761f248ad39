"""Applications of operators. Nothing is kept of the person who filled the form in."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from haetae.accounts.models import OperatorKind
from haetae.common.ids import derived_id
from haetae.common.states import choices, values
from haetae.operators.onboarding.states import FOR_OFFICIALS, Declined, State, Way

_ENDED = [State.DECLINED.value, State.WITHDRAWN.value]


class Application(models.Model):
    """One application. Its id is derived from the key that whoever applied holds in an address, and not the reverse."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=120)
    origin = models.CharField(max_length=255)
    kind = models.CharField(max_length=16, choices=OperatorKind.choices)
    country = models.CharField(max_length=8, help_text="id of a law pack, or `other`")
    zone = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    mailbox = models.CharField(
        max_length=254, blank=True, help_text="of its desk; emptied when it comes to nothing"
    )
    way = models.CharField(max_length=8, choices=choices(Way))
    endpoint = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=16, choices=choices(State), default=State.APPLIED.value)
    found = models.CharField(
        max_length=64, blank=True, help_text="what the last look at the origin showed, as a code"
    )
    look_asked_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    first_by = models.ForeignKey("accounts.Official", null=True, on_delete=models.PROTECT, related_name="+")
    second_by = models.ForeignKey("accounts.Official", null=True, on_delete=models.PROTECT, related_name="+")
    declined_by = models.ForeignKey(
        "accounts.Official", null=True, on_delete=models.PROTECT, related_name="+"
    )
    why_declined = models.CharField(max_length=16, blank=True, choices=choices(Declined))
    operator = models.ForeignKey("accounts.Operator", null=True, on_delete=models.PROTECT, related_name="+")
    administrator = models.ForeignKey(
        "accounts.Official", null=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(State)), name="application_state_is_known"),
            models.CheckConstraint(condition=Q(way__in=values(Way)), name="application_way_is_known"),
            models.CheckConstraint(
                condition=Q(second_by=None) | Q(first_by__isnull=False) & ~Q(second_by=F("first_by")),
                name="application_needs_two_officials",
            ),
            models.CheckConstraint(
                condition=Q(state=State.APPROVED.value, second_by__isnull=False, operator__isnull=False)
                | ~Q(state=State.APPROVED.value) & Q(second_by=None, operator=None, administrator=None),
                name="application_is_approved_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED_ONCE.value) | Q(first_by__isnull=False),
                name="application_first_approval_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DECLINED.value, why_declined__in=values(Declined))
                | ~Q(state=State.DECLINED.value) & Q(why_declined=""),
                name="application_declined_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_ENDED) | Q(mailbox="", endpoint=""),
                name="application_ended_keeps_no_mailbox",
            ),
            # Whoever shows that an origin is theirs is one; an application that shows nothing stands in nobody's way.
            models.UniqueConstraint(
                fields=["origin"],
                condition=Q(state__in=values(FOR_OFFICIALS)),
                name="one_proven_application_for_an_origin",
            ),
            # Two of one name, let in at the same moment, would else be one operator with the origin of the later.
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(state=State.APPROVED.value),
                name="one_approved_application_of_a_name",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-applied_at"], name="application_by_time")]

    @property
    def proof(self) -> str:
        """The line that the origin must show. Another application for the same origin asks for another one."""
        return f"haetae-operator={derived_id('proof-of-origin', self.pk).hex}"


def application_id_of(form_key: UUID) -> UUID:
    """The application that was sent with this form; the same form sent twice is one."""
    return derived_id("application", form_key)
