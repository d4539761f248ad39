"""The words of letters to platforms, by hand in each language. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from haetae.law.asking import DataKind


@dataclass(frozen=True, kw_only=True)
class Wording:
    data_title: str
    keep_title: str
    asked: str
    asks: str
    keeps: str
    accounts: str
    data: str
    kinds: Mapping[DataKind, str]
    period: str
    warrant: str
    deed: str
    offence: str
    penalty: str
    act_on: str
    years_least: str
    years_most: str
    no_least: str
    no_most: str
    life: str
    fine: str
    dual: str
    wishes: str
    keep_wish: str
    silence_wish: str
    refusing: str
    answer_to: str
    office: str
    contact: str
    why: str
    kept_for: str
    days: str
    approved_by: str
    not_approved_yet: str
    only_keeps: str
    not_read: str
    from_unknown: str
    as_written: str


KO: Final = Wording(
    data_title="이용자 정보 제공 요청",
    keep_title="자료 보전 요청",
    asked="요청 사항",
    asks="아래 계정에 관한 정보의 제공을 요청합니다. 적지 않은 정보는 요청하지 않습니다.",
    keeps="아래 계정에 관한 자료를 지우거나 바꾸지 말고 그대로 보전해 주시기 바랍니다.",
    accounts="대상 계정",
    data="요청하는 정보",
    kinds={
        DataKind.IDENTITY: "가입자의 성명과 가입 정보",
        DataKind.CONTACT: "전화번호와 전자우편 주소",
        DataKind.ACCOUNT_DATES: "가입 및 최근 이용 일시",
        DataKind.LOGIN_ADDRESSES: "접속 기록(IP 주소와 일시)",
        DataKind.PAYMENT: "결제 정보",
        DataKind.CONTENT: "게시물과 메시지의 내용",
    },
    period="대상 기간",
    warrant="영장(허가서) 번호",
    deed="혐의 사실",
    offence="행위",
    penalty="법정형",
    act_on="행위일",
    years_least="{years}년 이상의 징역",
    years_most="{years}년 이하의 징역",
    no_least="하한은 조문에 없음",
    no_most="상한은 조문에 없음",
    life="무기징역까지",
    fine="또는 {won}원 이하의 벌금",
    dual="귀국에서의 범죄 해당 여부(쌍방가벌성)",
    wishes="함께 요청하는 사항",
    keep_wish="답하기 전에 자료가 지워지지 않도록 보전해 주시기 바랍니다.",
    silence_wish=(
        "수사에 지장이 없도록 이 요청을 계정 이용자에게 알리지 않아 주시기 바랍니다. "
        "알려야 하는 경우에는 먼저 연락해 주십시오."
    ),
    refusing="제공할 수 없으면 그 이유를 알려 주십시오.",
    answer_to="회신할 곳",
    office="부서",
    contact="연락처",
    why="보전이 필요한 이유",
    kept_for="보전 기간",
    days="요청한 날부터 {days}일",
    approved_by="승인",
    not_approved_yet="긴급 요청입니다. 검사의 승인 여부를 곧 알려 드립니다.",
    only_keeps="이 요청은 자료의 보전만을 구합니다. 자료를 보내지 마십시오. 취득에는 따로 영장을 제시합니다.",
    not_read="{article}: 현행 법령의 원문과 대조하지 못했습니다.",
    from_unknown="이 조항의 시행일과 보전 기간은 확인하지 못했습니다. 보전 기간은 이 기관이 정한 것입니다.",
    as_written="혐의 사실과 이유, 계정은 작성된 언어 그대로 적었습니다.",
)
EN: Final = Wording(
    data_title="Request for subscriber information",
    keep_title="Request to preserve data",
    asked="What is asked",
    asks="Please provide the information below about these accounts. Nothing that is not listed is asked for.",
    keeps="Please keep the data about these accounts as it is, and neither delete nor alter it.",
    accounts="Accounts",
    data="Information",
    kinds={
        DataKind.IDENTITY: "name and registration of the subscriber",
        DataKind.CONTACT: "telephone number and mail address",
        DataKind.ACCOUNT_DATES: "when the account was created and last used",
        DataKind.LOGIN_ADDRESSES: "access records (IP addresses with times)",
        DataKind.PAYMENT: "payment information",
        DataKind.CONTENT: "content of posts and messages",
    },
    period="Period",
    warrant="Number of the warrant or permission",
    deed="The offence",
    offence="Act",
    penalty="Penalty by law",
    act_on="Day of the act",
    years_least="at least {years} years in prison",
    years_most="at most {years} years in prison",
    no_least="the article names no least",
    no_most="the article names no most",
    life="up to imprisonment for life",
    fine="or a fine of at most {won} won",
    dual="Whether it is a crime where you are (dual criminality)",
    wishes="What is also asked",
    keep_wish="Please preserve the data until you have answered.",
    silence_wish=(
        "Please do not tell the user of the account about this request, which could harm the investigation. "
        "If you must, please contact us first."
    ),
    refusing="If you cannot provide it, please tell us why.",
    answer_to="Where to answer",
    office="Office",
    contact="Contact",
    why="Why it must be kept",
    kept_for="For how long",
    days="{days} days from this request",
    approved_by="Approved by",
    not_approved_yet="Urgent: you will soon be told whether a prosecutor has approved it.",
    only_keeps=(
        "This asks you only to keep the data. Do not send any. "
        "To acquire it, a warrant will be shown to you separately."
    ),
    not_read="{article}: nobody has checked this against the text in force.",
    from_unknown=(
        "From which day this article holds, and for how long data is kept, was not checked. "
        "The length is this agency's own."
    ),
    as_written="The facts, the reasons and the accounts stand in the language in which they were written.",
)
