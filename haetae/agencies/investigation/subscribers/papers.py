"""What of a request goes into its letter."""

from datetime import datetime

from django.conf import settings

from haetae.agencies.investigation.letters.letter import DataLetter, Head, data_letters
from haetae.agencies.investigation.subscribers.models import SubscriberRequest
from haetae.agencies.investigation.subscribers.rules import Asked
from haetae.documents.document import Document
from haetae.law.asking import DataKind
from haetae.law.facts import Role
from haetae.law.packs import load_pack
from haetae.law.person.penalties import offences_on


def letters_of(request: SubscriberRequest, asked: Asked, *, at: datetime) -> list[Document]:
    """In both languages, by the law of the day of the deed and the names of the day of the letter."""
    pack = load_pack(settings.JURISDICTION)
    on = at.astimezone(pack.zone).date()
    agency = pack.agency(role=Role.POLICE, on=on)
    basis = next(one for one in pack.asking.bases if one.basis_id == request.basis and one.covers(on))
    offences = offences_on(pack.all_offences, asked.act_on)
    offence = next(one for one in offences if one.offence_id == request.investigation.offence)
    return data_letters(
        DataLetter(
            head=Head(
                reference=f"DATA-{on.year}-{str(request.pk)[:8].upper()}",
                issuer_ko=agency.name_ko,
                issuer_en=agency.name_en,
                office=asked.office,
                contact=asked.contact,
                on=on,
                platform=asked.platform,
                accounts=list(asked.accounts),
                zone=pack.zone,
            ),
            basis=basis,
            use=pack.asking.use,
            offence=offence,
            act_on=asked.act_on,
            facts=asked.facts,
            dual_criminality=asked.dual_criminality,
            data=[kind for kind in DataKind if kind in asked.data],
            since=asked.since,
            until=asked.until,
            warrant=asked.warrant,
            wants_kept=asked.wants_kept,
            wants_silence=asked.wants_silence,
        )
    )
