"""One mail to the one server that an administrator named. Nothing in it names a machine of ours.

Mail knows no idempotency key: what may have arrived is told apart from what surely has not, and whoever calls decides.
No address and no word of the server stands in an error or in a log: a code says what happened.
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final
from uuid import UUID

from haetae.common.mail_account import Account

TIMEOUT_S: Final = 20.0
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_GO_ON: Final = 354
_LINE_BEGINS_WITH_DOT: Final = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """A document in JSON that machines read."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One plain text for one mailbox. `key` gives the same letter the same Message-ID."""

    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    key: UUID
    at: datetime
    reply_to: str = ""
    beside: tuple[Enclosure, ...] = ()


class NotSentError(Exception):
    """It surely was not taken. `for_good`: this mailbox will not take it later either."""

    def __init__(self, code: str, *, for_good: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good


class MaybeSentError(Exception):
    """All of it went out, and whether it was taken nobody said."""


def send(letter: Letter, *, account: Account, timeout_s: float = TIMEOUT_S) -> None:
    """Hand it in, once. Raises NotSentError, MaybeSentError."""
    content = _LINE_BEGINS_WITH_DOT.sub(b"..", message_of(letter, account=account).as_bytes(policy=SMTP))
    with _connected(account, timeout_s=timeout_s) as server:
        try:
            _expect(server.mail(account.sender)[0], "sender")
            _expect(server.rcpt(letter.to)[0], "mailbox")
            code = server.docmd("DATA")[0]
        except (smtplib.SMTPException, OSError):
            raise NotSentError("broke_off") from None
        if code != _GO_ON:
            raise NotSentError("content_refused", for_good=_is_final(code))
        try:
            server.send(content + b".\r\n")
            code = server.getreply()[0]
        except (smtplib.SMTPException, OSError):
            raise MaybeSentError from None
        _expect(code, "content")


def greet(account: Account, *, timeout_s: float = TIMEOUT_S) -> None:
    """Sign in and leave again: whether the server could be given a letter. Raises NotSentError."""
    with _connected(account, timeout_s=timeout_s):
        pass


def message_of(letter: Letter, *, account: Account) -> EmailMessage:
    """With the headers that a mail must have, and no other."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=account.sender_name or letter.subject, addr_spec=account.sender)
    message["To"] = Address(addr_spec=letter.to)
    if letter.reply_to:
        message["Reply-To"] = Address(addr_spec=letter.reply_to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.key.hex}@{account.domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's machine answers to it
    message.set_content(letter.text)
    for enclosure in letter.beside:
        message.add_attachment(
            enclosure.content, maintype="application", subtype="json", filename=enclosure.name
        )
    if message.is_multipart():
        message.set_boundary(
            f"={letter.key.hex}"
        )  # drawn by chance otherwise: the same letter is the same bytes
    return message


@contextmanager
def _connected(account: Account, *, timeout_s: float) -> Iterator[smtplib.SMTP]:
    try:
        server = _signed_in(account, timeout_s=timeout_s)
    except (smtplib.SMTPException, OSError):
        raise NotSentError("unreachable") from None
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _signed_in(account: Account, *, timeout_s: float) -> smtplib.SMTP:
    """Without a name for ourselves the library would tell the server that of this machine."""
    if account.is_tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            account.host,
            account.port,
            local_hostname=account.domain,
            timeout=timeout_s,
            context=ssl.create_default_context(),
        )
    else:
        server = smtplib.SMTP(account.host, account.port, local_hostname=account.domain, timeout=timeout_s)
    try:
        if not account.is_tls and account.host not in _LOOPBACK:
            server.starttls(context=ssl.create_default_context())
        if account.user and account.password_file is not None:
            server.login(account.user, account.password_file.read_text(encoding="utf-8").strip())
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _expect(code: int, what: str) -> None:
    if not 200 <= code < 300:
        raise NotSentError(f"{what}_refused", for_good=what != "sender" and _is_final(code))


def _is_final(code: int) -> bool:
    """RFC 5321, 4.2.1: 5yz is a no for good, 4yz one for now."""
    return 500 <= code < 600
