"""As much of CBOR (RFC 8949) as Content Credentials need: bounded in depth and in number of values."""

import struct
from typing import Any, Final

_DEPTH_MOST: Final = 24
_VALUES_MOST: Final = 5_000
_LENGTHS: Final = {24: ">B", 25: ">H", 26: ">I", 27: ">Q"}
_END: Final = object()


def value_of(data: bytes) -> Any:
    """The first value. Raises ValueError where it is broken, too deep or too large."""
    return _Reader(data).value(depth=0)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self._place, self._left = data, 0, _VALUES_MOST

    def value(self, *, depth: int) -> Any:
        self._left -= 1
        if depth > _DEPTH_MOST or self._left < 0:
            raise ValueError("This CBOR is deeper or larger than any honest claim.")
        first = self._take(1)[0]
        major, low = first >> 5, first & 31
        if major == 7:
            return self._simple(low)
        if low == 31:
            return self._unending(major, depth=depth)
        length = self._length(low)
        if major in {0, 1}:
            return length if major == 0 else -1 - length
        if major in {2, 3}:
            raw = self._take(length)
            return raw if major == 2 else raw.decode("utf-8", "replace")
        if major == 6:
            return self.value(depth=depth + 1)  # what a tag adds to the meaning is not needed here
        return self._many(major, length, depth=depth)

    def _many(self, major: int, length: int, *, depth: int) -> Any:
        if length > self._left:
            raise ValueError("This CBOR announces more values than any honest claim has.")
        if major == 4:
            return [self.value(depth=depth + 1) for _ in range(length)]
        return {_key(self.value(depth=depth + 1)): self.value(depth=depth + 1) for _ in range(length)}

    def _unending(self, major: int, *, depth: int) -> Any:
        parts = []
        while (part := self.value(depth=depth + 1)) is not _END:
            parts.append(part)
        if major == 5:
            return {_key(key): value for key, value in zip(parts[::2], parts[1::2], strict=False)}
        if major in {2, 3}:
            return "".join(part for part in parts if isinstance(part, str))
        return parts

    def _length(self, low: int) -> int:
        if low < 24:
            return low
        if low not in _LENGTHS:
            raise ValueError("This CBOR has a length that there is not.")
        form = _LENGTHS[low]
        return int(struct.unpack(form, self._take(struct.calcsize(form)))[0])

    def _simple(self, low: int) -> Any:
        if low == 31:
            return _END
        if low >= 24:
            self._length(low)  # floating point and the rest: nothing that is asked for here
            return None
        return {20: False, 21: True}.get(low)

    def _take(self, count: int) -> bytes:
        taken = self._data[self._place : self._place + count]
        if len(taken) < count:
            raise ValueError("This CBOR ends before its value.")
        self._place += count
        return taken


def _key(value: Any) -> Any:
    """Lists and maps cannot be keys of ours, and no honest claim has such."""
    return value if isinstance(value, str | int | bytes) else None
