"""The countries whose law counts, and where in it a term stands, in words."""

from django.conf import settings
from django.utils.translation import get_language

from haetae.law.countries import country_law, packs
from haetae.law.facts import Source
from haetae.law.packs import load_pack


def country_words(pack: str) -> str:
    """The country's name; the code of one whose law is not here."""
    if pack not in packs():
        return pack
    country = country_law(pack)
    return country.name_ko if _in_korean() else country.name_en


def source_words(source: str, *, pack: str = "") -> str:
    """The law behind `key` or `key article`, by the pack of this installation or another; an unknown one as it is."""
    key, _space, article = source.partition(" ")
    known = next((row for row in _sources(pack) if row.key == key), None)
    if known is None:
        return source
    title = known.title_ko if _in_korean() else known.title_en
    if not article:
        return title
    return known.cite_ko(article) if _in_korean() else known.cite_en(article)


def _sources(pack: str) -> tuple[Source, ...]:
    if not pack:
        return load_pack(settings.JURISDICTION).sources
    return country_law(pack).sources if pack in packs() else ()


def _in_korean() -> bool:
    return (get_language() or settings.LANGUAGE_CODE).startswith("ko")
