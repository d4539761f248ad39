"""Where to turn in other countries: short packs with helplines alone, read as strictly as the whole ones."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from haetae.law.merging import merged
from haetae.law.person.facts import Helpline
from haetae.law.person.turning import open_first, read_helplines
from haetae.law.reading import read_sources, read_zone
from haetae.law.table import Table

# In the order of the page: what helps from anywhere comes first.
_SHIPPED: Final = ("world", "us", "uk", "eu", "au", "in")


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
    folder = files("haetae.law").joinpath("elsewhere")
    return tuple(
        read_elsewhere(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"), name=name)
        for name in _SHIPPED
    )


def read_elsewhere(text: str, *, name: str) -> Elsewhere:
    """Read one list from its TOML text. Raises PackError naming the faulty key."""
    with Table(where=name, values=merged({f"{name}.toml": text}, name=name)) as table:
        sources = read_sources(table.table("sources"))
        return Elsewhere(
            pack_id=table.text("pack"),
            version=table.day("version"),
            zone=read_zone(table),
            name_ko=table.text("name_ko"),
            name_en=table.text("name_en"),
            all_helplines=read_helplines(table.tables("helplines"), sources),
        )
