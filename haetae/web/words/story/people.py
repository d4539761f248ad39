"""Who stands by, who investigates behind a gate, and how all of it is proven."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from haetae.web.words.story.telling import Chapter, Told

CHAPTERS: Final = (
    Chapter(
        name="support",
        title=_("Somebody stands by you"),
        scenes=(
            Told(
                name="helped",
                who="counsellor",
                to="public",
                law=("rule:secrecy",),
                title=_("A counsellor writes back"),
                told=_(
                    "A counsellor opens the case, for a reason that stays in the record. Without a reason "
                    "it stays closed. Then the counsellor writes."
                ),
                sees=_("With her eight words she reads the answer."),
            ),
            Told(
                name="referred",
                who="counsellor",
                to="police_officer",
                law=("rule:police_ask_for_deletion",),
                title=_("To the police, if she agrees"),
                told=_(
                    "The counsellor wants to hand her case to the police. Without her consent nothing "
                    "leaves. She agrees, and only what she agreed to goes."
                ),
                sees=_("The police read one sealed package, and no more."),
            ),
        ),
    ),
    Chapter(
        name="police",
        title=_("The police, behind a gate"),
        scenes=(
            Told(
                name="applied",
                who="police_officer",
                to="prosecutor",
                law=("undercover:assumed_adult",),
                title=_("An officer wants to go undercover"),
                told=_(
                    "An officer opens a file. Officers who do not work on it find it closed. They apply "
                    "for an assumed identity, and want to begin. Nobody has permitted it."
                ),
                sees=_("The officer reads: refused, do not do it."),
            ),
            Told(
                name="permitted",
                who="judge",
                to="police_officer",
                law=("undercover:assumed_adult",),
                title=_("Prosecutor, then court"),
                told=_(
                    "A judge cannot permit what no prosecutor has brought. The prosecutor petitions. The "
                    "judge permits less than was asked."
                ),
                sees=_("The judge reads the petition, and not the file."),
            ),
            Told(
                name="acted",
                who="police_officer",
                to="judge",
                law=(),
                title=_("Each act is asked for"),
                told=_(
                    "Watching is permitted, and the act is noted. Buying is not, and the gate says no. No "
                    "administrator can open it."
                ),
                sees=_("The refusal stands in the log as well."),
            ),
            Told(
                name="over",
                who="police_officer",
                to="prosecutor",
                law=(),
                title=_("Over is over"),
                told=_(
                    "The officer ends it. From that moment each act is refused, whoever tries. A report "
                    "says what was done, and why it ended."
                ),
                sees=_("The officer reads: this operation is over."),
            ),
        ),
    ),
    Chapter(
        name="end",
        title=_("The end of the file"),
        scenes=(
            Told(
                name="destroyed",
                who="public",
                to="system",
                law=("rule:destroyed_on_demand",),
                title=_("She wants it all gone"),
                told=_(
                    "One button, and what she told us is destroyed, with its keys. A record of numbers "
                    "stays, without a word of hers."
                ),
                sees=_("Her eight words open nothing any more."),
            ),
        ),
    ),
    Chapter(
        name="proof",
        title=_("Check it yourself"),
        scenes=(
            Told(
                name="sealed",
                who="system",
                to="public",
                law=(),
                title=_("Every step is under a seal"),
                told=_(
                    "Each event of this story is one leaf of a tree. One signed number stands for all of "
                    "them. Change one letter, and it no longer fits."
                ),
                sees=_("Download the log and check it without us."),
            ),
            Told(
                name="counted",
                who="system",
                to="public",
                law=(),
                title=_("Counted, and nobody shown"),
                told=_(
                    "Requests and removals are counted from the same events. A number under five is not "
                    "published, nor what would give it away."
                ),
                sees=_("The public sees what stands below, and no more."),
            ),
        ),
    ),
)
