"""A person tells us, and it goes: with a word, with our own eyes, with a decision."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from haetae.web.words.story.telling import Chapter, Told

CHAPTERS: Final = (
    Chapter(
        name="report",
        title=_("A person tells us"),
        scenes=(
            Told(
                name="told",
                who="public",
                to="system",
                law=("rule:ask_for_deletion",),
                title=_("Somebody tells us of a picture"),
                told=_(
                    "She sends a link and a short code that her own device made. The picture stays with "
                    "her. Nobody asks for her name."
                ),
                sees=_("Eight words, once. With them she comes back; we cannot read them back to her."),
            ),
            Told(
                name="examined",
                who="system",
                to="counsellor",
                law=(),
                title=_("A machine compares, and stops"),
                told=_(
                    "The machine opens the picture in a closed room of its own. It matches her code. But "
                    "nobody has checked that code, so the machine may not act."
                ),
                sees=_("A counsellor finds one more line in the queue."),
            ),
            Told(
                name="looked",
                who="counsellor",
                to="system",
                law=(),
                title=_("A counsellor looks once"),
                told=_(
                    "One look, grey and blurred first, for a reason that is written down. Nothing of it "
                    "is kept. Then the counsellor says what it is."
                ),
                sees=_("A small grey picture, once, and never again."),
            ),
            Told(
                name="asked",
                who="system",
                to="operator",
                law=("step:removal_request.remove",),
                title=_("The platform is asked to delete"),
                told=_(
                    "A person has confirmed it, so the request leaves at once. It names the place, the "
                    "law and the codes. It names nobody."
                ),
                sees=_("The platform reads the notice below, and answers: removed."),
            ),
        ),
    ),
    Chapter(
        name="gone",
        title=_("A word is not a fact"),
        scenes=(
            Told(
                name="gone_once",
                who="system",
                to="operator",
                law=(),
                title=_("We look for ourselves"),
                told=_(
                    "The platform says that it is removed. We write down: it says so. Then we look, like "
                    "anybody without an account."
                ),
                sees=_("Her page says: “The site says: deleted”."),
            ),
            Told(
                name="gone_twice",
                who="system",
                to="public",
                law=(),
                title=_("Twice gone is gone"),
                told=_(
                    "Page and picture are gone, twice in a row. Only now do we call it removed. We come "
                    "back in an hour, a day, a week and later."
                ),
                sees=_("Her page says: “Gone”, with the day."),
            ),
            Told(
                name="harmless",
                who="system",
                to="operator",
                law=(),
                title=_("A harmless picture stays"),
                told=_(
                    "Next to it somebody posts a rocket. The machine compares it and finds nothing. "
                    "Nobody is asked, and nothing is hidden."
                ),
                sees=_("Nobody notices anything."),
            ),
        ),
    ),
    Chapter(
        name="doubt",
        title=_("When nobody is sure"),
        scenes=(
            Told(
                name="unsure",
                who="operator",
                to="system",
                law=("step:removal_request.ask_the_reviewer", "step:provisional_block.block"),
                title=_("The platform cannot tell"),
                told=_(
                    "Another picture, another request. This time the platform answers that it cannot "
                    "judge. It hides the picture for now, and we ask who may decide."
                ),
                sees=_("Others see nothing there. The platform still has it."),
            ),
            Told(
                name="hidden",
                who="system",
                to="operator",
                law=("step:provisional_block.block",),
                title=_("Hidden is not gone"),
                told=_(
                    "We look whether it is really hidden. From outside, hidden and gone look alike. So we "
                    "never call it removed."
                ),
                sees=_("The page of such a case says: “Hidden for now”."),
            ),
            Told(
                name="heard",
                who="reviewer",
                to="operator",
                law=("step:regulator_review.hear",),
                title=_("Nobody decides before hearing"),
                told=_(
                    "The commission's office proposes a decision. A member wants to vote at once, an "
                    "official of the regulator too. Both are stopped. First the platform is asked."
                ),
                sees=_("Members read that nobody was heard yet."),
            ),
            Told(
                name="answered",
                who="operator",
                to="reviewer",
                law=(),
                title=_("The platform answers"),
                told=_(
                    "It writes that it could not tell whether the person had agreed. The opinion lies "
                    "sealed with the file, for those who decide."
                ),
                sees=_("Members read the opinion before they vote."),
            ),
            Told(
                name="voted",
                who="commission_member",
                to="operator",
                law=("step:removal_request.decide",),
                title=_("Nine seats, five votes"),
                told=_(
                    "Members vote one by one, each for a reason. The fifth vote decides: remove. One "
                    "member wants to vote twice and cannot."
                ),
                sees=_("Nobody outside reads who voted how."),
            ),
            Told(
                name="obeyed",
                who="operator",
                to="public",
                law=("step:removal_request.follow",),
                title=_("What was decided is done"),
                told=_(
                    "The platform gets the decision as a new request. It deletes, says so, and we look "
                    "twice. Then the block ends."
                ),
                sees=_("A letter with reasons, a number and a way to check it."),
            ),
        ),
    ),
)
