"""Everything that reads applications."""

from datetime import timedelta
from uuid import UUID

from haetae.accounts.models import Operator
from haetae.common import clock
from haetae.operators.onboarding.models import Application, application_id_of
from haetae.operators.onboarding.states import FOR_OFFICIALS, UNPROVEN

_ENDED_SHOWN = 50


def get_application(application_id: UUID) -> Application:
    """With everybody whom its page names. Raises Application.DoesNotExist."""
    with_people = Application.objects.select_related(
        "first_by", "second_by", "declined_by", "operator", "administrator"
    )
    return with_people.get(pk=application_id)


def application_with_key(form_key: UUID) -> Application:
    """That of whoever holds the key of its form. Raises Application.DoesNotExist."""
    return get_application(application_id_of(form_key))


def waiting() -> list[Application]:
    """What officials can decide, the oldest first, then what has yet to be proven."""
    rows = Application.objects.order_by("applied_at", "pk").select_related("first_by")
    return [
        *rows.filter(state__in=sorted(FOR_OFFICIALS)),
        *rows.filter(state__in=sorted(UNPROVEN)),
    ]


def ended() -> list[Application]:
    """The newest of those that came to an end."""
    rows = Application.objects.exclude(state__in=sorted(FOR_OFFICIALS | UNPROVEN))
    return list(rows.order_by("-changed_at", "pk")[:_ENDED_SHOWN])


def applied_lately() -> int:
    """How many came in the last hour, from everybody."""
    return Application.objects.filter(applied_at__gt=clock.now() - timedelta(hours=1)).count()


def is_proven_for_another(application: Application) -> bool:
    """Whether somebody else has shown that this origin is theirs, and waits for an answer."""
    others = Application.objects.filter(origin=application.origin, state__in=sorted(FOR_OFFICIALS))
    return others.exclude(pk=application.pk).exists()


def is_known(*, name: str, origin: str) -> bool:
    """Whether an operator of this name or origin is registered already."""
    return Operator.objects.filter(origin=origin).exists() or Operator.objects.filter(name=name).exists()
