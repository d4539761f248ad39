"""An archive in an S3 bucket. The operator of this machine names it on the command line; nobody else can.

It is the one call outwards besides `haetae/common/outbound`, and goes through Arrow alone. Who we are is read from
the environment by the names that others use (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN,
AWS_REGION), and where a server of one's own answers from AWS_ENDPOINT_URL.
"""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from haetae.archive.sources import BUCKET, Item, SourceError
from haetae.detect.files import examine_stream, unread
from haetae.detect.finding import Finding
from haetae.detect.matching import Bank
from haetae.detect.opening.facts import Why
from haetae.detect.pool import OpenerPool

if TYPE_CHECKING:
    from pyarrow.fs import S3FileSystem


@dataclass(frozen=True)
class Bucket:
    """`inside` is the bucket and, after it, where to begin."""

    inside: str
    threads: int = 8  # a server answers after a while: others are asked meanwhile

    @classmethod
    def named(cls, name: str) -> Self:
        """Raises SourceError."""
        inside = name.removeprefix(BUCKET).strip("/")
        if not inside:
            raise SourceError("s3:// must name a bucket: s3://bucket, or s3://bucket/where/to/begin.")
        try:
            import pyarrow.fs  # noqa: F401, PLC0415 - an extra
        except ImportError as missing:
            raise SourceError(
                "Buckets are read with an extra: install haetae[archive], or haetae[ray]."
            ) from missing
        return cls(inside)

    @property
    def names(self) -> list[str]:
        return [BUCKET + self.inside]

    def items(self) -> Iterator[Item]:
        """Folder by folder, as far as slashes in names make folders. Raises OSError where nobody answers."""
        from pyarrow.fs import FileSelector, FileType  # noqa: PLC0415

        waiting = [self.inside]
        while waiting:
            found = sorted(self._server.get_file_info(FileSelector(waiting.pop())), key=lambda one: one.path)
            yield from (
                Item(one.path)
                for one in found
                if one.type == FileType.File and not _is_folder_mark(one.path, one.size)
            )
            waiting += [one.path for one in reversed(found) if one.type == FileType.Directory]

    def examine(self, item: Item, *, bank: Bank, openers: OpenerPool) -> Finding:
        try:
            with closing(self._server.open_input_stream(item.name)) as stream:
                return examine_stream(stream, bank=bank, openers=openers)
        except OSError as error:
            return unread(Why.UNREADABLE, problem=str(error).partition("\n")[0])

    @cached_property
    def _server(self) -> "S3FileSystem":
        from pyarrow.fs import S3FileSystem  # noqa: PLC0415

        where = urlsplit(os.environ.get("AWS_ENDPOINT_URL", ""))
        own = {"endpoint_override": where.netloc, "scheme": where.scheme} if where.netloc else {}
        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
        return S3FileSystem(region=region, connect_timeout=10, request_timeout=60, **own)


def _is_folder_mark(path: str, size: int | None) -> bool:
    """Some tools put an empty object where a folder begins."""
    return path.endswith("/") and not size
