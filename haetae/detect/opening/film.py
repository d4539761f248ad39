"""Frames of a film, from bytes alone. Runs inside an opener of the second kind.

FFmpeg can follow what a file names: playlists, references, addresses. It gets bytes without a name, one container
format chosen by us, no protocol at all, and a door for further files that always refuses.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final, NoReturn

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from haetae.detect.hashing.frame import Frame
from haetae.detect.hashing.separable import Luma
from haetae.detect.opening.colours import FILM_PIXELS_MOST, reduced
from haetae.detect.opening.facts import ColourFrame, Decoded, Limits, Look, Undecodable, Why, framed
from haetae.detect.opening.sampling import Coded, Sample, sampled
from haetae.detect.opening.wholeness import is_whole
from haetae.detect.opening.wire import MOMENT_MOST_MS

av.logging.set_level(None)  # its messages carry words out of the file
CONTAINERS: Final = {"mp4": "mov", "matroska": "matroska", "avi": "avi"}
_FORMATS: Final = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi"
_NO_PROTOCOL: Final = "none"
_EARLY_S: Final = 0.25  # sound may go on a little longer than the pictures
_ANNOUNCED_MOST: Final = 100_000_000


def film(data: bytes, *, format_: str, limits: Limits, look: Look = Look.GRAY) -> Decoded:
    """Up to `film_frames_most` frames: keyframes spread over the film, or its first frames where it has few.

    A film that breaks off counts one frame more than it holds, so that nobody takes it for seen as a whole.
    """
    with opened(data, container=CONTAINERS[format_], limits=limits) as container:
        stream = picture_stream(container)
        most = _frames_most(stream, limits=limits)
        sample = sampled(container.demux(stream), most=most)
        shown = _shown(stream, sample=sample, limits=limits, look=look)
        announced = min(stream.frames, _ANNOUNCED_MOST)
        whole = is_whole(data, format_=format_) and not _ends_early(container, stream, sample=sample)
    if not shown:
        raise Undecodable(Why.DECODER_ERROR)
    return Decoded(frames=max(sample.frames, announced, len(shown)) + (0 if whole else 1), shown=shown)


def opened(data: bytes, *, container: str, limits: Limits) -> InputContainer:
    options = {
        "format_whitelist": _FORMATS,
        "protocol_whitelist": _NO_PROTOCOL,
        "max_pixels": str(limits.pixels_most),
        "threads": "1",
    }
    return av.open(BytesIO(data), "r", format=container, options=options, io_open=_refuse)


def _refuse(*_: Any) -> NoReturn:
    raise PermissionError("A film opens no further file.")


def picture_stream(container: InputContainer) -> VideoStream:
    """The first stream of moving pictures; a cover image of a sound file is none."""
    films = [
        stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic
    ]
    if not films:
        raise Undecodable(Why.DECODER_ERROR)
    films[0].thread_type = "NONE"
    films[0].thread_count = 1
    return films[0]


def _ends_early(container: InputContainer, stream: VideoStream, *, sample: Sample) -> bool:
    """Whether the last frame is over well before the film says that it ends."""
    if container.duration is None or stream.time_base is None or sample.ends_at is None:
        return False
    start_s = (container.start_time or 0) / av.time_base
    end_s = float(sample.ends_at * stream.time_base)
    return container.duration / av.time_base - (end_s - start_s) > _EARLY_S


def _frames_most(stream: VideoStream, *, limits: Limits) -> int:
    """How many frames of this size we look at, so that they hold no more pixels together than one picture may."""
    pixels = stream.width * stream.height
    if pixels > limits.pixels_most:
        raise Undecodable(Why.TOO_MANY_PIXELS)
    if pixels == 0:
        raise Undecodable(Why.DECODER_ERROR)
    return min(limits.film_frames_most, limits.pixels_most // pixels)


def _shown(
    stream: VideoStream, *, sample: Sample, limits: Limits, look: Look
) -> tuple[Frame | ColourFrame, ...]:
    """In order of time. A frame that is damaged is no frame: nobody knows what it should have shown."""
    shown: list[Frame | ColourFrame] = []
    pixels_left = limits.pixels_most
    for run in sample.runs():
        for decoded in _decoded(stream, run=run):
            pixels_left -= decoded.width * decoded.height
            if pixels_left < 0 or len(shown) == sample.most:
                return _in_order(shown)
            if not decoded.is_corrupt:
                moment = run[0].pts if len(run) == 1 else decoded.pts
                pixels = gray(decoded) if look is Look.GRAY else _coloured(decoded)
                shown.append(framed(pixels, at_ms=at_ms_of(moment, stream=stream)))
    return _in_order(shown)


def _in_order(shown: list[Frame | ColourFrame]) -> tuple[Frame | ColourFrame, ...]:
    return tuple(sorted(shown, key=lambda frame: frame.at_ms or 0))


def _decoded(stream: VideoStream, *, run: Sequence[Coded]) -> Iterator[VideoFrame]:
    """Each packet of a run, then what the decoder holds back. A packet that does not decode is passed over."""
    stream.codec_context.flush_buffers()
    for packet in (*run, None):
        try:
            yield from stream.codec_context.decode(packet)
        except FFmpegError as error:
            if isinstance(error, MemoryError):
                raise


def gray(frame: VideoFrame) -> Luma:
    """Gray over the full range, turned as the film asks to be shown."""
    gray = frame.reformat(format="gray", threads=1).to_ndarray()
    return np.rot90(gray, k=round(frame.rotation / 90))


def _coloured(frame: VideoFrame) -> NDArray[np.uint8]:
    width, height = reduced(frame.width, frame.height, pixels_most=FILM_PIXELS_MOST)
    shown = frame.reformat(width=width, height=height, format="rgb24", interpolation="AREA", threads=1)
    return np.rot90(shown.to_ndarray(), k=round(frame.rotation / 90))


def at_ms_of(moment: int | None, *, stream: VideoStream) -> int | None:
    """`moment` counts in units of the stream. AVI names the moments of few frames."""
    if moment is None or not stream.time_base:
        return None
    return max(0, min(MOMENT_MOST_MS, round(moment * stream.time_base * 1000)))


def smallest_film(container: str) -> bytes:
    """Two gray frames, for the warming up."""
    written = BytesIO()
    with av.open(written, "w", format=container) as output:
        stream = output.add_stream("mpeg4", rate=1)
        stream.width, stream.height, stream.pix_fmt = 32, 16, "yuv420p"
        stream.codec_context.thread_count = 1
        for _ in range(2):
            output.mux(stream.encode(VideoFrame(32, 16, "yuv420p")))
        output.mux(stream.encode())
    return written.getvalue()
