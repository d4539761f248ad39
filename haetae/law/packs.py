"""A jurisdiction pack: what one country's law and our own targets say, read from the folder `<jurisdiction>`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from haetae.law import reading
from haetae.law.after import (
    Confiscation,
    CostRecovery,
    SelfReporting,
    read_confiscation,
    read_cost_recovery,
    read_self_reporting,
)
from haetae.law.asking import Asking, DataBasis, read_asking
from haetae.law.commission import Vote, read_vote
from haetae.law.country.duties import (
    DesignationRule,
    OperatorDuty,
    read_designation,
    read_operator_duties,
)
from haetae.law.country.law import CountryLaw
from haetae.law.country.provisions import Actor, Step
from haetae.law.country.reading import read_country
from haetae.law.duration import Duration, due_at
from haetae.law.evidence import EvidenceUse, Keeping, read_keeping, read_uses
from haetae.law.facts import (
    Agency,
    Appeals,
    Automatic,
    BlockExtension,
    LegalBasis,
    Looks,
    NotInForceError,
    PolicyTarget,
    Probes,
    ProvisionalBlock,
    Removal,
    Review,
    Role,
    Source,
)
from haetae.law.handing import ReferralGround, read_referral_grounds
from haetae.law.hearings import Hearings, read_hearings
from haetae.law.merging import merged
from haetae.law.ordering import Orders, read_orders
from haetae.law.person.facts import (
    Helpline,
    Offence,
    Reader,
    Retention,
    RetentionClass,
    Rule,
    Situation,
    Turning,
)
from haetae.law.person.keeping import Hold, Traces, read_hold, read_traces
from haetae.law.person.plan import Claim, read_claims
from haetae.law.person.reading import read_rules
from haetae.law.person.turning import open_first, read_turnings
from haetae.law.sanctioning.facts import FineRules, SurchargeRules
from haetae.law.sanctioning.reading import read_fine, read_surcharge
from haetae.law.shipped import home_packs, pack_texts
from haetae.law.table import PackError, Table
from haetae.law.teaching import Teaching, read_teaching
from haetae.law.undercover import Undercover, read_undercover

__all__ = ["NotInForceError", "Pack", "load_pack", "read_pack"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The law of the country under which an installation runs, with what we aim for there.

    `country` is what every pack has; `version` is the day up to which the law was read.
    """

    country: CountryLaw
    pack_id: str
    version: date
    zone: ZoneInfo
    sources: tuple[Source, ...]
    agencies: tuple[Agency, ...]
    all_helplines: tuple[Helpline, ...]
    turnings: tuple[Turning, ...]
    legal_bases: tuple[LegalBasis, ...]
    removal: Removal
    provisional_block: ProvisionalBlock
    vote: Vote
    block_extension: BlockExtension
    review: Review
    appeals: Appeals
    probes: Probes
    automatic: Automatic
    all_offences: tuple[Offence, ...]
    all_rules: tuple[Rule, ...]
    retentions: tuple[Retention, ...]
    looks: Looks
    hearings: Hearings
    referral_answer: PolicyTarget
    orders: Orders
    all_referral_grounds: tuple[ReferralGround, ...]
    hold: Hold
    evidence_uses: tuple[EvidenceUse, ...]
    evidence: Keeping
    traces: Traces
    operator_duties: tuple[OperatorDuty, ...]
    designation: DesignationRule
    asking: Asking
    surcharge: SurchargeRules
    fine: FineRules
    plan: tuple[Claim, ...]
    confiscation: Confiscation
    cost_recovery: CostRecovery
    self_reporting: SelfReporting
    undercover: Undercover
    teaching: Teaching

    def agency(self, *, role: Role, on: date) -> Agency:
        """Who holds a role on a day of the jurisdiction's own calendar; raises NotInForceError for nobody."""
        return self.country.agency(role=role, on=on)

    def legal_basis(self, basis_id: str, *, on: date) -> LegalBasis:
        """The article in force on a day; raises NotInForceError when there is none."""
        for basis in self.legal_bases:
            if basis.basis_id == basis_id and basis.covers(on):
                return basis
        known = ", ".join(sorted({basis.basis_id for basis in self.legal_bases}))
        raise NotInForceError(
            f"Pack '{self.pack_id}' has no legal basis '{basis_id}' in force on {on}; it knows {known}."
        )

    def referral_grounds(self, *, by: Role, on: date) -> tuple[ReferralGround, ...]:
        """On what an agency may hand something to another one on a day."""
        return tuple(row for row in self.all_referral_grounds if by in row.senders and row.covers(on))

    def data_bases(self, *, on: date) -> tuple[DataBasis, ...]:
        """On what a platform may be asked for data on a day."""
        return tuple(basis for basis in self.asking.bases if basis.covers(on))

    def helplines(self, *, situation: Situation, at: datetime) -> tuple[Helpline, ...]:
        """Whom to call in a situation: whoever answers at that moment stands first."""
        known = {line.helpline_id: line for line in self.all_helplines}
        listed = next(row.helplines for row in self.turnings if row.situation is situation)
        return open_first([known[helpline_id] for helpline_id in listed], at=at, tz=self.zone)

    @property
    def asked_review(self) -> Step:
        """How the commission decides when a state body has asked it to: the only review that a law gives a time."""
        steps = (step for procedure in self.country.procedures for step in procedure.steps)
        return next(step for step in steps if step.by is Actor.REVIEWER and step.within is not None)

    def rules(self, reader: Reader, *, on: date) -> tuple[Rule, ...]:
        """What the law says to such a reader on a day."""
        return tuple(rule for rule in self.all_rules if reader in rule.readers and rule.covers(on))

    def retention(self, kind: RetentionClass, *, on: date) -> Retention:
        """How long material of a class has to be kept; raises NotInForceError where the law says nothing."""
        for retention in self.retentions:
            if retention.kind is kind and retention.covers(on):
                return retention
        raise NotInForceError(f"Pack '{self.pack_id}' does not say how long '{kind}' is kept on {on}.")

    def due_at(self, *, start: datetime, duration: Duration) -> datetime:
        """The moment, in UTC, at which `duration` has passed by this jurisdiction's calendar."""
        return due_at(start=start, duration=duration, tz=self.zone)


def load_pack(jurisdiction: str = "kr") -> Pack:
    """A shipped pack, read and checked once; raises PackError for an unknown or a faulty one."""
    return _shipped_pack(jurisdiction)


@cache
def _shipped_pack(jurisdiction: str) -> Pack:
    if jurisdiction not in home_packs():
        raise PackError(
            f"There is no pack for '{jurisdiction}'; an installation can run under {', '.join(home_packs())}."
        )
    return read_pack(pack_texts(jurisdiction), name=jurisdiction)


def read_pack(texts: Mapping[str, str], *, name: str) -> Pack:
    """Read a pack from its files' TOML texts; errors begin with `name`. Raises PackError naming the faulty key."""
    values = merged(texts, name=name)
    with (
        Table(name=name, values=values) as table,
        table.table("legal") as legal,
        table.table("policy") as policy,
    ):
        country = read_country(table, legal=legal)
        sources = {source.key: source for source in country.sources}
        return Pack(
            country=country,
            pack_id=country.pack_id,
            version=country.version,
            zone=country.zone,
            sources=country.sources,
            agencies=country.agencies,
            all_helplines=country.helplines,
            turnings=read_turnings(table.tables("situations"), sources, helplines=country.helplines),
            legal_bases=reading.read_legal_bases(legal.tables("bases"), sources),
            removal=reading.read_removal(
                legal=country.removal_duty(country.version), policy=policy.table("removal"), sources=sources
            ),
            provisional_block=reading.read_provisional_block(legal.table("provisional_block"), sources),
            vote=read_vote(legal.table("vote"), sources),
            block_extension=reading.read_block_extension(policy.table("block_extension"), sources),
            review=reading.read_review(policy.table("review"), sources),
            appeals=reading.read_appeals(policy.table("appeals"), sources),
            probes=reading.read_probes(policy.table("probes"), sources),
            automatic=reading.read_automatic(policy.table("automatic"), sources),
            all_offences=country.offences,
            all_rules=read_rules(legal.tables("rules"), sources),
            retentions=country.retentions,
            hearings=read_hearings(
                legal=legal.table("unheard"), policy=policy.table("hearing"), sources=sources
            ),
            looks=reading.read_looks(policy.table("looks"), sources),
            referral_answer=reading.read_policy_target(policy.table("referral_answer"), sources),
            orders=read_orders(
                legal=legal,
                policy=policy.table("orders"),
                sources=sources,
                sanctions=country.sanctions,
            ),
            all_referral_grounds=read_referral_grounds(legal.tables_or_none("referrals"), sources),
            hold=read_hold(legal=legal.table("hold"), policy=policy.table("hold"), sources=sources),
            evidence_uses=read_uses(legal.tables("evidence_uses"), sources),
            evidence=read_keeping(policy.table("evidence"), sources),
            traces=read_traces(policy.table("traces"), sources),
            operator_duties=read_operator_duties(legal.tables("operator_duties"), sources),
            designation=read_designation(
                legal=legal.table("designation"), policy=policy.table("designation"), sources=sources
            ),
            asking=read_asking(legal=legal, policy=policy, sources=sources),
            surcharge=read_surcharge(policy.table("surcharge"), sources),
            fine=read_fine(policy.table("fine"), sources),
            plan=read_claims(table.tables_or_none("plan"), sources),
            confiscation=read_confiscation(legal.table("confiscation"), sources),
            cost_recovery=read_cost_recovery(legal.table("cost_recovery"), sources),
            self_reporting=read_self_reporting(
                ages=legal.tables("self_report_ages"), leniency=policy.table("leniency"), sources=sources
            ),
            undercover=read_undercover(legal, sources),
            teaching=read_teaching(legal=legal, policy=policy, sources=sources),
        )
