"""What goes in and out of an opener: limits, an opened picture or film, or the reason why there is none."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from haetae.detect.finding import Media
from haetae.detect.hashing.frame import Frame
from haetae.detect.hashing.separable import Luma


class Why(StrEnum):
    """Why a file was not opened. None of these says anything about what the file shows."""

    EMPTY = "empty"
    NOT_AN_IMAGE = "not_an_image"
    REFUSED_TYPE = "refused_type"
    TRUNCATED = "truncated"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_BYTES = "too_many_bytes"
    TOO_MANY_SCANS = "too_many_scans"
    OUT_OF_MEMORY = "out_of_memory"
    TOO_SLOW = "too_slow"
    CRASHED = "crashed"
    DECODER_ERROR = "decoder_error"
    NO_OPENER = "no_opener"
    NOT_A_FILE = "not_a_file"
    UNREADABLE = "unreadable"


class Undecodable(Exception):  # noqa: N818 - a state of the world, not an error of the program
    """The file was not opened. Callers record `why` and go on."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class Look(StrEnum):
    """How a picture is shown: in brightness alone, which hashes ask for, or in colours, which models do."""

    GRAY = "gray"
    COLOURS = "colours"


class Confinement(StrEnum):
    """The walls around the openers of a machine. `limits_only`: a decoder taken over by a file could open others."""

    SECCOMP = "seccomp"
    LIMITS_ONLY = "limits_only"

    @property
    def words(self) -> str:
        if self is Confinement.SECCOMP:
            return "Media are opened in processes that may make no system call but the few they need."
        return (
            "Media are opened WITHOUT a filter of system calls, which this machine does not offer or does not bear:"
            " a file that takes over a decoder could read files and reach the network with our rights;"
            " use Linux on x86-64, or keep this process away from everything it must not read."
        )


@dataclass(frozen=True, kw_only=True)
class Walls:
    """What stands around one opener: its confinement, and whether it lives `apart` from every network and file."""

    confinement: Confinement
    apart: bool

    @property
    def words(self) -> str:
        if self.apart:
            return (
                "They live apart: in a network without a way out, before an empty folder, with no right left."
            )
        return (
            "They share the network and the files of this machine, because it gives them no rooms of their own"
            " (user namespaces): only the filter of system calls, where there is one, keeps a decoder from them."
        )


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one file may cost. Of 16,233 malformed files none took more than 75 MB and one second.

    `memory_bytes` bounds the address space of a child, `cpu_s` and `wall_s` one file, `start_s` the start of a
    child; after `pictures_per_opener` a child is replaced, in case an earlier file bent its memory. A start costs
    about 0.14 s, so that a new child for every 500 took 6 % of the time of small pictures.
    `pixels_most` bounds a picture, and all frames together of a film's sample. The `film_` limits bound one pass
    over every frame of a film or an animation, and `animation_pixels_most` all frames of an animation together; what
    it does not come to is said. Without frames to hash there is no such pass.
    """

    bytes_most: int = 50 * 1024 * 1024
    pixels_most: int = 50_000_000
    scans_most: int = 50
    film_frames_most: int = 16
    film_frames_hashed_most: int = 20_000
    film_cpu_s: int = 60
    film_wall_s: float = 90.0
    animation_pixels_most: int = 1_000_000_000
    memory_bytes: int = 1024**3
    cpu_s: int = 10
    wall_s: float = 20.0
    start_s: float = 60.0
    pictures_per_opener: int = 2_000


@dataclass(frozen=True, kw_only=True)
class ColourFrame:
    """What a viewer shows at one moment: (H, W, 3) bytes, red first, perhaps averaged down. A picture has no moment."""

    pixels: NDArray[np.uint8]
    at_ms: int | None = None


def framed(pixels: NDArray[np.uint8], *, at_ms: int | None = None) -> Frame | ColourFrame:
    """A frame of the kind that its pixels are."""
    if pixels.ndim == 2:
        return Frame(luma=pixels, at_ms=at_ms)
    return ColourFrame(pixels=pixels, at_ms=at_ms)


def pixels_of(frame: Frame | ColourFrame) -> NDArray[np.uint8]:
    """(H, W) or (H, W, 3)."""
    return frame.luma if isinstance(frame, Frame) else frame.pixels


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """What a decoder gives: how many `frames` there are, and those `shown`, at least one, in order of time.

    `examined` counts those that are shown or look exactly like one that is; None: just those shown.
    """

    frames: int
    shown: tuple[Frame | ColourFrame, ...]
    examined: int | None = None

    @property
    def looked_at(self) -> int:
        return len(self.shown) if self.examined is None else self.examined


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A pass over a film: how many `frames` were shown, and whether it came `whole` to the film's end."""

    frames: int
    whole: bool


@dataclass(frozen=True, kw_only=True)
class OpenedImage:
    """At least one frame: the only one of a picture, or some of a film or an animation in order of time."""

    media: Media
    frames: tuple[Frame, ...]

    @property
    def luma(self) -> Luma:
        """The first frame."""
        return self.frames[0].luma
