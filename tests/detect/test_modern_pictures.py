"""AVIF and HEIC: opened upright, on white, in eight bits, and never beyond their header's word."""

import struct
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from haetae.detect import Bank, KnownHash, Limits, OpenerPool, Tier, Undecodable, Verdict, Why, examine
from tests.detect import film_files as made_of_boxes
from tests.detect import media_files as made
from tests.detect.patterns import Luma, waves

PICTURE = waves(height=90, width=130, seed=1)


def shown(openers: OpenerPool, data: bytes) -> Luma:
    return openers.open(data).luma.astype(int)


def why_not(pool: OpenerPool, data: bytes) -> Why:
    with pytest.raises(Undecodable) as refused:
        pool.open(data)
    return refused.value.why


def claiming(data: bytes, *, width: int, height: int) -> bytes:
    """The same file, whose header (ispe) says another size."""
    place = data.index(b"ispe") + 8
    return data[:place] + struct.pack(">II", width, height) + data[place + 8 :]


def avif(picture: Luma, pixels: str) -> bytes:
    """An AVIF of any depth, which Pillow does not write: AV1 from FFmpeg in boxes of our own."""
    written = BytesIO()
    with av.open(written, "w", format="avif") as output:
        stream = output.add_stream("libsvtav1", rate=1, options={"crf": "5", "svtav1-params": "lp=1"})
        stream.height, stream.width = picture.shape
        stream.pix_fmt = pixels
        output.mux([*stream.encode(av.VideoFrame.from_ndarray(picture, format="gray")), *stream.encode()])
    return written.getvalue()


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def test_avif_is_nearly_the_same_gray(openers):
    opened = openers.open(made.encoded(PICTURE, "AVIF", quality=95))
    assert np.abs(opened.luma.astype(int) - PICTURE).mean() < 2
    assert (opened.media.kind, opened.media.format, opened.media.frames) == ("image", "avif", 1)


@pytest.mark.parametrize("pixels", ["yuv420p", "yuv420p10le", "yuv422p10le", "yuv444p12le"])
def test_heic_of_eight_ten_and_twelve_bits_is_nearly_the_same_gray(openers, pixels):
    opened = openers.open(made_of_boxes.heic(PICTURE, pixels=pixels))
    assert np.abs(opened.luma.astype(int) - PICTURE).mean() < 2
    assert (opened.media.kind, opened.media.format, opened.media.frames) == ("image", "heic", 1)


def test_avif_of_ten_bits_is_nearly_the_same_gray(openers):
    picture = waves(height=96, width=128, seed=1)
    data = avif(picture, "yuv420p10le")
    assert np.abs(shown(openers, data) - picture).mean() < 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_avif_is_turned_back_once(openers, orientation):
    data = made.encoded(PICTURE, "AVIF", exif=turned(orientation), quality=95)
    assert (b"irot" in data or b"imir" in data) is (orientation > 1)
    upright = made.encoded(PICTURE, "PNG", exif=turned(orientation))
    assert np.abs(shown(openers, data) - shown(openers, upright)).mean() < 2


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("orientation", [None, 6])
def test_a_turned_heic_is_turned_back_once_whatever_its_exif_says(openers, quarters, orientation):
    data = made_of_boxes.heic(PICTURE, turns=[made_of_boxes.irot(quarters)], orientation=orientation)
    luma = shown(openers, data)
    assert luma.shape == np.rot90(PICTURE, quarters).shape
    assert np.abs(luma - np.rot90(PICTURE, quarters)).mean() < 2


@pytest.mark.parametrize("axis", [0, 1])
def test_a_mirrored_heic_is_mirrored_back(openers, axis):
    data = made_of_boxes.heic(PICTURE, turns=[made_of_boxes.imir(axis)])
    assert np.abs(shown(openers, data) - np.flip(PICTURE, axis)).mean() < 2


def test_what_is_transparent_in_an_avif_is_white(openers):
    image = Image.fromarray(PICTURE).convert("RGBA")
    image.putalpha(Image.fromarray(np.tile(np.where(np.arange(130) < 60, 255, 0).astype(np.uint8), (90, 1))))
    luma = shown(openers, made.encoded(image, "AVIF", quality=95))
    assert np.abs(luma[:, :56] - PICTURE[:, :56]).mean() < 3
    assert (luma[:, 64:] > 250).all()


def test_several_frames_of_an_avif_are_opened_and_counted(openers):
    others = [Image.fromarray(waves(height=90, width=130, seed=seed)) for seed in (7, 8)]
    data = made.encoded(Image.fromarray(PICTURE), "AVIF", save_all=True, append_images=others, quality=95)
    opened = openers.open(data)
    assert (opened.media.frames, opened.media.frames_examined) == (3, 3)
    assert np.abs(opened.luma.astype(int) - PICTURE).mean() < 2


@pytest.mark.parametrize("make", [lambda: made.encoded(PICTURE, "AVIF"), lambda: made_of_boxes.heic(PICTURE)])
def test_a_header_that_promises_too_many_pixels_is_refused_unread(openers, make):
    assert why_not(openers, claiming(make(), width=12_000, height=12_000)) is Why.TOO_MANY_PIXELS


@pytest.mark.parametrize("claim", [(64, 64), (6_000, 6_000)])
def test_a_heic_that_lies_about_its_size_is_refused(openers, claim):
    data = claiming(made_of_boxes.heic(PICTURE), width=claim[0], height=claim[1])
    assert why_not(openers, data) is Why.DECODER_ERROR


def test_a_small_file_that_unpacks_to_gigabytes_stays_inside_the_walls():
    """Its header says 64 x 64; the coded picture inside is 12,000 x 12,000 in colour."""
    large = made.encoded(
        Image.new("RGB", (12_000, 12_000), (9, 99, 9)), "AVIF", speed=10, subsampling="4:4:4"
    )
    bomb = claiming(large, width=64, height=64)
    limits = Limits(memory_bytes=600 * 1024 * 1024)
    with OpenerPool(limits=limits) as pool:
        pool.open(made.encoded(PICTURE, "AVIF"))
        before = pool.process_ids()
        assert why_not(pool, bomb) in {Why.OUT_OF_MEMORY, Why.DECODER_ERROR}
        assert peak_bytes(before[0]) < limits.memory_bytes
        assert pool.open(made.encoded(PICTURE, "AVIF")).luma.shape == PICTURE.shape
        assert pool.process_ids() == before


def peak_bytes(process_id: int) -> int:
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def test_a_camera_of_48_megapixels_fits_into_the_memory_we_give(openers):
    data = made.encoded(Image.new("RGB", (8064, 6048), (90, 90, 90)), "AVIF", speed=10)
    assert openers.open(data).luma.shape == (6048, 8064)


def test_a_known_picture_is_known_in_avif_and_heic_too(openers):
    picture = waves(height=480, width=640, seed=11)
    hashes = examine(made.encoded(picture), bank=Bank(), openers=openers).fingerprints.perceptual[0]
    known = KnownHash(
        entry_id="e", list_name="l", tier=Tier.OPERATOR_CONFIRMED, pdq=hashes.pdq, dhash=hashes.dhash
    )
    for copy in (made.encoded(picture, "AVIF", quality=60), made_of_boxes.heic(picture)):
        assert examine(copy, bank=Bank([known]), openers=openers).verdict is Verdict.REQUEST


def test_the_further_pictures_of_a_heic_are_looked_at_too(openers):
    first, second, third = (waves(height=96, width=128, seed=seed) for seed in (31, 32, 33))
    hashes = examine(made.encoded(third), bank=Bank(), openers=openers).fingerprints.perceptual[0]
    known = KnownHash(
        entry_id="e", list_name="l", tier=Tier.OPERATOR_CONFIRMED, pdq=hashes.pdq, dhash=hashes.dhash
    )
    album = made_of_boxes.collection([first, second, third])
    finding = examine(album, bank=Bank([known]), openers=openers)
    assert finding.verdict is Verdict.REQUEST
    assert (finding.media.frames, finding.media.frames_examined) == (3, 3)
    assert examine(album, bank=Bank(), openers=openers).verdict is Verdict.NOTHING


def test_pictures_of_a_heic_behind_the_limits_or_damaged_are_said_not_to_have_been_seen():
    album = made_of_boxes.collection([waves(height=96, width=128, seed=seed) for seed in range(4)])
    with OpenerPool(limits=Limits(pixels_most=2 * 96 * 128)) as pool:
        finding = examine(album, bank=Bank(), openers=pool)
        assert finding.reasons[0].words == "Only 2 of 4 frames were examined."
        assert finding.verdict is Verdict.UNDETERMINED
        damaged = examine(album[:-200], bank=Bank(), openers=pool)
    assert damaged.verdict is Verdict.UNDETERMINED
