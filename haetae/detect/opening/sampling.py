"""Which frames of a film are looked at: a few that stand for all, chosen in one pass over its packets."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from av.error import FFmpegError
from av.packet import Packet
from av.video.stream import VideoStream

Coded: TypeAlias = "Packet[VideoStream]"


@dataclass(kw_only=True)
class Sample:
    """`frames` counts all there are; where the file breaks off, one more, which nobody can look at.

    `ends_at` is when the last of them is over, in units of the stream.
    """

    most: int
    frames: int = 0
    ends_at: int | None = None
    first: list[Coded] = field(default_factory=list)
    keyframes: list[Coded] = field(default_factory=list)
    _keyframes_seen: int = 0
    _stride: int = 1

    def add(self, packet: Coded) -> None:
        self.frames += 1
        begins_at = packet.dts if packet.pts is None else packet.pts
        if begins_at is not None:
            self.ends_at = max(self.ends_at or 0, begins_at + (packet.duration or 0))
        if len(self.first) < self.most:
            self.first.append(packet)
        if packet.is_keyframe:
            self._add_keyframe(packet)

    def _add_keyframe(self, packet: Coded) -> None:
        """Keep every first, then every second, then every fourth: evenly spread, never more than a few."""
        if self._keyframes_seen % self._stride == 0:
            self.keyframes.append(packet)
        self._keyframes_seen += 1
        if len(self.keyframes) > 2 * self.most:
            del self.keyframes[1::2]
            self._stride *= 2

    def runs(self) -> Iterator[Sequence[Coded]]:
        """Packets that are decoded one after the other; a run stands for itself and needs no other."""
        if self.frames <= self.most:
            yield self.first
        elif len(self.keyframes) >= self.most:
            yield from ([packet] for packet in spread(self.keyframes, most=self.most))
        else:
            beginning, later = self._beginning()
            yield beginning
            yield from ([packet] for packet in later)

    def _beginning(self) -> tuple[Sequence[Coded], Sequence[Coded]]:
        """The longest beginning that leaves room for every keyframe behind it, and those keyframes."""
        for length in range(self.most, 0, -1):
            beginning = self.first[:length]
            later = [packet for packet in self.keyframes if packet not in beginning]
            if length + len(later) <= self.most:
                break
        return beginning, later


def sampled(packets: Iterable[Coded], *, most: int) -> Sample:
    """Walk over all packets of a film. An error on the way ends the walk; what came before it counts."""
    sample = Sample(most=most)
    try:
        for packet in packets:
            if packet.size:
                sample.add(packet)
    except FFmpegError as error:
        if isinstance(error, MemoryError):
            raise
        sample.frames += 1
    return sample


def spread(packets: Sequence[Coded], *, most: int) -> Sequence[Coded]:
    """The first, the last, and others at even distances between them."""
    if most == 1:
        return packets[:1]
    return [packets[round(place * (len(packets) - 1) / (most - 1))] for place in range(most)]
