"""An operator's numbers beside ours, in sentences without a judgement."""

from django.utils.translation import gettext as _

from haetae.agencies.enforcement.filings.comparing import Comparison
from haetae.web.words.filings import REMARKS


def apart_words(compared: Comparison) -> list[str]:
    """How far the two sides lie apart, and what a larger scope of theirs does not explain."""
    said = []
    if compared.points_apart is not None:
        said.append(
            _(
                "They removed %(theirs)s %% of theirs, and %(ours)s %% of ours: %(points)s percentage points apart."
            )
            % {
                "theirs": compared.their_percent,
                "ours": compared.our_percent,
                "points": abs(compared.points_apart),
            }
        )
    return [*said, *(str(REMARKS[remark]) for remark in compared.remarks)]
