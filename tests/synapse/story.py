"""The chapters in their order."""

import time

from haetae.running.whole import Whole
from tests.faults.say import say
from tests.synapse import after_publication as after
from tests.synapse import before_publication as before
from tests.synapse import traps
from tests.synapse.stage import Beginning, staged, timed

CHAPTERS = (
    before.refused_before_anybody_sees_it,
    before.refused_in_any_corner_of_a_message,
    before.private_chats_are_not_looked_at,
    before.a_room_that_is_read_from_outside_is_public,
    before.without_an_answer_it_does_what_was_declared,
    before.what_the_gate_costs,
    after.reported_hidden_decided_removed,
    after.a_link_from_the_form_and_shown_again,
    after.known_when_reported_and_removed_at_once,
    after.a_private_chat_is_out_of_scope,
    traps.an_unknown_file_is_never_called_hidden,
    traps.a_protected_file_is_refused_and_never_called_hidden,
    traps.asked_twice_is_done_once,
    traps.equal_bytes_are_hidden_and_shown_together,
    traps.ordered_to_block_it_is_hidden_and_kept,
    traps.what_its_own_people_hid_is_theirs_to_show,
    traps.what_we_may_not_read_is_not_gone,
    traps.no_sign_in_is_ever_needed,
)


def tell(beginning: Beginning, whole: Whole) -> dict[str, float]:
    """Play everything; returns the figures. Raises StoryError where it is not as told."""
    play = staged(beginning, whole)
    began_s = time.monotonic()
    for chapter in CHAPTERS:
        timed(play, chapter.__name__, chapter)
        say(f"  {play.figures.pop(chapter.__name__):6.1f} s  {chapter.__name__.replace('_', ' ')}")
    play.figures["story_s"] = time.monotonic() - began_s
    return play.figures
