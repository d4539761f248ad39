"""From the tables of a pack to a country's law; what is inconsistent is refused before anybody relies on it."""

from haetae.law import reading
from haetae.law.country.law import CountryLaw
from haetae.law.country.provisions_reading import (
    read_gaps,
    read_procedures,
    read_records,
    read_sanctions,
    read_transparency,
)
from haetae.law.country.removal import read_removal_duties
from haetae.law.person.reading import read_offences, read_retentions
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
        offences=read_offences(legal.tables_or_none("offences"), sources),
        procedures=read_procedures(legal.tables_or_none("procedures"), sources),
        sanctions=read_sanctions(legal.tables_or_none("sanctions"), sources),
        records=read_records(legal.tables_or_none("records"), sources),
        retentions=read_retentions(legal.tables_or_none("retention"), sources),
        transparency=read_transparency(legal.tables_or_none("transparency"), sources),
        gaps=read_gaps(table.tables_or_none("gaps")),
    )
