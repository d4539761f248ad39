"""The ways in which an operator's system can behave badly, and one in which it behaves."""

from enum import StrEnum


class Manner(StrEnum):
    TAKES = "takes"  # 204
    ANSWERS = "answers"  # 200 with an answer in our form
    DOWN = "down"  # 500
    BUSY = "busy"  # 429 with Retry-After
    LEADS_AWAY = "leads_away"  # 302 to the address of another hook
    GARBAGE = "garbage"  # 200 with bytes that are nothing
    DRIPS = "drips"  # one byte after the other, for ever
    LOSES_THE_REPLY = "loses_the_reply"  # acts on it and hangs up
    GONE = "gone"  # 410
    NOT_YET = "not_yet"  # 202


REPLY: dict[Manner, tuple[int, dict[str, str], bytes]] = {
    Manner.TAKES: (204, {}, b""),
    Manner.ANSWERS: (200, {}, b'{"schema": "answer/1", "word": "removed", "reference": "op-1"}'),
    Manner.DOWN: (500, {}, b"Internal Server Error"),
    Manner.BUSY: (429, {"Retry-After": "120"}, b""),
    Manner.GARBAGE: (200, {"Content-Type": "application/json"}, b"\xff\xfe{[" * 100),
    Manner.GONE: (410, {}, b""),
    Manner.NOT_YET: (202, {}, b""),
}
