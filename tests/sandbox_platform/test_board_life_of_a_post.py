"""From publishing a picture to its deletion, as strangers, members and the operator's partners see it."""

import hashlib
import re

import httpx
import pytest

TOKEN = "a-token-for-one-test-only"  # as in conftest.py


def test_a_picture_is_published_seen_and_really_deleted(board, stripes):
    facts = board.post(**{"X-Title": "Stripes %26 more"})
    page = board.web.get(facts["page"])
    assert page.status_code == 200
    assert f'<meta property="og:image" content="{facts["media"]}">' in page.text
    assert "Stripes &amp; more" in page.text
    assert "Stripes &amp; more" in board.web.get("/").text
    media = board.web.get(facts["media"])
    assert media.content == stripes()
    assert media.headers["Content-Type"] == "image/png"
    assert media.headers["X-Content-Type-Options"] == "nosniff"
    assert len(board.media_files()) == 1

    answer = board.ask_deletion(facts)

    assert (answer.status_code, answer.json()["answer"], answer.json()["reason"]) == (200, "removed", None)
    assert board.sees(facts) == (410, 410)
    assert board.media_files() == []
    assert facts["id"] not in board.web.get("/").text
    assert board.operator("GET", f"/media/{facts['id']}").json()["state"] == "removed"


def test_removed_bytes_stay_out_until_the_operator_allows_them_again(board, stripes):
    board.ask_deletion(board.post())
    again = board.web.post("/posts", content=stripes())
    assert (again.status_code, again.json()["error"]) == (403, "known_removed_bytes")
    board.post(body=stripes(shade=1))
    board.configure(block_known_bytes=False)
    board.post(body=stripes())


def test_deleting_one_post_leaves_another_with_the_same_bytes(board):
    one, other = board.post(), board.post()
    board.ask_deletion(one)
    assert board.sees(one) == (410, 410)
    assert board.sees(other) == (200, 200)


def test_a_quarantined_picture_is_hidden_and_comes_back_whole(board, stripes):
    facts = board.post()
    for _ in range(2):
        answer = board.operator("POST", f"/media/{facts['id']}/quarantine")
        assert answer.json() == {"id": facts["id"], "state": "quarantined"}
    assert board.sees(facts) == (404, 404)
    assert facts["id"] not in board.web.get("/").text
    assert board.operator("POST", f"/media/{facts['id']}/restore").json()["state"] == "live"
    assert board.web.get(facts["media"]).content == stripes()


def test_a_removed_picture_cannot_be_restored(board):
    facts = board.post()
    board.ask_deletion(facts)
    answer = board.operator("POST", f"/media/{facts['id']}/restore")
    assert (answer.status_code, answer.json()["error"]) == (409, "already_removed")
    assert board.operator("POST", f"/media/{'0' * 16}/quarantine").status_code == 404


def test_the_operator_learns_the_facts_of_a_picture(board, stripes):
    facts = board.post()
    known = board.operator("GET", f"/media/{facts['id']}").json()
    assert known["sha256"] == hashlib.sha256(stripes()).hexdigest()
    assert known["state"] == "live"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", known["created_at"])


def test_a_browser_form_publishes_and_is_led_to_the_page(board, stripes):
    form = {"data": {"title": "빗금 무늬"}, "files": {"picture": ("../../evil.php", stripes(), "text/plain")}}
    from_program = board.web.post("/posts", **form)
    assert from_program.status_code == 201
    assert board.web.get(from_program.json()["media"]).content == stripes()
    from_browser = board.web.post("/posts", headers={"Accept": "text/html"}, **form)
    assert from_browser.status_code == 303
    assert "빗금 무늬" in board.web.get(from_browser.headers["Location"]).text


def test_members_see_what_strangers_are_led_to_the_sign_in_page_for(board):
    board.configure(member_password="open sesame")
    facts = board.post(**{"X-Members-Only": "yes"})
    assert board.sees(facts) == (302, 302)
    assert facts["id"] not in board.web.get("/").text
    sign_in = board.web.get(facts["page"], follow_redirects=True)
    assert (sign_in.status_code, sign_in.url.path) == (200, "/login")
    assert 'type="password"' in sign_in.text

    path = httpx.URL(facts["page"]).path
    assert board.web.post("/login", data={"password": "wrong", "next": path}).status_code == 403
    signed_in = board.web.post("/login", data={"password": "open sesame", "next": path})
    assert (signed_in.status_code, signed_in.headers["Location"]) == (303, path)
    assert board.sees(facts) == (200, 200)
    assert facts["id"] in board.web.get("/").text
    assert board.log()[-2]["who"] == "member"


def test_nobody_signs_in_while_no_password_is_set(board):
    assert board.web.post("/login", data={"password": ""}).status_code == 403
    assert board.web.post("/login", data={"password": "None"}).status_code == 403


def test_the_sign_in_form_never_leads_to_a_foreign_address(board):
    board.configure(member_password="open sesame")
    for target in ("https://elsewhere.example/", "//elsewhere.example/", "/operator/v1/config", "/p/../x"):
        answer = board.web.post("/login", data={"password": "open sesame", "next": target})
        assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("style", ["gone", "page"])
def test_a_tombstone_takes_the_style_that_the_operator_chose(board, style):
    board.configure(tombstone_style=style)
    facts = board.post()
    assert "platform-status" not in board.web.get(facts["page"]).text
    board.ask_deletion(facts)
    page = board.web.get(facts["page"])
    assert board.sees(facts) == ((200 if style == "page" else 410), 410)
    assert ('<meta name="platform-status" content="removed">' in page.text) == (style == "page")
    assert "This picture was removed" in page.text


def test_a_head_request_gets_the_headers_alone(board, stripes):
    facts = board.post()
    answer = board.web.head(facts["media"])
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(stripes()))


def test_the_access_log_tells_who_asked_and_keeps_no_secret(board, stripes):
    facts = board.post()
    board.ask_deletion(facts, key="case-7")
    visitor = {"Cookie": "board_member=sweet", "User-Agent": "a visitor"}
    board.web.post("/login?next=/hush", headers=visitor, data={"password": "guess"})
    upload, asked, sign_in = board.log()
    assert (upload["method"], upload["path"], upload["status"], upload["who"]) == (
        "POST",
        "/posts",
        201,
        "public",
    )
    assert upload["body_sha256"] == hashlib.sha256(stripes()).hexdigest()
    assert (asked["who"], asked["idempotency_key"], asked["status"]) == ("operator", "case-7", 200)
    assert (sign_in["path"], sign_in["user_agent"], sign_in["body_sha256"]) == ("/login", "a visitor", None)
    assert [line["index"] for line in board.log(after=2)] == [3, 4]
    raw = (board.folder / "data" / "access.log").read_text()
    for secret in (TOKEN, "sweet", "hush", "guess"):
        assert secret not in raw
