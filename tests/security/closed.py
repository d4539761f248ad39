"""What every answer must carry, whoever made it."""

from collections.abc import Mapping
from typing import Any

# Of this very header this very value.
EXACTLY = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "referrer-policy": "same-origin",
}
NEVER = ("x-powered-by", "x-aspnet-version", "via", "x-runtime", "access-control-allow-origin")
CHECKS = len(EXACTLY) + len(NEVER) + 6


def why_open(headers: Mapping[str, str]) -> list[str]:
    """What is missing, by name; `headers` has lower-case names. Says nothing of caches: see `may_be_kept`."""
    policy = headers.get("content-security-policy", "")
    wrong = [name for name, value in EXACTLY.items() if headers.get(name) != value]
    wrong += [name for name in NEVER if name in headers]
    if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy:
        wrong.append(f"content-security-policy: {policy}")
    if "unsafe" in policy or "*" in policy or "data:" in policy:
        wrong.append(f"content-security-policy: {policy}")
    if "camera=()" not in headers.get("permissions-policy", ""):
        wrong.append("permissions-policy")
    if "content-disposition" in headers and "sandbox" not in policy:
        wrong.append("a file without a sandbox")
    if headers.get("server"):  # whatever answers must not say which program it is
        wrong.append(f"server: {headers['server']}")
    if "cache-control" not in headers:
        wrong.append("cache-control")
    return wrong


def drop(answer: Any) -> None:
    """Reads a file to its end: it was opened for us."""
    if answer.streaming:
        for _ in answer.streaming_content:
            pass
        for closer in answer._resource_closers:
            closer()
