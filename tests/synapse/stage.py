"""What stands on the stage: haetae as a whole, a real homeserver with our gate, and people on it."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone

from haetae.accounts import actions as accounts
from haetae.accounts.models import Operator, WhenWeAreDown
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.connectors import connector_for
from haetae.connectors.base import Connector, Locator
from haetae.connectors.matrix.addresses import media_in, media_path
from haetae.running.whole import Whole
from haetae.story.stage import Post, Stage
from tests.synapse.homeserver import SERVER, Account, Answer, Homeserver, free_port, homeserver
from tests.synapse.wire import Wire, wire

SECRET = "synapse-operator-token"
ALL = "/_synapse/admin/v1"


@dataclass(kw_only=True)
class Play:
    """`square` is a room that anybody may join."""

    stage: Stage
    home: Homeserver
    wire: Wire
    operator: Operator
    admin: Account
    probe: Account
    alice: Account
    bob: Account
    square: str
    figures: dict[str, float] = field(default_factory=dict)

    def check(self, fact: bool, words: str) -> None:
        """Note a fact; raises StoryError when it does not hold."""
        self.stage.check(fact, words)

    @property
    def connector(self) -> Connector:
        return connector_for(self.operator)

    def that_hides_first(self, *, yes: bool) -> None:
        """What the homeserver's operator wants done with a request that nobody has decided yet."""
        _keep_tokens(self.admin, self.probe, on_request="hide" if yes else "delete")

    def place(self, room: str, event_id: str, mxc: str) -> Post:
        """A message and its picture, as haetae knows them."""
        media = media_in(mxc)
        assert media is not None
        page = f"/_matrix/client/v3/rooms/{quote(room, safe='')}/event/{quote(event_id, safe='')}"
        return Post(page=self.home.origin + page, media=self.home.origin + media_path(media))

    def publish(self, picture: bytes) -> tuple[str, Post]:
        """Alice shows a picture on the square that nobody minds yet; its mxc address and its place."""
        mxc = self.alice.upload(picture)
        shown = self.alice.show(self.square, mxc)
        self.check(shown.status == 200, "what nobody knows is published")
        return mxc, self.place(self.square, shown.json["event_id"], mxc)

    def record(self, mxc: str) -> dict[str, Any] | None:
        """What the homeserver has written down about a file."""
        told = self.admin.call("GET", f"{ALL}/media/{mxc.removeprefix('mxc://')}")
        return dict(told.json["media_info"]) if told.status == 200 else None

    def message(self, post: Post, *, by: Account) -> Answer:
        """What somebody reads at the place of a message."""
        return by.call("GET", post.page.removeprefix(self.home.origin))

    def until(self, post: Post, name: str) -> list[Event]:
        """Wait for an event about this picture."""
        return self.stage.until(post, lambda events: any(one.name == name for one in events), what=name)


def locator(post: Post) -> Locator:
    return Locator(page_url=post.page, media_url=post.media)


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What starts while haetae does: the homeserver, and the wire between the two."""

    operator: Operator
    home: Homeserver
    wire: Wire


@contextmanager
def begun(folder: Path) -> Iterator[Beginning]:
    """The homeserver is registered with haetae and starts, with our gate inside."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    operator = _registered(origin)
    token_file = folder / "upload-check-token"
    token_file.write_text(
        accounts.declare_upload_check(operator=operator, when_down=WhenWeAreDown.CLOSED, actor=SYSTEM)
    )
    with wire() as line:
        gate = {"check_url": line.url, "token_file": str(token_file), "origin": origin, "when_down": "closed"}
        with homeserver(folder / "synapse", gate=gate, port=port) as home:
            yield Beginning(operator=operator, home=home, wire=line)


def staged(beginning: Beginning, whole: Whole) -> Play:
    """Everything is up and everybody is there."""
    home = beginning.home
    ready_s = home.ready.result()
    beginning.wire.target = whole.web_origin + "/api/upload-check/"
    admin, probe = home.account("admin", admin=True), home.account("haetae-probe")
    alice, bob = home.account("alice"), home.account("bob")
    _keep_tokens(admin, probe, on_request="delete")
    square = alice.room(name="The square")
    bob.call("POST", f"/_matrix/client/v3/join/{quote(square)}", {})
    return Play(
        stage=Stage(whole),
        home=home,
        wire=beginning.wire,
        operator=beginning.operator,
        admin=admin,
        probe=probe,
        alice=alice,
        bob=bob,
        square=square,
        figures={"synapse_ready_s": ready_s},
    )


def timed(play: Play, name: str, act: Callable[[Play], None]) -> None:
    """Play one chapter and keep how long it took."""
    began_s = time.monotonic()
    act(play)
    play.figures[name] = time.monotonic() - began_s


def _registered(origin: str) -> Operator:
    operator = accounts.register_operator(
        name="A homeserver",
        connector="matrix",
        origin=origin,
        secret_name=SECRET,
        watched_every_s=1,
        actor=SYSTEM,
    )
    today = timezone.localdate(clock.now())
    accounts.delegate_block(operator=operator, reference="matrix-1", since=today, actor=SYSTEM)
    return operator


def _keep_tokens(admin: Account, probe: Account, *, on_request: str) -> None:
    told = {
        "server_name": SERVER,
        "admin_token": admin.token,
        "probe_token": probe.token,
        "on_request": on_request,
    }
    settings.KEYS.store(SECRET, json.dumps(told).encode())
