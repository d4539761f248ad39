"""The booth in a real Chromium, from its folder and with the network off: every door is played."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import expect

from haetae.booth.pairs import PAIRS
from haetae.booth.samples import samples
from haetae.detect import OpenerPool
from haetae.detect.hashing.pdq import pdq
from haetae.detect.matching.distance import distance_bits
from tests.browser.booth_stage import AUDIENCES, go, make, play, to, to_code


def test_whoever_knows_finds_all_that_can_be_found_and_no_more(visit):
    page = visit()
    go(page, "pairs")
    play(page, lambda number: "1" if PAIRS[number].altered_is_first else "2")
    tellable = sum(pair.can_be_told for pair in PAIRS)
    expect(page.locator("#pairs-end .score")).to_have_text(
        f"알아볼 수 있는 {tellable}쌍 가운데 {tellable}쌍을 찾았어요."
    )
    expect(page.locator("#pairs-end")).to_contain_text("많은 경우 아무도 알아보지 못해요.")
    page.locator("[data-again]:visible").click()
    expect(page.locator("article.pair:visible .count")).to_have_text(f"1 / {len(PAIRS)}")
    play(page, lambda _number: "0")
    expect(page.locator("#pairs-end .score")).to_contain_text("가운데 0쌍을")


def test_a_touch_on_the_picture_answers_too_and_only_once(visit):
    page = visit()
    go(page, "pairs")
    pair = page.locator("article.pair:visible")
    pair.locator("figure").nth(0 if PAIRS[0].altered_is_first else 1).click()
    expect(pair.locator(".verdict")).to_contain_text("찾았어요.")
    pair.locator("figure").nth(1 if PAIRS[0].altered_is_first else 0).click()
    expect(pair.locator(".verdict")).to_contain_text("찾았어요.")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_quiz_says_why_and_goes_on_after_the_right_answer(visit, audience):
    page = visit()
    to(page, f"quiz-{audience}")
    quiz = page.locator(f"#quiz-{audience}")
    many = quiz.locator("article.question:not(.last)").count()
    assert many >= 6
    for number in range(many):
        question = quiz.locator("article.question:visible")
        if number == 0:
            question.locator("button.option:not([data-right])").first.click()
            expect(question.locator(".why:visible")).to_have_count(1)
            expect(question.locator("[data-next]")).to_be_hidden()
        question.locator("button.option[data-right]").click()
        assert question.locator("[data-right] + .why").evaluate("why => why === document.activeElement")
        question.locator("[data-next]").click()
    expect(quiz.locator(".score")).to_have_text(f"{many}문제 가운데 {many - 1}문제를 처음에 맞혔어요.")


def test_codes_are_those_of_the_server_and_the_copies_are_told_from_the_other(visit, openers: OpenerPool):
    page = visit()
    to_code(page)
    for sample in samples():
        make(page, sample.name)
        made = {name: page.locator(f"#{name}").text_content().replace(" ", "") for name in ("pdq", "sha256")}
        assert made["sha256"] == hashlib.sha256(sample.jpeg).hexdigest()
        server = pdq(openers.open(sample.jpeg).frames[0].luma)
        assert distance_bits(server.bits, made["pdq"]) <= 2, "two decoders of JPEG differ by a rounding"
        if sample.name == "first":
            expect(page.locator("#itself")).to_be_visible()
        else:
            copies = sample.name in {"smaller", "darker"}
            expect(page.locator("#same")).to_be_visible(visible=copies)
            expect(page.locator("#not-same")).to_be_visible(visible=not copies)


def test_a_visitors_own_file_becomes_a_code_and_is_not_shown_and_not_held(visit, tmp_path: Path):
    page = visit()
    to_code(page)
    own = tmp_path / "own.jpg"
    own.write_bytes(samples()[-1].jpeg)
    pictures = page.locator("img").count()
    page.locator("#file").set_input_files(own)
    page.wait_for_selector("html[data-making=done]", state="attached")
    assert len(page.locator("#pdq").text_content().replace(" ", "")) == 64
    assert page.evaluate("document.getElementById('file').files.length") == 0
    assert page.locator("img").count() == pictures
    assert "own.jpg" not in page.content()
    (tmp_path / "empty.jpg").write_bytes(b"")
    page.locator("#file").set_input_files(tmp_path / "empty.jpg")
    expect(page.locator("#problem p:visible")).to_have_text("빈 파일이에요. 다른 파일을 골라 보세요.")
    (tmp_path / "torn.jpg").write_bytes(samples()[0].jpeg[:40])
    page.locator("#file").set_input_files(tmp_path / "torn.jpg")
    expect(page.locator("#problem p:visible")).to_have_text(
        "그림으로 열 수 없는 파일이에요. 다른 파일을 골라 보세요."
    )
