"""Events that cause no step, each with why the flow may rest there. What is not here leads on: next_step.FOLLOWS."""

from typing import Final

from haetae.flow.ends.around import AROUND
from haetae.flow.ends.main import FLOW

ENDS: Final[dict[str, str]] = FLOW | AROUND
