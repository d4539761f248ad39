"""What the scenarios can do: post on the platform, set its manners, report through the public form, wait and look."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from haetae.accounts.permissions import Role
from haetae.audit.models import Event
from haetae.audit.queries import events_after, newest_event_id
from haetae.common.outbound import Fetched, Origin, fetch
from haetae.flow import overview
from haetae.flow.arrival.queries import sighting_at
from haetae.flow.review.commission.queries import needed
from haetae.flow.review.queries import undecided as undecided_reviews
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.running import demonstration
from haetae.running.whole import Whole
from haetae.story.browser import Browser
from haetae.story.errors import StoryError

# How the sandbox platform behaves unless a scenario says otherwise.
_USUAL: dict[str, Any] = {
    "answer": "removed",
    "answer_later": None,
    "misbehave": None,
    "down_for": None,
    "retry_after_s": 5,
    "tombstone_style": "gone",
    "upload_hook_url": None,
    "upload_hook_token": None,
}
_PATIENCE_S = 150.0
_GLANCE_PAUSE_S = 0.1


@dataclass(kw_only=True)
class Post:
    """A picture on the platform. `headers` as in its public answer."""

    page: str
    media: str


@dataclass
class Stage:
    """One scenario's view of the running whole."""

    whole: Whole
    log_position: int = 0
    checks: list[str] = field(default_factory=list)

    def set_manners(self, **config: Any) -> None:
        """Tell the sandbox platform how to behave from now on; everything not named is as at the start."""
        self._operator("POST", "/operator/v1/config", {**_USUAL, **config})

    def __post_init__(self) -> None:
        self.log_position = self._last_log_index()

    def try_to_post(self, picture: bytes, *, title: str) -> Fetched:
        """A stranger uploads a picture; what the platform says to that."""
        return self.call("POST", self.whole.platform_origin + "/posts", picture, {"X-Title": title})

    def post(self, picture: bytes, *, title: str) -> Post:
        """A stranger publishes a picture."""
        answer = self.try_to_post(picture, title=title)
        if answer.status != 201:
            raise StoryError(f"the platform did not publish the picture: {answer.status}")
        made = json.loads(answer.body)
        return Post(page=made["page"], media=made["media"])

    def report(self, link: str) -> None:
        """Somebody reports a link through the public form, as a browser without JavaScript does."""
        Browser(self.whole.web_origin).send("/link/", links=link)

    def decide(self, post: Post, decision: State, reason: Reason, statement: str) -> None:
        """The commission decides about this picture in the control room: as many members vote as must agree.

        The secretariat records that nobody is heard before, because it spreads, and proposes the decision.
        """
        sighting = sighting_at(post.media)
        undecided = [
            review for review in undecided_reviews() if sighting and review.sighting_id == sighting.pk
        ]
        if not undecided:
            raise StoryError("there is no review of this picture to be decided")
        page, members = f"/console/reviews/{undecided[0].pk}/", demonstration.commission()
        exception = {"party": "operator", "code": "urgent", "text": "It spreads from hour to hour."}
        secretariat = self._signed_in("demo-reviewer", Role.REVIEWER)
        secretariat.send(page, f"/console/hearings/review/{undecided[0].pk}/leave-out/", **exception)
        secretariat.send(page, page + "propose/", ground=f"{decision}:{reason}", statement=statement)
        for name in members[: needed()]:
            self._signed_in(name, Role.COMMISSION_MEMBER).send(page, page + "vote/")

    def _signed_in(self, username: str, role: Role) -> Browser:
        browser = Browser(self.whole.web_origin)
        browser.send(demonstration.sign_in_path(username=username, role=role))
        return browser

    def until(self, post: Post, done: Callable[[list[Event]], bool], *, what: str) -> list[Event]:
        """Wait until the events about this picture satisfy `done`; raises StoryError when they do not in time."""
        deadline = time.monotonic() + _PATIENCE_S
        seen: list[Event] = []
        while time.monotonic() < deadline:
            seen = self.events(post)
            if done(seen):
                return seen
            time.sleep(_GLANCE_PAUSE_S)
        raise StoryError(
            f"waited {_PATIENCE_S:.0f} s for {what}; came as far as {[event.name for event in seen]}"
        )

    def events(self, post: Post) -> list[Event]:
        """What the record says about this picture so far."""
        sighting = sighting_at(post.media)
        return list(overview.detail(sighting.pk).events) if sighting else []

    def newest_event(self) -> int:
        """Where the record stands."""
        return newest_event_id()

    def events_since(self, event_id: int) -> list[Event]:
        """What has happened since then."""
        return list(events_after(event_id))

    def upload_checks(self) -> list[dict[str, Any]]:
        """The platform's own record of what it asked before it published."""
        return list(json.loads(self._operator("GET", "/operator/v1/upload-checks").body)["lines"])

    def check(self, fact: bool, words: str) -> None:  # noqa: FBT001 - reads as a sentence: check(fact, words)
        """Note a fact of the story; raises StoryError when it does not hold."""
        if not fact:
            raise StoryError(f"not so: {words}")
        self.checks.append(words)

    def public_status(self, url: str) -> int:
        """What a stranger without an account gets at this address."""
        return self.call("GET", url).status

    def platform_log(self) -> list[dict[str, Any]]:
        """The lines of the platform's own access log since this scenario began."""
        answer = self._operator("GET", f"/operator/v1/access-log?after={self.log_position}")
        return list(json.loads(answer.body)["lines"])

    def call(
        self, method: str, url: str, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Fetched:
        """One HTTP exchange with the platform or with our own pages."""
        parts = urlsplit(url)
        origin = Origin.parse(f"{parts.scheme}://{parts.netloc}")
        return fetch(
            url,
            allowed_origins=frozenset({origin}),
            method=method,
            headers=headers,
            content=content,
            follow_redirects=False,
        )

    def _operator(self, method: str, path: str, body: dict[str, Any] | None = None) -> Fetched:
        headers = {"Authorization": f"Bearer {self.whole.platform_token}"}
        content = None
        if body is not None:
            headers["Content-Type"], content = "application/json", json.dumps(body).encode()
        answer = self.call(method, self.whole.platform_origin + path, content, headers)
        if answer.status != 200:
            raise StoryError(f"the sandbox platform answered {answer.status} to {method} {path}")
        return answer

    def _last_log_index(self) -> int:
        position = self.log_position
        while lines := json.loads(self._operator("GET", f"/operator/v1/access-log?after={position}").body)[
            "lines"
        ]:
            position = lines[-1]["index"]
            if len(lines) < 1_000:
                break
        return int(position)
