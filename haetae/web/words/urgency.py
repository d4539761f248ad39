"""Why something stands where it stands in a queue, in words."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.flow.urgency import Risk, Urgency
from haetae.web.words.times import relative

RISKS: Final[Mapping[Risk, str | Promise]] = {
    Risk.MANY: _("it concerns many pictures at once"),
    Risk.CONFIRMED: _("a confirmed picture"),
    Risk.MODELS_TOGETHER: _("models suspect together: explicit, and altered or generated"),
    Risk.KNOWN_UNSURE: _("resembles a known picture, and it is not sure"),
    Risk.ONE_MODEL: _("one model suspects something"),
    Risk.NOT_ASSESSED: _("nothing has assessed it"),
    Risk.MODELS_REST: _("models saw nothing that speaks for it, which clears nothing"),
}


def urgency_words(urgency: Urgency, *, at: datetime) -> str:
    """The parts of the rule that speak for this row, the first first."""
    return now("Why it stands here: %(why)s.") % {"why": " · ".join(_parts(urgency, at=at))}


def _parts(urgency: Urgency, *, at: datetime) -> Iterator[str]:
    if urgency.law_ends_at is not None:
        words = (
            now("a term of the law is over, %(when)s")
            if urgency.law_ends_at <= at
            else now("a term of the law ends %(when)s")
        )
        yield words % {"when": relative(urgency.law_ends_at - at)}
    if urgency.minor:
        yield now("a minor, by a list or an earlier decision")
    yield str(RISKS[urgency.risk])
    if urgency.reported:
        yield now("reported by a person")
    if urgency.worded:
        yield now("words of a watch list stood there")
