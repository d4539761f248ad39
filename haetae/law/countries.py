"""The countries whose law is here: `country_law("us").removal_duty(day)` is what an operator there has to do."""

from collections.abc import Mapping
from functools import cache

from haetae.law.country.facts import (
    Bound,
    Checklist,
    ClockStart,
    Copies,
    CopiesScope,
    DutyName,
    Element,
    RemovalDuty,
)
from haetae.law.country.law import CountryLaw
from haetae.law.country.reading import read_country
from haetae.law.facts import NotInForceError
from haetae.law.merging import merged
from haetae.law.packs import load_pack
from haetae.law.shipped import home_packs, pack_texts, packs
from haetae.law.table import PackError, Table

__all__ = [
    "Bound",
    "Checklist",
    "ClockStart",
    "Copies",
    "CopiesScope",
    "CountryLaw",
    "DutyName",
    "Element",
    "NotInForceError",
    "PackError",
    "RemovalDuty",
    "country_law",
    "packs",
    "read_country_law",
]


@cache
def country_law(pack_id: str) -> CountryLaw:
    """The law of a shipped pack, read and checked once; raises PackError for an unknown or a faulty one."""
    if pack_id in home_packs():
        return load_pack(pack_id).country
    return read_country_law(pack_texts(pack_id), name=pack_id)


def read_country_law(texts: Mapping[str, str], *, name: str) -> CountryLaw:
    """Read a country's law from its files' TOML texts. Raises PackError naming the file and the faulty key."""
    with Table(name=name, values=merged(texts, name=name)) as table, table.table("legal") as legal:
        return read_country(table, legal=legal)
