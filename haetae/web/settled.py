"""What all pages share is loaded before the first is asked for, and never searched for garbage again.

Python's collector goes through everything that lives whenever much has come and gone. What a web process loads once,
and keeps, is most of that: each full search held up whatever page was being made for some 200 ms, at the same moment
for all threads. See docs/decisions/0063.
"""

import gc
from collections.abc import Sequence

from django.urls import get_resolver


def settle() -> None:
    """Call once, when the process is ready to serve. What is thrown away later is found as before, and sooner."""
    _read(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()


def _read(patterns: Sequence[object]) -> None:
    """The addresses of every side: Django would read them, and import what they name, with the first request."""
    for pattern in patterns:
        _read(getattr(pattern, "url_patterns", []))
