"""Why something at the counsellor's desk was not taken, and what to do, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDS: Final[Mapping[str, str | Promise]] = {
    "case_ended": _(
        "This case has ended at the person's wish. Nothing of it is open to anybody at this desk."
    ),
    "case_held": _(
        "This case was destroyed but for what must be kept. Nothing of it is handed over from here."
    ),
    "case_destroyed": _("This case was destroyed. Nothing of it is left to read or to change."),
    "case_withdrawn": _("The person has withdrawn this case. Nothing is added or handed over in their name."),
    "case_of_another": _("Another counsellor has taken it on. Ask them, or hand it on with a reason."),
    "reason_missing": _("Say why you open it."),
    "not_chosen": _("Choose one of the answers."),
    "not_a_counsellor": _("This person is no counsellor today. Choose somebody else."),
    "age_needs_a_word": _("An age that lowers protection needs the person's own word at least."),
    "age_needs_a_paper": _(
        "The person counts as under 19. That ends only with a paper that you have seen; a guess may only raise"
        " protection."
    ),
    "guardian_unsafe": _(
        "Nobody at home may learn of it. A guardian who did it, or is married to who did it, has no say"
        " (SCA 30(3)), so nothing is told and nothing counts that they say."
    ),
    "home_not_asked": _("First ask the person, alone, whether it is safe when those at home learn of it."),
    "guardian_not_agreed": _("The person has not agreed that a guardian is told. Note that consent first."),
    "only_the_person_agrees_to_that": _("Only the person can agree that a guardian is told."),
    "papers_of_guardian_missing": _(
        "For a guardian you must have seen their own paper and the proof of the relation."
    ),
    "papers_of_agent_missing": _(
        "For an agent you must have seen their own paper, the power of attorney signed by hand and a copy of the"
        " person's paper."
    ),
    "message_empty": _("Write something first."),
    "message_too_long": _("The message is too long. Send it in two."),
    "recovery_not_chosen": _(
        "This person did not choose beforehand that anybody may help. Without the words nobody can open the case"
        " for them; a new report can be made at once."
    ),
    "recovery_by_another": _("The person chose another counsellor for this, and nobody in their place."),
    "recovery_not_as_agreed": _("Recognise the person in the way that was agreed, and in no other."),
    "recovery_needs_a_way": _("Choose how the person wants to be recognised."),
    "recovery_needs_a_name": _("Choose which counsellor may help."),
    "recovery_over": _("This has ended already. Begin again if the person still waits."),
    "recovery_by_one_alone": _("You have recognised the person yourself. A second counsellor confirms it."),
    "recovery_not_confirmed": _("A second counsellor has to confirm it first."),
    "recovery_of_another": _("Whoever recognised the person reads the new words out."),
    "recovery_too_old": _("The confirmation is older than a day. Recognise the person again."),
    "referral_not_agreed": _(
        "The person has not agreed to this, or no longer. Note the consent first; without it only the law's own"
        " reason reaches the police."
    ),
    "referral_length": _("What is handed over needs 10 to 8,000 characters."),
    "referral_open_already": _("It lies there already, and they have not answered yet."),
    "referral_over": _("This has ended otherwise already."),
    "referral_not_about_that": _(
        "This agency takes a place, or an operator, and not the other one. Choose again."
    ),
    "referral_not_theirs": _("By this article your agency hands over nothing. Choose another one."),
    "referral_no_ground": _("Choose to whom it goes, and by which article."),
    "referral_one_thing": _("Name either one place or one operator, and never both."),
    "referral_place_unknown": _(
        "Nothing is known at this address yet. Report it first on the public pages; when it was looked at, hand it"
        " over."
    ),
    "referral_place_many": _(
        "Several pictures are known on this page. Name one by the picture's own address."
    ),
    "referral_of_a_case": _(
        "This is about a person. It is called back when that person takes the consent back."
    ),
    "ex_officio_reason_missing": _("Say why the law demands it without a request."),
    "ex_officio_has_a_request": _("Somebody asks for it, so the law's own reason is not needed. Choose one."),
    "ex_officio_needs_a_minor": _("For this reason the person must count as under 19: put the age right."),
    "nothing_to_find_it_by": _("Write at least one link, words to search for, or what happened."),
    "link_missing": _("This line holds no link."),
    "link_too_long": _("This line is longer than a link can be."),
    "link_without_scheme": _("A link begins with http:// or https://."),
    "link_with_spaces": _("There is a space inside a link. Write one link in each line."),
    "too_many_links": _("At most 20 links at a time. The others can be added afterwards."),
    "hashes_unreadable": _("The fingerprints cannot be read."),
    "text_too_long": _("This text is longer than 8,000 characters. The rest can be added afterwards."),
    "form_too_old": _("This form was opened too long ago. Everything still stands here: send it again."),
    "not_saved": _(
        "Nothing was saved: the database or the keys do not answer. What you wrote still stands below. Send it again."
    ),
}


def case_refusal(code: str) -> str:
    """A sentence that says what to do; an unknown code is shown as it is."""
    return str(_WORDS.get(code, code))
