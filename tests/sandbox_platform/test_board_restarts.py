"""The board may be stopped or killed at any moment and knows everything afterwards."""

import subprocess
import sys
import threading
from pathlib import Path

import httpx

REPOSITORY = Path(__file__).parents[2]


def moved(address: str, *, board) -> str:
    """The same path on the board's new port."""
    return str(board.web.base_url.join(httpx.URL(address).path))


def test_a_killed_board_still_knows_posts_answers_settings_and_its_log(board):
    kept, gone = board.post(), board.post()
    asked = board.ask_deletion(gone).json()
    board.configure(answer="unsure", tombstone_style="page")
    lines = len(board.log())
    board.kill()
    board.start()
    assert board.web.get(moved(kept["media"], board=board)).status_code == 200
    assert board.web.get(moved(gone["media"], board=board)).status_code == 410
    assert "platform-status" in board.web.get(moved(gone["page"], board=board)).text
    assert board.operator("GET", "/deletion-requests/by-key/first").json() == asked
    assert board.operator("GET", "/config").json()["answer"] == "unsure"
    assert board.log()[lines]["path"] == "/operator/v1/access-log"


def test_a_later_answer_comes_due_while_the_board_is_dead(board):
    board.configure(answer="received", answer_later="removed", answer_after_s=1)
    facts = board.post()
    board.ask_deletion(facts)
    board.kill()
    threading.Event().wait(1.1)
    board.start()
    media = moved(facts["media"], board=board)
    for _ in range(100):
        if board.web.get(media).status_code == 410:
            break
        threading.Event().wait(0.05)
    assert board.web.get(media).status_code == 410
    assert board.media_files() == []


def test_leftovers_of_a_sudden_end_are_swept_at_the_start(board):
    facts = board.post()
    board.kill()
    media = board.folder / "data" / "media"
    (media / "0123456789abcdef").write_bytes(b"no row owns this")
    (media / "fedcba9876543210.part").write_bytes(b"half a pic")
    with (board.folder / "data" / "access.log").open("ab") as log:
        log.write(b'{"at": "torn')
    board.start()
    assert [path.name for path in board.media_files()] == [facts["id"]]
    assert board.web.get("/").status_code == 200
    assert [line["path"] for line in board.log()] == ["/posts", "/"]


def test_deletions_that_were_answered_before_a_kill_stay_deleted(board, stripes):
    facts = [board.post(body=stripes(shade=shade)) for shade in range(12)]
    answered: list[str] = []

    def ask_all() -> None:
        for number, one in enumerate(facts):
            try:
                board.ask_deletion(one, key=f"key-{number}")
            except httpx.HTTPError:
                return
            answered.append(one["media"])

    thread = threading.Thread(target=ask_all)
    thread.start()
    while len(answered) < 3:
        threading.Event().wait(0.001)
    board.kill()
    thread.join()
    board.start()
    seen = {one["media"]: board.web.get(moved(one["media"], board=board)).status_code for one in facts}
    assert {seen[media] for media in answered} == {410}
    living = sorted(one["id"] for one in facts if seen[one["media"]] == 200)
    assert sorted(path.name for path in board.media_files()) == living


def test_it_stops_cleanly_when_asked(board):
    board.post()
    returncode, output = board.stop()
    assert returncode == 0
    assert output == f"sandbox_platform listening on {str(board.web.base_url).rstrip('/')}\n"


def start_and_fail(*, folder: Path, token_file: Path) -> str:
    command = [sys.executable, "-m", "sandbox_platform", "--port", "0", "--data", str(folder)]
    command += ["--operator-token-file", str(token_file)]
    failed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=20, check=False)
    assert (failed.returncode, failed.stdout) == (2, "")
    return failed.stderr


def test_a_second_board_on_the_same_folder_says_why_it_cannot_start(board):
    said = start_and_fail(folder=board.folder / "data", token_file=board.folder / "token")
    assert "is used by another board" in said
    assert board.web.get("/").status_code == 200


def test_a_short_or_missing_token_is_refused_at_the_start(tmp_path):
    token_file = tmp_path / "token"
    assert "No such file" in start_and_fail(folder=tmp_path / "data", token_file=token_file)
    token_file.write_text("short")
    assert "at least 16 printable characters" in start_and_fail(
        folder=tmp_path / "data", token_file=token_file
    )
