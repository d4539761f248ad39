"""The record to read, as a document without a number: it is a copy, and no act of an agency."""

from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from haetae.documents.document import Document, Facts, Language, Paragraph, Part, Table
from haetae.flow.overview.record import PlaceRecord
from haetae.law.packs import load_pack
from haetae.web.console.court.taking import Taken
from haetae.web.words.documents import kind_words
from haetae.web.words.events import event_words, facts_words
from haetae.web.words.people import actor_words
from haetae.web.words.reviews import decision_words
from haetae.web.words.states import state_mark

_FORMAT: Final = "%Y-%m-%d %H:%M:%S"


def summary(record: PlaceRecord, taken: Taken, language: Language) -> Document:
    """In one language, by the words of the control room."""
    with translation.override(language.value):
        zone = load_pack(settings.JURISDICTION).zone
        return Document(
            language=language,
            title=_("Record of one place"),
            issuer=settings.AGENCY.name_ko if language is Language.KO else settings.AGENCY.name_en,
            on=taken.at.astimezone(zone).date(),
            addressed_to=taken.court_reference,
            parts=[_where(record), *_decisions(record), _happened(record), *_documents(record)],
            law=[],
            reference=taken.export_id.hex[:8],
        )


def _where(record: PlaceRecord) -> Part:
    place, operator = record.place, record.place.operator
    newest = record.requests[-1] if record.requests else None
    return Part(
        title="",
        content=[
            Paragraph(text=_("Careful: these addresses may still lead to the picture. Do not open them.")),
            Facts(
                rows=[
                    (_("Number"), str(place.pk)),
                    (_("page"), place.page_url),
                    (_("media"), place.media_url),
                    (_("Operator"), operator.name if operator else _("no operator registered")),
                    (
                        _("How it stands now"),
                        state_mark(newest.state).words if newest else _("Nothing has been asked yet."),
                    ),
                ]
            ),
        ],
    )


def _decisions(record: PlaceRecord) -> list[Part]:
    return [
        Part(
            title=_("Decision"),
            content=[
                Facts(
                    rows=[
                        (_("Decision"), decision_words(one.decision)),
                        (_("Votes for it"), str(one.votes_for)),
                        (_("Votes against it"), str(one.votes_against)),
                        (_("Took no part"), str(one.recused)),
                    ]
                ),
                *(Paragraph(text=reason) for reason in one.reasons),
            ],
        )
        for one in record.decisions
    ]


def _happened(record: PlaceRecord) -> Part:
    zone = load_pack(settings.JURISDICTION).zone
    rows = [
        (
            one.event.at.astimezone(zone).strftime(_FORMAT),
            event_words(one.event.name),
            facts_words(one.event.facts),
            actor_words(one.event.actor_kind),
        )
        for one in record.events
    ]
    head = [_("When"), _("What happened"), _("Details"), _("By")]
    said = _("Times are those of %(zone)s. Nothing of whoever reported it is in it.") % {"zone": zone.key}
    return Part(title=_("What happened"), content=[Paragraph(text=said), Table(head=head, rows=rows)])


def _documents(record: PlaceRecord) -> list[Part]:
    if not record.documents:
        return []
    rows = [(one.reference, kind_words(one.kind), one.on.isoformat()) for one in record.documents]
    table = Table(head=[_("Number"), _("What it is"), _("Day")], rows=rows)
    return [Part(title=_("Documents"), content=[table])]
