"""From the tables of a pack to a country's law; what is inconsistent is refused before anybody relies on it."""

from haetae.law import reading
from haetae.law.country.law import CountryLaw
from haetae.law.country.removal import read_removal_duties
from haetae.law.person.turning import read_helplines
from haetae.law.table import Table


def read_country(table: Table, *, legal: Table) -> CountryLaw:
    """What every pack has; whatever else stands in `table` and `legal` is left for whoever called."""
    sources = reading.read_sources(table.table("sources"))
    pack_id, zone = table.text("pack"), reading.read_zone(table)
    return CountryLaw(
        pack_id=pack_id,
        version=table.day("version"),
        zone=zone,
        name_ko=table.text("name_ko"),
        name_en=table.text("name_en"),
        sources=tuple(sources.values()),
        agencies=reading.read_agencies(table.tables("agencies"), sources),
        helplines=read_helplines(table.tables("helplines"), sources),
        removal_duties=read_removal_duties(legal.tables("removal"), sources, pack_id=pack_id, zone=zone),
    )
