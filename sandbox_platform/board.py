"""What every handler needs to know of the running board."""

from dataclasses import dataclass, field

from sandbox_platform.access_log import AccessLog
from sandbox_platform.posts import Post
from sandbox_platform.storage import Store


@dataclass(frozen=True, kw_only=True)
class Board:
    """`origin` is scheme, host and port without a last slash; no address is built from a Host header."""

    store: Store
    access_log: AccessLog
    origin: str
    operator_token: str = field(repr=False)

    def page_address(self, post: Post) -> str:
        return f"{self.origin}/p/{post.id}"

    def media_address(self, post: Post) -> str:
        return f"{self.origin}/m/{post.id}"
