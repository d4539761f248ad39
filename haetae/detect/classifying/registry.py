"""Which models there are. One that does not say what it is, or is not what it says, is not among them."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from haetae.detect.classifying.card import (
    CARD,
    ModelCard,
    ModelRefusedError,
    OnnxCard,
    ProgramCard,
    Task,
    read_card,
)
from haetae.detect.classifying.outside.program import Program
from haetae.detect.classifying.running import Model

_CARD_BYTES_MOST: Final = 1_000_000
_MODEL_BYTES_MOST: Final = 2_000_000_000


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A folder with a card. `refused` says why it is not loaded; then there may be no card."""

    folder: Path
    card: ModelCard | None
    refused: str | None = None


def listed(
    folders: Sequence[Path], *, today: date, research_accepted: bool, programs_accepted: bool = False
) -> list[Listed]:
    """Every folder below these that holds a card, in order; the bytes of the models are read and checked.

    One of these may also be the folder of a single model. One that does not exist is listed as refused.
    """
    found: list[Listed] = []
    for above in folders:
        if not above.is_dir():
            words = f"{above}: there is no such folder; correct what names it, or make it."
            found.append(Listed(folder=above, card=None, refused=words))
        own = [above] if (above / CARD).is_file() else []
        for folder in own or sorted((path.parent for path in above.glob(f"*/{CARD}")), key=_in_order):
            card = None
            try:
                card = _card(folder)
                _allowed(
                    card,
                    today=today,
                    research_accepted=research_accepted,
                    programs_accepted=programs_accepted,
                )
                _bytes(folder, card)
            except ModelRefusedError as refused:
                found.append(Listed(folder=folder, card=card, refused=refused.words))
            else:
                found.append(Listed(folder=folder, card=card))
    return found


def load(
    folder: Path, *, today: date, research_accepted: bool, programs_accepted: bool = False
) -> Model | Program:
    """Raises ModelRefusedError for a model that is not to be used. A program is started when it is first asked."""
    card = _card(folder)
    _allowed(card, today=today, research_accepted=research_accepted, programs_accepted=programs_accepted)
    return _made(card, folder=folder)


def load_to_measure(folder: Path) -> Model | Program:
    """For whoever names this very folder, to measure what is in it: expired, for research, or a program's draft."""
    return _made(_card(folder, draft=True), folder=folder)


def _made(card: OnnxCard | ProgramCard, *, folder: Path) -> Model | Program:
    data = _bytes(folder, card)
    if isinstance(card, ProgramCard):
        return Program(card, data, folder=folder)
    return Model(card, data, folder=folder)


def newest(found: Sequence[Listed], task: Task) -> Path | None:
    """The folder of a task's model: of several the first folder above wins, and in it the last by name and version.

    Numbers in names count as numbers: 10 comes after 9.
    """
    fine = [one for one in found if one.refused is None and one.card is not None and one.card.task is task]
    first = [one.folder for one in fine if one.folder.parent == fine[0].folder.parent]
    return max(first, key=_in_order) if first else None


def named(found: Sequence[Listed], name: str) -> Path | None:
    """The folder of the model that calls itself so, by name and version or, of several versions the last, by name."""
    fine = [one for one in found if one.card is not None and name in {one.card.title, one.card.name}]
    first = [one.folder for one in fine if one.folder.parent == fine[0].folder.parent]
    return max(first, key=_in_order) if first else None


def _in_order(folder: Path) -> tuple[tuple[int, str], ...]:
    parts = re.split(r"(\d+)", folder.name)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _card(folder: Path, *, draft: bool = False) -> OnnxCard | ProgramCard:
    path = folder / CARD
    try:
        with path.open("rb") as file:
            text = file.read(_CARD_BYTES_MOST + 1)
        if len(text) > _CARD_BYTES_MOST:
            raise ModelRefusedError(f"{path}: a card has at most {_CARD_BYTES_MOST} bytes.")
        return read_card(text.decode(), where=str(path), draft=draft)
    except (OSError, UnicodeDecodeError) as error:
        raise ModelRefusedError(
            f"{path}: it cannot be read as text; put the card of the model there."
        ) from error


def _allowed(card: ModelCard, *, today: date, research_accepted: bool, programs_accepted: bool) -> None:
    if card.expires < today:
        raise ModelRefusedError(
            f"{card.title}: field 'expires': it ended on {card.expires}; measure the model anew on what is made today,"
            " and set a new day."
        )
    if card.research_only and not research_accepted:
        raise ModelRefusedError(
            f"{card.title}: field 'research_only': its training data are for research; set"
            " HAETAE_RESEARCH_MODELS=accepted where your use is such, or bring another model."
        )
    if isinstance(card, ProgramCard) and not programs_accepted:
        raise ModelRefusedError(
            f"{card.title}: field 'runner': it is a program, which is run with the rights of haetae; set"
            " HAETAE_MODEL_PROGRAMS=accepted where you put it there yourself and mean it."
        )


def _bytes(folder: Path, card: ModelCard) -> bytes:
    """What is loaded is what was checked: the file is read once."""
    path = folder / card.file
    try:
        if path.stat().st_size > _MODEL_BYTES_MOST:
            raise ModelRefusedError(f"{path}: larger than {_MODEL_BYTES_MOST} bytes.")
        data = path.read_bytes()
    except OSError as error:
        raise ModelRefusedError(f"{path}: it cannot be read; put the model beside its card.") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != card.sha256:
        raise ModelRefusedError(
            f"{card.title}: field 'sha256': the card says {card.sha256[:12]}..., the file is {digest[:12]}...;"
            " one of the two is not what was published, so take both anew from whoever publishes them."
        )
    return data
