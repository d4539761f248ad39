"""One turn of speaking with an operator, for the jobs of the stages. Never inside a transaction."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import structlog

from haetae.common.database import held_alone
from haetae.common.keys import MissingKeyError
from haetae.connectors.base import ConnectorError, NoChannelError, RefusedLinkError
from haetae.flow.delivery import actions, rules
from haetae.flow.delivery.models import Attempt
from haetae.notice.checking import UnfitNoticeError

Said = TypeVar("Said")
log = structlog.get_logger(__name__)


class SomebodySpeaksError(Exception):
    """Another sender speaks of this delivery at this moment."""


def hand_over(
    delivery_id: UUID, *, talk: Callable[[Attempt], Said], take: Callable[[Attempt, Said], None]
) -> None:
    """Begin an attempt, talk, and take what was said or note the failure. One at a time speaks of one delivery.

    A killed sender leaves an attempt without an end, and the next one may then ask before it says it again. Raises
    SomebodySpeaksError where one that only seemed to be killed still speaks: the job comes back a little later.
    """
    with held_alone(delivery_id) as is_alone:
        if not is_alone:
            raise SomebodySpeaksError(delivery_id)
        _speak(delivery_id, talk=talk, take=take)


def _speak(
    delivery_id: UUID, *, talk: Callable[[Attempt], Said], take: Callable[[Attempt, Said], None]
) -> None:
    attempt = actions.begin_attempt(delivery_id=delivery_id)
    if attempt is None:
        return
    try:
        said = talk(attempt)
    except (NoChannelError, RefusedLinkError) as failure:
        actions.no_channel(attempt_id=attempt.pk, code=failure.code)
    except MissingKeyError:
        # Nothing went out, and no later try finds a key file that nobody puts there: a person does.
        actions.no_channel(attempt_id=attempt.pk, code="keys_unreadable")
    except UnfitNoticeError as unfit:
        # Trying again changes nothing, and what lacks something is no request: a person puts it right.
        actions.unfit(attempt_id=attempt.pk, code=unfit.code)
    except ConnectorError as failure:
        actions.attempt_failed(
            attempt_id=attempt.pk,
            code=failure.code,
            may_have_arrived=failure.sent,
            retry_after_s=failure.retry_after_s,
        )
    except Exception:
        # A fault of ours over what the other side said must not stop the clock of this delivery, nor hold its lane.
        log.exception("fault_in_a_conversation", delivery=str(delivery_id))
        actions.attempt_failed(
            attempt_id=attempt.pk, code=rules.OUR_FAULT, may_have_arrived=True, retry_after_s=None
        )
    else:
        take(attempt, said)
