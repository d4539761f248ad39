"""The law of one country as far as an operator there must follow it, and the questions one asks of it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from haetae.law.country.facts import DutyName, RemovalDuty
from haetae.law.country.provisions import Gap, Procedure, RecordKeeping, Sanction, Transparency
from haetae.law.duration import Duration, due_at
from haetae.law.facts import Agency, NotInForceError, Role, Source
from haetae.law.person.facts import Helpline, Offence, Retention


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryLaw:
    """`version` is the day up to which the law was read; `zone` is where its days and months are counted."""

    pack_id: str
    version: date
    zone: ZoneInfo
    name_ko: str
    name_en: str
    sources: tuple[Source, ...]
    agencies: tuple[Agency, ...]
    helplines: tuple[Helpline, ...]
    removal_duties: tuple[RemovalDuty, ...]
    offences: tuple[Offence, ...]
    procedures: tuple[Procedure, ...]
    sanctions: tuple[Sanction, ...]
    records: tuple[RecordKeeping, ...]
    retentions: tuple[Retention, ...]
    transparency: tuple[Transparency, ...]
    gaps: tuple[Gap, ...]

    def removal_duty(self, on: date, *, name: DutyName | None = None) -> RemovalDuty:
        """What an operator here has to do on a day, by request first, else by order; with `name`, that one alone.

        Raises NotInForceError where none is in force, and says when the first begins.
        """
        for wanted in DutyName if name is None else (name,):
            for duty in self.removal_duties:
                if duty.name is wanted and duty.covers(on):
                    return duty
        which = "duty to remove" if name is None else f"duty to remove on {name}"
        raise NotInForceError(f"Pack '{self.pack_id}' has no {which} in force on {on}; {self._way_out(on)}")

    def agency(self, *, role: Role, on: date) -> Agency:
        """Who holds a role on a day of this country's own calendar; raises NotInForceError for nobody."""
        for agency in self.agencies:
            if agency.role is role and agency.covers(on):
                return agency
        raise NotInForceError(
            f"Pack '{self.pack_id}' names no agency as '{role}' on {on}; add it with its dates."
        )

    def due_at(self, *, start: datetime, duration: Duration) -> datetime:
        """The moment, in UTC, at which `duration` has passed by this country's calendar."""
        return due_at(start=start, duration=duration, tz=self.zone)

    def _way_out(self, on: date) -> str:
        begins = [duty.valid_from for duty in self.removal_duties if duty.valid_from and duty.valid_from > on]
        if begins:
            return f"the next begins on {min(begins)}. Until then ask under the law at home."
        return "ask under the law at home."
