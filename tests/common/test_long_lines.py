"""A line of the log has an end, however long the words are that it tells of."""

import json
import logging

from haetae.common.logs import LONGEST_TEXT, formatter


def test_a_fault_of_megabytes_leaves_a_short_line() -> None:
    try:
        raise ValueError("x" * 10_000_000)
    except ValueError as fault:
        told = (type(fault), fault, fault.__traceback__)
    record = logging.LogRecord("a", logging.ERROR, "a.py", 1, "y" * 10_000_000, None, told)
    line = formatter().format(record)
    assert len(line) < 3 * LONGEST_TEXT
    assert json.loads(line)["event"].startswith("yyy")
    assert json.loads(line)["exception"][0]["exc_value"].endswith("9998000 characters more")
