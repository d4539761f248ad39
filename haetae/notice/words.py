"""What a notice says in sentences, written by hand in Korean and in English. They go to operators, not to people.

One sentence of good faith serves two laws: the TAKE IT DOWN Act wants it said that the depiction was published without
consent, Article 16(2)(d) of the DSA that what is said is accurate and complete.
"""

from collections.abc import Mapping
from typing import Final

from haetae.notice.document import Asked, Ground, Issuer, Manipulated, Text

_WHAT: Final[Mapping[Manipulated, Text]] = {
    Manipulated.YES: Text(
        ko="이 주소에는 실제 인물의 얼굴이나 신체를 본인 동의 없이 성적으로 합성·편집한 허위영상물 등이 "
        "게시되어 있습니다.",
        en="At this address a sexual picture or video is published that was forged or edited from the features of a "
        "real person without that person's consent.",
    ),
    Manipulated.NO: Text(
        ko="이 주소에는 촬영 대상자의 동의 없이 유포된 성적 촬영물이 게시되어 있습니다.",
        en="At this address an intimate picture or video of a real person is published without that person's consent.",
    ),
    Manipulated.UNKNOWN: Text(
        ko="이 주소에는 실제 인물의 성적 촬영물 또는 그렇게 합성·편집한 허위영상물 등이 본인 동의 없이 "
        "게시되어 있습니다.",
        en="At this address an intimate picture or video of a real person, recorded or forged, is published without "
        "that person's consent.",
    ),
}
_WHY: Final[Mapping[Ground, Text]] = {
    Ground.KNOWN_PICTURE: Text(
        ko="게시물의 지문값은 권한 있는 사람이 확인하여 등록한 영상물의 지문값과 일치합니다.",
        en="Its fingerprint is that of a picture which an authorised person has examined and put on the list.",
    ),
    Ground.EXAMINED: Text(
        ko="게시물을 검토한 결과 삭제를 요청할 사유가 있다고 판단하였습니다.",
        en="It was examined, and there is reason to ask for its deletion.",
    ),
    Ground.DECIDED: Text(
        ko="심의기관이 이 게시물을 심의하여 결정하였습니다. 결정 번호는 이 문서에 적혀 있습니다.",
        en="The review commission has reviewed it and decided. The number of the decision stands in this document.",
    ),
    Ground.DOUBT: Text(
        ko="불법인지 곧바로 판단하기 어려워 심의기관에서 심의하고 있습니다. 결정이 날 때까지 보이지 않게 해 "
        "주시기 바랍니다.",
        en="Whether it is unlawful cannot be judged at once, and the review commission is reviewing it. Please hide it "
        "until that is decided.",
    ),
    Ground.BLOCK_ENDED: Text(
        ko="임시로 숨기는 기간이 끝났습니다. 숨긴 게시물을 다시 보이게 해 주시기 바랍니다.",
        en="The time for which it was hidden has ended. Please show it again.",
    ),
    Ground.GONE: Text(
        ko="이 주소에서 영상물이 삭제된 것을 확인하였습니다. 이 주소에 대한 접속차단을 해제해 주시기 바랍니다.",
        en="We have seen that the picture is gone from this address. Please open the address again.",
    ),
    Ground.NOT_HARMFUL: Text(
        ko="심의 결과 이 게시물은 삭제 대상이 아닌 것으로 결정되었습니다. 숨기거나 삭제한 게시물을 다시 보이게 해 "
        "주시기 바랍니다. 되돌릴 수 없으면 그렇다고 답해 주시기 바랍니다.",
        en="The review has found that it may stay. Please show again what was hidden, and put back what was deleted. "
        "If that cannot be done, please say so.",
    ),
}
SHOWN_AGAIN: Final = frozenset({Ground.NOT_HARMFUL, Ground.BLOCK_ENDED, Ground.GONE})
_NOT_SAID_TO_BE_HARMFUL: Final = SHOWN_AGAIN | {Ground.DOUBT}
_GOOD_FAITH: Final = Text(
    ko="위 기관은 이 문서의 내용이 정확하고 빠짐이 없으며, 게시물이 그 안의 사람의 동의 없이 게시되었다고 "
    "성실하게 믿고 이 문서를 보냅니다.",
    en="The agency named above believes in good faith that what this document says is accurate and complete, and that "
    "the depiction was published without the consent of the person shown.",
)
_DECLARATION: Final = Text(
    ko="위 기관은 검토 당시 이 게시물이 받는 곳의 서비스를 통해 위 주소에서 제공되고 있었음을 확인합니다.",
    en="The agency declares that, when it examined the content, it was provided through the recipient's service at the "
    "address named here.",
)
_APPEAL: Final = Text(
    ko="게시자는 이 조치에 이의를 제기할 수 있습니다. 사업자는 게시자에게 조치 사실과 이의 제기 방법을 알려 주시고, "
    "이의는 이 문서의 번호와 함께 위 기관에 보내 주십시오. 누가 신고하였는지, 신고가 있었는지는 게시자에게도 "
    "사업자에게도 알리지 않습니다.",
    en="Whoever posted it can contest what is done. Tell them what was done and how to contest it, and pass an "
    "objection on to the agency with the number of this document. Nobody who posts, and no operator, is told who "
    "reported, or whether anybody did.",
)
ASKED: Final[Mapping[Asked, Text]] = {
    Asked.DELETE: Text(ko="삭제 요청", en="Request to delete"),
    Asked.BLOCK_FOR_NOW: Text(ko="접근 임시차단 요청", en="Request to hide for now"),
    Asked.RESTORE: Text(ko="게시 재개 요청", en="Request to show again"),
    Asked.DE_INDEX: Text(ko="검색 결과 제외 요청", en="Request to take out of search results"),
    Asked.BLOCK_ACCESS: Text(ko="접속차단 요청", en="Request to block access"),
    Asked.REMOVE_FROM_CACHE: Text(ko="저장 사본 삭제 요청", en="Request to delete stored copies"),
}


def explanation_of(ground: Ground, *, manipulated: Manipulated) -> Text:
    """Why the content is unlawful, or what became of the question."""
    why = _WHY[ground]
    if ground in _NOT_SAID_TO_BE_HARMFUL:
        return why
    what = _WHAT[manipulated]
    return Text(ko=f"{what.ko} {why.ko}", en=f"{what.en} {why.en}")


def good_faith_of(ground: Ground) -> Text | None:
    """Nobody swears to what is in doubt, or to what may stay."""
    return None if ground in _NOT_SAID_TO_BE_HARMFUL else _GOOD_FAITH


def declaration_of(ground: Ground) -> Text | None:
    """That it was there; left out where it is to be shown again."""
    return None if ground in SHOWN_AGAIN else _DECLARATION


def appeal() -> Text:
    """How whoever posted it can contest it without learning who reported."""
    return _APPEAL


def signature_of(issuer: Issuer) -> str:
    """The agency's electronic signature, as a line that a person can read; empty where it has no name."""
    return f"/s/ {issuer.name.en}" if issuer.name.en else ""
