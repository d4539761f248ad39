"""The copy as plain text: for a terminal, a printer, or a form of somebody else's."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from haetae.web.portal.export.gathering import Copied
from haetae.web.portal.mine.lines import exact


def case_text(shown: Mapping[str, Any]) -> bytes:
    """`shown` is what the page is made of."""
    return ("\n".join(_plain(line) for line in _lines(shown)) + "\n").encode()


def _lines(shown: Mapping[str, Any]) -> Iterator[str]:
    yield _("Received on %(received)s. Copied on %(made)s.") % shown
    yield _("%(gone)s of %(count)s places proven gone") % _sums(shown)
    yield from _titled(_("Answers"), [shown["relation"], shown["age"], *shown["circumstances"]])
    yield from _titled(_("In your own words"), [f"{one['when']}: {one['text']}" for one in shown["texts"]])
    yield from _titled(_("Links"), [f"{one['link']} ({one['when']})" for one in shown["links"]])
    codes = [f"SHA-256 {code.sha256 or '-'}, PDQ {code.pdq or '-'}" for code in shown["codes"]]
    yield from _titled(_("Codes of pictures"), codes)
    for copied in shown["places"]:
        yield from _place(copied)
    names = {True: _("You"), False: _("Counsellor")}
    written = [f"{names[one['is_mine']]}, {one['when']}: {one['text']}" for one in shown["messages"]]
    yield from _titled(_("Messages"), written)


def _sums(shown: Mapping[str, Any]) -> dict[str, int]:
    """The two numbers that count."""
    return {"gone": shown["found"].gone, "count": shown["found"].count}


def _place(copied: Copied) -> Iterator[str]:
    line = copied.line
    title = _("Place %(number)s") % {"number": line.number}
    said = (
        f"{line.mark.words}.",
        line.on,
        line.why_here,
        line.mark.more,
        line.reason,
        line.asked,
        line.due,
        line.law,
    )
    facts = [copied.page_url, " ".join(part for part in said if part)]
    facts += [f"{exact(moment.at)}: {moment.words}" for moment in line.history]
    facts += [f"{exact(look.at)}: {look.words} ({look.detail})" for look in line.looks]
    yield from _titled(f"{title} · {line.where}", facts)


def _titled(title: str, lines: list[Any]) -> Iterator[str]:
    told = [str(line) for line in lines if line]
    if told:
        yield from ("", title, *(f"  {line}" for line in told))


def _plain(line: str) -> str:
    """What steers a terminal is no text, whoever wrote it."""
    return "".join(
        sign if sign.isprintable() or sign in "\n\t" else "\N{REPLACEMENT CHARACTER}" for sign in line
    )
