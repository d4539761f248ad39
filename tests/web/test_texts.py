"""Both languages are whole, and the look keeps its promises."""

import re
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.utils import translation

from haetae.agencies.looks import rules as look_rules
from haetae.agencies.looks import states as looks
from haetae.flow.assessment.states import State as Assessed
from haetae.flow.deadlines.states import Kind
from haetae.flow.ends import ENDS
from haetae.flow.next_step import FOLLOWS
from haetae.flow.overview.standing import FOR_PEOPLE, FOUND, STAGE_OF
from haetae.flow.removal.states import State as Asked
from haetae.flow.review import rules as review_rules
from haetae.flow.review.commission.rules import ILLEGAL
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import DECISIONS as DECIDABLE
from haetae.flow.review.states import Because, Block, By
from haetae.flow.review.states import State as Reviewed
from haetae.flow.tasks import rules as task_rules
from haetae.flow.tasks.states import Kind as Needed
from haetae.flow.tasks.states import Outcome
from haetae.flow.verification.states import State as Probed
from haetae.web.words.codes import code_words
from haetae.web.words.events import event_words
from haetae.web.words.looks import ANSWERS, STATES, STEPS
from haetae.web.words.looks import REASONS as REASON_WORDS
from haetae.web.words.places import place_mark
from haetae.web.words.reasons import match_words
from haetae.web.words.refusals import refusal_words
from haetae.web.words.reviews import BECAUSE, BY, DECISIONS, REASONS, decision_follows, review_mark
from haetae.web.words.states import PROBES, STAGES, block_mark, state_mark
from haetae.web.words.tasks import OUTCOMES, TASKS
from tests.web.msgids import WEB, all_messages

KOREAN = polib.pofile(str(WEB / "locale" / "ko" / "LC_MESSAGES" / "django.po"))
_GAP = re.compile(r"%\(\w+\)s")
_STYLES = WEB / "static" / "haetae"


def test_every_text_of_the_pages_is_written_in_korean():
    written = {(entry.msgctxt, entry.msgid) for entry in KOREAN if entry.msgstr.strip()}
    assert all_messages() - written == set()


def test_no_korean_text_is_left_over_from_a_page_that_changed():
    assert {(entry.msgctxt, entry.msgid) for entry in KOREAN} - all_messages() == set()


def test_no_text_is_translated_twice():
    """Of two the last one wins, and whoever wrote the other one never learns it."""
    written = Counter((entry.msgctxt, entry.msgid) for entry in KOREAN)
    assert [text for text, times in written.items() if times > 1] == []


def test_a_translation_fills_the_same_gaps():
    for entry in KOREAN:
        assert sorted(_GAP.findall(entry.msgid)) == sorted(_GAP.findall(entry.msgstr)), entry.msgid


def test_korean_texts_hold_korean_and_none_of_the_words_that_hurt():
    for entry in KOREAN:
        assert re.search("[가-힣]", entry.msgstr) or not re.search("[A-Za-z]{3}", entry.msgstr), entry.msgid
        assert not re.search("음란|당했|유출", entry.msgstr), entry.msgid


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_state_that_a_line_can_have_is_worded(language):
    with translation.override(language):
        for state in [*Assessed, *Asked]:
            words = state_mark(state).words
            assert words
            assert language != "ko" or words != state, state


def test_every_state_that_waits_for_people_looks_like_it():
    for state in FOR_PEOPLE:
        assert state_mark(state).tone in {"people", "bad"}, state


def test_no_two_states_are_told_apart_by_colour_alone():
    looks = [(state_mark(state).shape, state_mark(state).words) for state in {*Assessed, *Asked}]
    assert len(looks) == len(set(looks))


def test_every_probe_stage_and_kind_of_deadline_is_worded():
    from haetae.flow import STAGES as DECLARED
    from haetae.web.console.account import _KINDS

    assert set(PROBES) == set(Probed)
    assert tuple(STAGES) == DECLARED
    assert set(_KINDS) == set(Kind)


def test_every_state_of_reviews_blocks_and_tasks_is_worded():
    for state in Reviewed:
        assert review_mark(state).words != state, state
    for state in Block:
        assert block_mark(state).words != state, state
    assert {*BECAUSE} == {*Because}
    assert {*BY} == {*By}
    assert {*REASONS} == {*Reason}
    assert {*TASKS} == {*Needed}
    assert {*OUTCOMES} == {*Outcome}
    assert {*DECISIONS} == {*DECIDABLE}
    for state in {*Reviewed} - {Reviewed.OPEN, Reviewed.LATE}:
        assert decision_follows(state), state


def test_every_state_has_a_stage_and_words_for_the_person_who_sent_the_link():
    for state in {FOUND, *Assessed, *Asked}:
        assert STAGE_OF[state] in STAGES, state
        for block in ("", *Block):
            for came_back in (False, True):
                assert place_mark(state, block=block, came_back=came_back).words, state


def test_a_person_reads_that_it_is_gone_in_one_state_only():
    """Hidden, claimed and blocked are not gone, and no page may say so."""
    for state in {FOUND, *Assessed, *Asked}:
        for block in ("", *Block):
            mark = place_mark(state, block=block, came_back=False)
            assert (mark.tone == "good") == (state == Asked.VERIFIED), (state, block)


def test_every_refusal_of_a_form_is_worded():
    codes = {
        "not_confirmed",
        "not_saved",
        "looker_away",
        "round_over",
        "proposal_renewed",
        "no_bias",
        *ILLEGAL,
    }
    for rules in (review_rules, task_rules, look_rules):
        source = Path(rules.__file__).read_text(encoding="utf-8")
        codes |= set(re.findall(r'return "([a-z_]+)"', source))
    assert len(codes) > 25
    for code in codes:
        assert refusal_words(code) != code, code


def test_everything_about_a_look_is_worded():
    assert set(REASON_WORDS) == set(looks.Reason)
    assert set(STEPS) == set(looks.Step)
    assert set(STATES) == set(looks.State)
    assert set(ANSWERS) == set(looks.Answer)


def test_every_event_about_a_sighting_is_worded():
    elsewhere = {
        "arrival.reported", "arrival.located", "arrival.not_found", "arrival.report_withdrawn",
        "arrival.report_renewed", "arrival.report_erased", "deadlines.passed",
    }  # fmt: skip
    about_something_else = (
        "accounts.", "answers.", "hashbank.", "onboarding.", "support.", "trials.",
        "orders.", "sanctions.", "filings.", "designation.", "exports.", "investigations.", "evidence.",
        "linking.", "self_reports.", "proceeds.", "recovery.", "deletions.", "preservation.", "subscribers.",
        "undercover.", "watching.", "statistics.", "education.", "canaries.", "by_hand.", "second_looks.",
    )  # fmt: skip
    for name in {*FOLLOWS, *ENDS} - elsewhere:
        if not name.startswith(about_something_else):
            assert event_words(name) != name, name


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("http_404", "없음(404)"),
        ("http_502", "502 응답"),
        ("another_picture", "다른 사진이 응답함"),
        ("picture_with_410", "사진이 응답함(사라짐(410)으로 표시)"),
        ("shows_it_with_404", "게시 화면에 보임(없음(404)으로 표시)"),
        ("unreadable", "응답한 내용을 읽을 수 없음"),
        ("network_timeout", "제때 응답하지 않음"),
        ("refused_address", "열지 않음: 공개된 주소가 아님"),
        ("refused_redirect_address", "따라가지 않음: 공개된 주소가 아님"),
        ("answered_claimed", "답변: 삭제했다고 답함"),
        ("a_code_from_next_year", "a_code_from_next_year"),
    ],
)
def test_codes_of_the_outside_are_worded_and_unknown_ones_shown_as_they_are(code, words):
    with translation.override("ko"):
        assert code_words(code) == words


def test_the_stylesheets_of_each_side_are_small_and_ask_nobody_else():
    sheets = {sheet.stem: sheet.read_text(encoding="utf-8") for sheet in _STYLES.glob("*.css")}
    assert set(sheets) == {"base", "board", "charts", "console", "portal", "reading", "story"}
    pages = (("console",), ("board",), ("portal",), ("portal", "reading", "charts"), ("portal", "story"))
    for page in pages:
        assert len("".join(sheets[name] for name in ("base", *page)).encode()) <= 20_480, page
    assert not any("url(" in sheet or "@import" in sheet for sheet in sheets.values())


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_seven_to_one_in_both_themes(theme):
    colours = _themes()[theme]
    for text, ground in (
        ("text", "ground"), ("muted", "ground"), ("accent", "ground"), ("on-accent", "accent"), ("on-tint", "tint"),
        ("people", "people-ground"), ("bad", "bad-ground"), ("people", "ground"), ("bad", "ground"), ("good", "ground"),
        ("text", "quiet-ground"), ("muted", "quiet-ground"), ("accent", "quiet-ground"), ("ground", "text"),
        ("people", "quiet-ground"), ("bad", "quiet-ground"), ("good", "quiet-ground"),
    ):  # fmt: skip
        assert _contrast(colours[text], colours[ground]) >= 7, (text, ground)


def _themes() -> list[dict[str, str]]:
    sheet = (_STYLES / "base.css").read_text(encoding="utf-8")
    return [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", sheet, re.S)
    ]


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "too few or too unlike to be sure"), ("ko", "장면이 있습니다")]
)
def test_a_film_that_is_not_sure_is_not_said_to_lack_one_of_two_hashes(language, words):
    facts = {"entry_id": "e" * 36, "list_name": "films", "tier": 3, "confirmed": False, "distance_bits": 2}
    with translation.override(language):
        film = match_words({**facts, "film": True, "from_ms": 0, "to_ms": 900, "share_percent": 20})
        picture = match_words(facts)
    assert words in film
    assert words not in picture
    assert "?" not in film


def test_every_code_of_a_case_is_worded_and_every_refusal_at_the_desk_too():
    from haetae.agencies.referrals import actions as referring
    from haetae.agencies.referrals import rules as referral_rules
    from haetae.agencies.support import rules as case_rules
    from haetae.agencies.support.consent import rules as consent_rules
    from haetae.agencies.support.consent.states import Giver
    from haetae.agencies.support.desk import rules as desk_rules
    from haetae.agencies.support.recovery import actions as recovering
    from haetae.agencies.support.recovery import rules as recovery_rules
    from haetae.web.words.case_refusals import case_refusal
    from haetae.web.words.cases import CODES

    for codes, words in CODES.items():
        assert {code.value for code in codes} == set(words), codes
    found = {f"papers_of_{giver}_missing" for giver in Giver if giver is not Giver.PERSON}
    modules = (
        referring, referral_rules, case_rules, consent_rules, desk_rules, recovering, recovery_rules,
    )  # fmt: skip
    for module in modules:
        source = Path(module.__file__).read_text(encoding="utf-8")
        found |= set(re.findall(r'(?:return|else|Error\(|code=)\s*"([a-z_0-9]{4,})"', source))
    assert len(found) > 25
    for code in found:
        assert case_refusal(code) != code, code
