"""What may follow what, written by hand from the procedure and from the law, and not from the tables of the code.

Whoever watches reads the record, event by event, and says what in it ought not to be there. Arrow by arrow this is the
state machine of the design; nothing of haetae is imported but the shape of an event.
"""

from collections.abc import Mapping
from typing import Final

NEW: Final = "new"  # before its first event

Arrows = Mapping[str, tuple[frozenset[str], str]]


def _to(after: str, *before: str) -> tuple[frozenset[str], str]:
    return frozenset(before), after


# One request to one operator: asked, answered, looked at with our own eyes.
REQUEST: Final[Arrows] = {
    "removal.requested": _to("requested", NEW),
    "removal.sent": _to("sent", "requested", "undeliverable"),
    "removal.undeliverable": _to("undeliverable", "requested"),
    "removal.claimed": _to(
        "claimed", "requested", "sent", "refused", "unsure", "access_blocked", "overdue", "undeliverable"
    ),
    "removal.refused": _to("refused", "requested", "sent", "unsure", "overdue", "undeliverable"),
    "removal.unsure": _to("unsure", "requested", "sent", "overdue", "undeliverable"),
    "removal.access_blocked": _to(
        "access_blocked", "requested", "sent", "unsure", "overdue", "undeliverable"
    ),
    "removal.verified": _to("verified", "claimed", "refused", "overdue", "undeliverable"),
    "removal.claim_false": _to("claim_false", "claimed", "access_blocked"),
    "removal.overdue": _to("overdue", "requested", "sent", "claimed", "claim_false", "undeliverable"),
    "removal.reappeared": _to("reappeared", "verified"),
    "removal.superseded": _to("superseded", "refused", "unsure", "access_blocked", "overdue", "not_harmful"),
    "removal.not_harmful": _to(
        "not_harmful", "requested", "sent", "claimed", "refused", "unsure", "access_blocked", "overdue", "verified"
    ),
}  # fmt: skip
# The commission: it decides once, and what is decided stays decided.
_UNDECIDED: Final = ("open", "late")
REVIEW: Final[Arrows] = {
    "review.opened": _to("open", NEW),
    "review.late": _to("late", "open"),
    "review.remove": _to("remove", *_UNDECIDED),
    "review.block_access": _to("block_access", *_UNDECIDED),
    "review.not_harmful": _to("not_harmful", *_UNDECIDED),
    "review.moot": _to("moot", *_UNDECIDED),
}
DECISIONS: Final = {
    "review.remove": "remove",
    "review.block_access": "block_access",
    "review.not_harmful": "not_harmful",
}
# Only these ask something of somebody, who is heard before.
BINDING: Final = frozenset({"remove", "block_access"})
SEATS: Final = 9  # KMCC Act 18
MAJORITY: Final = SEATS // 2 + 1  # of all members: 23(4)
BLOCK_DAYS: Final = 30  # ICT Act 44-2(4)
# A provisional block: hidden for now with an end, then shown again or hidden for good.
_ON_CLOCK: Final = ("on_clock",)
BLOCK: Final[Arrows] = {
    "review.block_wanted": _to("wanted", NEW),
    "review.block_claimed": _to("on_clock", NEW, "wanted", "open"),
    "review.not_blocked": _to("open", NEW, "wanted", "on_clock"),
    "review.block_expired": _to("expired", *_ON_CLOCK),
    "review.block_extended": _to("on_clock", "on_clock", "expired", "kept"),
    "review.block_lasting": _to("lasting", "on_clock", "expired", "kept"),
    "review.kept": _to("kept", NEW, "on_clock", "expired", "lasting"),
    "review.lift_wanted": _to("lifting", NEW, "wanted", "open", "on_clock", "expired", "lasting", "kept", "not_back"),
    "review.lift_claimed": _to("back_claimed", "lifting", "not_back", "on_clock"),
    "review.restored": _to("restored", "lifting", "back_claimed", "not_back"),
    "review.not_restored": _to("not_back", "lifting", "back_claimed"),
    "review.block_ended": _to(
        "ended", "wanted", "open", "on_clock", "expired", "lasting", "kept", "lifting", "back_claimed", "not_back"
    ),
}  # fmt: skip
# The regulator: never before a hearing, never one person alone.
ORDER: Final[Arrows] = {
    "orders.drafted": _to("draft", NEW),
    "orders.prior_opinion": _to("prior_opinion", "draft"),
    "orders.issued": _to("issued", "prior_opinion"),
    "orders.complied": _to("complied", "issued", "not_complied"),
    "orders.moot": _to("moot", "issued"),
    "orders.not_complied": _to("not_complied", "issued"),
    "orders.dropped": _to("dropped", "draft", "prior_opinion"),
}
SANCTION: Final[Arrows] = {
    "sanctions.proposed": _to("proposed", NEW),
    "sanctions.hearing": _to("hearing", "proposed"),
    "sanctions.decided": _to("decided", "hearing"),
    "sanctions.notified": _to("notified", "decided"),
    "sanctions.paid": _to("paid", "notified", "upheld", "changed"),
    "sanctions.contested": _to("contested", "notified", "paid"),
    "sanctions.upheld": _to("upheld", "contested"),
    "sanctions.changed": _to("changed", "contested"),
    "sanctions.annulled": _to("annulled", "contested"),
    "sanctions.dropped": _to("dropped", "proposed", "hearing"),
}
HEARING: Final[Arrows] = {
    "hearings.asked": _to("asked", NEW),
    "hearings.heard": _to(
        "heard", NEW, "asked", "silent", "waived", "left_out"
    ),  # an objection was heard already
    "hearings.waived": _to("waived", "asked"),
    "hearings.silent": _to("silent", "asked"),
    "hearings.left_out": _to("left_out", NEW, "asked"),
}
ALL: Final[Mapping[str, Arrows]] = {
    "request": REQUEST,
    "review": REVIEW,
    "block": BLOCK,
    "order": ORDER,
    "sanction": SANCTION,
    "hearing": HEARING,
}
