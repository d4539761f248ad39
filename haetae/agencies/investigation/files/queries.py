"""Everything that reads files. Whoever does not work on a file learns nothing of it, not even that it exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.accounts.queries import who_may_on
from haetae.agencies.investigation.files import rules
from haetae.agencies.investigation.files.models import FileOpening, Investigation, Member
from haetae.agencies.investigation.files.states import State
from haetae.common import clock
from haetae.common.case_keys import open_text


class NotYoursError(LookupError):
    """A code of why this official does not read or write in this file: `file_of_others`, `file_not_opened`, ..."""


@dataclass(frozen=True, kw_only=True)
class OpenFile:
    """A file, and the key that opens what is sealed in it, for as long as somebody works with it."""

    investigation: Investigation
    key: bytes

    @property
    def name(self) -> str:
        return open_text(self.investigation.name, key=self.key, about=self.investigation.pk)


def files_of(official_id: UUID) -> Sequence[Investigation]:
    """On which this officer works now, the newest first."""
    own = Member.objects.filter(official=official_id, until=None).values("investigation")
    return list(Investigation.objects.filter(pk__in=own).order_by("-opened_at", "pk"))


def is_member(investigation_id: UUID, official_id: UUID) -> bool:
    return Member.objects.filter(investigation=investigation_id, official=official_id, until=None).exists()


def has_worked_on(investigation_id: UUID, official_id: UUID) -> bool:
    """Whether this officer works on it or ever did: whoever left a file does not decide about it either."""
    return Member.objects.filter(investigation=investigation_id, official=official_id).exists()


def members_of(investigation_id: UUID) -> Sequence[Member]:
    """Who works on it now, the first first."""
    rows = Member.objects.filter(investigation=investigation_id, until=None)
    return list(rows.select_related("official").order_by("since", "pk"))


def is_open_today(investigation_id: UUID, official_id: UUID) -> bool:
    """Whether this officer has said today why they open it."""
    day = day_began(clock.now())
    newest = FileOpening.objects.filter(investigation=investigation_id, official=official_id).order_by("-at")
    at = newest.values_list("at", flat=True).first()
    return at is not None and rules.is_of_today(opened_at=at, day_began_at=day)


def opened_by(investigation_id: UUID, official_id: UUID, *, writes: bool = False) -> OpenFile:
    """The file with its key, for whoever works on it and said why today. Raises NotYoursError."""
    found = Investigation.objects.filter(pk=investigation_id).first()
    problem = rules.why_not_work(
        is_member=found is not None and is_member(investigation_id, official_id),
        is_open_today=is_open_today(investigation_id, official_id),
        state=State(found.state) if found else State.OPEN,
        writes=writes,
    )
    if found is None or problem:
        raise NotYoursError(problem or "file_of_others")
    return OpenFile(investigation=found, key=key_of(found))


def key_of(investigation: Investigation) -> bytes:
    """The file's own key, asked of the key service. Only for what was checked before. Raises WrongKeyError."""
    sealed = bytes(investigation.key_for_custodian)
    return settings.KEYS.open_case_key(sealed, case_id=investigation.pk)


def officers() -> Sequence[Official]:
    """Who may work on files today, by name."""
    return list(who_may_on(Permission.INVESTIGATION_WORK, day=timezone.localdate(clock.now())))


def day_began(at: datetime) -> datetime:
    """Midnight in the zone of the officials."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
