"""Every frame of a film, one after the other, as the decoder has it. Runs inside an opener of the second kind."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange
from av.video.stream import VideoStream

from haetae.detect.hashing.frame import Frame
from haetae.detect.hashing.separable import Luma
from haetae.detect.media import recognise
from haetae.detect.opening.facts import Limits
from haetae.detect.opening.film import CONTAINERS, at_ms_of, gray, opened, picture_stream
from haetae.detect.opening.sampling import Coded

# The first plane of these holds brightness in bytes; nothing need be converted.
_WITH_LUMA: Final = frozenset(
    {f"yuv{kind}{sampling}p" for kind in ("", "j", "a") for sampling in (420, 422, 440, 444, 411, 410)}
    | {"nv12", "nv21", "nv16", "gray"}
)
_USUAL_FRAMES_PER_S: Final = 25


@dataclass(kw_only=True)
class Watching:
    """`whole` turns true when the last frame has been given and none was left out for a limit or an error."""

    limits: Limits
    whole: bool = False

    def frames(self, data: bytes) -> Iterator[Frame]:
        """Frames in order of time. Their luma may be a view that holds good only until the next is asked for."""
        cpu_s, wall_s = time.process_time(), time.monotonic()
        with opened(data, container=CONTAINERS[recognise(data).format], limits=self.limits) as container:
            stream = picture_stream(container)
            moment_ms, given = 0, 0
            for decoded in _decoded(container.demux(stream)):
                late = (
                    time.process_time() - cpu_s > self.limits.film_cpu_s
                    or time.monotonic() - wall_s > self.limits.film_wall_s
                )
                if late or given == self.limits.film_frames_hashed_most:
                    return
                moment_ms = _moment_ms(decoded, stream=stream, before_ms=moment_ms, first=given == 0)
                if decoded.is_corrupt or decoded.width * decoded.height > self.limits.pixels_most:
                    continue
                given += 1
                luma, full_range = _luma(decoded)
                yield Frame(luma=luma, at_ms=moment_ms, full_range=full_range)
        self.whole = True


def _decoded(packets: Iterator[Coded]) -> Iterator[VideoFrame]:
    """A packet that does not decode is passed over; where the file breaks off, that was all."""
    while True:
        try:
            packet = next(packets, None)
        except FFmpegError as error:
            if isinstance(error, MemoryError):
                raise
            return
        if packet is None:
            return
        try:
            yield from packet.decode()
        except FFmpegError as error:
            if isinstance(error, MemoryError):
                raise


def _moment_ms(decoded: VideoFrame, *, stream: VideoStream, before_ms: int, first: bool) -> int:
    """Where the film names no moment (AVI), one frame after the one before."""
    named = at_ms_of(decoded.pts, stream=stream)
    if named is not None:
        return named
    return 0 if first else before_ms + round(1000 / float(stream.average_rate or _USUAL_FRAMES_PER_S))


def _luma(decoded: VideoFrame) -> tuple[Luma, bool]:
    """Gray, turned as the film asks to be shown, and whether it uses the full range from 0 to 255."""
    if decoded.format.name not in _WITH_LUMA:
        return gray(decoded), True
    plane = decoded.planes[0]
    rows: Luma = np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(-1, plane.line_size)
    luma = rows[: decoded.height, : decoded.width]
    full_range = decoded.format.name.startswith(("yuvj", "gray")) or decoded.color_range == ColorRange.JPEG
    return np.rot90(luma, k=round(decoded.rotation / 90)), full_range
