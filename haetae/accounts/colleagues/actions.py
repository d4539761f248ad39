"""Everything that an operator's administrators write about who sits there."""

from urllib.parse import urlsplit
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import end_seat_at_operator, seat_at_operator
from haetae.accounts.colleagues import queries, rules
from haetae.accounts.letting_in.actions import give_way_in
from haetae.accounts.models import Official, Operator
from haetae.accounts.permissions import AT_AN_OPERATOR, Role
from haetae.audit.actor import Actor
from haetae.common import clock


class CannotDoThatError(ValueError):
    """A code of what stands against it."""


@transaction.atomic
def add_colleague(*, operator: Operator, name: str, role: Role, actor: Actor) -> Official:
    """A seat for `name`, whose account is named `name@host`: nobody takes it for an official's, nor for another's.

    Given anew to somebody who had left, but not with another role on that day: until it is over the old one holds.
    Raises CannotDoThatError.
    """
    assert role in AT_AN_OPERATOR
    _refuse(rules.why_not_name(name))
    _lock(operator)
    username = f"{name}@{urlsplit(operator.origin).hostname}"
    _refuse(rules.why_not_today(role, ended_today=queries.roles_ended_today(operator, username)))
    official = seat_at_operator(
        username=username,
        role=role,
        operator=operator,
        since=timezone.localdate(clock.now()),
        actor=actor,
    )
    if not official.is_active:
        official.is_active = True
        official.save(update_fields=["is_active"])
    return official


@transaction.atomic
def end_colleague(*, operator: Operator, official_id: UUID, actor: Actor) -> None:
    """Outside at once, in every session: no password, passkey or session of before opens for whoever comes back.

    Said twice it happens once. Raises CannotDoThatError, and Official.DoesNotExist for whoever does not sit there.
    """
    _lock(operator)  # two administrators who end each other come here one after the other
    official = queries.colleague(operator, official_id)
    others = queries.administrators(operator).exclude(pk=official.pk).count()
    is_administrator = queries.administrators(operator).filter(pk=official.pk).exists()
    _refuse(rules.why_not_end(is_administrator=is_administrator, other_administrators=others))
    today = timezone.localdate(clock.now())
    end_seat_at_operator(official=official, operator=operator, last_day=today, actor=actor)
    official.is_active = False
    official.set_unusable_password()  # every session is bound to the password that it began with
    official.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=official).delete()  # a passkey signs in alone


@transaction.atomic
def new_way_in(*, operator: Operator, official_id: UUID, actor: Actor) -> str:
    """The secret of a one-time sign-in for a colleague; whoever has a second step is still asked for it.

    Raises Official.DoesNotExist.
    """
    return give_way_in(official=queries.colleague(operator, official_id), actor=actor)


def _lock(operator: Operator) -> None:
    Operator.objects.select_for_update().get(pk=operator.pk)


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotDoThatError(code)
