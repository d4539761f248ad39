"""What an agency is called, by the day of the act: old acts keep the old name. The one place that names who acted."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from haetae.accounts.queries import agencies_of
from haetae.law.facts import Role
from haetae.law.packs import NotInForceError, load_pack
from haetae.web.words.language import in_korean
from haetae.web.words.people import actor_words


class Act(Protocol):
    """An event, or anything else that says who did it and when."""

    at: datetime
    actor_kind: str
    actor_id: str


def agency_words(key: str, *, at: datetime) -> str:
    """The agency's name on the day of that moment, by the calendar of the law; an unknown key as it is."""
    pack = load_pack(settings.JURISDICTION)
    return agency_on(key, day=at.astimezone(pack.zone).date())


def agency_on(key: str, *, day: date) -> str:
    """The same for a day."""
    try:
        found = load_pack(settings.JURISDICTION).agency(role=Role(key), on=day)
    except (NotInForceError, ValueError):
        return key
    return found.name_ko if in_korean() else found.name_en


class Officials:
    """Where officials sat when they acted; asked of the database once for a whole page."""

    def __init__(self, official_ids: Iterable[UUID]) -> None:
        self._agencies = agencies_of(official_ids)

    def agency(self, official_id: UUID, *, at: datetime) -> str:
        """The name of the agency on that day; empty for whoever sat in none, or in several."""
        pack = load_pack(settings.JURISDICTION)
        day = at.astimezone(pack.zone).date()
        held = {seat.agency for seat in self._agencies.get(official_id, ()) if seat.covers(day)}
        return agency_on(held.pop(), day=day) if len(held) == 1 else ""

    def named(self, username: str, *, official_id: UUID, at: datetime) -> str:
        """Somebody by the name under which they sign in, with their agency of that day."""
        agency = self.agency(official_id, at=at)
        return f"{username} · {agency}" if agency else username


def acting(acts: Iterable[Act]) -> "Actors":
    """Who did each of these, in words."""
    found = list(acts)
    return Actors(Officials(_officials_of(found)))


class Actors:
    def __init__(self, officials: Officials) -> None:
        self._officials = officials

    def words(self, act: Act) -> str:
        """An official by their agency of that day, never by name; others by what they are."""
        if act.actor_kind == "official":
            agency = self._officials.agency(UUID(act.actor_id), at=act.at)
            if agency:
                return _("an official of %(agency)s") % {"agency": agency}
        return actor_words(act.actor_kind)

    def words_with_name(self, act: Act, names: Mapping[UUID, str]) -> str:
        """With the name where somebody may read it."""
        name = names.get(UUID(act.actor_id)) if act.actor_kind == "official" else None
        if name is None:
            return self.words(act)
        return self._officials.named(name, official_id=UUID(act.actor_id), at=act.at)


def _officials_of(acts: Iterable[Act]) -> set[UUID]:
    return {UUID(act.actor_id) for act in acts if act.actor_kind == "official"}
