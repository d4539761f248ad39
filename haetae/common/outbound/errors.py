"""How the door stays shut and how an exchange fails: a code for machines, a sentence for people."""

from enum import StrEnum


class Rule(StrEnum):
    """Why an address is refused. A refused redirect carries the same word behind `redirect_`."""

    TOO_LONG = "too_long"
    CHARACTERS = "characters"
    SCHEME = "scheme"
    USERINFO = "userinfo"
    HOST = "host"
    NOTATION = "notation"
    LOCAL_NAME = "local_name"
    PORT = "port"
    ADDRESS = "address"
    DOWNGRADE = "downgrade"
    TOO_MANY = "too_many"
    UNCLEAR = "unclear"


class Failure(StrEnum):
    """Why an allowed exchange did not come to an end."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    ENCODED = "encoded"
    PROTOCOL = "protocol"


class RefusedByRule(Exception):  # noqa: N818 - it tells of a decision, not of an error
    """Our own rule forbids the address; nothing was sent to it.

    `code` is a `Rule`, or `redirect_` and a `Rule` when the address came from an answer.
    """

    def __init__(self, code: str, words: str) -> None:
        super().__init__(code, words)
        self.code = code
        self.words = words

    def __str__(self) -> str:
        return self.words


class NetworkFailure(Exception):  # noqa: N818 - the failure is the network's
    """The exchange was allowed but gave no whole answer.

    `sent` is true as soon as one byte of a request may have reached the other side: the outcome is then
    unknown. `status` is the one seen before the failure, if there was one.
    """

    def __init__(self, code: Failure, words: str, sent: bool = False, status: int | None = None) -> None:  # noqa: FBT001, FBT002 - positional so that the exception can be pickled
        super().__init__(code, words, sent, status)
        self.code = code
        self.words = words
        self.sent = sent
        self.status = status

    def __str__(self) -> str:
        return self.words
