"""What was published while nobody knew it: reported, found, hidden, decided, deleted or shown again, and seen."""

import time
from datetime import date
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from haetae.accounts.actions import seat_official
from haetae.accounts.permissions import Role
from haetae.agencies.looks import actions as looks
from haetae.agencies.looks.showing import show
from haetae.audit.actor import SYSTEM
from haetae.flow.arrival.queries import sighting_at
from haetae.flow.review.models import Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.story.checks import check_order, make_known
from haetae.story.pictures import known_original
from haetae.story.stage import Post
from tests.synapse.pictures import pattern, saved_again
from tests.synapse.stage import Play, locator


def reported_hidden_decided_removed(play: Play) -> None:
    """Reported to the homeserver; we find it, it is hidden, the commission decides, it is deleted, and we see it."""
    play.that_hides_first(yes=True)
    picture = pattern(11)
    innocent = play.alice.say(play.square, {"msgtype": "m.text", "body": "What a day"}).json["event_id"]
    mxc, post = play.publish(picture)
    make_known(known_original(picture))
    began_s = time.monotonic()
    _report_in_matrix(play, post)
    events = play.until(post, "review.block_seen")
    play.figures["reported_to_hidden_s"] = time.monotonic() - began_s
    check_order(play.stage, events, "arrival.found", "assessment.request", "removal.unsure")
    check_order(play.stage, events, "removal.unsure", "review.block_claimed", "review.block_seen")
    play.check(play.bob.media_status(mxc) == 404, "nobody can see it while it is reviewed")
    play.check((play.record(mxc) or {}).get("quarantined_by") == play.admin.user_id, "the record says so")
    play.check("url" in play.message(post, by=play.bob).json["content"], "its message is still there")
    play.check("removal.verified" not in [event.name for event in events], "hidden is not called removed")
    _seen_before_the_decision(play, post, picture)
    play.check(play.bob.media_status(mxc) == 404, "and is shown to nobody else by that")
    play.stage.decide(post, State.REMOVE, Reason.NO_CONSENT, "Made without the consent of the person in it.")
    began_s = time.monotonic()
    events = play.until(post, "removal.verified")
    play.figures["decided_to_verified_s"] = time.monotonic() - began_s
    check_order(
        play.stage, events, "review.remove", "removal.claimed", "verification.gone", "removal.verified"
    )
    play.check(play.record(mxc) is None, "the file is gone from the homeserver")
    play.check(play.message(post, by=play.bob).json["content"] == {}, "and its message is empty")
    beside = play.bob.call("GET", f"/_matrix/client/v3/rooms/{quote(play.square)}/event/{quote(innocent)}")
    play.check(beside.json["content"]["body"] == "What a day", "what else she wrote is untouched")
    again = play.alice.upload(picture)
    play.check(play.bob.media_status(again) == 200, "deleted, its bytes can be uploaded anew ...")
    play.check(play.alice.show(play.square, again).status == 403, "... but never be published")


def a_link_from_the_form_and_shown_again(play: Play) -> None:
    """A link as people pass it on; found not harmful; the homeserver shows it again, and we see that."""
    picture = pattern(12)
    mxc, post = play.publish(picture)
    make_known(known_original(picture))
    play.stage.report(_link_to(play, post))
    play.until(post, "review.block_seen")
    play.check(play.bob.media_status(mxc) == 404, "hidden for now")
    play.stage.decide(post, State.NOT_HARMFUL, Reason.MISTAKEN, "Not the picture that it was taken for.")
    events = play.until(post, "review.restored")
    check_order(play.stage, events, "review.lift_claimed", "verification.live", "review.restored")
    play.check(play.bob.media_status(mxc) == 200, "everybody can see it again")
    play.check("removal.verified" not in [event.name for event in events], "nothing was called removed")
    play.that_hides_first(yes=False)


def known_when_reported_and_removed_at_once(play: Play) -> None:
    """Where the operator wants no waiting: hidden, emptied, deleted and proven in one go."""
    picture = pattern(13)
    mxc, post = play.publish(picture)
    make_known(known_original(picture))
    began_s = time.monotonic()
    _report_in_matrix(play, post)
    events = play.until(post, "removal.verified")
    play.figures["reported_to_verified_s"] = time.monotonic() - began_s
    check_order(play.stage, events, "removal.requested", "removal.claimed", "verification.gone")
    play.check(play.record(mxc) is None, "the file is gone from the homeserver")
    play.check(play.bob.call("GET", "/_matrix/client/v3/sync?timeout=0").status == 200, "all else goes on")


def a_private_chat_is_out_of_scope(play: Play) -> None:
    """A link into one is refused with its own reason, and a report made inside one leads to nothing."""
    room = play.alice.room(public=False, invite=[play.bob.user_id])
    play.bob.call("POST", f"/_matrix/client/v3/join/{quote(room)}", {})
    mxc = play.alice.upload(saved_again(pattern(13)))
    post = play.place(room, play.alice.show(room, mxc).json["event_id"], mxc)
    encryption = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    encrypted = play.alice.room(public=True, initial_state=[{**encryption, "state_key": ""}])
    play.bob.call("POST", f"/_matrix/client/v3/join/{quote(encrypted)}", {})
    ciphertext = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x" * 40, "session_id": "x"}
    sealed = play.alice.say(encrypted, ciphertext, kind="m.room.encrypted").json["event_id"]
    before = play.stage.newest_event()
    _report_in_matrix(play, post)
    _report_in_matrix(play, play.place(encrypted, sealed, mxc))
    play.stage.report(_link_to(play, post))
    deadline_s = time.monotonic() + 20
    refused: list[str] = []
    while not refused and time.monotonic() < deadline_s:
        events = play.stage.events_since(before)
        refused = [str(one.facts.get("why")) for one in events if one.name == "arrival.not_found"]
        time.sleep(0.1)
    play.check(refused == ["private_chat"], "a link into a private chat is refused, with that reason")
    play.check(not play.stage.events(post), "nothing was found there")
    places = [place.page_url for place in play.connector.list_new()]
    play.check(
        not [page for page in places if quote(room) in page or quote(encrypted) in page], "nor reported"
    )
    play.check(play.bob.media_status(mxc) == 200, "and nothing was touched")


def _seen_before_the_decision(play: Play, post: Post, picture: bytes) -> None:
    """What is hidden is handed to us with the administrator's right, for one look, and lies nowhere afterwards."""
    place = locator(post)
    play.check(play.connector.read_hidden(place) == picture, "what is hidden is handed to us")
    secretary = seat_official(
        username="a-secretary", role=Role.REVIEWER, agency="reviewer", since=date(2026, 1, 1), actor=SYSTEM
    )
    look_id = looks.begin_look_before(
        review_id=Review.objects.get(sighting=sighting_at(place.media_url)).pk,
        official_id=secretary.pk,
        reason="decide",
        step="blurred",
        said_minor=False,
    )
    play.check(show(look_id)[:4] == b"\x89PNG", "a secretary looks once, grey and blurred")
    piece = picture[len(picture) // 2 :][:48]
    home = Path(settings.HAETAE_HOME)
    kept = [path for path in home.parent.rglob("*") if _holds(path, piece)]
    play.check(bool(kept), "the search finds what the homeserver keeps")
    ours = [path for path in kept if path.is_relative_to(home)]
    play.check(not ours, "and nothing of it lies on our disk")


def _holds(path: Path, piece: bytes) -> bool:
    try:
        return path.is_file() and piece in path.read_bytes()
    except OSError:
        return False  # the database took it away meanwhile


def _report_in_matrix(play: Play, post: Post) -> None:
    """Bob tells the homeserver, as his client lets him."""
    room, event_id = post.page.split("/rooms/")[1].split("/event/")
    said = play.bob.call("POST", f"/_matrix/client/v3/rooms/{room}/report/{event_id}", {"reason": "abuse"})
    play.check(said.status == 200, "the homeserver takes the report")


def _link_to(play: Play, post: Post) -> str:
    room, event_id = post.page.split("/rooms/")[1].split("/event/")
    return f"https://matrix.to/#/{room}/{event_id}?via=localhost"
