"""The words of the notices in Korean and in English, each in its own grammar. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from haetae.agencies.enforcement.sanctions.states import Kind, State
from haetae.agencies.enforcement.sanctions.worksheet.facts import Line
from haetae.law.sanctioning.facts import Level


@dataclass(frozen=True, kw_only=True)
class Wording:
    """`lines` words each line of a worksheet; gaps are named."""

    titles: Mapping[Kind, str]
    outcomes: Mapping[State, str]
    first: str
    sum_: str
    order: str
    for_what: str
    failed: str
    pay: str
    pay_after: str
    sheet: str
    head: tuple[str, str, str, str]
    lines: Mapping[Line, str]
    levels: Mapping[Level, str]
    points: str
    won: str
    case: str
    above: str
    not_verified: str
    intent: str
    outcome: str
    before: str
    proposal: str
    terms: str
    rounding: str
    contest: str


KO: Final = Wording(
    titles={Kind.SURCHARGE: "과징금 부과 통지서", Kind.FINE: "과태료 부과 통지서"},
    outcomes={
        State.UPHELD: "불복에 대한 결정 통지서(유지)",
        State.CHANGED: "불복에 대한 결정 통지서(감액)",
        State.ANNULLED: "불복에 대한 결정 통지서(취소)",
    },
    first="아래와 같이 부과하기로 결정하였음을 알려 드립니다.",
    sum_="부과 금액",
    order="관련 시정명령",
    for_what="위반 내용",
    failed="이행 기한",
    pay="납부 기한",
    pay_after="송달된 날의 다음 날부터 {days}일",
    sheet="산정 내역",
    head=("항목", "계산", "결과", "수치의 출처"),
    lines={
        Line.SCORE: "점수 합계",
        Line.YEAR: "매출액 {about}년차",
        Line.AVERAGE: "평균 매출액",
        Line.BASE: "등급에 따른 기준금액",
        Line.LIMIT: "해당 조항의 상한액",
        Line.SHARE: "위반 횟수에 따른 비율",
        Line.EARLIER: "이전 처분 {about}건에 따른 가중",
        Line.EFFORT: "노력과 협조에 따른 조정 {about} %",
        Line.CAP: "상한",
        Line.AMOUNT: "산정 금액",
    },
    levels={Level.HIGH: "상", Level.MIDDLE: "중", Level.LOW: "하"},
    points="{value}점",
    won="{value}원",
    case="사건 자료",
    above="위의 줄",
    not_verified="미확인",
    intent="의도적이었음을 보여 주는 사정",
    outcome="결정 이유",
    before="변경 전 금액",
    proposal="‘미확인’으로 표시한 부과율과 기준은 법령에서 확인하지 못하여 이 시스템이 정한 값입니다.",
    terms="납부 기간과 불복 기간은 해당 조문을 확인하지 못하여 정한 내부 운영 기준입니다.",
    rounding="금액은 원 단위이며, 계산할 때마다 1원 미만을 버립니다.",
    contest="송달된 날의 다음 날부터 {days}일 안에 사업자 창구 또는 서면으로 불복할 수 있습니다."
    " 불복을 이유로 금액이 늘지 않습니다. 법원에 제소할 수도 있습니다.",
)
EN: Final = Wording(
    titles={Kind.SURCHARGE: "Notice of a surcharge", Kind.FINE: "Notice of an administrative fine"},
    outcomes={
        State.UPHELD: "Decision on your objection: it stands",
        State.CHANGED: "Decision on your objection: a lower sum",
        State.ANNULLED: "Decision on your objection: annulled",
    },
    first="This was decided about you:",
    sum_="Sum",
    order="Order that was not followed",
    for_what="For what",
    failed="It had to be followed by",
    pay="To be paid",
    pay_after="within {days} days from the day after it reached you",
    sheet="How the sum comes about",
    head=("What", "How", "Result", "Where the number comes from"),
    lines={
        Line.SCORE: "Score",
        Line.YEAR: "Revenue, year {about}",
        Line.AVERAGE: "Average revenue",
        Line.BASE: "Basic sum by the class",
        Line.LIMIT: "The most that the article allows",
        Line.SHARE: "Share by how often it happened",
        Line.EARLIER: "More for {about} earlier ones",
        Line.EFFORT: "{about} % for effort and co-operation",
        Line.CAP: "Never more than",
        Line.AMOUNT: "The sum",
    },
    levels={Level.HIGH: "high", Level.MIDDLE: "middle", Level.LOW: "low"},
    points="{value} points",
    won="{value} won",
    case="the case itself",
    above="the lines above",
    not_verified="not verified",
    intent="What shows that it was on purpose",
    outcome="Why",
    before="Sum before",
    proposal="Rates and thresholds marked “not verified” could not be read in the law: this system has set them.",
    terms="How long you have to pay and to contest is our own rule, because the articles were not read.",
    rounding="Money is whole won; each product is cut down to the whole won.",
    contest="You can contest it within {days} days from the day after it reached you, at your desk or by letter."
    " Contesting never raises the sum. A court can be asked as well.",
)
