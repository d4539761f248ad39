"""Tells a person that an authority has asked about a place of theirs."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.agencies.support.models import Case, Message
from haetae.agencies.support.official.words import text_for
from haetae.agencies.support.states import Sender, State
from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import derived_id
from haetae.law.facts import Role
from haetae.law.packs import load_pack


@transaction.atomic
def tell_of_request(*, case_id: UUID, sighting_id: UUID, agency: str) -> None:
    """One message for each place and authority, into a case that is open. A counsellor sees to it too.

    Nobody at home is told by it: a guardian is told by a counsellor alone, where that is safe
    (desk.rules.why_not_tell_guardian). A case that ended is left alone.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    if State(case.state) is not State.OPEN:
        return
    message_id = derived_id("official-request", case.pk, sighting_id, agency)
    if Message.objects.filter(pk=message_id).exists():
        return
    now, pack = clock.now(), load_pack(settings.JURISDICTION)
    named = pack.agency(role=Role(agency), on=now.astimezone(pack.zone).date())
    key = settings.KEYS.open_case_key(bytes(case.key_for_custodian or b""), case_id=case.pk)
    text = text_for(case.language, agency_ko=named.name_ko, agency_en=named.name_en)
    Message.objects.create(
        pk=message_id,
        case=case,
        sender=Sender.NOTICE,
        sealed=seal_text(text, key=key, about=message_id),
        at=now,
    )
    case.waits_since = case.waits_since or now
    case.save(update_fields=["waits_since"])
    record(event="support.message", subject=case, actor=SYSTEM, facts={"sender": Sender.NOTICE})
