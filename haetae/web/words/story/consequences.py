"""What a platform pays that says what is not so, and what comes back."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from haetae.web.words.story.telling import Chapter, Told

CHAPTERS: Final = (
    Chapter(
        name="sanction",
        title=_("When a platform is untrue"),
        scenes=(
            Told(
                name="claimed",
                who="operator",
                to="system",
                law=("step:removal_request.remove",),
                title=_("Said to be removed"),
                told=_(
                    "A copy comes up again. The platform answers within moments: removed. It has deleted "
                    "nothing."
                ),
                sees=_("Anybody can still open it."),
            ),
            Told(
                name="caught",
                who="system",
                to="regulator",
                law=(),
                title=_("Our eyes see otherwise"),
                told=_(
                    "Two looks, and it is there both times. The claim is false. A person takes over, and "
                    "the regulator reads it."
                ),
                sees=_("The regulator sees claim and truth side by side."),
            ),
            Told(
                name="drafted",
                who="regulator",
                to="operator",
                law=("power:claim_false",),
                title=_("An order is drafted"),
                told=_(
                    "An official drafts an order that the platform keep its word. It may not claim a "
                    "decision that nobody made. It may not be signed unheard."
                ),
                sees=_("The platform is asked for its word, with a date."),
            ),
            Told(
                name="ordered",
                who="regulator",
                to="operator",
                law=("power:claim_false", "step:regulator_review.hear"),
                title=_("Two officials, one order"),
                told=_(
                    "The platform is heard. Whoever drafted the order may not sign it. A second official "
                    "signs, and it reaches the platform."
                ),
                sees=_("A numbered order. Anybody can check that it is real."),
            ),
            Told(
                name="not_followed",
                who="system",
                to="regulator",
                law=(),
                title=_("The term is over"),
                told=_(
                    "The day comes and goes. We look again: the picture is there. Nobody has to believe "
                    "anybody."
                ),
                sees=_("The regulator reads: not followed, seen by our own looks."),
            ),
            Told(
                name="proposed",
                who="regulator",
                to="operator",
                law=(),
                title=_("A sum with every step shown"),
                told=_(
                    "A surcharge is proposed. A worksheet shows each number and where it comes from. A "
                    "court can work it out again."
                ),
                sees=_("The platform is asked before anything is decided."),
            ),
            Told(
                name="charged",
                who="regulator",
                to="operator",
                law=(),
                title=_("Again two people"),
                told=_(
                    "The platform is heard once more. Who proposed the sum may not decide it. A second "
                    "official does, and the letter goes out."
                ),
                sees=_("A letter with the sum, and how to contest it."),
            ),
            Told(
                name="paid",
                who="operator",
                to="regulator",
                law=(),
                title=_("Paid, to the last won"),
                told=_(
                    "The money comes in. One won too many would not be booked. Paying ends the sum, and "
                    "not the duty to delete."
                ),
                sees=_("The account stands at nothing left."),
            ),
        ),
    ),
    Chapter(
        name="back",
        title=_("When it comes back"),
        scenes=(
            Told(
                name="back",
                who="system",
                to="operator",
                law=("step:measures_beforehand.compare_uploads",),
                title=_("A stranger posts it again"),
                told=_(
                    "Days later a copy of her picture appears. Our eyes pass over public pages and know "
                    "it. The request goes out by itself."
                ),
                sees=_("She has nothing to do."),
            ),
            Told(
                name="back_gone",
                who="system",
                to="public",
                law=(),
                title=_("Gone again, without her effort"),
                told=_(
                    "The platform deletes it, and we look twice. She sent no second report. Her case "
                    "shows both places."
                ),
                sees=_("One more line on her page: “Gone”."),
            ),
        ),
    ),
)
