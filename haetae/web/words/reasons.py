"""Why a verdict is what it is, in words."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.web.words.codes import code_words

_SENTENCES: Final[Mapping[str, str | Promise]] = {
    "known_confirmed": _("Matches entry %(entry_id)s of the list %(list_name)s (%(tier)s): %(agreement)s."),
    "known_self_declared": _(
        "Matches entry %(entry_id)s of the list %(list_name)s, which nobody but the sender has checked:"
        " %(agreement)s."
    ),
    "known_disputed": _(
        "Matches entry %(entry_id)s of the list %(list_name)s, which was found not harmful elsewhere and acts by"
        " itself no more: %(agreement)s."
    ),
    "known_unconfirmed": _(
        "Resembles entry %(entry_id)s of the list %(list_name)s (%(tier)s), but only one of two hash families"
        " says so: %(agreement)s."
    ),
    "known_benign": _("Known to be harmless: entry %(entry_id)s of the list %(list_name)s, %(agreement)s."),
    "known_benign_too": _(
        "Matches entry %(entry_id)s of the list %(list_name)s (%(tier)s), and is as near to one that is known to be"
        " harmless: %(agreement)s."
    ),
    "too_plain": _("Too plain to be compared with known pictures (quality %(pdq_quality)s of 100)."),
    "first_frame_only": _("Only the first of %(frames)s frames was examined."),
    "frames_sampled": _("Only %(frames_examined)s of %(frames)s frames were examined."),
    "reported": _("A person reported it, so a person looks at it."),
    "nothing_known": _("Matches no known picture. Only known pictures were looked for."),
}
# Both families may agree on every frame that was found, and yet it may be a title that many films share.
_FILM_UNCONFIRMED: Final = _(
    "Shows frames like those of the film %(entry_id)s of the list %(list_name)s (%(tier)s), too few or too unlike to"
    " be sure: %(agreement)s."
)
_TIERS: Final[Mapping[int, str | Promise]] = {
    0: _("found not harmful elsewhere"),
    1: _("self-declared"),
    2: _("counsellor-checked"),
    3: _("operator-confirmed"),
    4: _("regulator-decided"),
}
_FAILURES: Final[Mapping[str, str | Promise]] = {
    "empty": _("The file is empty."),
    "not_an_image": _("The content is none of the media types that are known here."),
    "refused_type": _("Files of this type (%(format)s) are not opened."),
    "truncated": _("The picture ends before it is complete."),
    "too_many_pixels": _("The picture claims more pixels than are opened here."),
    "too_many_bytes": _("The file has more bytes than are opened here."),
    "too_many_scans": _("The picture asks to be painted over more often than any honest one."),
    "out_of_memory": _("Opening the picture took more memory than is given."),
    "too_slow": _("Opening the picture took more time than is given."),
    "crashed": _("The decoder broke down over this file."),
    "decoder_error": _("The decoder could not make sense of the picture."),
    "no_opener": _("No decoder could be started; this says nothing about the file."),
}
_SIGNALS: Final[Mapping[str, str | Promise]] = {
    "known_hash": _("known hash"),
    "known_benign": _("known to be harmless"),
    "undecodable": _("could not be opened"),
    "too_plain": _("too plain"),
    "first_frame_only": _("first frame only"),
    "frames_sampled": _("some frames only"),
}


def reason_words(reason: Mapping[str, Any]) -> str:
    """A sentence for {code, facts}. A reason that is no verdict's is the code of a connector."""
    code = str(reason.get("code", ""))
    facts: Mapping[str, Any] = reason.get("facts") or {}
    if code == "undecodable":
        return _failure(facts)
    if code not in _SENTENCES:
        return now("The picture could not be fetched: %(why)s.") % {"why": code_words(code)}
    entry = str(facts.get("entry_id", ""))[:8]  # enough to tell entries apart; the whole id is in the record
    tier = _TIERS.get(facts.get("tier", 0), "?")
    known = {"tier": tier, "agreement": _agreement(facts), "entry_id": entry}
    unsure_film = code == "known_unconfirmed" and facts.get("film")
    words = _FILM_UNCONFIRMED if unsure_film else _SENTENCES[code]
    return str(words) % _Lenient({**facts, **known})


def match_words(facts: Mapping[str, Any]) -> str:
    """A sentence about one known picture that it matches, from the facts of the signal."""
    plain = "known_confirmed" if facts.get("confirmed") else "known_unconfirmed"
    code = {0: "known_disputed", 1: "known_self_declared"}.get(facts.get("tier", -1), plain)
    return reason_words({"code": code, "facts": facts})


def signal_words(kind: str) -> str:
    return str(_SIGNALS.get(kind, kind))


def _failure(facts: Mapping[str, Any]) -> str:
    why = str(facts.get("why", ""))
    return str(_FAILURES.get(why, why)) % _Lenient(facts)


def _agreement(facts: Mapping[str, Any]) -> str:
    if facts.get("exact"):
        return now("the files are the same, byte for byte")
    differ = now("%(distance_bits)s of 256 bits differ, at most 31 may") % _Lenient(facts)
    return (
        now("%(differ)s, without its borders") % {"differ": differ}
        if facts.get("variant") == "trimmed"
        else differ
    )


class _Lenient(dict[str, Any]):
    """A fact that is missing is shown as a question mark; a page of work does not break over it."""

    def __missing__(self, key: str) -> str:
        return "?"
