"""Every arrow of a place from the notice on, and the story in which it is taken on real pages.

An arrow is told by the event that is recorded when it is taken, and the stage looks whether it was (see conftest).
`ELSEWHERE` has those that no hand takes: the systems of operators and our own clocks do, and their tests are named.
"""

from typing import Final

IN_DOUBT: Final = "test_in_doubt_it_is_hidden_and_decided_by_the_commission_and_by_nobody_else"
ORDERED: Final = "test_what_was_decided_is_ordered_by_two_officials_after_the_operator_was_heard"
LOWERED: Final = "test_a_surcharge_is_proposed_heard_decided_contested_lowered_and_paid_by_three_officials"
RESTORED: Final = "test_what_was_deleted_by_a_decision_is_restored_after_an_objection_and_everybody_reads_it"
BLOCKS_END: Final = (
    "test_a_block_that_nobody_decides_about_is_extended_ended_or_shown_again_and_never_in_silence"
)
FALSE_WORD: Final = "test_a_false_word_is_ordered_to_be_made_true_and_what_comes_back_later_is_asked_for_anew"
NO_ANSWER: Final = (
    "test_what_nobody_answers_ends_in_a_sum_that_is_annulled_and_another_that_is_upheld_and_paid"
)
ABROAD: Final = "test_who_cannot_be_asked_is_reached_another_way_and_at_last_not_reached_from_here"

# From where, to where: the story, and the event that says that it was taken.
ARROWS: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("acknowledged", "unsure"): (IN_DOUBT, "removal.unsure"),
    ("unsure", "not hidden by anybody"): (IN_DOUBT, "review.not_blocked"),
    ("unsure", "provisionally blocked by the operator"): (IN_DOUBT, "review.block_claimed"),
    ("provisionally blocked", "seen hidden"): (IN_DOUBT, "review.block_seen"),
    ("unsure", "under review"): (IN_DOUBT, "review.opened"),
    ("under review", "decided: remove"): (IN_DOUBT, "review.remove"),
    ("decided: remove", "removal ordered"): (IN_DOUBT, "removal.requested"),
    ("under review", "superseded by what was decided"): (IN_DOUBT, "removal.superseded"),
    ("removal ordered", "refused"): (ORDERED, "removal.refused"),
    ("refused", "order drafted"): (ORDERED, "orders.drafted"),
    ("order drafted", "prior opinion"): (ORDERED, "orders.prior_opinion"),
    ("prior opinion", "order issued"): (ORDERED, "orders.issued"),
    ("order issued", "order not complied with"): (ORDERED, "orders.not_complied"),
    ("order not complied with", "surcharge proposed"): (LOWERED, "sanctions.proposed"),
    ("surcharge proposed", "operator hearing"): (LOWERED, "sanctions.hearing"),
    ("operator hearing", "surcharge decided"): (LOWERED, "sanctions.decided"),
    ("surcharge decided", "notified"): (LOWERED, "sanctions.notified"),
    ("notified", "contested"): (LOWERED, "sanctions.contested"),
    ("contested", "changed"): (LOWERED, "sanctions.changed"),
    ("changed", "paid"): (LOWERED, "sanctions.paid"),
    ("removal ordered", "removal claimed"): (RESTORED, "removal.claimed"),
    ("removal claimed", "removal verified"): (RESTORED, "removal.verified"),
    ("removal verified", "objected to"): (RESTORED, "appeals.filed"),
    ("under review", "decided: not harmful"): (RESTORED, "review.not_harmful"),
    ("decided: not harmful", "nothing more is asked"): (RESTORED, "removal.not_harmful"),
    ("decided: not harmful", "to be restored"): (RESTORED, "review.lift_wanted"),
    ("to be restored", "said to be restored"): (RESTORED, "review.lift_claimed"),
    ("said to be restored", "seen restored"): (RESTORED, "review.restored"),
    ("provisionally blocked", "about to end"): (BLOCKS_END, "review.block_ends_soon"),
    ("about to end", "extended with a reason"): (BLOCKS_END, "review.block_extended"),
    ("about to end", "restored by a person"): (BLOCKS_END, "tasks.done"),
    ("about to end", "expired, said aloud"): (BLOCKS_END, "review.block_expired"),
    ("expired, said aloud", "to be restored"): (BLOCKS_END, "review.lift_wanted"),
    ("to be restored", "seen restored, undecided"): (BLOCKS_END, "review.restored"),
    ("removal claimed", "claim false"): (FALSE_WORD, "removal.claim_false"),
    ("claim false", "overdue"): (FALSE_WORD, "removal.overdue"),
    ("claim false", "order drafted"): (FALSE_WORD, "orders.drafted"),
    ("order issued", "order complied with"): (FALSE_WORD, "orders.complied"),
    ("removal verified", "reappeared"): (FALSE_WORD, "removal.reappeared"),
    ("reappeared", "asked for anew"): (FALSE_WORD, "removal.requested"),
    ("acknowledged", "overdue"): (NO_ANSWER, "removal.overdue"),
    ("overdue", "order drafted"): (NO_ANSWER, "orders.drafted"),
    ("contested", "annulled"): (NO_ANSWER, "sanctions.annulled"),
    ("contested", "upheld"): (NO_ANSWER, "sanctions.upheld"),
    ("upheld", "paid"): (NO_ANSWER, "sanctions.paid"),
    ("acknowledged", "refused"): (ABROAD, "removal.refused"),
    ("refused", "under review"): (ABROAD, "review.opened"),
    ("undeliverable", "reached another way"): (ABROAD, "tasks.done"),
    ("undeliverable", "overdue"): (ABROAD, "removal.overdue"),
    ("overdue", "the commission is asked"): (ABROAD, "review.asked"),
    ("under review", "decided: block access"): (ABROAD, "review.block_access"),
    ("decided: block access", "access provider asked"): (ABROAD, "remedies.wanted"),
    ("access provider asked", "access blocked, not removed"): (ABROAD, "remedies.claimed"),
}
_LOOP: Final = "tests/flow/test_the_loop.py::"
_BLOCKS: Final = "tests/flow/test_blocks.py::"
_ORDERS: Final = "tests/agencies/test_orders.py::"

# The same of what no hand takes on the road: the test, and the event.
ELSEWHERE: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("discovered", "cleared"): (f"{_LOOP}test_a_harmless_picture_is_left_alone", "assessment.nothing"),
    ("confirmed", "notice queued"): (
        f"{_LOOP}test_a_known_picture_is_asked_for_deleted_and_proven_gone",
        "removal.requested",
    ),
    ("notice sent", "acknowledged"): (
        f"{_LOOP}test_a_known_picture_is_asked_for_deleted_and_proven_gone",
        "removal.sent",
    ),
    ("suspected", "confirmed by a person"): (
        "tests/browser/test_from_the_first_page_to_gone.py"
        "::test_an_adult_with_the_picture_alone_sees_it_proven_gone",
        "looks.match",
    ),
    ("notice sent", "undeliverable"): (
        "tests/flow/test_deliveries.py::test_an_operator_registered_later_is_asked_what_could_not_be_delivered",
        "removal.undeliverable",
    ),
    ("undeliverable", "host, CDN and search engine asked"): (
        "tests/flow/test_reaching.py::test_nobody_can_be_asked_so_the_host_is_and_our_own_eyes_say_that_it_is_gone",
        "remedies.wanted",
    ),
    ("unsure", "provisionally blocked by us"): (
        f"{_BLOCKS}test_under_its_delegation_we_hide_it_in_the_operators_name",
        "review.block_wanted",
    ),
    ("to be restored", "kept: another open case holds the picture"): (
        f"{_BLOCKS}test_another_open_case_with_the_same_picture_keeps_it_hidden",
        "review.kept",
    ),
    ("order issued", "decided otherwise since"): (
        f"{_ORDERS}test_an_order_about_what_the_commission_has_decided_since_was_neither_followed_nor_ignored",
        "orders.moot",
    ),
    ("order drafted", "dropped"): (
        "tests/web/test_orders.py::test_a_draft_may_be_thinned_out_and_dropped_but_not_once_it_is_signed",
        "orders.dropped",
    ),
    ("surcharge proposed", "dropped"): (
        "tests/agencies/enforcement/test_sanctions.py"
        "::test_one_failure_costs_each_thing_once_and_a_dropped_one_may_come_anew",
        "sanctions.dropped",
    ),
    ("removal ordered", "hidden for good"): (
        "tests/flow/test_in_doubt.py::test_decided_to_block_access_it_stays_hidden_and_is_never_called_removed",
        "removal.access_blocked",
    ),
}
