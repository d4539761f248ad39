"""What can be tried about a hearing, before whichever act: asked, answered, waived, left in silence, left out."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from django.core.exceptions import ObjectDoesNotExist

from haetae.common import clock
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.queries import of_subject
from haetae.flow.hearings.states import About, Party
from haetae.web.hearings.subjects import SUBJECTS
from tests.walk.acts import STATEMENT, Act, Do, of_operator, under_review
from tests.walk.sanctioning import order_is, sanction_is
from tests.walk.stage import Stage

_REFUSED: Final = (hearings.CannotHearError, ObjectDoesNotExist)


def _subject(stage: Stage, about: About) -> UUID:
    there = {About.REVIEW: stage.review, About.ORDER: stage.order, About.SANCTION: stage.sanction}[about]
    return there.pk if there else uuid4()


def _hearing(stage: Stage, about: About) -> UUID:
    asked = list(of_subject(_subject(stage, about)))
    return asked[0].pk if asked else uuid4()


def asks(about: About) -> Do:
    """As the page of the act does, which looks whether the act may still come."""

    def do(stage: Stage) -> object:
        if not SUBJECTS[about](_subject(stage, about)).is_open:
            raise hearings.CannotHearError("act_over")
        official = stage.cast.secretariat if about is About.REVIEW else stage.cast.regulators[0]
        return hearings.ask(
            about=about,
            subject_id=_subject(stage, about),
            party=Party.OPERATOR,
            operator=stage.cast.operator,
            until=clock.now() + timedelta(days=3),
            source="haetae",
            official_id=official.pk,
        )

    return do


def answers(about: About) -> Do:
    return lambda stage: hearings.heard(
        hearing_id=_hearing(stage, about), opinion=STATEMENT, actor=of_operator(stage)
    )


def waives(about: About) -> Do:
    return lambda stage: hearings.waived(hearing_id=_hearing(stage, about), actor=of_operator(stage))


_BEFORE: Final = {
    About.REVIEW: under_review,
    About.ORDER: order_is("prior_opinion"),
    About.SANCTION: sanction_is("hearing"),
}
AT_A_HEARING: Final[Sequence[Act]] = tuple(
    act
    for about, likely in _BEFORE.items()
    for act in (
        Act(f"{about}: operator asked", asks(about), likely, _REFUSED),
        Act(f"{about}: operator answers", answers(about), likely, _REFUSED),
        Act(f"{about}: operator waives", waives(about), likely, _REFUSED),
    )
)
