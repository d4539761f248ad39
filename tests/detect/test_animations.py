"""An animated picture is looked at frame by frame, as a viewer shows it; what was not seen is said."""

import struct
import time
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from haetae.detect import Bank, KnownHash, Limits, OpenerPool, SignalKind, Tier, Verdict, examine
from tests.detect import media_files as made
from tests.detect.hostile_pictures import pictures
from tests.detect.patterns import blocks, waves

HEIGHT, WIDTH = 120, 160
FORMATS = ["GIF", "PNG", "WEBP", "AVIF"]
HARMLESS = blocks(height=HEIGHT, width=WIDTH, seed=1)
KNOWN = waves(height=HEIGHT, width=WIDTH, seed=2)


def moving(frames, format_: str = "GIF", **options) -> bytes:
    first, *others = [one if isinstance(one, Image.Image) else Image.fromarray(one) for one in frames]
    options = {"duration": 100, **({"lossless": True} if format_ == "WEBP" else {}), **options}
    return made.encoded(first, format_, save_all=True, append_images=others, **options)


def strangers(count: int) -> list[np.ndarray]:
    return [blocks(height=HEIGHT, width=WIDTH, seed=1000 + number) for number in range(count)]


def bank_of(openers, picture, **more) -> Bank:
    whole = examine(made.encoded(picture), bank=Bank(), openers=openers).fingerprints.perceptual[0]
    facts = {"entry_id": "e", "list_name": "l", "tier": Tier.OPERATOR_CONFIRMED, **more}
    return Bank([KnownHash(pdq=whole.pdq, dhash=whole.dhash, **facts)])


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("delay_ms", [1, 60_000])
def test_a_known_picture_behind_a_harmless_frame_is_found_however_long_it_waits(openers, format_, delay_ms):
    data = moving([HARMLESS, KNOWN], format_, duration=delay_ms)
    finding = examine(data, bank=bank_of(openers, KNOWN), openers=openers)
    assert finding.verdict is Verdict.REQUEST
    assert (finding.media.frames, finding.media.frames_examined) == (2, 2)
    # Browsers take 100 ms for a delay of 1.
    moment_s = {1: 0.1, 60_000: 60.0}[delay_ms]
    assert f"in the frame at {moment_s} s" in finding.reasons[0].words


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("place", [1, 22, 39])
def test_one_known_frame_anywhere_in_a_long_animation_is_found_with_its_time(openers, format_, place):
    frames = strangers(40)
    frames[place] = KNOWN
    finding = examine(moving(frames, format_), bank=bank_of(openers, KNOWN), openers=openers)
    assert finding.verdict is Verdict.REQUEST
    assert finding.media.frames == 40
    (known,) = [one for one in finding.signals if one.kind is SignalKind.KNOWN_HASH]
    moment_ms = known.facts.get("from_ms", known.facts.get("at_ms"))
    assert moment_ms == 100 * place


def test_a_known_frame_that_is_mirrored_and_between_bars_is_found_among_many(openers):
    barred = [made.bordered(one, bar_px=20, gray=0) for one in strangers(40)]
    barred[21] = made.bordered(np.ascontiguousarray(KNOWN[:, ::-1]), bar_px=20, gray=0)
    finding = examine(moving(barred), bank=bank_of(openers, KNOWN), openers=openers)
    assert finding.verdict is Verdict.REQUEST
    assert "turned or mirrored" in finding.reasons[0].words


@pytest.mark.parametrize("format_", FORMATS)
def test_an_animation_that_nobody_knows_is_seen_as_a_whole_and_cleared(openers, format_):
    finding = examine(moving(strangers(40), format_), bank=bank_of(openers, KNOWN), openers=openers)
    assert finding.verdict is Verdict.NOTHING
    assert (finding.media.frames, finding.media.frames_examined) == (40, 40)


def test_a_harmless_frame_that_is_known_shields_no_other_frame(openers):
    harmless = bank_of(openers, HARMLESS, entry_id="h", list_name="harmless", benign=True)
    bank = Bank([*harmless.entries, *bank_of(openers, KNOWN).entries])
    assert examine(moving([HARMLESS, KNOWN]), bank=bank, openers=openers).verdict is Verdict.REQUEST


def test_frames_that_look_the_same_are_looked_at_once_and_all_count():
    data = moving([HARMLESS, KNOWN] * 60, "PNG")
    with OpenerPool(limits=Limits(film_frames_hashed_most=0)) as pool:
        opened = pool.open(data)
        assert [frame.at_ms for frame in opened.frames] == [0, 100]
        assert (opened.media.frames, opened.media.frames_examined) == (120, 120)
        assert examine(data, bank=Bank(), openers=pool).verdict is Verdict.NOTHING


def test_where_only_a_sample_may_be_looked_at_the_rest_is_said():
    with OpenerPool(limits=Limits(film_frames_hashed_most=0)) as pool:
        finding = examine(moving(strangers(40)), bank=Bank(), openers=pool)
        shown = [frame.at_ms for frame in pool.open(moving(strangers(40))).frames]
    assert finding.verdict is Verdict.UNDETERMINED
    assert finding.reasons[0].words == f"Only {len(shown)} of 40 frames were examined."
    assert 9 <= len(shown) <= 16
    assert (shown[0], max(shown)) >= (0, 3500), "spread from the beginning to the end"


def test_frames_are_laid_over_each_other_as_they_say(openers):
    """White ground, a black square that is wiped away again, then a gray one that stays."""
    ground = Image.new("RGBA", (WIDTH, HEIGHT), "white")
    black, gray = (Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0)) for _ in range(2))
    black.paste((0, 0, 0, 255), (10, 10, 60, 60))
    gray.paste((128, 128, 128, 255), (80, 50, 140, 100))
    for format_, options in (
        ("PNG", {"disposal": [0, 2, 0], "blend": [0, 1, 1]}),
        ("GIF", {"disposal": [1, 3, 1]}),
    ):
        shown = openers.open(moving([ground, black, gray], format_, **options)).frames
        assert [int(one.luma[30, 30]) for one in shown] == [255, 0, 255], format_
        assert [int(one.luma[70, 100]) for one in shown] == [255, 255, 128], format_


@pytest.mark.parametrize("format_", ["GIF", "PNG", "WEBP"])
def test_what_is_see_through_is_white_in_every_frame(openers, format_):
    frames = [Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0)) for _ in range(2)]
    for number, frame in enumerate(frames):
        frame.paste((0, 0, 0, 255), (20 + 60 * number, 20, 60 + 60 * number, 60))
    first, second = openers.open(moving(frames, format_, disposal=2)).frames
    assert (int(first.luma[100, 100]), int(second.luma[100, 100])) == (255, 255)
    assert (int(first.luma[40, 40]), int(first.luma[40, 100])) == (0, 255)
    assert (int(second.luma[40, 100]), int(second.luma[40, 40])) == (0, 255)


def test_the_picture_for_viewers_that_know_no_animation_shines_through_no_frame(openers):
    hidden = Image.fromarray(HARMLESS).convert("RGBA")
    patch = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    patch.paste((90, 90, 90, 255), (20, 20, 60, 60))
    data = moving([hidden, patch, patch.rotate(180)], "PNG", default_image=True, blend=1)
    hidden_too, first, second = openers.open(data).frames
    assert np.array_equal(hidden_too.luma, HARMLESS)
    assert (int(first.luma[30, 30]), int(first.luma[100, 150])) == (90, 255)
    assert int(second.luma[0, 0]) == 255


def test_a_frame_beyond_the_picture_is_cut_to_it(openers):
    one = moving([HARMLESS, KNOWN])
    wide = bytearray(one)
    second = one.rindex(b"\x2c" + struct.pack("<HHHH", 0, 0, WIDTH, HEIGHT))
    wide[second + 1 : second + 5] = struct.pack("<HH", 50, 50)
    assert {frame.luma.shape for frame in openers.open(bytes(wide)).frames} == {(HEIGHT, WIDTH)}


def control(data: bytes, frames: int) -> bytes:
    """The same APNG, saying that it has so many frames."""
    place = data.index(b"acTL")
    chunk = made.png_chunk(b"acTL", struct.pack(">I", frames) + data[place + 8 : place + 12])
    return data[: place - 4] + chunk + data[place - 4 + len(chunk) :]


@pytest.mark.parametrize("said", [1, 2, 5, 2**31 - 1])
def test_a_number_of_frames_that_lies_clears_nothing(openers, said):
    data = control(moving([*strangers(3), KNOWN], "PNG"), said)
    finding = examine(data, bank=bank_of(openers, KNOWN), openers=openers)
    if said > 4:
        assert finding.verdict is Verdict.REQUEST
    assert examine(data, bank=Bank(), openers=openers).verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("percent", [20, 40, 60, 80, 99])
def test_an_animation_that_breaks_off_is_never_cleared(openers, format_, percent):
    whole = moving(strangers(20), format_)
    part = whole[: len(whole) * percent // 100]
    assert examine(part, bank=Bank(), openers=openers).verdict is Verdict.UNDETERMINED


def test_a_gif_that_ends_between_two_frames_is_never_cleared(openers):
    whole = moving(strangers(5))
    assert examine(whole, bank=Bank(), openers=openers).verdict is Verdict.NOTHING
    assert examine(whole[:-1], bank=Bank(), openers=openers).verdict is Verdict.UNDETERMINED


def test_noise_between_two_frames_hides_none_of_them(openers):
    two = moving([HARMLESS, KNOWN])
    place = two.rindex(b"\x21\xf9\x04")
    finding = examine(two[:place] + b"\0\x99\0" + two[place:], bank=bank_of(openers, KNOWN), openers=openers)
    assert finding.verdict is Verdict.REQUEST


@pytest.mark.parametrize(
    "name",
    [
        "gif of 100000 frames on 1 x 1",
        "gif of 20000 frames on 7000 x 7000",
        "apng that says 2,147,483,647 frames",
        "webp of 10,000 frames on 100 x 100",
    ],
)
def test_frames_without_end_are_looked_at_in_part_and_soon(name):
    began_s = time.monotonic()
    with OpenerPool(limits=Limits(film_cpu_s=3, film_wall_s=6)) as pool:
        finding = examine(dict(pictures())[name], bank=Bank(), openers=pool)
        before = pool.process_ids()
        assert pool.open(made.encoded(KNOWN)).luma.shape == KNOWN.shape
        assert pool.process_ids() == before, "the opener lives on"
    assert time.monotonic() - began_s < 30
    assert finding.verdict is Verdict.UNDETERMINED
    if "10,000" not in name:
        assert finding.media.frames_examined < finding.media.frames
        codes = {signal.kind for signal in finding.signals}
        assert codes & {SignalKind.FIRST_FRAME_ONLY, SignalKind.FRAMES_SAMPLED}


def test_an_animation_that_takes_longer_than_is_given_is_seen_in_part():
    frames = [waves(height=900, width=1200, seed=seed) for seed in range(3)] * 20
    noisy = [np.roll(one, 7 * number, axis=1) for number, one in enumerate(frames)]
    with OpenerPool(limits=Limits(cpu_s=1, film_cpu_s=0, film_wall_s=0.0)) as pool:
        finding = examine(moving(noisy, "WEBP", lossless=False, method=0), bank=Bank(), openers=pool)
    assert finding.verdict is Verdict.UNDETERMINED
    assert 1 <= finding.media.frames_examined < finding.media.frames == 60


def test_pictures_of_one_frame_are_opened_as_before(openers):
    for format_ in FORMATS:
        finding = examine(made.encoded(KNOWN, format_), bank=Bank(), openers=openers)
        assert (finding.media.frames, finding.media.frames_examined) == (1, 1)
        assert finding.fingerprints.perceptual[0].at_ms is None
        assert finding.fingerprints.series == ()


def test_our_frames_are_those_of_another_reader(openers):
    """Frame by frame as Pillow's own walk gives them, flattened on white in colour."""
    ghosts = [Image.fromarray(one).convert("RGBA") for one in strangers(6)]
    for number, ghost in enumerate(ghosts):
        ghost.putalpha(Image.fromarray(np.roll(KNOWN, 20 * number, axis=0)))
    data = moving(ghosts, "WEBP")
    with Image.open(BytesIO(data)) as image:
        for number, frame in enumerate(openers.open(data).frames):
            image.seek(number)
            white = Image.new("RGBA", image.size, "white")
            expected = np.asarray(Image.alpha_composite(white, image.convert("RGBA")).convert("L"))
            assert np.abs(frame.luma.astype(int) - expected).max() <= 2


@pytest.mark.parametrize("format_", FORMATS)
def test_bent_animations_have_an_answer_and_break_no_opener(openers, format_):
    whole, random = moving(strangers(12), format_), np.random.default_rng(5)
    openers.open(whole)
    before, seen = openers.process_ids(), set()
    for _ in range(60):
        bent = np.frombuffer(whole, dtype=np.uint8).copy()
        bent[random.integers(0, len(bent), 4)] ^= np.uint8(1) << random.integers(0, 8, 4).astype(np.uint8)
        finding = examine(bent.tobytes(), bank=Bank(), openers=openers)
        seen |= {reason.facts.get("why", reason.code) for reason in finding.reasons}
        if finding.verdict is Verdict.NOTHING:
            assert finding.media.frames_examined == finding.media.frames
    assert not seen & {"crashed", "too_slow", "no_opener"}
    assert openers.process_ids() == before
