"""What was measured in a scene, in sentences; every number comes from the recording."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from haetae.agencies.enforcement.filings.comparing import SHOWN_FROM
from haetae.web.words.sanctions import won

Facts = Mapping[str, Any]


def _bits(facts: Facts) -> str:
    said = _(
        "The picture on the platform differs from her code in %(bits)s of 256 places: it was saved again."
    )
    return said % {"bits": facts["bits"]}


def _votes(facts: Facts) -> str:
    return _("%(votes)s of %(seats)s members had voted when it was decided.") % facts


def _won(facts: Facts) -> str:
    return _("The sum: %(sum)s. The revenues that it rests on were made up for the trial.") % {
        "sum": won(facts["won"])
    }


def _reports(facts: Facts) -> str:
    return _("New reports by anybody in this scene: %(reports)s.") % facts


def _rows(facts: Facts) -> str:
    return _("Destroyed: %(rows)s pieces of what was told, and %(keys)s keys.") % facts


def _picture(facts: Facts) -> str:
    return _("The small grey picture had %(size)s bytes, and was kept nowhere.") % {
        "size": f"{facts['picture_bytes']:,}"
    }


def _public(facts: Facts) -> str:
    few = _("not shown")
    told = {
        "asked": few if facts["public_asked"] is None else facts["public_asked"],
        "verified": few if facts["public_verified"] is None else facts["public_verified"],
        "least": SHOWN_FROM,
    }
    return _("Published: requests %(asked)s; seen gone: %(verified)s. The limit is %(least)s.") % told


_SAID: Final[Mapping[str, Callable[[Facts], str]]] = {
    "bits": _bits,
    "picture_bytes": _picture,
    "votes": _votes,
    "won": _won,
    "reports": _reports,
    "rows": _rows,
    "public_asked": _public,
}


def fact_words(facts: Facts) -> Sequence[str]:
    """One sentence for each fact that has one, in the order in which they are listed here."""
    return [say(facts) for name, say in _SAID.items() if name in facts]


def place_words(status: int | None) -> tuple[str, str]:
    """What everybody gets at the address after the scene: a name for the drawing, and words with the status."""
    if status is None:
        return "", ""
    name, words = {
        200: ("shown", _("everybody can see it")),
        404: ("hidden", _("hidden from everybody")),
        410: ("gone", _("gone from its address")),
    }.get(status, ("unknown", _("nobody can tell")))
    return name, f"{words} ({status})"
