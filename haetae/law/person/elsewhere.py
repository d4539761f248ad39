"""Where to turn in other countries: the helplines of every pack but one's own, and those that help from anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from haetae.law.countries import CountryLaw, country_law
from haetae.law.merging import merged
from haetae.law.person.facts import Helpline
from haetae.law.person.turning import open_first, read_helplines
from haetae.law.reading import read_sources, read_zone
from haetae.law.table import Table

_WORLD: Final = "world"
# In the order of the page, after what helps from anywhere.
_COUNTRIES: Final = ("us", "uk", "eu", "au", "in")


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Another country, or none in particular. `version` is the day on which the list was written down."""

    pack_id: str
    version: date
    zone: ZoneInfo
    name_ko: str
    name_en: str
    all_helplines: tuple[Helpline, ...]

    def helplines(self, *, at: datetime) -> tuple[Helpline, ...]:
        """All of them; whoever answers at that moment stands first."""
        return open_first(self.all_helplines, at=at, tz=self.zone)


@cache
def load_elsewhere() -> tuple[Elsewhere, ...]:
    """Every shipped list, read and checked once; raises PackError for a faulty one."""
    world = files("haetae.law").joinpath("elsewhere", f"{_WORLD}.toml").read_text(encoding="utf-8")
    return (read_world(world), *_of(tuple(country_law(pack_id) for pack_id in _COUNTRIES)))


def read_world(text: str) -> Elsewhere:
    """Read the list of what helps from anywhere. Raises PackError naming the faulty key."""
    with Table(name=_WORLD, values=merged({f"{_WORLD}.toml": text}, name=_WORLD)) as table:
        sources = read_sources(table.table("sources"))
        return Elsewhere(
            pack_id=table.text("pack"),
            version=table.day("version"),
            zone=read_zone(table),
            name_ko=table.text("name_ko"),
            name_en=table.text("name_en"),
            all_helplines=read_helplines(table.tables("helplines"), sources),
        )


def _of(laws: Sequence[CountryLaw]) -> list[Elsewhere]:
    return [
        Elsewhere(
            pack_id=law.pack_id,
            version=law.version,
            zone=law.zone,
            name_ko=law.name_ko,
            name_en=law.name_en,
            all_helplines=law.helplines,
        )
        for law in laws
    ]
