"""Made films to measure with: a camera that pans over a photograph of a harmless thing."""

import io
from fractions import Fraction

import av
import numpy as np
from PIL import Image

from haetae.story.pictures import photo

FRAMES_PER_S = 30
_KEYFRAME_EVERY = 60  # two seconds, as films on the web have
_STEP_PX = 2  # a frame


def panned(name: str, *, width: int, height: int, frames: int, bit_rate: int) -> bytes:
    """An MP4 file, H.264 in yuv420p with B-frames, of a photograph of the story."""
    pan_px = min(width // 4, _STEP_PX * frames)
    with Image.open(io.BytesIO(photo(name))) as opened:
        scene = np.asarray(opened.convert("RGB").resize((width + pan_px, height), Image.Resampling.LANCZOS))
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as output:
        stream = output.add_stream("libx264", rate=FRAMES_PER_S, options={"preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.bit_rate = bit_rate
        stream.codec_context.gop_size = _KEYFRAME_EVERY
        for number in range(frames):
            left = _there_and_back(_STEP_PX * number, most=pan_px)
            seen = np.ascontiguousarray(scene[:, left : left + width])
            frame = av.VideoFrame.from_ndarray(seen, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, FRAMES_PER_S)
            output.mux(stream.encode(frame))
        output.mux(stream.encode())
    return written.getvalue()


def _there_and_back(place: int, *, most: int) -> int:
    within = place % (2 * most)
    return min(within, 2 * most - within)
