"""The models of this process, loaded when the first picture needs them, and the rules under which they may act."""

from functools import cache

from haetae.common.shipped_models import models_of
from haetae.detect.acting import Acting
from haetae.detect.classifying.assessing import Models
from haetae.detect.classifying.card import Task
from haetae.law.facts import Automatic
from haetae.settings.environment import Environment


@cache
def models() -> Models:
    """Those that this installation may use; what is refused is passed over, and `haetae models check` says why."""
    return models_of(Environment(), [Task.EXPLICIT, Task.FACE_MANIPULATED, Task.IMAGE_GENERATED])


def acting_under(rules: Automatic, *, for_depicted: bool) -> Acting:
    """`for_depicted`: the person shown, or somebody for that person, has reported it."""
    return Acting(
        for_depicted=for_depicted,
        needs_report=rules.needs_report,
        could_be_wronged=rules.could_be_wronged_per_million,
        wrongful_most=rules.wrongful_most_per_million,
        sought_per_million=rules.harmful_per_million,
    )
