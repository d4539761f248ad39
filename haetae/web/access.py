"""Who may open a page. Every view carries one mark; a view without a mark is opened by nobody."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from haetae.accounts.models import KeyScope
from haetae.accounts.permissions import Permission, Role, who_may
from haetae.accounts.rules import why_not
from haetae.web.words.people import role_words

View = TypeVar("View", bound=Callable[..., object])
_MARK: Final = "haetae_access"
_WHEN_REFUSED: Final = "haetae_when_refused"
NoteRefusal = Callable[[HttpRequest, dict[str, Any]], None]


class Public(Enum):
    """The mark of a page for everybody."""

    PUBLIC = "public"


class Machine(Enum):
    """The mark of a page for machines, which show a token instead of signing in."""

    ASKING_OPERATOR = "asking_operator"
    SCANNING = "scanning"
    OPERATING = "operating"
    SIGNED_ANSWERS = "signed_answers"


class Door(Enum):
    """Whose way of showing a key a partner uses: the exchanges of the field differ."""

    STOPNCII = "stopncii"
    NCMEC = "ncmec"


@dataclass(frozen=True, kw_only=True)
class ForPartners:
    """The mark of an address of the exchange: a key of one of these scopes opens it."""

    door: Door
    scopes: tuple[KeyScope, ...]


Access = Permission | Public | Machine | ForPartners


def public(view: View) -> View:
    """Mark a view as open to everybody, signed in or not."""
    setattr(view, _MARK, Public.PUBLIC)
    return view


def needs(permission: Permission, *, when_refused: NoteRefusal | None = None) -> Callable[[View], View]:
    """Mark a view as open to officials whose role grants this today.

    `when_refused` notes that somebody without it sent a form here; it gets the request and the names in the address.
    """

    def mark(view: View) -> View:
        setattr(view, _MARK, permission)
        setattr(view, _WHEN_REFUSED, when_refused)
        return view

    return mark


def for_asking_operators(view: View) -> View:
    """Mark a view as open to operators that ask before they publish; the view is handed `operator`."""
    setattr(view, _MARK, Machine.ASKING_OPERATOR)
    return view


def for_scanning(view: View) -> View:
    """Mark a view as open to holders of a key for scanning."""
    setattr(view, _MARK, Machine.SCANNING)
    return view


def for_operating(view: View) -> View:
    """Mark a view as open to operators with a key for what is asked of them."""
    setattr(view, _MARK, Machine.OPERATING)
    return view


def for_signed_answers(view: View) -> View:
    """Mark a view as open to operators that sign what they send."""
    setattr(view, _MARK, Machine.SIGNED_ANSWERS)
    return view


def for_partners(door: Door, *scopes: KeyScope) -> Callable[[View], View]:
    """Mark a view as open to partners of the exchange; the view is handed `partner`."""

    def mark(view: View) -> View:
        setattr(view, _MARK, ForPartners(door=door, scopes=scopes))
        return view

    return mark


def access_of(view: Callable[..., object]) -> Access | None:
    """The mark of a view, or None when it has none."""
    mark: Access | None = getattr(view, _MARK, None)
    return mark


def when_refused(view: Callable[..., object]) -> NoteRefusal | None:
    """What notes that a form was sent to this view by somebody who may not."""
    note: NoteRefusal | None = getattr(view, _WHEN_REFUSED, None)
    return note


def is_of_sign_in(name: str) -> bool:
    """Whether a view of this name is one of allauth's own, which ask by themselves who is signed in, and for what."""
    return name.startswith(("account_", "mfa_"))


def refusal(permission: Permission, *, roles: Iterable[Role]) -> str | None:
    """What accounts.rules.why_not says, in the reader's language; None when the page may be opened."""
    if why_not(permission, roles=roles) is None:
        return None
    could = ", ".join(role_words(role) for role in who_may(permission))
    sentence = _("%(permission)s is not part of your role. It belongs to: %(roles)s.")
    return sentence % {"permission": permission, "roles": could}
