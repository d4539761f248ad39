"""A process of its own that sets one letter: the request as JSON on its standard input, the PDF on its output.

It is started as a file and imports nothing of ours. What it may use is bound before typst is loaded: whatever a
text does to the typesetter costs this process alone.
"""

import json
import resource
import sys
from typing import Any

_MEGABYTE = 1 << 20


def _bind(*, memory_mb: int, cpu_s: int) -> None:
    """Address space rather than memory: the type is mapped, and threads reserve more than they use."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * _MEGABYTE, memory_mb * _MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _set(asked: dict[str, Any]) -> bytes:
    import typst  # noqa: PLC0415 - not before its limits hold

    made: bytes = typst.compile(
        asked["template"].encode(),
        root=asked["empty_folder"],
        font_paths=asked["fonts"],
        ignore_system_fonts=True,
        package_path=asked["empty_folder"],
        package_cache_path=asked["empty_folder"],
        format="pdf",
        sys_inputs={"letter": asked["letter"]},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=asked["timestamp"],
    )
    return made


if __name__ == "__main__":
    request = json.load(sys.stdin)
    _bind(memory_mb=request["memory_mb"], cpu_s=request["cpu_s"])
    sys.stdout.buffer.write(_set(request))
