"""How a body of several files is taken apart, and how those who ask at once take turns."""

import random
import threading
import time

from haetae.web.api.scan.parts import MalformedError, parts_of
from haetae.web.api.turns import Turns
from tests.web.test_scan_batch import BOUNDARY, body_of, part


def test_somebody_with_one_file_waits_for_no_whole_batch() -> None:
    turns, order = Turns(1), []

    def batch_of_files() -> None:
        for number in range(200):
            assert turns.take(within_s=5)
            order.append(f"file {number}")
            time.sleep(0.01)
            turns.give_back()

    thread = threading.Thread(target=batch_of_files)
    thread.start()
    time.sleep(0.03)
    assert turns.take(within_s=5)
    order.append("one")
    turns.give_back()
    thread.join()
    assert order.index("one") < 150
    assert turns.take(within_s=0) is True
    assert turns.take(within_s=0.01) is False
    turns.give_back()
    assert turns.take(within_s=0) is True, "whoever gave up waiting is handed nothing"


def test_a_body_of_noise_is_read_as_parts_or_refused_and_nothing_else() -> None:
    whole = body_of(part(b"abc\r\n--a-line\r\n"), part(b"--a-line-betwee"), part(b""))
    boundary = BOUNDARY.encode()
    assert [whole[one.begin : one.end] for one in parts_of(whole, boundary=boundary, most=9)] == [
        b"abc\r\n--a-line\r\n", b"--a-line-betwee", b"",
    ]  # fmt: skip
    draw = random.Random(7)
    outcomes = set()
    for _ in range(3_000):
        noisy = bytearray(whole)
        for _ in range(draw.randint(1, 3)):
            place = draw.randrange(len(noisy))
            noisy[place : place + draw.randint(0, 3)] = draw.randbytes(draw.randint(0, 3))
        try:
            parts = parts_of(bytes(noisy), boundary=boundary, most=9)
        except MalformedError:
            outcomes.add("refused")
            continue
        assert all(0 < one.begin <= one.end <= len(noisy) for one in parts)
        outcomes.add("read")
    assert outcomes == {"read", "refused"}
