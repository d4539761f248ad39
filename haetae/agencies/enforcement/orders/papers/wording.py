"""The words of an order in each language. Pure; neither language is a translation of the other's grammar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from haetae.agencies.enforcement.orders.states import Ground
from haetae.flow.removal.states import Ordered
from haetae.law.country.provisions import Sanction, SanctionKind


@dataclass(frozen=True, kw_only=True)
class Wording:
    title: str
    order: str
    told: Mapping[Ground, str]
    until: str
    within: str
    within_a_day: str
    by_day: str
    reasons: str
    matters: str
    head: tuple[str, ...]
    ordered: Mapping[Ordered | None, str]
    hearing: str
    heard: Mapping[str, str]
    exceptions: Mapping[str, str]
    ignoring: str
    measure: Callable[[Sanction], str]
    not_read: str
    term_is_ours: str
    reasons_as_written: str
    contest: str

    def heard_as(self, state: str, exception: str) -> str:
        """One sentence about one hearing."""
        return self.heard[state].format(exception=self.exceptions.get(exception, ""))


def _measure_ko(sanction: Sanction) -> str:
    if sanction.max_percent:
        return f"{sanction.percent_of_ko}의 100분의 {sanction.max_percent} 이하"
    fine = f"{sanction.max_fine.amount:,}원 이하" if sanction.max_fine else ""
    if sanction.kind is SanctionKind.CRIME and sanction.max_years:
        return f"{sanction.max_years}년 이하의 징역 또는 {fine}의 벌금"
    return fine


def _measure_en(sanction: Sanction) -> str:
    if sanction.max_percent:
        return f"at most {sanction.max_percent} % of {sanction.percent_of_en}"
    fine = f"at most {sanction.max_fine.amount:,} won" if sanction.max_fine else ""
    if sanction.kind is SanctionKind.CRIME and sanction.max_years:
        return f"a crime: at most {sanction.max_years} years in prison, or {fine}"
    return fine


KO = Wording(
    title="시정명령서",
    order="명령",
    told={
        Ground.DECISION_IGNORED: "심의위원회가 결정한 아래 정보에 대하여, 결정된 조치를 이행할 것을 명합니다.",
        Ground.CLAIM_FALSE: (
            "삭제하였다고 답한 아래 정보가 계속 공개되어 있습니다. "
            "답한 대로 조치하거나, 판단하기 어려우면 심의위원회에 심의를 요청할 것을 명합니다. "
            "이 명령은 정보의 위법 여부를 판단한 것이 아닙니다."
        ),
        Ground.OVERDUE: (
            "아래 요청에 지체 없이 조치하거나, 판단하기 어려우면 심의위원회에 심의를 요청할 것을 명합니다. "
            "이 명령은 정보의 위법 여부를 판단한 것이 아니며, 심의위원회의 결정 없이 삭제를 명하지 않습니다."
        ),
        Ground.DUTY: "{article}에 따른 의무({duty})를 이행할 것을 명합니다.",
    },
    until="이행 기한",
    within="이 명령을 받은 날부터 {days}일 이내",
    within_a_day="이 명령을 받은 날부터 1일 이내",
    by_day="{day}까지",
    reasons="이유",
    matters="대상",
    head=("요청 번호", "사업자 참조", "요청일", "심의 결정"),
    ordered={Ordered.REMOVE: "삭제", Ordered.BLOCK_ACCESS: "접속차단", None: "없음"},
    hearing="의견 청취",
    heard={
        "asked": "의견 제출을 요청하였고, 제출 기간이 끝나지 않았습니다.",
        "heard": "사업자의 의견을 들었습니다.",
        "waived": "사업자가 의견이 없다고 밝혔습니다.",
        "silent": "의견 제출을 요청하였으나 기간 안에 의견이 없었습니다.",
        "left_out": "의견 청취를 생략하였습니다. 사유: {exception}.",
    },
    exceptions={
        "urgent": "긴급한 경우",
        "difficult": "의견 청취가 뚜렷이 곤란한 경우",
        "unnecessary": "의견 청취가 명백히 불필요한 경우",
    },
    ignoring="이행하지 않으면",
    measure=_measure_ko,
    not_read="{article}: 현행 법령의 원문과 대조하지 못했습니다.",
    term_is_ours="이행 기한은 법이 정한 기간이 아니라 이 기관이 정한 기간입니다.",
    reasons_as_written="이유는 작성된 언어 그대로 적었습니다.",
    contest=(
        "이 명령에 이의가 있으면 행정심판이나 행정소송을 제기할 수 있습니다. "
        "제기 기간은 이 시스템이 확인하지 않았으므로 명령한 기관에 문의하십시오."
    ),
)
EN = Wording(
    title="Corrective order",
    order="What is ordered",
    told={
        Ground.DECISION_IGNORED: (
            "The review commission decided about the items below. You are ordered to do what was decided."
        ),
        Ground.CLAIM_FALSE: (
            "You answered that the items below were removed, and everybody can still see them. "
            "You are ordered to do as you answered or, where it is hard to judge, to ask the review commission. "
            "This order does not judge whether an item is unlawful."
        ),
        Ground.OVERDUE: (
            "You are ordered to act on the requests below without delay or, where it is hard to judge, "
            "to ask the review commission. This order does not judge whether an item is unlawful, "
            "and orders no deletion that the commission has not decided."
        ),
        Ground.DUTY: "You are ordered to fulfil your duty under {article}: {duty}.",
    },
    until="Until when",
    within="within {days} days of receiving this order",
    within_a_day="within one day of receiving this order",
    by_day="by {day}",
    reasons="Why",
    matters="What it is about",
    head=("Request", "Your reference", "Asked on", "Decided"),
    ordered={Ordered.REMOVE: "remove", Ordered.BLOCK_ACCESS: "block access", None: "nothing"},
    hearing="Hearing",
    heard={
        "asked": "You were asked for your opinion, and the time for it is not over.",
        "heard": "Your opinion was heard.",
        "waived": "You said that you have nothing to say.",
        "silent": "You were asked for your opinion, and none came in time.",
        "left_out": "You were not heard. The exception: {exception}.",
    },
    exceptions={
        "urgent": "it is urgent",
        "difficult": "a hearing is clearly not possible",
        "unnecessary": "a hearing is clearly not needed",
    },
    ignoring="If you do not follow it",
    measure=_measure_en,
    not_read="{article}: nobody has checked this against the text in force.",
    term_is_ours="The time to follow is set by this agency, and not by law.",
    reasons_as_written="The reasons stand in the language in which they were written.",
    contest=(
        "You can contest this order by an administrative appeal or in court. "
        "This system has not checked how long you have for that: ask the agency that made the order."
    ),
)
