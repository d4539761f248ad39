"""The child's half of a pass over an animated picture: every frame of it, as of a film."""

from itertools import islice

from haetae.detect.hashing.frame import Frame
from haetae.detect.media import recognise
from haetae.detect.opening.animation import playing_of
from haetae.detect.opening.facts import Limits
from haetae.detect.opening.frames import frames_of
from haetae.detect.opening.sending import Sender
from haetae.detect.opening.stills import opened


class AnimationSender(Sender):
    def send_all(self, data: bytes, *, limits: Limits) -> bool:
        """Whether it came to the end of the animation. Raises what a decoder raises."""
        format_ = recognise(data).format
        with opened(data, format_=format_, limits=limits) as image:
            playing = playing_of(
                image,
                announced=frames_of(image, data=data, format_=format_),
                limits=limits,
                cpu_s=limits.film_cpu_s,
                wall_s=limits.film_wall_s,
            )
            for frame in islice(playing.frames(), limits.film_frames_hashed_most):
                assert isinstance(frame, Frame)
                self._send(frame)
        return playing.whole
