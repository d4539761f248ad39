"""Analysts and their lists, in a process of its own: `python -m tests.browser.watching_stage` fills it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.desk_stage import _do, _surroundings, served


@dataclass(frozen=True, kw_only=True)
class Watchtower:
    """`once` has a sign-in of an analyst for each language. There is a draft, a list that runs and one that ended."""

    origin: str
    once: dict[str, str]


@contextmanager
def open_watchtower(home: Path) -> Iterator[Watchtower]:
    surroundings = _surroundings(home) | {"HAETAE_SECOND_STEP": "not_yet"}
    english, korean = (
        f"/console/sign-in/once/{secret}/"
        for secret in _do(surroundings, "tests.browser.watching_stage").split()
    )
    with served(surroundings) as origin:
        yield Watchtower(origin=origin, once={"en": english, "ko": korean})


def fill() -> str:
    from haetae.accounts.actions import issue_one_time_sign_in
    from haetae.connectors.crawling.base import Missed
    from haetae.flow.arrival.watching import actions
    from haetae.flow.arrival.watching.rules import Named
    from haetae.flow.arrival.watching.states import Kind
    from tests import people
    from tests.watching import BOARD, PHRASES, WHY, analyst, drafted, page, switched_on, visit_all

    first, second = analyst(), analyst(people.SECOND_ANALYST)
    ended = switched_on(name="Watched in spring")
    actions.end(list_id=ended, why=WHY, official_id=first.pk)
    channel = "https://t.me/s/openchannel"
    places = [
        Named(url=url, kind=Kind.PAGE) for url in (BOARD, f"{BOARD}new", f"{BOARD}{'a-long-name-' * 12}")
    ]
    places.append(Named(url=channel, kind=Kind.CHANNEL, vanishes=True))
    switched_on(name="Boards of the story", places=places, phrases=PHRASES, weight=5, follow_depth=1)
    visit_all(
        {
            BOARD: page(
                *(f"{BOARD}{number}.png" for number in range(3)),
                links=[f"{BOARD}deep"],
                invitations=["https://t.me/+AbCdEfGh"],
                phrases=frozenset({"p1"}),
            ),
            f"{BOARD}new": Missed(why="robots"),
            channel: Missed(why="network_timeout"),
            f"{BOARD}deep": page(at=f"{BOARD}deep"),
        }
    )
    drafted(name="Feeds of the story", places=[Named(url=f"{BOARD}feed", kind=Kind.FEED)])
    return " ".join(issue_one_time_sign_in(official=one) for one in (second, first))


if __name__ == "__main__":
    import django

    django.setup()
    print(fill())
