"""A channel that the police saw in public stands in one registry: with the file that it belongs to, and for others.

The rooms do not know each other; what an officer typed is handed to both in one change.
"""

from uuid import UUID

from django.db import transaction

from haetae.agencies.enforcement.designation.channels.actions import Seen, note_channel
from haetae.agencies.investigation.linking.actions import add_identifier
from haetae.agencies.investigation.linking.states import Kind


@transaction.atomic
def note_channel_of_file(
    *, investigation_id: UUID, operator_id: UUID, link: str, seen: Seen, official_id: UUID
) -> None:
    """Into the file, and into the registry of what everybody can read: there it names no file.

    Raises NotYoursError, CannotLinkError, CannotNoteChannelError, Operator.DoesNotExist.
    """
    add_identifier(investigation_id=investigation_id, kind=Kind.CHANNEL, text=link, official_id=official_id)
    note_channel(operator_id=operator_id, link=link, seen=seen, official_id=official_id)
