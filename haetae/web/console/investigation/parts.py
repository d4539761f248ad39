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
    Part(
        address="linking",
        words=_("What it shares"),
        what_for=_(
            "Places, accounts, channels and watermarks; which other files have the same, and whom to ask."
        ),
    ),
    Part(
        address="self_reports_of_file",
        words=_("Reports of themselves"),
        what_for=_("What people told the police about their own deeds, with the moment."),
    ),
    Part(
        address="proceeds",
        words=_("Proceeds"),
        what_for=_("What was earned with it, traced and proposed to the prosecutor."),
    ),
    Part(
        address="undercover",
        words=_("Undercover operations"),
        what_for=_("Apply, write down what is done, and end it. Nothing is done without permission."),
    ),
    Part(
        address="deletions",
        words=_("Deletion"),
        what_for=_("Ask the commission, the operator and the support centre with one form."),
    ),
    Part(
        address="data_requests",
        words=_("Data from platforms"),
        what_for=_("Requests for subscriber information, their letters and answers."),
    ),
    Part(
        address="preservations",
        words=_("Data to be kept"),
        what_for=_("Have a platform keep data, approved by a prosecutor. It acquires nothing."),
    ),
)
