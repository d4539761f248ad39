"""Whether a notice may be sent, by its form and by the law where the recipient is. Each problem says its way out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import rfc8785
from jsonschema.exceptions import ValidationError

from haetae.notice.document import Asked, Notice
from haetae.notice.published import validator

LARGEST_BYTES: Final = 20_000  # what Standard Webhooks calls a thin payload; a mail carries it too
_LONGEST_QUOTE: Final = 60

Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`code` is for the record, `field` is where in the document, `sentence` says what is wrong and the way out."""

    code: str
    field: str
    sentence: str


class UnfitNoticeError(Exception):
    """A notice that may not go out, with all that stands against it. `code` is the first of them, for the record."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = tuple(problems)

    @property
    def code(self) -> str:
        return f"notice_{self.problems[0].code}"


class Demands(Protocol):
    """What a law wants in a request: haetae.law.country.facts.RemovalDuty has it."""

    @property
    def checklist(self) -> Sequence[str]: ...


@dataclass(frozen=True, kw_only=True)
class Element:
    """One thing that a law wants to find: where it stands, and what to say where it does not."""

    field: str
    sentence: str
    is_there: Callable[[Document], bool]


def _has(*path: str) -> Callable[[Document], bool]:
    def look(document: Document) -> bool:
        found: Any = document
        for step in path:
            found = found.get(step) if isinstance(found, Mapping) else None
        return bool(found)

    return look


def _is_reasoned(document: Document) -> bool:
    return _has("explanation", "en")(document) and _has("legal_basis", "citation", "en")(document)


def _is_shown(document: Document) -> bool:
    """Somebody with authority looked, and says what at: more than a claim."""
    ground = document.get("content", {}).get("ground")
    return ground in {"known_picture", "examined", "decided"} and _has("fingerprints")(document)


# Every element that a checklist of a jurisdiction pack may name (haetae.law.country.facts.Element).
ELEMENTS: Final[Mapping[str, Element]] = {
    "signature": Element(
        field="signature",
        sentence="The signature of the agency is missing: set HAETAE_AGENCY_NAME_EN.",
        is_there=_has("signature", "line"),
    ),
    "content_id": Element(
        field="fingerprints",
        sentence="Nothing identifies the content: examine the place again, so that it has fingerprints.",
        is_there=_has("fingerprints"),
    ),
    "location": Element(
        field="locator.media",
        sentence="The exact address is missing: without it nobody finds the content.",
        is_there=_has("locator", "media"),
    ),
    "reasons": Element(
        field="explanation",
        sentence="The reasons are missing: say why it is unlawful, and on which article the request rests.",
        is_there=_is_reasoned,
    ),
    "good_faith_statement": Element(
        field="good_faith",
        sentence="The statement of good faith is missing: it can be made only of what was examined or decided.",
        is_there=_has("good_faith"),
    ),
    "contact": Element(
        field="issuer.mailbox",
        sentence="There is no mailbox at which people of the agency are reached: set HAETAE_AGENCY_MAILBOX.",
        is_there=_has("issuer", "mailbox"),
    ),
    "notifier": Element(
        field="issuer",
        sentence="Name and mailbox of the agency belong together: set HAETAE_AGENCY_NAME_EN and HAETAE_AGENCY_MAILBOX.",
        is_there=lambda document: all(
            _has("issuer", *path)(document) for path in (("name", "en"), ("mailbox",))
        ),
    ),
    "subject_or_agent": Element(
        field="signature.capacity",
        sentence="It is not said for whom the agency acts: a request needs its mandate and its signature.",
        is_there=lambda document: all(_has(name)(document) for name in ("legal_basis", "signature")),
    ),
    "declaration_on_service": Element(
        field="declaration",
        sentence="It is not declared that the content was provided on the recipient's service.",
        is_there=_has("declaration"),
    ),
    "prima_facie_proof": Element(
        field="fingerprints",
        sentence="Nothing shows that it is what it is said to be: it needs fingerprints and an examination.",
        is_there=_is_shown,
    ),
}
# What we send to nobody without, whatever the law there says.
ALWAYS: Final = ("location", "reasons", "contact")


def why_not_send(notice: Notice, duty: Demands | None) -> list[Problem]:
    """Everything that stands against sending; empty where it may go out. `duty` is None where no law is known.

    The checklists of the law are about taking something away: what is only hidden, or shown again, needs the form.
    """
    takes_away = notice.asked not in {Asked.BLOCK_FOR_NOW, Asked.RESTORE}
    return why_not_this(notice.as_json(), checklist=duty.checklist if duty is not None and takes_away else ())


def why_not_this(document: Document, *, checklist: Iterable[str]) -> list[Problem]:
    """The same for a document as JSON: what the law wants first, in its order, then the form, then the size."""
    wanted = dict.fromkeys([*(str(element) for element in checklist), *ALWAYS])
    lacking = [problem for element in wanted if (problem := _lacking(document, element)) is not None]
    said = {problem.field for problem in lacking}
    return [
        *lacking,
        *(problem for problem in _malformed(document) if problem.field not in said),
        *_too_large(document),
    ]


def _lacking(document: Document, name: str) -> Problem | None:
    element = ELEMENTS.get(name)
    if element is None:
        words = (
            f"The law asks for '{name}', and notice/1 has no place for it: extend haetae/notice/checking.py."
        )
        return Problem(code=f"lacks_{name}", field="", sentence=words)
    if element.is_there(document):
        return None
    return Problem(code=f"lacks_{name}", field=element.field, sentence=element.sentence)


def _malformed(document: Document) -> list[Problem]:
    return [_problem_of(error) for error in sorted(validator().iter_errors(document), key=_place)]


def _problem_of(error: ValidationError) -> Problem:
    """What is wrong by the schema. The value itself is not repeated: it may be an address."""
    field = _place(error)
    if error.validator == "required" and isinstance(error.instance, Mapping):
        missing = next((str(name) for name in error.validator_value if name not in error.instance), "")
        field = ".".join(part for part in (field, missing) if part)
        return Problem(code="malformed", field=field, sentence=f"{field} is missing.")
    if error.validator == "additionalProperties":
        return Problem(
            code="malformed", field=field, sentence=f"{field or 'notice/1'} takes no further fields."
        )
    rule = f"{error.validator} {error.validator_value}"[:_LONGEST_QUOTE]
    return Problem(code="malformed", field=field, sentence=f"{field or 'notice/1'} does not fit: {rule}.")


def _place(error: ValidationError) -> str:
    return ".".join(str(step) for step in error.absolute_path)


def _too_large(document: Document) -> list[Problem]:
    try:
        size = len(rfc8785.dumps(dict(document)))
    except (rfc8785.CanonicalizationError, UnicodeError, TypeError, RecursionError):
        return [Problem(code="malformed", field="", sentence="It cannot be written as canonical JSON.")]
    if size <= LARGEST_BYTES:
        return []
    words = f"It has {size} bytes, and not every channel takes more than {LARGEST_BYTES}: send fewer fingerprints."
    return [Problem(code="too_large", field="", sentence=words)]
