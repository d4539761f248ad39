"""A notice as one page of plain text, for a mail or a screen. Read from the JSON, so from what was really sent."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from haetae.notice.document import Asked, Text
from haetae.notice.words import ASKED

Document = Mapping[str, Any]
_HEADINGS: Final[Mapping[str, Text]] = {
    "from": Text(ko="보내는 기관", en="From"),
    "to": Text(ko="받는 곳", en="To"),
    "number": Text(ko="번호", en="Number"),
    "where": Text(ko="위치", en="Where"),
    "why": Text(ko="사유", en="Why"),
    "basis": Text(ko="요청 근거", en="On which law we ask"),
    "duty": Text(ko="받는 곳에 적용되는 법", en="What the law says where you are"),
    "until": Text(ko="기한", en="Until when"),
    "prints": Text(ko="지문값(SHA-256)", en="Fingerprint (SHA-256)"),
    "decision": Text(ko="심의 번호", en="Number of the decision"),
    "answer": Text(ko="답하는 곳", en="Where to answer"),
    "appeal": Text(ko="게시자의 이의", en="If whoever posted it objects"),
    "signature": Text(ko="전자서명", en="Signature"),
}
_UNVERIFIED: Final = Text(
    ko="(조문을 현행 원문과 대조하지 못했습니다)", en="(we could not check this against the text in force)"
)
_COPIES: Final[Mapping[str, Text]] = {
    "identical": Text(ko="같은 파일의 사본도 대상입니다.", en="It covers identical copies too."),
    "substantially_same": Text(
        ko="사실상 같은 사본도 대상입니다.", en="It covers copies that are substantially the same too."
    ),
}
_LAW_HOUR: Final = Text(ko="법정 기한: {when}", en="By law: {when}")
_NO_HOUR: Final = Text(
    ko="법정 기한: 지체 없이(시간은 정해져 있지 않습니다)", en="By law: without delay; it names no hour"
)
_TARGET: Final = Text(
    ko="요청 기관의 목표: {when} (법정 기한이 아닙니다)", en="Our own target: {when}. It is no law."
)


def title_of(document: Document, *, language: str) -> str:
    """What is asked, in a few words."""
    return _in(ASKED[Asked(document["asked"])], language)


def text_of(document: Document, *, language: str) -> str:
    """One page: who, what, where, why, until when, how to answer. `language` is ko, anything else is English."""
    return "\n".join(_lines(document, "ko" if language == "ko" else "en")).strip() + "\n"


def _lines(document: Document, language: str) -> Iterator[str]:
    issuer = document["issuer"]
    yield title_of(document, language=language)
    yield ""
    yield _line(
        "from", f"{issuer['name'][language]} ({issuer['country']}) {issuer.get('mailbox', '')}", language
    )
    yield _line("to", document["recipient"]["name"], language)
    yield _line("number", document["id"], language)
    if "decision" in document:
        yield _line("decision", document["decision"]["review"], language)
    yield from _under("where", _named(document["locator"], ("page", "media")), language)
    yield from _under("why", [document["explanation"][language]], language)
    yield from _under("basis", [_cited(document["legal_basis"], language)], language)
    if "duty" in document:
        reach = (
            [_in(_COPIES[document["duty"]["copies"]], language)]
            if document["duty"]["copies"] in _COPIES
            else []
        )
        yield from _under("duty", [_cited(document["duty"], language), *reach], language)
    yield from _under("until", _until(document, language), language)
    sha256 = document.get("fingerprints", {}).get("sha256")
    if sha256:
        yield from _under("prints", [sha256], language)
    said = [document[name][language] for name in ("good_faith", "declaration") if name in document]
    if said:
        yield from ("", *said)
    if "signature" in document:
        yield _line("signature", document["signature"]["line"], language)
    yield from _under("answer", _named(document.get("answer", {}), ("link", "desk", "api")), language)
    yield from _under("appeal", [document["appeal"][language]], language)


def _named(fields: Mapping[str, str], order: Iterable[str]) -> list[str]:
    return [fields[name] for name in order if name in fields]


def _until(document: Document, language: str) -> Iterator[str]:
    due = document["due"]
    if due.get("legal"):
        yield _in(_LAW_HOUR, language).format(when=_when(due["legal"], due["zone"]))
    elif document.get("duty", {}).get("as_soon_as_possible"):
        yield _in(_NO_HOUR, language)
    if due.get("target"):
        yield _in(_TARGET, language).format(when=_when(due["target"], due["zone"]))


def _when(moment: str, zone: str) -> str:
    there = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    return f"{there:%Y-%m-%d %H:%M} {zone}"


def _cited(law: Mapping[str, Any], language: str) -> str:
    doubt = "" if law["verified"] else f" {_in(_UNVERIFIED, language)}"
    return f"{law['citation'][language]}{doubt}"


def _line(heading: str, value: str, language: str) -> str:
    return f"{_in(_HEADINGS[heading], language)}: {value}".rstrip()


def _under(heading: str, values: Iterable[str], language: str) -> Iterator[str]:
    lines = [f"  {value}" for value in values]
    if lines:
        yield from ("", _in(_HEADINGS[heading], language), *lines)


def _in(text: Text, language: str) -> str:
    return text.ko if language == "ko" else text.en
