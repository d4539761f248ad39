"""A pack as sections with rows, in the order in which people read it: for the command line and the printed pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from haetae.law import saying
from haetae.law.asking import DataKind
from haetae.law.countries import CountryLaw, RemovalDuty
from haetae.law.country.provisions import Procedure
from haetae.law.facts import Cited, Dated
from haetae.law.packs import Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`much` is how much and by when; `fact` carries the source, the days and whether it was checked."""

    what_ko: str
    what_en: str
    much: str
    fact: Cited

    @property
    def article_ko(self) -> str:
        return self.fact.source.cite_ko(_article(self.fact)) if _article(self.fact) else ""

    @property
    def article_en(self) -> str:
        return self.fact.source.cite_en(_article(self.fact)) if _article(self.fact) else ""

    @property
    def days(self) -> str:
        """Empty for what the pack holds without days."""
        return saying.days(self.fact) if isinstance(self.fact, Dated) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    rows: Sequence[Row]


def outline(law: CountryLaw, *, on: date | None = None, home: Pack | None = None) -> list[Section]:
    """Every section that has rows; with `on`, only what held on that day."""
    found = {
        "Who": _agencies(law),
        "What must be removed, and by when": _removal(law.removal_duties),
        "Procedures": _procedures(law.procedures, on),
        "How the review commission decides": _vote(home),
        "Offences": _offences(law),
        "What was announced, beside what the law says": _plan(home),
        "What the regulator may order": _orders(home),
        "What operators owe by their size": _by_size(home),
        "Sanctions": _sanctions(law),
        "What follows for whoever did it": _after(home),
        "Undercover work of the police": _undercover(home),
        "What institutions owe": _teaching(home),
        "Kept": _kept(law),
        "What evidence may be used for": _evidence(home),
        "Reports of operators": _reports(law),
        "What a request may rest on": _bases(home),
        "What a platform may be asked for": _asking(home),
        "Our own targets, which are no law": _targets(home),
        "Helplines": _helplines(law),
    }
    sections = [
        Section(title=title, rows=[row for row in rows if _holds(row, on)]) for title, rows in found.items()
    ]
    return [section for section in sections if section.rows]


def _holds(row: Row, on: date | None) -> bool:
    return on is None or not isinstance(row.fact, Dated) or row.fact.covers(on)


def _agencies(law: CountryLaw) -> Iterator[Row]:
    for agency in law.agencies:
        yield Row(
            what_ko=agency.name_ko, what_en=agency.name_en, much=saying.plainly(agency.role), fact=agency
        )


def _removal(duties: Iterable[RemovalDuty]) -> Iterator[Row]:
    for duty in duties:
        much = f"{saying.duty(duty)}. {saying.reach(duty)}. A valid request needs: {saying.checklist(duty)}"
        yield Row(what_ko=duty.words_ko, what_en=duty.words_en, much=much, fact=duty)


def _procedures(procedures: Iterable[Procedure], on: date | None) -> Iterator[Row]:
    for procedure in procedures:
        if on is not None and not procedure.covers(on):
            continue
        yield Row(what_ko=procedure.words_ko, what_en=procedure.words_en, much="", fact=procedure)
        for number, step in enumerate(procedure.steps, start=1):
            actor = saying.plainly(step.by)
            yield Row(
                what_ko=f"{number}. {step.words_ko}",
                what_en=f"{number}. {step.words_en}",
                much=f"{actor}: {saying.term(step)}" if saying.term(step) else actor,
                fact=step,
            )


def _vote(home: Pack | None) -> Iterator[Row]:
    if home:
        vote = home.vote
        yield Row(
            what_ko="서면 또는 전자 방식의 의결",
            what_en="By a vote in writing or electronically",
            much=f"a majority of all members: {vote.needed} of {vote.seats}",
            fact=vote,
        )


def _offences(law: CountryLaw) -> Iterator[Row]:
    for offence in law.offences:
        only_ko = f" ({offence.only_if_ko})" if offence.only_if_ko else ""
        only_en = f" ({offence.only_if_en})" if offence.only_if_en else ""
        yield Row(
            what_ko=f"{offence.act_ko}{only_ko}",
            what_en=f"{offence.act_en}{only_en}",
            much=f"{saying.penalty(offence)}; shown is: {saying.plainly(offence.shown)}",
            fact=offence,
        )


def _plan(home: Pack | None) -> Iterator[Row]:
    for claim in home.plan if home else ():
        where = claim.law.source.cite_en(claim.law.article) if claim.law else "no article was found"
        yield Row(
            what_ko=f"{claim.said_ko} → {claim.law_ko}",
            what_en=f"{claim.said_en} → {claim.law_en}",
            much=f"{saying.plainly(claim.verdict)}: {where}",
            fact=claim,
        )


def _sanctions(law: CountryLaw) -> Iterator[Row]:
    for sanction in law.sanctions:
        much = f"{saying.plainly(sanction.kind)}: {saying.measure(sanction)}"
        yield Row(what_ko=sanction.words_ko, what_en=sanction.words_en, much=much, fact=sanction)


def _orders(home: Pack | None) -> Iterator[Row]:
    for power in home.orders.powers if home else ():
        yield Row(what_ko=power.words_ko, what_en=power.words_en, much="", fact=power)
    for duty in home.orders.duties if home else ():
        yield Row(what_ko=duty.words_ko, what_en=duty.words_en, much="a duty", fact=duty)


def _by_size(home: Pack | None) -> Iterator[Row]:
    for duty in home.operator_duties if home else ():
        yield Row(what_ko=duty.words_ko, what_en=duty.words_en, much=saying.sizes(duty), fact=duty)


def _undercover(home: Pack | None) -> Iterator[Row]:
    for rule in home.undercover.rules if home else ():
        yield Row(what_ko=rule.words_ko, what_en=rule.words_en, much=saying.undercover(rule), fact=rule)
    for report in home.undercover.reports if home else ():
        told = ", ".join(map(saying.plainly, report.fields))
        yield Row(what_ko=report.words_ko, what_en=report.words_en, much=f"told: {told}", fact=report)


def _kept(law: CountryLaw) -> Iterator[Row]:
    for record in law.records:
        yield Row(what_ko=record.words_ko, what_en=record.words_en, much=saying.kept(record), fact=record)
    for kept in law.retentions:
        gone = ", or until the person wants it gone" if kept.destroyed_on_demand else ""
        words = saying.material(kept)
        yield Row(what_ko=words.ko, what_en=words.en, much=f"{saying.kept(kept)}{gone}", fact=kept)


def _evidence(home: Pack | None) -> Iterator[Row]:
    for use in home.evidence_uses if home else ():
        yield Row(what_ko=use.words_ko, what_en=use.words_en, much="", fact=use)


def _reports(law: CountryLaw) -> Iterator[Row]:
    for report in law.transparency:
        yield Row(what_ko=report.words_ko, what_en=report.words_en, much=saying.reported(report), fact=report)


def _after(home: Pack | None) -> Iterator[Row]:
    if home is None:
        return
    much = f"offences: {', '.join(sorted(home.confiscation.offences))}"
    yield Row(what_ko="수익의 몰수·추징", what_en="Proceeds are taken", much=much, fact=home.confiscation)
    yield Row(
        what_ko="삭제 지원 비용의 납부",
        what_en="The offender pays what the deletion cost",
        much=f"within {saying.length(home.cost_recovery.pay_within)}",
        fact=home.cost_recovery,
    )
    leniency = home.self_reporting.leniency
    much = "in force" if leniency.enabled else "a plan only: not in force"
    yield Row(what_ko=leniency.words_ko, what_en=leniency.words_en, much=much, fact=leniency)
    for rule in home.self_reporting.ages:
        yield Row(what_ko=rule.words_ko, what_en=rule.words_en, much=f"under {rule.under}", fact=rule)


def _teaching(home: Pack | None) -> Iterator[Row]:
    if home is None:
        return
    owed = home.teaching
    month, amount = owed.report.by_end_of_month, owed.amount
    for ko, en, much, fact in (
        ("교육 실적의 제출", "The yearly report about teaching", f"by the end of month {month}", owed.report),
        ("교육", "Teaching", f"{amount.sessions} a year, {amount.minutes} minutes", amount),
        (
            "교육 자료의 작성과 관리",
            "Records of a session",
            "day, method, who was taught, content",
            owed.records,
        ),
        ("매년의 점검", "The yearly check", "", owed.check),
        ("관리자 특별교육", "A training of managers", "where teaching was poor", owed.training),
        (
            "재발방지대책",
            "A plan after an incident",
            f"within {saying.length(owed.incident.plan_within)} of learning of it",
            owed.incident,
        ),
        (
            "시행령이 정한 기관장에 의한 사건의 재발방지대책",
            "The same where a head did it whom the decree names",
            f"within {saying.length(owed.by_a_head.plan_within)} of learning of it",
            owed.by_a_head,
        ),
    ):
        yield Row(what_ko=ko, what_en=en, much=much, fact=fact)


def _bases(home: Pack | None) -> Iterator[Row]:
    for basis in home.legal_bases if home else ():
        yield Row(what_ko=basis.title_ko, what_en=basis.title_en, much="", fact=basis)


def _asking(home: Pack | None) -> Iterator[Row]:
    for basis in home.asking.bases if home else ():
        data = ", ".join(saying.plainly(kind) for kind in DataKind if kind in basis.data)
        needs = "; needs the number of a warrant or permission" if basis.needs_warrant else ""
        much = f"{saying.plainly(basis.instrument)}: {data}{needs}"
        yield Row(what_ko=basis.words_ko, what_en=basis.words_en, much=much, fact=basis)
    for one in (home.asking.use, home.asking.preserving) if home else ():
        yield Row(what_ko=one.words_ko, what_en=one.words_en, much="", fact=one)


def _targets(home: Pack | None) -> Iterator[Row]:
    if home:
        removal = home.removal
        for ko, en, target in (
            ("접수 확인", "An operator acknowledges", removal.acknowledgement),
            ("삭제", "It is removed", removal.removal),
        ):
            yield Row(what_ko=ko, what_en=en, much=f"within {saying.length(target.due_after)}", fact=target)
        for ko, en, within in (
            ("시정명령의 이행", "A corrective order is followed", home.orders.follow_within),
            (
                "의무에 관한 시정명령의 이행",
                "A corrective order about a duty is followed",
                home.orders.duty_within,
            ),
        ):
            yield Row(what_ko=ko, what_en=en, much=f"within {saying.length(within)}", fact=home.orders)
        for ko, en, within in (
            (
                "증거를 남길 때까지 삭제 요청을 미룸",
                "A deletion waits for evidence",
                home.evidence.deletion_waits,
            ),
            (
                "미성년자가 나오면 미룸",
                "The same where it may show a minor",
                home.evidence.deletion_waits_for_minors,
            ),
        ):
            yield Row(what_ko=ko, what_en=en, much=f"at most {saying.length(within)}", fact=home.evidence)
        for ko, en, within in (
            ("플랫폼의 답변", "A platform answers a request for data", home.asking.answer_within),
            (
                "긴급 보전 요청에 대한 검사의 승인",
                "A prosecutor approves an urgent request to keep data",
                home.asking.preserving.approve_within,
            ),
            ("보전", "A platform is asked to keep data", home.asking.preserving.keep_for),
        ):
            yield Row(what_ko=ko, what_en=en, much=f"within {saying.length(within)}", fact=home.asking)


def _helplines(law: CountryLaw) -> Iterator[Row]:
    for line in law.helplines:
        yield Row(what_ko=line.name_ko, what_en=line.name_en, much=saying.called(line), fact=line)


def _article(fact: Cited) -> str:
    return getattr(fact, "article", "")
