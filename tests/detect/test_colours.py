"""What models are shown: the same frames as hashes see, in colours, upright, on white, and never too large."""

from fractions import Fraction
from io import BytesIO

import av
import numpy as np
import pytest
from PIL import Image

from haetae.detect import Limits, OpenerPool, Undecodable, Why
from tests.detect import film_files as made_of_boxes
from tests.detect import media_files as made
from tests.detect.hostile_set import hostile_files
from tests.detect.patterns import waves

RED, BLUE = (220, 30, 40), (20, 40, 200)
BANDS = np.stack([waves(height=60, width=84, seed=seed) for seed in (1, 2, 3)], axis=2)


def colours(pool: OpenerPool, data: bytes) -> np.ndarray:
    (frame,) = pool.colours(data)
    assert frame.at_ms is None
    return frame.pixels.astype(int)


def film_of(frames: list[np.ndarray], container: str) -> bytes:
    written = BytesIO()
    codec, pixels = made_of_boxes.CODECS[container]
    with av.open(written, "w", format=container) as output:
        stream = output.add_stream(codec, rate=10)
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt, stream.bit_rate = pixels, 4_000_000
        stream.codec_context.gop_size = stream.codec_context.thread_count = 1
        for number, frame in enumerate(frames):
            moving = av.VideoFrame.from_ndarray(frame, format="rgb24")
            moving.pts, moving.time_base = number, Fraction(1, 10)
            output.mux(stream.encode(moving))
        output.mux(stream.encode())
    return written.getvalue()


@pytest.mark.parametrize("format_", ["PNG", "BMP", "JPEG", "WEBP", "AVIF"])
def test_a_picture_is_shown_in_its_own_colours_red_first(openers, format_):
    quality = {} if format_ in {"PNG", "BMP"} else {"quality": 95}
    shown = colours(openers, made.encoded(Image.fromarray(BANDS), format_, **quality))
    assert shown.shape == BANDS.shape
    most = 0 if format_ in {"PNG", "BMP"} else 12
    assert np.abs(shown - BANDS).mean() <= most
    plain = colours(openers, made.encoded(Image.new("RGB", (40, 30), RED), format_, **quality))
    assert np.abs(plain - RED).max() <= 6


@pytest.mark.parametrize("mode", ["L", "P", "1", "I;16", "LA", "RGBA", "CMYK"])
def test_whatever_a_picture_is_kept_as_there_are_three_channels_of_eight_bits(openers, mode):
    if mode == "I;16":
        image = Image.fromarray(np.full((30, 40), 30_000, dtype=np.uint16))
    else:
        image = Image.new("RGB", (40, 30), RED).convert(mode)
    shown = colours(openers, made.encoded(image, "JPEG" if mode == "CMYK" else "PNG"))
    assert shown.shape == (30, 40, 3)
    if mode == "I;16":
        assert set(shown.ravel()) == {30_000 >> 8}
    if mode in {"RGBA", "CMYK"}:
        assert np.abs(shown - RED).max() <= 6


def test_what_can_be_seen_through_lies_on_white(openers):
    image = Image.new("RGBA", (40, 30), (*RED, 255))
    image.paste((0, 0, 0, 0), (0, 0, 20, 30))
    shown = colours(openers, made.encoded(image, "PNG"))
    assert (shown[:, :20] == 255).all()
    assert (shown[:, 20:] == RED).all()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_as_a_viewer_shows_it_like_the_gray_one(openers, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = made.encoded(Image.fromarray(BANDS), "PNG", exif=exif)
    gray = openers.open(data).luma.astype(int)
    shown = colours(openers, data)
    assert shown.shape[:2] == gray.shape
    assert np.abs(shown @ (0.299, 0.587, 0.114) - gray).max() <= 1


def test_heic_comes_in_colours_too(openers):
    shown = colours(openers, made_of_boxes.heic(waves(height=90, width=130, seed=1)))
    assert shown.shape == (90, 130, 3)
    assert np.abs(shown - waves(height=90, width=130, seed=1)[:, :, None]).mean() < 3


def test_a_large_picture_is_averaged_down_to_four_million_pixels(openers):
    image = Image.new("RGB", (4_000, 3_000), BLUE)
    image.paste(RED, (0, 0, 2_000, 3_000))
    shown = colours(openers, made.encoded(image, "PNG"))
    height, width, _ = shown.shape
    assert 3_900_000 < width * height <= 4_000_000
    assert abs(width / height - 4 / 3) < 0.01
    assert (shown[:, : width // 2 - 1] == RED).all()
    assert (shown[:, width // 2 + 1 :] == BLUE).all()


def test_a_long_strip_keeps_a_pixel_of_its_short_side():
    with OpenerPool() as pool:
        assert colours(pool, made.encoded(Image.new("RGB", (1, 40_000), RED), "PNG")).shape == (40_000, 1, 3)


@pytest.mark.parametrize("container", ["mp4", "webm", "avi"])
def test_of_a_film_the_frames_that_hashes_see_are_shown_with_their_moments(openers, container):
    frames = [np.full((64, 96, 3), RED if number < 10 else BLUE, dtype=np.uint8) for number in range(20)]
    data = film_of(frames, container)
    opened, shown = openers.open(data), openers.colours(data)
    assert [frame.at_ms for frame in shown] == [frame.at_ms for frame in opened.frames]
    assert np.abs(shown[0].pixels.astype(int) - RED).max() <= 10
    assert np.abs(shown[-1].pixels.astype(int) - BLUE).max() <= 10


def test_frames_of_a_large_film_are_a_million_pixels_each():
    frames = [np.full((1_080, 1_920, 3), RED, dtype=np.uint8) for _ in range(2)]
    with OpenerPool() as pool:
        for frame in pool.colours(film_of(frames, "mp4")):
            height, width, _ = frame.pixels.shape
            assert 990_000 < height * width <= 1_000_000


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_same_frames_come_in_colours(openers, format_):
    images = [Image.new("RGB", (40, 30), colour) for colour in (RED, BLUE, (0, 200, 0))]
    options = {"lossless": True} if format_ == "WEBP" else {}
    data = made.encoded(images[0], format_, save_all=True, append_images=images[1:], duration=200, **options)
    opened, shown = openers.open(data), openers.colours(data)
    assert [frame.at_ms for frame in shown] == [frame.at_ms for frame in opened.frames] == [0, 200, 400]
    for frame, colour in zip(shown, (RED, BLUE, (0, 200, 0)), strict=True):
        assert (frame.pixels == colour).all()


def test_whoever_changes_what_he_was_given_changes_nobody_elses(openers):
    data = made.encoded(Image.fromarray(BANDS), "PNG")
    (first,) = openers.colours(data)
    first.pixels[:] = 0
    assert (colours(openers, data) == BANDS).all()


def test_what_is_no_picture_is_refused_with_its_reason(openers):
    with pytest.raises(Undecodable) as refused:
        openers.colours(b"words, and no picture")
    assert refused.value.why is Why.NOT_AN_IMAGE


def test_hostile_files_break_nothing_in_colours_either():
    honest = made.encoded(Image.fromarray(BANDS), "PNG")
    with OpenerPool(limits=Limits(cpu_s=4, wall_s=20)) as pool:
        for name, data in hostile_files().items():
            try:
                shown = pool.colours(data)
            except Undecodable:
                continue
            assert all(frame.pixels.shape[2] == 3 for frame in shown), name
        assert (colours(pool, honest) == BANDS).all()
