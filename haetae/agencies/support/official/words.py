"""What a person reads when an authority has asked that their picture is deleted, by hand in each language. Pure."""

from typing import Final

_TEXT: Final = {
    "ko": (
        "알려 주신 곳 하나에 대해 {agency}에서 삭제를 요청했어요. 따로 하실 일은 없어요.\n"
        "이렇게 이어져요. 게시한 곳에 삭제를 요청하고, 필요하면 심의를 거치고, 정말 사라졌는지 우리가 확인해요.\n"
        "누구신지, 여기에 접수하셨는지는 {agency}에 알리지 않았어요. 집에도 알리지 않았어요. "
        "궁금한 점이 있으면 여기에 적어 주세요."
    ),
    "en": (
        "The {agency} has asked for one of the places that you told us about to be deleted. You don't have to do "
        "anything.\nWhat happens next: whoever publishes it is asked to delete it, a commission decides where that is "
        "needed, and we look whether it is really gone.\nWe have not told the {agency} who you are, nor that you wrote "
        "to us, and nobody at home was told. If you have a question, write it here."
    ),
}


def text_for(language: str, *, agency_ko: str, agency_en: str) -> str:
    """In the person's language, or else in English. The agency has the name of the day."""
    spoken = language if language in _TEXT else "en"
    return _TEXT[spoken].format(agency=agency_ko if spoken == "ko" else agency_en)
