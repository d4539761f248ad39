"""What a file consists of: one line for each part on the page of the file, each with a page of its own."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Part:
    """`address` is the name of its page, which takes `investigation_id`."""

    address: str
    words: str | Promise
    what_for: str | Promise


PARTS: Final[tuple[Part, ...]] = (
    Part(
        address="investigation_evidence",
        words=_("Kept evidence"),
        what_for=_("Have a public page kept before it is deleted, and see who has held it since."),
    ),
)
