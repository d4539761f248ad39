"""Writes docs/law anew from the packs: `python -m haetae.running.law_pages`."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from haetae.law import saying
from haetae.law.countries import CountryLaw, country_law, packs
from haetae.law.outline import Row, Section, outline
from haetae.law.packs import load_pack
from haetae.law.shipped import home_packs

FOLDER: Final = Path("docs/law")
_NOT_CHECKED: Final = "**not checked**"
_MADE: Final = (
    "Printed from `{where}` by `python -m haetae.running.law_pages`. Change the pack, not this page."
)


def pages() -> dict[str, str]:
    """Every page by its file name: one for each pack, and the one that compares them."""
    laws = [country_law(pack_id) for pack_id in packs()]
    told = {f"{law.pack_id}.md": "\n".join(_page(law)) + "\n" for law in laws}
    return {"README.md": "\n".join(_index(laws)) + "\n", **told}


def _index(laws: Iterable[CountryLaw]) -> Iterator[str]:
    yield "# The law, country by country"
    yield ""
    yield _MADE.format(where="haetae/law")
    yield "`haetae law on 2026-11-26 --pack us --json` tells all that held on a day. This is no legal advice."
    yield f"{_NOT_CHECKED} stands where nobody could read the text in force."
    yield ""
    yield "What an operator has to remove on the day up to which a pack was read:"
    yield ""
    yield from _head("Pack", "Upon", "By when", "Reach", "A valid request needs", "Article")
    for law in laws:
        for duty in law.removal_duties:
            if duty.covers(law.version):
                name = f"[{law.name_en}]({law.pack_id}.md) {law.name_ko}"
                where = _marked(duty.citation_en, checked=duty.verified)
                yield _line(
                    name, duty.name, saying.duty(duty), saying.reach(duty), saying.checklist(duty), where
                )


def _page(law: CountryLaw) -> Iterator[str]:
    home = load_pack(law.pack_id) if law.pack_id in home_packs() else None
    yield f"# {law.name_en} · {law.name_ko}"
    yield ""
    yield _MADE.format(where=f"haetae/law/{law.pack_id}")
    yield f"The law was read up to {law.version}; days and months are counted in {law.zone}."
    yield f"{_NOT_CHECKED} stands where nobody could read the text in force. A first day that is not known is `?`."
    for section in outline(law, home=home):
        yield from _section(section)
    yield from _gaps(law)
    yield from _sources(law)


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"## {section.title}"
    yield ""
    yield from _head("What", "한국어", "How much, by when", "Where it stands", "Holds")
    for row in section.rows:
        yield _line(row.what_en, row.what_ko, row.much, _where(row), row.days)


def _where(row: Row) -> str:
    source = row.fact.source
    cited = [row.article_en or source.title_en, row.article_ko or source.title_ko]
    return _marked(" · ".join(dict.fromkeys(cited)), checked=row.fact.verified)


def _gaps(law: CountryLaw) -> Iterator[str]:
    if law.gaps:
        yield ""
        yield "## What is not known"
        yield ""
        yield from _head("About", "What is missing", "한국어")
        for gap in law.gaps:
            yield _line(gap.about.replace("_", " "), gap.words_en, gap.words_ko)


def _sources(law: CountryLaw) -> Iterator[str]:
    yield ""
    yield "## Sources"
    yield ""
    yield from _head("Key", "Title", "제목", "Kind", "What was read")
    for source in law.sources:
        version = _marked(source.version, checked=source.verified)
        yield _line(f"`{source.key}`", source.title_en, source.title_ko, source.kind, version)


def _marked(text: str, *, checked: bool) -> str:
    return text if checked else f"{text} {_NOT_CHECKED}"


def _head(*titles: str) -> Iterator[str]:
    yield _line(*titles)
    yield "|" + "---|" * len(titles)


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (FOLDER / name).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write()
