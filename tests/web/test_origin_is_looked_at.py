"""Whether an origin shows our line, asked over real TLS of servers that behave and of servers that do not."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from haetae.common.ids import new_id
from haetae.common.outbound import fetch
from haetae.connectors import door
from haetae.operators.onboarding import actions, jobs, rules
from haetae.operators.onboarding.models import Application
from haetae.operators.onboarding.rules import Wanted
from tests.common.outbound.network import PUBLIC, Internet, plain, redirect, serving
from tests.common.outbound.test_tls import at_the_server, self_signed, trusting

pytestmark = pytest.mark.django_db
_INSIDE = "10.0.0.7"


@pytest.fixture
def application() -> Application:
    wanted = Wanted(
        name="Good",
        origin="https://good.example",
        kind="platform",
        country="kr",
        zone="Asia/Seoul",
        language="ko",
        mailbox="desk@good.example",
        way="desk",
        public_only=True,
        in_charge=True,
    )
    return Application.objects.get(pk=actions.apply(wanted=wanted, form_key=new_id()))


@pytest.fixture
def looked(application, tmp_path: Path, monkeypatch) -> Callable[..., tuple[str, str]]:
    """State and what was found, after a look at a server that answers so."""
    pem = self_signed(tmp_path, name="good.example")

    def look(behaviour: Callable[..., None], addresses: Sequence[str] = (PUBLIC,)) -> tuple[str, str]:
        with serving(behaviour, tls=at_the_server(pem)) as server:
            internet = Internet(
                names={"good.example": list(addresses), "elsewhere.example": [PUBLIC]},
                ports={PUBLIC: server.port, _INSIDE: server.port},
            )
            through = partial(fetch, resolve=internet.resolve, dial=internet.dial, tls=trusting(pem))
            monkeypatch.setattr(door, "fetch", through)
            jobs.look(application_id=str(application.pk))
        application.refresh_from_db()
        return application.state, application.found

    return look


def test_the_line_proves_it(looked, application):
    assert looked(plain(application.proof.encode() + b"\n")) == ("proven", rules.PROVEN)


def test_a_redirect_to_a_place_that_shows_it_proves_nothing(looked):
    assert looked(redirect("https://elsewhere.example/")) == ("not_proven", "http_302")


def test_a_name_that_leads_inside_is_not_even_asked(looked, application):
    state, found = looked(plain(application.proof.encode()), addresses=[_INSIDE])
    assert state == "not_proven"
    assert found.startswith("refused_")


def test_a_file_without_end_is_read_no_further_than_it_needs_to_be(looked, application):
    state, found = looked(plain(application.proof.encode() + b"\n" + b"x" * 100_000))
    assert (state, found) == ("not_proven", "network_too_large")


def test_hosts_that_strangers_name_hold_up_only_each_other_and_not_our_own_work() -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    from haetae.flow.steps.joining import look_for_the_proof

    for number in range(6):
        look_for_the_proof(SimpleNamespace(subject_id=UUID(int=number)))  # type: ignore[arg-type]
    jobs_waiting = ProcrastinateJob.objects.filter(task_name="haetae.onboarding.look")
    lanes = jobs_waiting.values_list("queue_name", "lock")
    assert (len(lanes), set(lanes)) == (6, {("send", "origin:0"), ("send", "origin:1")})
    assert all(job.priority < 0 for job in jobs_waiting), (
        "whoever waits to be asked for a picture comes first"
    )
