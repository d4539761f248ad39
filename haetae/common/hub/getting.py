"""`haetae models get` as one procedure: pin, read the card, fetch the model, check both like any, put them in place."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from haetae.common.hub.asking import Hub, HubError, NotThereError, Pinned, asked, pinned
from haetae.common.hub.placing import aside, put
from haetae.common.outbound import Limits
from haetae.detect.classifying.card import CARD, MODEL, ModelRefusedError, OnnxCard, ProgramCard, read_card
from haetae.detect.classifying.registry import load

CAME_FROM: Final = "came-from.json"
# A model may be large and the line slow; what takes longer than an hour is better brought by hand.
LIMITS: Final = Limits(total_s=3_600.0, connect_s=10.0, body_bytes=2_000_000_000)
_CARD_LIMITS: Final = Limits(total_s=60.0, connect_s=10.0, body_bytes=1_000_000)


@dataclass(frozen=True, kw_only=True)
class Got:
    """`anew` is False where the very same was there already."""

    folder: Path
    commit: str
    anew: bool


def get(
    repository: str,
    *,
    revision: str,
    hub: str,
    models: Path,
    today: date,
    limits: Limits = LIMITS,
    told: Callable[[int], None] = lambda _: None,
) -> Got:
    """Fetch the model of a repository into a folder of models. Raises HubError, and then nothing was put there.

    `told` is told the size of every piece that came.
    """
    with aside(models) as folder:
        source = pinned(Hub.at(hub), repository, revision=revision)
        text = _card_text(source)
        card = _card(text, repository)
        target = models / card.title
        if target.exists():
            return _the_same(target, source=source, text=text)
        (folder / CARD).write_bytes(text)
        _fetch_model(source, folder / MODEL, limits=limits, told=told)
        try:
            load(folder, today=today, research_accepted=True)
        except ModelRefusedError as refused:
            raise HubError("refused", _of(repository, refused.words, folder)) from refused
        came_from = {
            "hub": source.hub.base,
            "repository": repository,
            "asked": revision,
            "commit": source.commit,
            "on": today.isoformat(),
        }
        (folder / CAME_FROM).write_text(json.dumps(came_from, indent=2) + "\n", encoding="utf-8")
        put(folder, target)
    return Got(folder=target, commit=source.commit, anew=True)


def came_from(folder: Path) -> dict[str, Any] | None:
    """Where a model was got from; None for one that came by hand."""
    try:
        said = json.loads((folder / CAME_FROM).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None


def _card_text(source: Pinned) -> bytes:
    what = f"{CARD} of {source.repository}"
    try:
        return asked(source.hub, source.address(CARD), what=what, limits=_CARD_LIMITS).body
    except NotThereError as error:
        raise HubError(
            "no_card",
            f"{source.repository}: there is no {CARD}, or no such repository ({error.code}); without a card no model is"
            " loaded, so fetch it by hand, measure it, and write one as docs/detection.md shows.",
        ) from error


def _card(text: bytes, repository: str) -> OnnxCard:
    try:
        card = read_card(text.decode(), where=f"{CARD} of {repository}")
    except UnicodeDecodeError as error:
        raise HubError("refused", f"{CARD} of {repository}: it is no text.") from error
    except ModelRefusedError as refused:
        raise HubError("refused", refused.words) from refused
    if isinstance(card, ProgramCard):
        words = f"{repository}: its card names a program to be run; programs are never fetched, only put there by hand."
        raise HubError("program", words)
    return card


def _fetch_model(source: Pinned, path: Path, *, limits: Limits, told: Callable[[int], None]) -> None:
    with path.open("wb") as file:

        def keep(piece: bytes) -> None:
            file.write(piece)
            told(len(piece))

        asked(
            source.hub,
            source.address(MODEL),
            what=f"{MODEL} of {source.repository}",
            limits=limits,
            into=keep,
        )


def _the_same(target: Path, *, source: Pinned, text: bytes) -> Got:
    """A model is its card: one that differs under the same name and version is another."""
    try:
        same = (target / CARD).read_bytes() == text
    except OSError:
        same = False
    if not same:
        raise HubError(
            "there", f"{target}: another model of that name and version is there; move it away first."
        )
    return Got(folder=target, commit=source.commit, anew=False)


def _of(repository: str, words: str, folder: Path) -> str:
    """The folder in which it was checked is gone when these words are read."""
    return f"{repository}: {words.replace(str(folder), repository)} Nothing was kept."
