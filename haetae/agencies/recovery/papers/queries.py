"""What of the record goes into a notice."""

from django.conf import settings
from django.utils import timezone

from haetae.agencies.recovery import queries
from haetae.agencies.recovery.models import Charge
from haetae.agencies.recovery.papers import Notice, Priced, letters
from haetae.agencies.recovery.states import Work
from haetae.common import clock
from haetae.documents.document import Document
from haetae.law.facts import Role
from haetae.law.packs import load_pack


def letters_of(charge: Charge) -> tuple[Document, Document]:
    """As it stands now, in Korean and in English."""
    pack, on = load_pack(settings.JURISDICTION), timezone.localdate(clock.now())
    agency, law = pack.agency(role=Role.SUPPORT_MINISTRY, on=on), pack.cost_recovery
    articles = ((law.basis.source, law.basis_article), (law.source, law.article))
    lines = queries.lines_of(charge.pk)
    places = queries.places_of(charge.pk)
    charged = {record for line in lines for record in line.records}
    before = [one for one in queries.work_at(places) if one.on <= timezone.localdate(charge.drafted_at)]
    return letters(
        Notice(
            name=charge.name,
            address=charge.address,
            decision=charge.decision,
            decided_on=charge.decided_on,
            pay_to=charge.pay_to,
            places=len(places),
            lines=[
                Priced(
                    work=Work(line.cost.work),
                    pieces=line.pieces,
                    each_won=line.cost.won,
                    since=line.cost.since,
                    source=line.cost.source,
                )
                for line in lines
            ],
            left_out=sum(one.record not in charged for one in before),
            pay_within_days=law.pay_within.exact.days,
            issuer=(agency.name_ko, agency.name_en),
            law=(
                [source.cite_ko(article) for source, article in articles],
                [source.cite_en(article) for source, article in articles],
            ),
            on=on,
        )
    )
