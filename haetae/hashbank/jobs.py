"""Fetching the lists of others, page by page, and telling partners of what has expired.

A page counts wholly or not at all, so that a kill loses nothing.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NoReturn
from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from haetae.common import clock, jobs
from haetae.common.foreign import ForeignPage, Position
from haetae.common.jobs import AFTER_A_FAULT
from haetae.common.keys import MissingKeyError
from haetae.connectors.base import ConnectorError, UnreachableError
from haetae.connectors.exchange import client_for
from haetae.connectors.exchange.client import BadSecretError, Client
from haetae.hashbank.actions import CannotEnterError
from haetae.hashbank.exchange import actions as exchange
from haetae.hashbank.models import Source
from haetae.hashbank.sources import actions, queries, rules
from haetae.hashbank.sources.actions import MovedOnError

PULL: Final = "haetae.hashbank.pull"
_ENDS_AT_ONCE: Final = 5_000
Tell = Callable[[Mapping[str, int]], None]


@app.periodic(cron="* * * * * */10")
@app.task(name="haetae.hashbank.pull_due", queue="watch", queueing_lock="pull_due")
def pull_due(timestamp: int) -> None:
    """Every list whose time has come is fetched. What is due stands in a row: a round left out is made good."""
    del timestamp
    for source_id in queries.due(at=clock.now()):
        _put_into_the_queue(source_id)


@app.periodic(cron="* * * * *")
@app.task(name="haetae.hashbank.tell_of_ends", queue="flow", queueing_lock="tell_of_ends")
def tell_of_ends(timestamp: int) -> None:
    """Partners are told of what has expired. It is matched no more from its very moment on, also without this."""
    del timestamp
    while exchange.tell_of_ends(at=clock.now(), most=_ENDS_AT_ONCE) == _ENDS_AT_ONCE:
        pass


@app.task(name="haetae.hashbank.pull", queue="watch", priority=-1, retry=AFTER_A_FAULT)
def pull(source_id: str) -> None:
    """Some pages of one list; where there are more, another job goes on, so that other work has its turn."""
    if pull_pages(UUID(source_id), pages_most=rules.PAGES_A_JOB).more:
        _put_into_the_queue(UUID(source_id))


def _put_into_the_queue(source_id: UUID) -> None:
    jobs.defer_unless_waiting(PULL, waiting_as=f"pull:{source_id}", source_id=str(source_id))


@dataclass(kw_only=True)
class Pulled:
    """What came of it: counts by kind, whether there is more, and the code and sentence of a failure."""

    counts: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    more: bool = True
    code: str = ""
    words: str = ""


def pull_pages(source_id: UUID, *, pages_most: int | None = None, tell: Tell = lambda _: None) -> Pulled:
    """Fetch until the end of the round, a failure, or so many pages; `tell` hears the counts after each of them.

    A failure is written down with the source, and nothing is raised for it.
    """
    done = Pulled()
    seen: set[str] = set()
    empty = 0
    while done.more and (pages_most is None or done.pages < pages_most):
        source = queries.sources().filter(pk=source_id).first()
        if source is None:
            return replace(done, more=False)
        at = queries.position_of(source)
        try:
            page = _unlooped(_fetched(source, at), seen=seen | {at.following})
            seen.add(page.after.following)
            done.counts.update(actions.take_page(source_id=source_id, before=at, page=page))
            done.pages, done.more = done.pages + 1, page.more
            empty = 0 if page.records or page.not_held or page.set_aside else empty + 1
            _refuse_circles(page, began=at, empty=empty)
        except (MovedOnError, Source.DoesNotExist):
            return replace(done, more=False)  # another process fetches it just now, or it was removed
        except ConnectorError as failure:
            return _failed(done, source_id, failure)
        except CannotEnterError as problem:
            return _failed(done, source_id, UnreachableError("cannot_enter", str(problem)))
        tell(done.counts)
    return done


def _failed(done: Pulled, source_id: UUID, failure: ConnectorError) -> Pulled:
    try:
        actions.pull_failed(
            source_id=source_id,
            code=failure.code,
            words=str(failure),
            retry_after_s=failure.retry_after_s,
            restart=failure.code in rules.BEGIN_AGAIN,
        )
    except Source.DoesNotExist:
        return replace(done, more=False)  # removed while we waited, and its secret with it
    return replace(done, more=False, code=failure.code, words=rules.plain(str(failure)))


def _fetched(source: Source, at: Position) -> ForeignPage:
    try:
        return _client_of(source).fetch(at, now=clock.now(), most=rules.page_size(failures=source.failures))
    except (MissingKeyError, BadSecretError) as problem:
        words = f"Its secret cannot be used: {problem} Give it anew by haetae exchange source add."
        raise UnreachableError("secret_missing", words) from problem
    except (ValueError, LookupError, TypeError, RecursionError) as fault:
        # A page so odd that our own reading fails over it must not end the fetching.
        raise UnreachableError("not_a_page", f"Our own reading failed: {type(fault).__name__}.") from fault


def _client_of(source: Source) -> Client:
    secret = settings.KEYS.read(source.secret_name, _none_is_made_up)
    return client_for(wire=source.wire, base=source.base, secret=secret.decode())


def _none_is_made_up() -> NoReturn:
    raise MissingKeyError("There is no key file of this name.")


def _unlooped(page: ForeignPage, *, seen: set[str]) -> ForeignPage:
    """A page that leads back to where we were is taken, and its round begins again."""
    if page.more and page.after.following and page.after.following in seen:
        return replace(page, after=page.after.restarted())
    return page


def _refuse_circles(page: ForeignPage, *, began: Position, empty: int) -> None:
    if page.more and page.after == began.restarted():
        raise UnreachableError("loop", "Its pages lead in a circle; the round begins again later.")
    if page.more and empty >= rules.EMPTY_PAGES_MOST:
        raise UnreachableError(
            "endless", f"{empty} pages in a row had no record, and there was always one more."
        )
