"""What investigators may ask a platform for, by which instrument, and how data is kept before it may be acquired."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from haetae.law.country.provisions import Provision
from haetae.law.dated import read_dated
from haetae.law.duration import Duration
from haetae.law.facts import Cited
from haetae.law.reading import Sources, article_of, legal_source, policy_source, verified
from haetae.law.table import Table


class Instrument(StrEnum):
    """By what a platform is asked. That data is kept only is a thing of its own: see Preservation."""

    PLATFORM_FORM = "platform_form"  # the platform's own way for authorities, or a letter to it
    MLAT = "mlat"  # mutual legal assistance between states
    WARRANT = "warrant"  # a court's permission or warrant, handed to the platform


class DataKind(StrEnum):
    """What can be asked for, from the least to the most."""

    IDENTITY = "identity"
    CONTACT = "contact"
    ACCOUNT_DATES = "account_dates"
    LOGIN_ADDRESSES = "login_addresses"
    PAYMENT = "payment"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataBasis(Provision):
    """An article on which a platform may be asked, and for what: nothing beyond `data` may be asked on it."""

    basis_id: str
    instrument: Instrument
    data: tuple[DataKind, ...]
    needs_warrant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preserving(Provision):
    """Data is kept and not acquired. The law gives no hour and no length that was read: those two are our own.

    `approve_within` is how long an urgent request may stand without a prosecutor's approval, `keep_for` for how long
    a platform is asked to keep.
    """

    approve_within: Duration
    keep_for: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking(Cited):
    """`answer_within` is our own target, after which a platform counts as silent; `use` binds what it answers."""

    bases: tuple[DataBasis, ...]
    use: Provision
    preserving: Preserving
    answer_within: Duration


def read_asking(*, legal: Table, policy: Table, sources: Sources) -> Asking:
    bases = read_dated(
        legal.tables("data_bases"), read=lambda table: _basis(table, sources), name=lambda one: one.basis_id
    )
    with policy.table("official_requests") as ours:
        source = policy_source(ours, sources)
        return Asking(
            source=source,
            verified=verified(ours, source),
            bases=bases,
            use=_provision(legal.table("data_use"), sources),
            preserving=_preserving(legal.table("preservation"), ours, sources),
            answer_within=ours.duration("answer_within"),
        )


def _basis(table: Table, sources: Sources) -> DataBasis:
    with table:
        source = legal_source(table, sources)
        return DataBasis(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            article=article_of(table, source),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
            basis_id=table.text("id"),
            instrument=table.choice("instrument", Instrument),
            data=table.choices("data", DataKind),
            needs_warrant=table.flag("needs_warrant", default=False),
        )


def _provision(table: Table, sources: Sources) -> Provision:
    with table:
        source = legal_source(table, sources)
        return Provision(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            article=article_of(table, source),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
        )


def _preserving(table: Table, ours: Table, sources: Sources) -> Preserving:
    read = _provision(table, sources)
    return Preserving(
        source=read.source,
        verified=read.verified,
        valid_from=read.valid_from,
        valid_to=read.valid_to,
        article=read.article,
        words_ko=read.words_ko,
        words_en=read.words_en,
        approve_within=ours.duration("approve_within"),
        keep_for=ours.duration("keep_for"),
    )


def in_force(bases: Sequence[DataBasis], *, basis_id: str) -> DataBasis | None:
    """The one of that name among those of a day."""
    return next((one for one in bases if one.basis_id == basis_id), None)
