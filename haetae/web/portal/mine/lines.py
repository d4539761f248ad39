"""The places of a case in words: for the page, and for what the person takes along."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from haetae.flow.arrival.models import Report
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Basis, Kind, State
from haetae.flow.overview.places import Place, Places, Way
from haetae.flow.verification.models import Sight
from haetae.web.words.codes import code_words
from haetae.web.words.countries import country_words
from haetae.web.words.decided import Decided, decided
from haetae.web.words.history import happened_words, reason_words, seen_words
from haetae.web.words.places import PlaceMark, Plain, objection_words, place_mark, plain_words

# So many places are counted by their states: fewer are seen at one look.
_MANY: Final = 10


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something that happened: when, in words and for machines, and what."""

    at: datetime
    when: str
    words: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class PlaceLine:
    """One place. `where` names the site only where the person may know it: see Place.named.

    `objection` says that somebody objects. `on` is the day of a proven removal, `asked` whom we asked and when,
    `decided` says what people decided here and why;
    `reason` why a site said no, `due` what comes next and whether the law or we set the date. `can_act`: something is
    left for the person to do, if they want.
    """

    number: int
    where: str
    why_here: str
    mark: PlaceMark
    objection: str
    on: str
    asked: str
    reason: str
    due: str
    law: str
    can_act: bool
    decided: Decided | None
    history: Sequence[Moment]
    looks: Sequence[Moment]


@dataclass(frozen=True, kw_only=True)
class Lost:
    """A link that led to no picture, or that we have not opened yet."""

    where: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Progress:
    """`sum` is the sentence that counts, empty before anything was found; `states` say how many places stand where."""

    sum: str
    is_done: bool
    states: Sequence[str]
    places: Sequence[PlaceLine]
    count: int
    page: int
    pages: int
    opening: Sequence[Lost]
    nowhere: Sequence[Lost]
    fingerprints: int


def progress(found: Places) -> Progress:
    lines = [line_of(place) for place in found.places]
    return Progress(
        sum=_sum(found),
        is_done=0 < found.count == found.gone,
        states=_states(lines),
        places=lines,
        count=found.count,
        page=found.page,
        pages=found.pages,
        opening=[_lost(report) for report in found.opening],
        nowhere=[_lost(report) for report in found.nowhere],
        fingerprints=found.fingerprints,
    )


def line_of(place: Place) -> PlaceLine:
    row = place.row
    mark = place_mark(row.shown_state, block=row.block.state if row.block else "", came_back=row.came_back)
    is_asked = mark.plain in {Plain.ASKED, Plain.SAID_DELETED, Plain.HIDDEN}
    return PlaceLine(
        number=place.number,
        where=row.host if place.named else _("another place"),
        why_here=_why_here(place),
        mark=mark,
        objection=objection_words() if place.contested else "",
        on=day(row.changed_at) if mark.plain is Plain.GONE else "",
        asked=_asked(place),
        reason=_reason(place),
        due=_due(place.next_due),
        law=_law(place) if is_asked else "",
        can_act=mark.tone == "people",
        decided=decided(place.decided) if place.decided else None,
        history=_history(place),
        looks=[_look(sight) for sight in row.looks],
    )


def day(at: datetime) -> str:
    """Day and time where the reader is, as 11월 22일 15:04."""
    return date_format(at.astimezone(ZoneInfo(settings.TIME_ZONE)), _("j F, H:i"))


def exact(at: datetime) -> str:
    """With the year and the zone, for what is kept: 2026-11-22 15:04 KST."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).strftime("%Y-%m-%d %H:%M %Z")


def hour(machine: str) -> str:
    """A whole hour as ISO 8601, with its day and year, where the reader is."""
    at = datetime.fromisoformat(machine).astimezone(ZoneInfo(settings.TIME_ZONE))
    return date_format(at, _("j F Y, H:i"))


def _sum(found: Places) -> str:
    if not found.count:
        return ""
    counted = {"gone": found.gone, "count": found.count}
    if found.count == 1:
        return _("Proven gone.") if found.gone else _("Not proven gone yet.")
    return _("%(gone)s of %(count)s places proven gone") % counted


def _states(lines: Sequence[PlaceLine]) -> list[str]:
    counts = Counter(line.mark.plain for line in lines)
    if len(lines) < _MANY:
        return []
    return [f"{plain_words(plain)} {counts[plain]}" for plain in reversed(Plain) if counts[plain]]


def _why_here(place: Place) -> str:
    if place.way is Way.LINK:
        return ""
    if place.way is Way.FINGERPRINT:
        return _("Found by the code of your picture.")
    return _("The same picture, found elsewhere.")


def _asked(place: Place) -> str:
    """Whom we asked, where the person knows the place; when, everywhere."""
    sent = [event for event in place.happened if event.name == "removal.sent"]
    if not place.requests or not sent:
        return ""
    if not place.named or not place.row.operator:
        return _("Asked on %(day)s.") % {"day": day(sent[-1].at)}
    return _("Asked: %(site)s, on %(day)s.") % {"site": place.row.operator, "day": day(sent[-1].at)}


def _reason(place: Place) -> str:
    if not place.requests or place.row.state not in {"refused", "unsure"}:
        return ""
    code = place.requests[-1].operator_reason
    return reason_words(code) if code else _("It gave no reason.")


def _due(due: Deadline | None) -> str:
    if due is None or due.due_at is None:
        return ""
    when = {"day": day(due.due_at)}
    if due.kind == Kind.LOOK:
        return _("Our next look: %(day)s.") % when
    if due.kind == Kind.BLOCK_ENDS:
        return _("By law: hidden until %(day)s at most.") % when
    if due.kind == Kind.DECIDE:
        return _("Our own target: decided by %(day)s.") % when
    if due.basis == Basis.LEGAL:
        return _("By law: gone by %(day)s.") % when
    return _("Our own target: gone by %(day)s.") % when


def _law(place: Place) -> str:
    """What the law says to whoever was asked: at home, and in the operator's country while that term runs.

    Where the person may not know the place, its country stays unsaid too.
    """
    said = [_("By law: without delay.")] if place.row.legal is not None else []
    there = place.row.legal_there if place.named else None
    if there is not None and there.due_at is not None and there.state == State.SET:
        where = {"country": country_words(there.pack), "day": day(there.due_at)}
        said.append(_("By the law of the site's country (%(country)s): gone by %(day)s.") % where)
    return " ".join(said)


def _history(place: Place) -> list[Moment]:
    told = ((event, happened_words(event.name, facts=event.facts)) for event in place.happened)
    return [Moment(at=event.at, when=day(event.at), words=words) for event, words in told if words]


def _look(sight: Sight) -> Moment:
    page, media = code_words(sight.page_why), code_words(sight.media_why)
    detail = _("page: %(page)s · picture: %(media)s") % {"page": page, "media": media}
    return Moment(at=sight.at, when=day(sight.at), words=seen_words(sight.seen), detail=detail)


def _lost(report: Report) -> Lost:
    return Lost(
        where=urlsplit(report.link).netloc or report.link[:40],
        why=code_words(report.why) if report.why else "",
    )
