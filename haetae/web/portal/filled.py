"""The form as somebody filled it in: read, kept as it was typed, and said in the terms of a case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

from django.http import QueryDict

from haetae.agencies.support.rules import HASHES_MOST, LINKS_MOST, Problem, Told, why_not_tell
from haetae.agencies.support.states import Age, Circumstance, Relation, Text
from haetae.agencies.support.steering.rules import CHOOSABLE_BASES
from haetae.common.written import lines_of
from haetae.web.portal.codes import entry_of_code

_Choice = TypeVar("_Choice", bound=StrEnum)
_TEXTS: Final = (Text.KEYWORDS, Text.STORY, Text.POSTER)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """`token` is the sealed receipt to be; `codes` are lines as portal.codes reads them; texts are as typed."""

    token: str
    links: str = ""
    keywords: str = ""
    story: str = ""
    poster: str = ""
    relation: Relation = Relation.UNSAID
    age: Age = Age.UNSAID
    circumstances: Collection[Circumstance] = ()
    legal_basis: str = ""
    codes: Sequence[str] = ()

    @property
    def is_without_link(self) -> bool:
        """Whether something stands in the part for those who have no link."""
        return bool(self.keywords or self.story)


def read_form(post: QueryDict, *, token: str) -> Filled:
    """What cannot be chosen counts as not answered."""
    basis = post.get("legal_basis", "")
    return Filled(
        token=token,
        **{kind.value: post.get(kind.value, "") for kind in _TEXTS},
        links=post.get("links", ""),
        relation=_one(Relation, post.get("relation", "")) or Relation.UNSAID,
        age=_one(Age, post.get("age", "")) or Age.UNSAID,
        circumstances=[
            found for value in post.getlist("circumstances") if (found := _one(Circumstance, value))
        ],
        legal_basis=basis if basis in CHOOSABLE_BASES else "",
        codes=list(dict.fromkeys(post.getlist("code")))[: HASHES_MOST + 1],
    )


def told_by(filled: Filled, *, language: str) -> Told:
    """As a case takes it. Codes that nobody can read are not in it: see why_not_send."""
    texts = {kind: text.strip() for kind in _TEXTS if (text := getattr(filled, kind.value)).strip()}
    return Told(
        links=lines_of(filled.links),
        hashes=[entry for code in filled.codes if (entry := entry_of_code(code))],
        texts=texts,
        relation=filled.relation,
        age=filled.age,
        circumstances=sorted(set(filled.circumstances)),
        language=language,
        legal_basis=filled.legal_basis,
    )


def why_not_send(filled: Filled, told: Told) -> Problem | None:
    """What stands against sending it, or None."""
    if len(filled.codes) > HASHES_MOST:
        return Problem(field="hashes", code="too_many_hashes")
    if len(told.hashes) < len(filled.codes):
        return Problem(field="hashes", code="hashes_unreadable")
    if len(told.links) > LINKS_MOST:  # before each is looked at: somebody pasted a whole page
        return Problem(field="links", code="too_many_links")
    return why_not_tell(told)


def readable(filled: Filled) -> Filled:
    """Without the codes that nobody can read, so that the rest can be sent."""
    codes = [code for code in filled.codes if entry_of_code(code)]
    return replace(filled, codes=codes[:HASHES_MOST])


def _one(kind: type[_Choice], value: str) -> _Choice | None:
    return kind(value) if value in set(kind) else None
