"""What comes out of an opener, for honest pictures and for hostile ones."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageOps

from haetae.detect import Limits, OpenerPool, Undecodable, Why
from tests.detect import media_files as made
from tests.detect.patterns import waves

PICTURE = waves(height=90, width=130, seed=1)
BOMBS = {
    "png": made.png(width=16_000, height=16_000),
    "gif": made.gif_header(width=65_535, height=65_535),
    "bmp": made.bmp_header(width=16_000, height=16_000),
    "webp": made.webp_header(width=16_383, height=16_383),
    "jpeg": made.jpeg_with_size(width=65_500, height=65_500),
}


def why_not(pool: OpenerPool, data: bytes) -> Why:
    with pytest.raises(Undecodable) as refused:
        pool.open(data)
    return refused.value.why


@pytest.mark.parametrize("format_", ["PNG", "GIF", "BMP"])
def test_a_lossless_gray_picture_comes_out_pixel_for_pixel(openers, format_):
    opened = openers.open(made.encoded(PICTURE, format_))
    assert np.array_equal(opened.luma, PICTURE)
    assert (opened.media.width_px, opened.media.height_px, opened.media.frames) == (130, 90, 1)
    assert opened.media.format == format_.lower()


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("format_", ["JPEG"])
def test_a_jpeg_of_any_colour_space_is_nearly_the_same_gray(openers, mode, format_):
    data = made.encoded(Image.fromarray(PICTURE).convert(mode), format_, quality=95)
    difference = openers.open(data).luma.astype(int) - PICTURE
    assert np.abs(difference).mean() < 2


def test_webp_is_nearly_the_same_gray(openers):
    opened = openers.open(made.encoded(Image.fromarray(PICTURE), "WEBP", quality=95))
    assert np.abs(opened.luma.astype(int) - PICTURE).mean() < 3


def test_sixteen_bits_are_not_cut_to_white(openers):
    deep = Image.fromarray(PICTURE.astype(np.uint16) * 257)
    assert np.array_equal(openers.open(made.encoded(deep)).luma, PICTURE)


def test_a_palette_is_looked_up(openers):
    palette = Image.fromarray(PICTURE).convert("RGB").quantize(256)
    assert np.abs(openers.open(made.encoded(palette)).luma.astype(int) - PICTURE).mean() < 4


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_what_is_transparent_is_white(openers, mode):
    seen = np.where(np.arange(130) < 60, 255, 0).astype(np.uint8)
    image = Image.fromarray(PICTURE).convert(mode)
    image.putalpha(Image.fromarray(np.tile(seen, (90, 1))))
    luma = openers.open(made.encoded(image)).luma
    assert np.array_equal(luma[:, :60], PICTURE[:, :60])
    assert (luma[:, 60:] == 255).all()


def test_a_transparent_palette_entry_is_white(openers):
    image = Image.new("P", (20, 10), 1)
    image.putpalette([0, 0, 0, 9, 9, 9])
    assert (openers.open(made.encoded(image, transparency=1)).luma == 255).all()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_a_turned_camera_is_turned_back(openers, format_, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = made.encoded(PICTURE, format_, exif=exif, quality=95)
    shown = np.asarray(ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("L"))
    opened = openers.open(data)
    assert opened.luma.shape == shown.shape
    assert np.abs(opened.luma.astype(int) - shown).mean() < 1


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG"])
def test_the_first_of_several_frames_is_opened_and_all_are_counted(openers, format_):
    others = [Image.fromarray(waves(height=90, width=130, seed=seed)) for seed in (7, 8)]
    data = made.encoded(
        Image.fromarray(PICTURE), format_, save_all=True, append_images=others, lossless=True, duration=50
    )
    opened = openers.open(data)
    assert opened.media.frames == 3
    assert np.abs(opened.luma.astype(int) - PICTURE).mean() < 2


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_header_that_promises_too_many_pixels_is_refused(openers, bomb):
    assert why_not(openers, bomb) is Why.TOO_MANY_PIXELS


def test_a_comment_that_grows_to_512_megabytes_is_refused(openers):
    assert why_not(openers, made.text_bomb(megabytes=512)) is Why.DECODER_ERROR


def test_a_picture_painted_over_two_thousand_times_is_refused(openers):
    assert why_not(openers, made.jpeg_of_many_scans(side=1000, scans=2000)) is Why.TOO_MANY_SCANS


def test_more_bytes_than_we_open_are_refused_unseen():
    with OpenerPool(limits=Limits(bytes_most=1000)) as pool:
        assert why_not(pool, made.encoded(PICTURE)) is Why.TOO_MANY_BYTES
        assert pool.process_ids() == ()


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
@pytest.mark.parametrize("percent", [1, 5, 25, 50, 75, 95, 99])
def test_a_truncated_picture_is_undecodable_and_the_opener_lives_on(openers, format_, percent):
    whole = made.encoded(PICTURE, format_)
    openers.open(whole)
    before = openers.process_ids()
    why_not(openers, whole[: len(whole) * percent // 100])
    assert openers.open(whole).luma.shape == PICTURE.shape
    assert openers.process_ids() == before


DISGUISES = {
    "empty.jpg": (b"", Why.EMPTY),
    "playlist.jpg": (b"#EXTM3U\n/etc/hostname\n", Why.REFUSED_TYPE),
    "drawing.png": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Why.REFUSED_TYPE),
    "page.gif": (b"<!doctype html><img src=x>", Why.REFUSED_TYPE),
    "words.bmp": (b"hello", Why.NOT_AN_IMAGE),
    "signature.jpg": (b"\xff\xd8\xff", Why.DECODER_ERROR),
}


@pytest.mark.parametrize(("data", "why"), DISGUISES.values(), ids=DISGUISES)
def test_a_disguise_is_refused_by_its_content(openers, data, why):
    assert why_not(openers, data) is why
