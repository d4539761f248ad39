"""A picture that is mirrored, turned or hashed by Meta's own tools is the picture that is known."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from haetae.detect import Bank, KnownHash, OpenerPool, Tier, Turn, Verdict, examine
from haetae.detect.hashing.dhash import dhash, dhash_of_turns
from haetae.detect.hashing.pdq import pdq, pdq_of_turns, small
from haetae.detect.hashing.turns import WAYS, Way
from haetae.detect.matching.distance import distance_bits
from tests.detect import patterns

PHOTOS = Path(__file__).parents[1] / "fixtures" / "photos"
TURNED = {
    Turn.UPRIGHT: None,
    Turn.MIRRORED: Image.Transpose.FLIP_LEFT_RIGHT,
    Turn.MIRRORED_UPSIDE_DOWN: Image.Transpose.FLIP_TOP_BOTTOM,
    Turn.UPSIDE_DOWN: Image.Transpose.ROTATE_180,
    Turn.LEFT: Image.Transpose.ROTATE_270,
    Turn.RIGHT: Image.Transpose.ROTATE_90,
    Turn.MIRRORED_LEFT: Image.Transpose.TRANSPOSE,
    Turn.MIRRORED_RIGHT: Image.Transpose.TRANSVERSE,
}


@pytest.fixture(scope="module")
def openers():
    with OpenerPool() as pool:
        yield pool


def as_known(data: bytes, openers: OpenerPool) -> KnownHash:
    seen = examine(data, bank=Bank(), openers=openers).fingerprints.perceptual[0]
    return KnownHash(
        entry_id="e", list_name="l", tier=Tier.COUNSELLOR_CHECKED, pdq=seen.pdq, dhash=seen.dhash
    )


@pytest.mark.parametrize("turn", TURNED, ids=str)
@pytest.mark.parametrize("name", ["coffee", "gravel", "rocket"])
def test_every_turn_of_a_known_picture_is_found_and_both_families_say_so(name, turn, openers):
    """The name of the turn says what brings the copy back."""
    data = (PHOTOS / f"{name}.jpg").read_bytes()
    picture = Image.open(BytesIO(data))
    copy, written = picture if TURNED[turn] is None else picture.transpose(TURNED[turn]), BytesIO()
    copy.save(written, "JPEG", quality=80)
    found = examine(written.getvalue(), bank=Bank([as_known(data, openers)]), openers=openers)
    assert found.verdict is Verdict.REQUEST
    (signal,) = found.signals
    assert signal.facts.get("turn", "upright") == turn
    assert signal.facts["confirmed"]


@pytest.mark.parametrize("turn", Turn, ids=str)
@pytest.mark.parametrize("size", [(512, 512), (640, 961), (77, 1300)], ids=str)
def test_the_hash_of_a_turn_is_the_hash_of_the_turned_picture_in_every_bit(turn, size):
    luma = patterns.noise(height=size[0], width=size[1], seed=5)
    shown = np.ascontiguousarray(_turned(luma, WAYS[turn]))
    assert pdq_of_turns(luma).bits[turn] == pdq(shown).bits
    assert distance_bits(dhash_of_turns(luma)[turn], dhash(shown)) <= 1, "sums in another order"


def test_what_is_kept_of_an_examination_are_the_upright_hashes_alone(openers):
    found = examine((PHOTOS / "coffee.jpg").read_bytes(), bank=Bank(), openers=openers)
    kept = found.as_json()["fingerprints"]["perceptual"]
    assert {row["turn"] for row in kept} == {"upright"}
    assert {row["turn"] for row in map(vars, found.fingerprints.perceptual)} == set(Turn)


def test_an_entry_that_metas_tool_hashed_is_within_reach_of_its_own_picture(openers):
    """Its 512 x 512 pixels of a noisy picture share next to nothing with the whole of it."""
    luma = patterns.noise(height=900, width=1200, seed=8)
    written = BytesIO()
    Image.fromarray(luma).save(written, "PNG")
    theirs = pdq(small(luma)).bits
    assert distance_bits(theirs, pdq(luma).bits) > 31
    entry = KnownHash(entry_id="e", list_name="l", tier=Tier.COUNSELLOR_CHECKED, pdq=theirs)
    (signal, *_) = examine(written.getvalue(), bank=Bank([entry]), openers=openers).signals
    assert (signal.facts["distance_bits"], signal.facts["confirmed"]) == (0, False)


@pytest.mark.parametrize(
    ("height", "width", "is_small"), [(512, 512, True), (513, 100, False), (5, 512, True)]
)
def test_metas_tool_picks_pixels_only_where_a_side_is_longer_than_512(height, width, is_small):
    picked = small(patterns.noise(height=height, width=width, seed=1))
    assert (picked is None) is is_small
    assert picked is None or picked.shape == (512, 512)


def _turned(plane: np.ndarray, way: Way) -> np.ndarray:
    plane = plane.T if way.swapped else plane
    plane = plane[:, ::-1] if way.columns_back else plane
    return plane[::-1] if way.rows_back else plane
