"""Why something that a person sent was not taken, and what to do, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.flow.hearings.rules import LONGEST, SHORTEST
from haetae.flow.review.rules import LONGEST_STATEMENT, SHORTEST_STATEMENT
from haetae.flow.tasks.rules import LONGEST_NOTE, SHORTEST_NOTE

_WORDS: Final[Mapping[str, str | Promise]] = {
    "review_over": _(
        "This has been decided already, so this was not taken. What you wrote still stands below."
    ),
    "review_moot": _("Nothing is left to decide: it is gone, or the objection was taken back."),
    "voted_already": _("You have voted in this round, and a vote is not changed. Yours stands as it was."),
    "recused": _("You take no part in this one, so you do not vote on it."),
    "not_a_member": _("Only who sits in the commission today votes."),
    "votes_cast": _("Somebody has voted on the proposal that stands, so it is not changed any more."),
    "round_over": _(
        "That round of votes is over, and nobody had a majority. Read what was said, and vote anew."
    ),
    "proposal_renewed": _("The proposal has been renewed. Read it again, and then vote."),
    "no_bias": _("Choose why you take no part."),
    "not_permitted": _("Your role does not do this."),
    "not_heard": _("The operator was not heard yet. Ask first, or record the exception that the law makes."),
    "hearing_runs": _("Somebody was asked, and the time for an answer is not over."),
    "reason_does_not_fit": _("Choose a decision together with one of its reasons."),
    "statement_length": _("The statement needs %(least)s to %(most)s characters."),
    "not_confirmed": _("Tick the box to say that this is your vote."),
    "task_over": _(
        "This task has been ended already, so yours was not taken. What you wrote still stands below."
    ),
    "task_of_others": _("This task is on the list of others, who end it. What you wrote was not taken."),
    "outcome_does_not_fit": _("Choose how it ends."),
    "note_length": _("The note needs %(least)s to %(most)s characters."),
    "look_not_yours": _("Your role does not look at pictures. Counsellors and reviewers do."),
    "look_of_a_minor": _("A minor may be shown. Only a child protection counsellor or reviewer looks at it."),
    "nothing_to_judge": _("There is nothing to judge here any more."),
    "no_reason_to_look": _("Choose why you look."),
    "blurred_first": _("Look at it blurred first."),
    "looks_used_up": _("You have no looks left today. Leave it to somebody else, or come back tomorrow."),
    "look_used": _("This look has been used. Each one shows once."),
    "look_lapsed": _("This look was not had in time. Ask for another one."),
    "not_seen": _("You were not shown it, so you can say nothing of it. Look first, or hand it on."),
    "seen_too_long_ago": _("It is too long since you saw it. Look again before you say what it is."),
    "said_already": _("You have said already what it is."),
    "looker_away": _(
        "Pictures cannot be fetched just now. Nothing was used up and nothing is lost."
        " Try again, and tell whoever runs this system."
    ),
    "hearing_over": _("This hearing is over, so this was not taken."),
    "hearing_closed": _("The act has come, and nobody is heard about it any more."),
    "act_over": _("This has been decided already, so nobody is heard about it any more."),
    "hearing_length": _("Write %(least)s to %(most)s characters."),
    "hearing_in_the_past": _("Choose a day that is not over yet."),
    "hearing_no_day": _("Choose by when."),
    "hearing_no_exception": _("Choose which exception of the law it is."),
    "hearing_no_way": _("Choose how it came."),
    "export_place": _(
        "This is not the number or address of one place. Find the place first, and take its number from there."
    ),
    "export_reference": _("Give the number of the case at the court, as 2026고단1234."),
    "export_reason": _("Say why it is needed, in 10 to 1,000 characters."),
    "export_altered": _(
        "A document of this place is not what was issued, so nothing was handed out. Tell whoever runs this system."
    ),
    "no_why": _("Choose why it goes on."),
    "none_chosen": _("Choose at least one."),
    "nothing_hidden_yet": _("Nothing is hidden there yet, so there is nothing to extend or to end."),
    "minor_stays_hidden": _(
        "A minor is shown, or may be. Before a decision only somebody who protects minors may end this."
    ),
    "minor_not_left_to_operators": _(
        "A minor is shown, or may be. That is left to no operator: the commission decides."
    ),
    "held_by_another_case": _("An open case with the same picture keeps it hidden. It ends with that one."),
    "hidden_by_decision": _("It was decided that it stays hidden. A decision has no term."),
    "being_shown_again": _("It is being shown again already. Only a decision can hide or remove it now."),
    "shown_already": _("It has been shown again already. Only a decision can hide or remove it now."),
    "removed_already": _("It is removed. Nothing is left to hide or to show."),
    "decided_meanwhile": _("It has been decided meanwhile. The decision says what follows."),
    "extended_already": _("It was extended already. That is possible again shortly before its new end."),
    "extended_often_enough": _(
        "It was extended as often as our rule allows. Decide, or it is shown again at its end."
    ),
    "extension_statement": _("The statement needs %(least)s to %(most)s characters."),
    "quorum_there": _("There is a quorum, so the commission decides. The operator is not asked to."),
    "not_saved": _(
        "Nothing was saved: the database does not answer. What you wrote still stands below. Send it again."
    ),
}
_LENGTHS: Final[Mapping[str, tuple[int, int]]] = {
    "statement_length": (SHORTEST_STATEMENT, LONGEST_STATEMENT),
    "extension_statement": (SHORTEST_STATEMENT, LONGEST_STATEMENT),
    "note_length": (SHORTEST_NOTE, LONGEST_NOTE),
    "hearing_length": (SHORTEST, LONGEST),
}


def refusal_words(code: str) -> str:
    """A sentence that names the field and the way out; an unknown code is shown as it is."""
    least, most = _LENGTHS.get(code, (0, 0))
    words = str(_WORDS.get(code, code))
    return words % {"least": f"{least:,}", "most": f"{most:,}"} if code in _LENGTHS else words
