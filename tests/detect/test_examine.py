"""The whole chain: copies of a known picture are found, strangers are not, and failed looks are told."""

import json
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from haetae.detect import Bank, Fingerprints, KnownHash, OpenerPool, Tier, Verdict, examine
from tests.detect import media_files as made
from tests.detect.patterns import Luma, blocks, noise, waves


def photo() -> Luma:
    return np.asarray(Image.open(BytesIO(made.PHOTO.read_bytes())).convert("L"))


ORIGINALS = {
    "photograph": photo(),
    "waves": waves(height=480, width=640, seed=11),
    "blocks": blocks(height=600, width=450, seed=12),
}


def resized(picture: Luma, share: float) -> Luma:
    height, width = picture.shape
    size = (round(width * share), round(height * share))
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS))


COPIES = {
    "jpeg of low quality": lambda picture: made.encoded(picture, "JPEG", quality=30),
    "webp": lambda picture: made.encoded(picture, "WEBP", quality=60),
    "half the size": lambda picture: made.encoded(resized(picture, 0.5), "JPEG", quality=75),
    "thumbnail": lambda picture: made.encoded(resized(picture, 0.25), "JPEG", quality=75),
    "larger": lambda picture: made.encoded(resized(picture, 1.7), "PNG"),
    "colour cast": lambda picture: made.encoded(
        Image.merge("RGB", [Image.fromarray(picture)] * 2 + [Image.fromarray(picture // 2)])
    ),
    "black bars": lambda picture: made.encoded(
        made.bordered(picture, bar_px=200, gray=0), "JPEG", quality=70
    ),
    "white bars, smaller": lambda picture: made.encoded(
        made.bordered(resized(picture, 0.6), bar_px=90, gray=250), "JPEG", quality=50
    ),
    "four bars": lambda picture: made.encoded(
        made.bordered(made.bordered(picture, bar_px=70, gray=30).T, bar_px=50, gray=30).T, "JPEG", quality=80
    ),
}


def fingerprints(picture: Luma, *, openers: OpenerPool) -> Fingerprints:
    found = examine(made.encoded(picture), bank=Bank(), openers=openers).fingerprints
    assert found is not None
    return found


def entry(known: Fingerprints, *, tier: Tier = Tier.COUNSELLOR_CHECKED) -> KnownHash:
    whole = known.perceptual[0]
    return KnownHash(
        entry_id="e1", list_name="partners", tier=tier, sha256=known.sha256, pdq=whole.pdq, dhash=whole.dhash
    )


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
@pytest.mark.parametrize("original", ORIGINALS.values(), ids=ORIGINALS)
def test_a_copy_of_a_known_picture_is_confirmed_and_requested(openers, original, copy):
    bank = Bank([entry(fingerprints(original, openers=openers))])
    finding = examine(copy(original), bank=bank, openers=openers)
    (match,) = [signal.facts for signal in finding.signals if signal.kind == "known_hash"]
    assert finding.verdict is Verdict.REQUEST
    assert match["confirmed"] is True
    assert match["distance_bits"] <= 31


def test_strangers_stay_strangers(openers):
    bank = Bank(entry(fingerprints(original, openers=openers)) for original in ORIGINALS.values())
    strangers = [
        make(height=300, width=400, seed=seed) for make in (waves, blocks, noise) for seed in range(50, 60)
    ]
    verdicts = {examine(made.encoded(one), bank=bank, openers=openers).verdict for one in strangers}
    assert verdicts == {Verdict.NOTHING}


def test_the_same_bytes_are_known_by_their_sha256_alone(openers):
    data = made.encoded(ORIGINALS["waves"])
    sha256 = fingerprints(ORIGINALS["waves"], openers=openers).sha256
    bank = Bank([KnownHash(entry_id="e", list_name="l", tier=Tier.OPERATOR_CONFIRMED, sha256=sha256)])
    finding = examine(data, bank=bank, openers=openers)
    assert finding.verdict is Verdict.REQUEST
    assert finding.signals[0].facts["exact"] is True


def test_known_bytes_that_do_not_open_are_still_known(openers):
    broken = made.encoded(ORIGINALS["waves"])[:5000]
    unknown = examine(broken, bank=Bank(), openers=openers)
    assert unknown.verdict is Verdict.UNDETERMINED
    known = KnownHash(
        entry_id="e", list_name="l", tier=Tier.REGULATOR_DECIDED, sha256=unknown.fingerprints.sha256
    )
    assert examine(broken, bank=Bank([known]), openers=openers).verdict is Verdict.REQUEST


def test_a_likeness_to_a_self_declared_hash_is_a_review(openers):
    known = entry(fingerprints(ORIGINALS["blocks"], openers=openers), tier=Tier.SELF_DECLARED)
    finding = examine(made.encoded(ORIGINALS["blocks"], "JPEG"), bank=Bank([known]), openers=openers)
    assert finding.verdict is Verdict.REVIEW


def test_a_plain_picture_is_undetermined(openers):
    finding = examine(made.encoded(np.full((200, 200), 90, dtype=np.uint8)), bank=Bank(), openers=openers)
    assert finding.verdict is Verdict.UNDETERMINED
    assert "too plain" in finding.reasons[0].words


def test_a_report_of_an_unknown_picture_goes_to_a_person(openers):
    finding = examine(made.encoded(ORIGINALS["waves"]), bank=Bank(), openers=openers, reported=True)
    assert finding.verdict is Verdict.REVIEW


def test_a_truncated_jpeg_is_undetermined_and_the_opener_lives_on(openers):
    whole = made.encoded(ORIGINALS["photograph"], "JPEG")
    before = openers.process_ids()
    finding = examine(whole[: len(whole) // 2], bank=Bank(), openers=openers)
    assert finding.verdict is Verdict.UNDETERMINED
    assert (finding.media.kind, finding.media.format) == ("image", "jpeg")
    assert examine(whole, bank=Bank(), openers=openers).verdict is Verdict.NOTHING
    assert openers.process_ids() == before


def test_a_finding_is_plain_json(openers):
    bank = Bank([entry(fingerprints(ORIGINALS["waves"], openers=openers))])
    finding = examine(made.encoded(ORIGINALS["waves"], "JPEG"), bank=bank, openers=openers)
    read_back = json.loads(json.dumps(finding.as_json()))
    assert set(read_back) == {"media", "fingerprints", "signals", "verdict", "reasons"}
    assert read_back["verdict"] == "request"
    assert read_back["fingerprints"]["perceptual"][0]["variant"] == "whole"
    assert read_back["reasons"][0]["code"] == "known_confirmed"
    assert "partners" in read_back["reasons"][0]["words"]
