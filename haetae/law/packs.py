"""A jurisdiction pack: what one country's law and our own targets say, read from `<jurisdiction>.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from haetae.law import reading
from haetae.law.duration import Duration, due_at
from haetae.law.facts import (
    Agency,
    Automatic,
    Hotline,
    LegalBasis,
    Looks,
    Probes,
    ProvisionalBlock,
    Removal,
    Review,
    Role,
    Source,
)
from haetae.law.table import PackError, Table


class NotInForceError(LookupError):
    """The pack has nothing of that name, or nothing on that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """`version` is the day up to which the law was read; `zone` is where its days and months are counted."""

    pack_id: str
    version: date
    zone: ZoneInfo
    sources: tuple[Source, ...]
    agencies: tuple[Agency, ...]
    hotlines: tuple[Hotline, ...]
    legal_bases: tuple[LegalBasis, ...]
    removal: Removal
    provisional_block: ProvisionalBlock
    review: Review
    probes: Probes
    automatic: Automatic
    looks: Looks

    def agency(self, *, role: Role, on: date) -> Agency:
        """Who holds a role on a day of the jurisdiction's own calendar; raises NotInForceError for nobody."""
        for agency in self.agencies:
            if agency.role == role and agency.covers(on):
                return agency
        raise NotInForceError(
            f"Pack '{self.pack_id}' names no agency as '{role}' on {on}; add it with its dates."
        )

    def legal_basis(self, basis_id: str, *, on: date) -> LegalBasis:
        """The article in force on a day; raises NotInForceError when there is none."""
        for basis in self.legal_bases:
            if basis.basis_id == basis_id and basis.covers(on):
                return basis
        known = ", ".join(sorted({basis.basis_id for basis in self.legal_bases}))
        raise NotInForceError(
            f"Pack '{self.pack_id}' has no legal basis '{basis_id}' in force on {on}; it knows {known}."
        )

    def due_at(self, *, start: datetime, duration: Duration) -> datetime:
        """The moment, in UTC, at which `duration` has passed by this jurisdiction's calendar."""
        return due_at(start=start, duration=duration, tz=self.zone)


def load_pack(jurisdiction: str = "kr") -> Pack:
    """A shipped pack, read and checked once; raises PackError for an unknown or a faulty one."""
    return _shipped_pack(jurisdiction)


@cache
def _shipped_pack(jurisdiction: str) -> Pack:
    shipped = {file.name: file for file in files("haetae.law").iterdir() if file.name.endswith(".toml")}
    name = f"{jurisdiction}.toml"
    if name not in shipped:
        raise PackError(
            f"There is no pack for '{jurisdiction}'; the packs here are {', '.join(sorted(shipped))}."
        )
    return read_pack(shipped[name].read_text(encoding="utf-8"), name=name)


def read_pack(text: str, *, name: str) -> Pack:
    """Read a pack from TOML text; errors begin with `name`. Raises PackError naming the faulty key."""
    try:
        values: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{name} is not valid TOML: {error}") from error
    with (
        Table(where=name, values=values) as table,
        table.table("legal") as legal,
        table.table("policy") as policy,
    ):
        sources = reading.read_sources(table.table("sources"))
        return Pack(
            pack_id=table.text("pack"),
            version=table.day("version"),
            zone=_zone(table),
            sources=tuple(sources.values()),
            agencies=reading.read_agencies(table.tables("agencies"), sources),
            hotlines=tuple(reading.read_hotline(row, sources) for row in table.tables("hotlines")),
            legal_bases=reading.read_legal_bases(legal.tables("bases"), sources),
            removal=reading.read_removal(
                legal=legal.table("removal"), policy=policy.table("removal"), sources=sources
            ),
            provisional_block=reading.read_provisional_block(legal.table("provisional_block"), sources),
            review=reading.read_review(policy.table("review"), sources),
            probes=reading.read_probes(policy.table("probes"), sources),
            automatic=reading.read_automatic(policy.table("automatic"), sources),
            looks=reading.read_looks(policy.table("looks"), sources),
        )


def _zone(table: Table) -> ZoneInfo:
    name = table.text("zone")
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError) as error:
        raise table.error(f"key 'zone': {name!r} is no known time zone; write it like Asia/Seoul.") from error
