"""From the tables of a pack to its facts; what is inconsistent is refused before anything relies on it."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from haetae.law.citations import CitationError, Citing, article_en
from haetae.law.dated import read_dated, read_without_holes
from haetae.law.facts import (
    Agency,
    Appeals,
    Automatic,
    BlockExtension,
    Breaker,
    LegalBasis,
    LegalDeadline,
    Looks,
    PolicyTarget,
    Probes,
    ProvisionalBlock,
    Removal,
    Review,
    Role,
    Sending,
    Source,
    SourceKind,
)
from haetae.law.table import Table

Sources = dict[str, Source]


def read_sources(tables: Table) -> Sources:
    with tables:
        return {key: _source(key=key, table=tables.table(key)) for key in tables}


def read_zone(table: Table) -> ZoneInfo:
    name = table.text("zone")
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError) as error:
        raise table.error(f"key 'zone': {name!r} is no known time zone; write it like Asia/Seoul.") from error


def read_agencies(tables: Sequence[Table], sources: Sources) -> tuple[Agency, ...]:
    return read_without_holes(
        tables, read=lambda table: _agency(table, sources), name=lambda agency: agency.role
    )


def read_legal_bases(tables: Sequence[Table], sources: Sources) -> tuple[LegalBasis, ...]:
    return read_dated(
        tables, read=lambda table: _legal_basis(table, sources), name=lambda basis: basis.basis_id
    )


def read_removal(*, legal: LegalDeadline, policy: Table, sources: Sources) -> Removal:
    with policy:
        return Removal(
            legal_deadline=legal,
            acknowledgement=read_policy_target(policy.table("acknowledgement"), sources),
            removal=read_policy_target(policy.table("removal"), sources),
            sending=_sending(policy.table("sending"), sources),
            breaker=_breaker(policy.table("breaker"), sources),
        )


def read_provisional_block(table: Table, sources: Sources) -> ProvisionalBlock:
    with table:
        source = legal_source(table, sources)
        return ProvisionalBlock(
            source=source,
            verified=verified(table, source),
            article=article_of(table, source),
            maximum=table.duration("maximum"),
        )


def read_block_extension(table: Table, sources: Sources) -> BlockExtension:
    with table:
        source = policy_source(table, sources)
        return BlockExtension(
            source=source,
            verified=verified(table, source),
            extend_by=table.duration("extend_by"),
            at_most=table.whole_number("at_most"),
        )


def read_review(table: Table, sources: Sources) -> Review:
    with table:
        source = policy_source(table, sources)
        return Review(
            source=source,
            verified=verified(table, source),
            decide_within=table.duration("decide_within"),
            remind_before_block_ends=table.duration("remind_before_block_ends"),
        )


def read_appeals(table: Table, sources: Sources) -> Appeals:
    with table:
        source = policy_source(table, sources)
        return Appeals(
            source=source,
            verified=verified(table, source),
            object_within=table.duration("object_within"),
            statement_kept=table.duration("statement_kept"),
        )


def read_probes(table: Table, sources: Sources) -> Probes:
    with table:
        source = policy_source(table, sources)
        return Probes(
            source=source,
            verified=verified(table, source),
            schedule=table.rising_durations("schedule"),
            block_schedule=table.rising_durations("block_schedule"),
            restore_schedule=table.rising_durations("restore_schedule"),
            live_look_again_after=table.duration("live_look_again_after"),
            second_look_after=table.duration("second_look_after"),
            unknown_look_again=table.rising_durations("unknown_look_again"),
        )


def read_automatic(table: Table, sources: Sources) -> Automatic:
    with table:
        source = policy_source(table, sources)
        return Automatic(
            source=source,
            verified=verified(table, source),
            needs_report=table.flag("needs_report", default=True),
            reported_per_million=table.whole_number("reported_per_million"),
            harmful_per_million=table.whole_number("harmful_per_million"),
            wrongful_most_per_million=table.whole_number("wrongful_most_per_million"),
        )


def read_looks(table: Table, sources: Sources) -> Looks:
    with table:
        source = policy_source(table, sources)
        return Looks(
            source=source,
            verified=verified(table, source),
            per_official_a_day=table.whole_number("per_official_a_day", least=1),
            open_for=table.duration("open_for"),
            believed_for=table.duration("believed_for"),
        )


def _source(*, key: str, table: Table) -> Source:
    with table:
        source = Source(
            key=key,
            kind=table.choice("kind", SourceKind),
            title_ko=table.text("title_ko"),
            title_en=table.text("title_en"),
            version=table.text("version"),
            verified=table.flag("verified", default=True),
            citing=table.choice_or("cited_as", Citing, default=Citing.KOREAN),
        )
    if source.kind is SourceKind.BACKGROUND and source.verified:
        raise table.error("background knowledge was never looked up; add verified = false.")
    return source


def _agency(table: Table, sources: Sources) -> Agency:
    with table:
        source = source_of(table, sources)
        return Agency(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            role=table.choice("role", Role),
            name_ko=table.text("name_ko"),
            name_en=table.text("name_en"),
        )


def _legal_basis(table: Table, sources: Sources) -> LegalBasis:
    with table:
        source = legal_source(table, sources)
        return LegalBasis(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            basis_id=table.text("id"),
            article=article_of(table, source),
            title_ko=table.text("title_ko"),
            title_en=table.text("title_en"),
        )


def read_policy_target(table: Table, sources: Sources) -> PolicyTarget:
    with table:
        source = policy_source(table, sources)
        return PolicyTarget(
            source=source, verified=verified(table, source), due_after=table.duration("due_after")
        )


def _sending(table: Table, sources: Sources) -> Sending:
    with table:
        source = policy_source(table, sources)
        return Sending(
            source=source,
            verified=verified(table, source),
            send_again_after=table.rising_durations("send_again_after"),
            jitter_percent=table.whole_number("jitter_percent", most=50),
        )


def _breaker(table: Table, sources: Sources) -> Breaker:
    with table:
        source = policy_source(table, sources)
        return Breaker(
            source=source,
            verified=verified(table, source),
            opens_after=table.whole_number("opens_after", least=1),
            stays_open=table.rising_durations("stays_open"),
        )


def source_of(table: Table, sources: Sources) -> Source:
    key = table.text("source")
    if key not in sources:
        raise table.error(f"source '{key}' is not listed; add it under [sources].")
    return sources[key]


def legal_source(table: Table, sources: Sources) -> Source:
    source = source_of(table, sources)
    if not source.kind.is_law:
        raise table.error(
            f"source '{source.key}' is {source.kind} and makes no law; cite a statute or move it to [policy]."
        )
    return source


def policy_source(table: Table, sources: Sources) -> Source:
    source = source_of(table, sources)
    if source.kind.is_law:
        raise table.error(
            f"source '{source.key}' is law; move the value to [legal] or cite who set the target."
        )
    return source


def verified(table: Table, source: Source) -> bool:
    return table.flag("verified", default=True) and source.verified


def article_of(table: Table, source: Source, *, key: str = "article") -> str:
    article = table.text(key)
    try:
        article_en(article, source.citing)
    except CitationError as error:
        raise table.error(f"key '{key}': {error}") from error
    return article
