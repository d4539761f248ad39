"""What is asked of a hub: which commit a branch is, and that commit's files. Paths are those of Hugging Face's hub."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import quote

from haetae.common.outbound import Fetched, Limits, NetworkFailure, Origin, RefusedByRule, fetch
from haetae.common.outbound.target import parse_target

PUBLIC_HUB: Final = "https://huggingface.co"
_PART: Final = r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.)){0,95}"
_REPOSITORY: Final = re.compile(rf"{_PART}/{_PART}")
_REVISION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,127}")
_COMMIT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHORT: Final = Limits(total_s=60.0, connect_s=10.0, body_bytes=4 * 1_048_576)
_ASKS_WHO_WE_ARE: Final = frozenset({401, 403})


class HubError(Exception):
    """Nothing was put anywhere. `network`: trying again later may help. `words` say what is wrong and the way out."""

    def __init__(self, code: str, words: str, *, network: bool = False) -> None:
        super().__init__(code, words)
        self.code = code
        self.words = words
        self.network = network


class NotThereError(HubError):
    """The hub says that it has no such thing."""


@dataclass(frozen=True, kw_only=True)
class Hub:
    """`origins`: what may be reached although it is not public, because whoever runs haetae named this very hub."""

    base: str
    origins: frozenset[Origin]

    @classmethod
    def at(cls, address: str) -> Self:
        """Raises HubError for what is no address of a hub."""
        base = address.rstrip("/")
        try:
            origin = Origin.parse("/".join(base.split("/")[:3]))
            target = parse_target(base, allowed_origins=frozenset({origin}))
        except RefusedByRule as refusal:
            raise HubError("hub", f"HAETAE_MODEL_HUB: {refusal.words}") from refusal
        here = target.ip is not None and target.ip.is_loopback
        if target.scheme != "https" and not here:
            raise HubError(
                "hub", "HAETAE_MODEL_HUB: it must begin with https://; http is for this machine alone."
            )
        named = base != PUBLIC_HUB
        return cls(base=base, origins=frozenset({origin}) if named else frozenset())


@dataclass(frozen=True, kw_only=True)
class Pinned:
    """One commit of one repository: the same files for ever."""

    hub: Hub
    repository: str
    commit: str

    def address(self, file: str) -> str:
        return f"{self.hub.base}/{self.repository}/resolve/{self.commit}/{file}"


def pinned(hub: Hub, repository: str, *, revision: str) -> Pinned:
    """The commit that a branch or tag is now; a commit is taken as it is. Raises HubError."""
    if not _REPOSITORY.fullmatch(repository):
        raise HubError("name", f"{repository!r} is no name of a repository; write it as owner/name.")
    if not _REVISION.fullmatch(revision) or ".." in revision:
        raise HubError("revision", f"--revision {revision!r} is no branch, tag or commit.")
    if _COMMIT.fullmatch(revision):
        return Pinned(hub=hub, repository=repository, commit=revision)
    address = f"{hub.base}/api/models/{repository}/revision/{quote(revision, safe='')}"
    answer = asked(hub, address, what=f"{repository} at {revision}", limits=_SHORT)
    try:
        commit = json.loads(answer.body)["sha"]
        if not isinstance(commit, str) or not _COMMIT.fullmatch(commit):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        words = f"{hub.base} does not say which commit {revision} is; name one with --revision."
        raise HubError("no_commit", words) from error
    return Pinned(hub=hub, repository=repository, commit=commit)


def asked(
    hub: Hub, address: str, *, what: str, limits: Limits, into: Callable[[bytes], None] | None = None
) -> Fetched:
    """One GET through the safe door, over https alone. Raises HubError unless it is answered with 200."""
    try:
        answer = fetch(address, allowed_origins=hub.origins, limits=limits, https_only=True, into=into)
    except RefusedByRule as refusal:
        raise HubError(refusal.code, f"{what}: {refusal.words}") from refusal
    except NetworkFailure as failure:
        words = f"{what}: {failure.words} Nothing was kept; try again, or bring the files by hand."
        raise HubError(failure.code, words, network=True) from failure
    if answer.status == 200:
        return answer
    code, status = f"http_{answer.status}", answer.status
    if status in {404, 410}:
        raise NotThereError(code, f"{what}: {hub.base} has no such thing (it answers {status}).")
    if status in _ASKS_WHO_WE_ARE:
        raise HubError(
            code,
            f"{what}: it is not there, or only for those who sign in ({hub.base} answers {status}); this command has no"
            " key, so fetch it by hand and put it into a folder of HAETAE_MODELS.",
        )
    raise HubError(code, f"{what}: {hub.base} answers {status}; try again later.", network=True)
