"""A decided animation is known by all that it shows, and by none of its frames alone."""

from dataclasses import asdict

import numpy as np
import pytest
from PIL import Image

from haetae.detect import Bank, KnownHash, Limits, OpenerPool, ReasonCode, Tier, Verdict, examine
from haetae.detect.alike import alike
from haetae.hashbank.rules import NewEntry, entry_of
from haetae.hashbank.states import Media
from tests.detect import media_files as made
from tests.detect.patterns import blocks, waves
from tests.detect.test_animations import moving, strangers

TITLE = blocks(height=180, width=240, seed=70)
SCENES = [waves(height=180, width=240, seed=71 + number) for number in range(4)]


def smaller(pictures) -> list[Image.Image]:
    return [Image.fromarray(one).resize((180, 135)) for one in pictures]


def kept_of(openers, data: bytes):
    return examine(data, bank=Bank(), openers=openers).fingerprints.as_json()


def decided(openers, data: bytes) -> NewEntry:
    finding = examine(data, bank=Bank(), openers=openers)
    prints, seen = finding.fingerprints.as_json(), asdict(finding.media)
    return entry_of(prints, seen=seen, tier=Tier.REGULATOR_DECIDED)


def bank_of(entry: NewEntry) -> Bank:
    """As the bank holds it, without its bytes."""
    facts = {"entry_id": "it", "list_name": "decided", "tier": entry.tier}
    if entry.media is Media.FILM:
        return Bank(KnownHash(pdq=one.pdq, dhash=one.dhash, at_ms=one.at_ms, **facts) for one in entry.frames)
    return Bank([KnownHash(pdq=entry.pdq, dhash=entry.dhash, **facts)])


@pytest.mark.parametrize("scenes", [1, 2, 4])
@pytest.mark.parametrize("format_", ["GIF", "PNG", "WEBP", "AVIF"])
def test_a_copy_in_any_format_is_the_decided_animation(openers, scenes, format_):
    shown = [TITLE, *SCENES[:scenes]]
    entry = decided(openers, moving(shown))
    assert (entry.media, len(entry.frames)) == (Media.FILM, 1 + scenes)
    copy = moving(smaller(shown * 2), format_)
    finding = examine(copy, bank=bank_of(entry), openers=openers)
    assert finding.verdict is Verdict.REQUEST
    assert "100 % of the known film" in finding.reasons[0].words


def test_a_harmless_frame_that_both_show_makes_no_copy(openers):
    bank = bank_of(decided(openers, moving([TITLE, *SCENES[:2]])))
    other = moving([TITLE, *smaller(strangers(2))])
    finding = examine(other, bank=bank, openers=openers)
    assert finding.verdict is Verdict.REVIEW
    assert [reason.code for reason in finding.reasons] == [ReasonCode.KNOWN_UNCONFIRMED]
    still = examine(made.encoded(TITLE), bank=bank, openers=openers)
    assert still.verdict is Verdict.REVIEW, "one frame of it is a lead for a person"


def test_one_that_shows_its_two_frames_over_and_over_is_known_by_two(openers):
    entry = decided(openers, moving([TITLE, SCENES[0]] * 30, "WEBP", lossless=False))
    assert len(entry.frames) == 2
    assert (
        examine(moving([TITLE, SCENES[0]]), bank=bank_of(entry), openers=openers).verdict is Verdict.REQUEST
    )


def test_one_that_always_looks_the_same_is_a_picture(openers):
    glowing = [np.clip(SCENES[0].astype(int) + number, 0, 255).astype(np.uint8) for number in range(4)]
    entry = decided(openers, moving(glowing, "PNG"))
    assert (entry.media, entry.frames) == (Media.IMAGE, ())
    still = examine(made.encoded(SCENES[0]), bank=bank_of(entry), openers=openers)
    assert still.verdict is Verdict.REQUEST


def test_a_title_before_something_too_plain_to_compare_is_never_known_as_a_picture(openers):
    dark = np.full_like(TITLE, 20)
    entry = decided(openers, moving([TITLE, dark], "PNG"))
    assert (entry.media, len(entry.frames)) == (Media.FILM, 1)
    assert examine(made.encoded(TITLE), bank=bank_of(entry), openers=openers).verdict is Verdict.REVIEW


def test_a_long_animation_is_known_by_the_frames_behind_its_sample_too(openers):
    shown = strangers(40)
    entry = decided(openers, moving(shown))
    assert len(entry.frames) > 30
    assert examine(moving(smaller(shown)), bank=bank_of(entry), openers=openers).verdict is Verdict.REQUEST


def test_two_that_share_a_frame_are_not_alike_and_their_copies_are(openers):
    ours, theirs = moving([TITLE, *SCENES[:2]]), moving([TITLE, *SCENES[2:]])
    among = [
        ("theirs", kept_of(openers, theirs)),
        ("our copy", kept_of(openers, moving(smaller([TITLE, *SCENES[:2]]), "PNG"))),
        ("the title", kept_of(openers, made.encoded(TITLE))),
        ("our bytes", kept_of(openers, ours)),
        ("nothing", {}),
    ]
    assert alike(kept_of(openers, ours), among=among) == ["our bytes", "our copy"]
    assert alike(kept_of(openers, made.encoded(TITLE, "BMP")), among=among) == ["the title"]


def test_what_was_looked_at_in_part_is_decided_by_that_part():
    with OpenerPool(limits=Limits(film_frames_hashed_most=0)) as pool:
        entry = decided(pool, moving(strangers(40)))
    assert 9 <= len(entry.frames) <= 16
