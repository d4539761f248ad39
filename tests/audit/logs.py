"""A log of some events under several heads, two of them stamped, for stories about the log."""

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from cryptography.x509 import Certificate
from django.conf import settings
from django.db import transaction

from haetae.audit import exporting
from haetae.audit.actions import head_stamped, record
from haetae.audit.actor import SYSTEM
from haetae.audit.heads import SignedHead, StampedHead
from haetae.audit.report import Report
from haetae.audit.sealer import Sealer
from haetae.audit.verify import verify_log
from haetae.common import clock
from haetae.common.stamps import read_stamp
from haetae.hashbank.models import KnownPicture
from tests.stamping import Authority

KEY = settings.KEYS.log_key


@dataclass(kw_only=True)
class Log:
    """`outside` is the file of the heads; `roots` are those of the authority."""

    outside: Path
    authority: Authority
    sealer: Sealer

    @property
    def roots(self) -> list[Certificate]:
        return [self.authority.root]

    def happened(self, times: int) -> None:
        """So many events, under a new head."""
        for number in range(times):
            with transaction.atomic():
                subject = KnownPicture(pk=uuid4())
                record(event="hashbank.added", subject=subject, actor=SYSTEM, facts={"tier": number})
        self.sealer.seal()

    def stamp(self) -> SignedHead:
        """The newest head is stamped, and that is sealed under the next one."""
        head = exporting.newest_signed_head()
        token = self.authority.stamp(head.stamped_digest())
        read = read_stamp(token, digest=head.stamped_digest(), roots=self.roots)
        assert head_stamped(StampedHead(size=head.size, token=token), read=read)
        self.sealer.seal()
        return head

    def verified(self) -> Report:
        return verify_log(key=KEY.public_key(), outside=self.outside, roots=self.roots)

    def export(self, *, first: int = 0, with_events: bool = True) -> list[bytes]:
        extent = exporting.Extent(
            first=first, size=exporting.newest_signed_head().size, with_events=with_events
        )
        return list(exporting.lines(extent, key=KEY, at=clock.now()))


def begun(folder: Path, authority: Authority) -> Log:
    """31 rows, eight heads, three of them stamped; the newest head covers everything."""
    outside = folder / "event-log-heads.jsonl"
    log = Log(outside=outside, authority=authority, sealer=Sealer(key=KEY, outside=outside))
    for times in (9, 7, 6):
        log.happened(times)
        log.stamp()
    log.happened(2)
    log.happened(4)
    return log
