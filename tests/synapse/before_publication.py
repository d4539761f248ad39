"""The gate: what is known never appears in a public room, and private chats are never looked at."""

import re
import secrets
import statistics

from haetae.story.checks import make_known
from haetae.story.pictures import known_original
from tests.synapse.pictures import original, pattern, saved_again
from tests.synapse.stage import Play

_TOOK = re.compile(r"gate: published after ([0-9.]+) ms")


def refused_before_anybody_sees_it(play: Play) -> None:
    """The known picture, and copies of it in other bytes and another format: in any corner of a message."""
    known = known_original(original("coffee"))
    make_known(known)
    before = play.stage.newest_event()
    for copy in (known.copy, saved_again(original("coffee")), saved_again(original("coffee"), kind="PNG")):
        mxc = play.alice.upload(copy)
        play.check(play.bob.media_status(mxc) == 200, "an upload alone is not looked at")
        shown = play.alice.show(play.square, mxc)
        play.check(shown.status == 403, "the message is refused")
        play.check(shown.json["org.haetae.outcome"] == "refused", "and the gate says why")
        play.check(play.bob.media_status(mxc) == 404, "nobody can fetch the file any more")
    events = [event.name for event in play.stage.events_since(before)]
    play.check(events.count("arrival.upload_refused") == 3, "each refusal stands in our record")
    timeline = play.bob.call("GET", f"/_matrix/client/v3/rooms/{play.square}/messages?dir=b&limit=20").json
    kinds = [event["type"] for event in timeline["chunk"]]
    play.check("m.room.message" not in kinds, "nobody in the room has seen anything of it")


def refused_in_any_corner_of_a_message(play: Play) -> None:
    """As the small picture, inside a text with its letters written otherwise, as a sticker, as the room's picture."""

    def fresh() -> str:
        return play.alice.upload(saved_again(original("coffee")))

    harmless = play.alice.upload(pattern(1))
    small = {"msgtype": "m.image", "body": "x", "url": harmless, "info": {"thumbnail_url": fresh()}}
    inside = {
        "msgtype": "m.text",
        "body": "look",
        "format": "org.matrix.custom.html",
        "formatted_body": f'<img src="{fresh().replace("mxc:", "mxc&#58;")}">',
    }
    sticker = {"body": "x", "url": fresh(), "info": {}}
    for content, kind in ((small, "m.room.message"), (inside, "m.room.message"), (sticker, "m.sticker")):
        play.check(play.alice.say(play.square, content, kind=kind).status == 403, f"refused in a {kind}")
    picture = play.alice.call(
        "PUT", f"/_matrix/client/v3/rooms/{play.square}/state/m.room.avatar/", {"url": fresh()}
    )
    play.check(picture.status == 403, "refused as the picture of a room")
    reserved = play.alice.call("POST", "/_matrix/media/v1/create", {}).json["content_uri"]
    play.check(
        play.alice.show(play.square, reserved).json["org.haetae.outcome"] == "not_uploaded",
        "an address to which something is uploaded later is refused",
    )


def private_chats_are_not_looked_at(play: Play) -> None:
    """Not one question goes out about them, whatever is shown there."""
    before = play.wire.asked
    with_bob = play.alice.room(public=False, invite=[play.bob.user_id])
    play.bob.call("POST", f"/_matrix/client/v3/join/{with_bob}", {})
    encryption = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    encrypted = play.alice.room(public=True, initial_state=[{**encryption, "state_key": ""}])
    for room in (with_bob, encrypted):
        mxc = play.alice.upload(saved_again(original("coffee")))
        play.check(play.alice.show(room, mxc).status == 200, "a private chat goes on as ever")
        play.check(play.bob.media_status(mxc) == 200, "and its picture can be fetched")
    sealed = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": secrets.token_hex(40), "session_id": "x"}
    play.check(play.alice.say(encrypted, sealed, kind="m.room.encrypted").status == 200, "ciphertext passes")
    play.check(play.wire.asked == before, "not one question went out")


def a_room_that_is_read_from_outside_is_public(play: Play) -> None:
    """Nobody may come in, and everybody may read: what stands there is published."""
    state = [
        {"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "invite"}},
        {
            "type": "m.room.history_visibility",
            "state_key": "",
            "content": {"history_visibility": "world_readable"},
        },
    ]
    room = play.alice.room(public=False, initial_state=state)
    known = play.alice.upload(saved_again(original("coffee")))
    play.check(play.alice.show(room, known).status == 403, "the gate looks there")
    mxc = play.alice.upload(pattern(3))
    post = play.place(room, play.alice.show(room, mxc).json["event_id"], mxc)
    play.check([one.media_url for one in play.connector.find(post.page)] == [post.media], "and so do we")
    joined = play.probe.call("GET", "/_matrix/client/v3/joined_rooms").json["joined_rooms"]
    play.check(room not in joined, "without coming in")


def without_an_answer_it_does_what_was_declared(play: Play) -> None:
    """Declared closed: nothing is published that was not looked at, and it goes on when we are back."""
    play.wire.is_cut = True
    mxc = play.alice.upload(pattern(2))
    shown = play.alice.show(play.square, mxc)
    play.check(
        shown.json.get("org.haetae.outcome") == "kept_back_unanswered", "kept back while we do not answer"
    )
    play.check(play.bob.media_status(mxc) == 200, "and not hidden: nobody has found anything")
    words = play.alice.say(play.square, {"msgtype": "m.text", "body": "good morning"})
    play.check(words.status == 200, "words are published as ever")
    play.wire.is_cut = False
    play.check(play.alice.show(play.square, mxc).status == 200, "published when we answer again")


def what_the_gate_costs(play: Play) -> None:
    """Twenty harmless pictures of a quarter of a megapixel, one after the other."""
    already = len(play.home.gate_lines())
    for number in range(20):
        mxc = play.alice.upload(pattern(100 + number, size_px=512))
        play.check(play.alice.show(play.square, mxc).status == 200, "published")
    took = [float(found[1]) for line in play.home.gate_lines()[already:] if (found := _TOOK.search(line))]
    play.check(len(took) == 20, "the gate looked at each once")
    play.figures["gate_ms_median"] = statistics.median(took)
    play.figures["gate_ms_max"] = max(took)
