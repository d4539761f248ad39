"""Where a homeserver says yes and does nothing, or does more than it was asked for."""

import json
import time
from dataclasses import replace
from urllib.parse import quote
from uuid import uuid4

from haetae.connectors.base import (
    Answer,
    AnswerKind,
    BlockOrder,
    DeletionOrder,
    NoChannelError,
    Seen,
)
from haetae.flow.removal.states import Ordered
from haetae.story.stage import Post
from tests.synapse.homeserver import call
from tests.synapse.pictures import pattern
from tests.synapse.stage import ALL, Play, locator


def an_unknown_file_is_never_called_hidden(play: Play) -> None:
    """Synapse answers 200 to a quarantine of nothing."""
    said = play.admin.call("POST", f"{ALL}/media/quarantine/localhost/nosuchfile", {})
    play.check(said.status == 200, "the homeserver says yes to hiding a file that is not there")
    _, post = play.publish(pattern(21))
    nowhere = Post(page=post.page, media=post.media.rpartition("/")[0] + "/nosuchfile")
    play.check(_code_of_block(play, nowhere) == "unknown_media", "and we do not call that hidden")


def a_protected_file_is_refused_and_never_called_hidden(play: Play) -> None:
    """Synapse answers 200 to a quarantine of a protected file, and goes on serving it."""
    mxc, post = play.publish(pattern(22))
    media_id = mxc.rpartition("/")[2]
    play.admin.call("POST", f"{ALL}/media/protect/{media_id}", {})
    said = play.admin.call("POST", f"{ALL}/media/quarantine/localhost/{media_id}", {})
    play.check(said.status == 200, "the homeserver says yes to hiding what it protects")
    play.check(play.bob.media_status(mxc) == 200, "and serves it as before")
    play.check(_code_of_block(play, post) == "protected", "we do not call that hidden")
    answer = _asked(play, post)
    play.check(
        (answer.kind, answer.reason) == (AnswerKind.REFUSED, "protected"),
        "protected means that the operator refuses: people decide",
    )
    play.check(play.connector.look(locator(post)).seen is Seen.LIVE, "and our own eyes see it")


def asked_twice_is_done_once(play: Play) -> None:
    """The same request again finds done what is done."""
    mxc, post = play.publish(pattern(23))
    order = _order(post)
    first, second = play.connector.ask_to_delete(order), play.connector.ask_to_delete(order)
    play.check(first == second and first.kind is AnswerKind.REMOVED, "twice the same claim")
    look = play.connector.look(locator(post))
    play.check((look.page.why, look.media.why) == ("redacted", "http_404"), "and it is gone for anybody")
    play.check(look.seen is Seen.GONE and not look.hidden, "gone, not only hidden")
    play.check(play.record(mxc) is None, "no record of the file is left")


def equal_bytes_are_hidden_and_shown_together(play: Play) -> None:
    """Synapse hides and shows by the bytes: whoever restores one file restores its twins."""
    _until_it_is_settled(play)
    picture = pattern(24)
    (one, first), (other, _) = play.publish(picture), play.publish(picture)
    play.connector.block(_block(first))
    play.check([play.bob.media_status(one), play.bob.media_status(other)] == [404, 404], "both are hidden")
    play.check(
        play.connector.look(locator(first)).hidden, "we see that it is hidden, and not that it is gone"
    )
    third = play.alice.upload(picture)
    play.check(play.bob.media_status(third) == 404, "while it is hidden its bytes cannot come in again")
    play.connector.restore(_block(first))
    statuses = [play.bob.media_status(each) for each in (one, other, third)]
    play.check(statuses == [200, 200, 200], "restoring one shows all of them")


def ordered_to_block_it_is_hidden_and_kept(play: Play) -> None:
    """The commission has ordered that access is blocked, and not that it is removed."""
    mxc, post = play.publish(pattern(27))
    decision = {"review": str(uuid4()), "ordered": str(Ordered.BLOCK_ACCESS)}
    answer = play.connector.ask_to_delete(replace(_order(post), notice={"decision": decision}))
    play.check((answer.kind, answer.blocked) == (AnswerKind.BLOCKED, True), "answered as blocked")
    play.check(play.record(mxc) is not None and play.bob.media_status(mxc) == 404, "hidden, and still there")
    play.check(play.connector.look(locator(post)).hidden, "and seen to be hidden")


def what_its_own_people_hid_is_theirs_to_show(play: Play) -> None:
    """A moderator of the homeserver has hidden it before us."""
    mxc, post = play.publish(pattern(25))
    moderator = play.home.account("moderator", admin=True)
    moderator.call("POST", f"{ALL}/media/quarantine/{mxc.removeprefix('mxc://')}", {})
    play.connector.block(_block(post))
    try:
        play.connector.restore(_block(post))
        code = ""
    except NoChannelError as refusal:
        code = refusal.code
    play.check(code == "hidden_by_others", "we do not undo what the operator's own people did")
    play.check(play.bob.media_status(mxc) == 404, "and it stays hidden")


def what_we_may_not_read_is_not_gone(play: Play) -> None:
    """The homeserver says 404 of a message that is gone and of one that is kept from us."""
    room = play.alice.room(name="A garden")
    mxc = play.alice.upload(pattern(26))
    post = play.place(room, play.alice.show(room, mxc).json["event_id"], mxc)
    play.check(play.connector.look(locator(post)).page.why == "shows_it", "we see it")
    ban = {"user_id": play.probe.user_id}
    play.alice.call("POST", f"/_matrix/client/v3/rooms/{quote(room)}/ban", ban)
    look = play.connector.look(locator(post))
    play.check(play.message(post, by=play.probe).status == 404, "now its message is kept from us with a 404")
    play.check((look.page.seen, look.page.why) == (Seen.UNKNOWN, "room_closed"), "which we do not call gone")


def no_sign_in_is_ever_needed(play: Play) -> None:
    """Synapse lets few people sign in from one address; both our accounts keep their tokens and do not notice."""
    told = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": "bob"},
        "password": "not-a-password",
    }
    statuses = []
    for _ in range(8):
        answer = call(play.home.origin, "POST", "/_matrix/client/v3/login", json.dumps(told).encode())
        statuses.append(answer.status)
    play.check(statuses[0] == 200 and statuses[-1] == 429, "after some sign-ins nobody may sign in")
    play.check(answer.json["retry_after_ms"] > 1_000, "for a while")
    tests = play.connector.self_test()
    play.check([test.code for test in tests if not test.passed] == [], "and we go on as ever")
    play.check(len(tests) == 4, "with both accounts tried, and the one that looks found to be ordinary")


def _until_it_is_settled(play: Play) -> None:
    """A new homeserver keeps no bytes out before its tables are ready, which it makes beside its other work."""
    deadline_s = time.monotonic() + 60
    while play.admin.call("GET", f"{ALL}/background_updates/status").json["current_updates"]:
        play.check(time.monotonic() < deadline_s, "the homeserver gets ready within a minute")
        time.sleep(0.2)


def _code_of_block(play: Play, post: Post) -> str:
    try:
        play.connector.block(_block(post))
    except NoChannelError as refusal:
        return refusal.code
    return ""


def _block(post: Post) -> BlockOrder:
    return BlockOrder(key=uuid4(), locator=locator(post), reference="test")


def _order(post: Post) -> DeletionOrder:
    return DeletionOrder(key=uuid4(), locator=locator(post), fingerprints={}, legal_basis="test")


def _asked(play: Play, post: Post) -> Answer:
    return play.connector.ask_to_delete(_order(post))
