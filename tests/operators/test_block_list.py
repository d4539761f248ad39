"""An access provider fetches the list of what it is to open no more, checks our signature, and answers by entry."""

import base64
from uuid import UUID, uuid4

import pytest
import rfc8785
import time_machine
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client

from haetae.accounts.actions import Standing, register_operator
from haetae.accounts.models import Operator, OperatorKind
from haetae.audit.actor import SYSTEM
from haetae.flow.overview.standing import counts
from haetae.flow.remedies.actions import want, withdraw
from haetae.flow.remedies.models import Remedy
from haetae.flow.remedies.states import Ended, Kind
from haetae.flow.removal.models import DeletionRequest
from tests.operators.asking import ROOT, Caller, registered, settle
from tests.web.sightings import asked, found
from tests.work import do_all_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider() -> Operator:
    return register_operator(
        name="Korea Net",
        connector="access_provider",
        origin="https://net.example",
        standing=Standing(kind=OperatorKind.ACCESS_PROVIDER),
        actor=SYSTEM,
    )


@pytest.fixture
def ordered(provider: Operator, clock_: time_machine.Traveller, no_network: None) -> Remedy:
    """Decided to be opened no more."""
    sighting_id = found()
    request_id = asked(sighting_id)
    DeletionRequest.objects.filter(pk=request_id).update(ordered="block_access", review_id=uuid4())
    want(sighting_id=sighting_id, request_id=request_id, intermediary=provider, kind=Kind.ACCESS_BLOCK)
    do_all_jobs()
    return Remedy.objects.get()


def is_signed(told: dict) -> bool:
    published = Client().get(f"{ROOT}/keys.json").json()["keys"][0]["public_key"]
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(published.removeprefix("whpk_")))
    try:
        key.verify(base64.b64decode(told["signature"]), rfc8785.dumps(told["list"]))
    except InvalidSignature:
        return False
    return True


def test_the_list_names_exact_addresses_is_signed_and_runs_out(provider: Operator, ordered: Remedy) -> None:
    assert ordered.state == "wanted", "it lies ready; nobody has come for it"
    told = Caller(provider).get("/block-list").json()
    ordered.refresh_from_db()
    assert ordered.state == "sent", "it has the list; what it does with it, it has not said"
    (entry,) = told["list"]["entries"]
    assert entry["page"] == ordered.sighting.page_url
    assert entry["decision"] == str(ordered.request.review_id)
    assert (told["list"]["schema"], told["list"]["recipient"]) == ("block-list/1", "Korea Net")
    assert told["list"]["runs_out_at"] == "2026-11-27T01:00:00Z"
    assert is_signed(told)
    entry["page"] = "https://innocent.example/"
    assert not is_signed(told), "nobody on the way may add to it"


def test_its_answer_is_kept_apart_from_removals_and_what_is_withdrawn_leaves_the_list(
    provider: Operator, ordered: Remedy
) -> None:
    caller = Caller(provider)
    number = UUID(caller.get("/block-list").json()["list"]["entries"][0]["id"])
    assert caller.answer(number, {"word": "blocked"}).json()["outcome"] == "taken"
    do_all_jobs()
    ordered.refresh_from_db()
    assert ordered.state == "claimed"
    assert counts().verified == 0
    assert len(caller.get("/block-list").json()["list"]["entries"]) == 1, "it stays blocked"
    withdraw(sighting_id=ordered.sighting_id, because=Ended.GONE)
    do_all_jobs()
    ordered.refresh_from_db()
    assert ordered.state == "lifted"
    assert caller.get("/block-list").json()["list"]["entries"] == []


def test_what_nobody_came_for_needs_no_undoing(provider: Operator, ordered: Remedy) -> None:
    withdraw(sighting_id=ordered.sighting_id, because=Ended.GONE)
    do_all_jobs()
    ordered.refresh_from_db()
    assert (ordered.state, ordered.must_be_told) == ("withdrawn", False)
    assert Caller(provider).get("/block-list").json()["list"]["entries"] == []


def test_a_host_that_fetches_has_received_it_when_it_goes_on_and_is_told_to_undo_it(
    clock_: time_machine.Traveller, no_network: None
) -> None:
    host = register_operator(
        name="Far Hosting",
        connector="polling",
        origin="https://hosting.example",
        standing=Standing(kind=OperatorKind.HOST),
        actor=SYSTEM,
    )
    sighting_id = found()
    want(sighting_id=sighting_id, request_id=asked(sighting_id), intermediary=host, kind=Kind.HOST_NOTICE)
    do_all_jobs()
    settle(clock_)
    page = Caller(host).listed()
    assert Remedy.objects.get().state == "wanted", "the page may have been lost on the way"
    Caller(host).listed(after=page["next"])
    assert Remedy.objects.get().state == "sent"
    withdraw(sighting_id=sighting_id, because=Ended.NOT_HARMFUL)
    assert Remedy.objects.get().must_be_told


def test_nobody_else_gets_it(provider: Operator, ordered: Remedy) -> None:
    platform = registered()
    assert Caller(platform).get("/block-list").json()["error"] == "not_an_access_provider"
    assert Client().get(f"{ROOT}/block-list").status_code == 401
    other = register_operator(
        name="Other Net",
        connector="access_provider",
        origin="https://other-net.example",
        standing=Standing(kind=OperatorKind.ACCESS_PROVIDER),
        actor=SYSTEM,
    )
    assert Caller(other).get("/block-list").json()["list"]["entries"] == []
    number = Caller(provider).get("/block-list").json()["list"]["entries"][0]["id"]
    assert Caller(other).answer(number, {"word": "blocked"}).json()["error"] == "not_yours"


def test_whoever_stands_between_finds_what_is_asked_where_operators_do(
    provider: Operator, ordered: Remedy, clock_: time_machine.Traveller
) -> None:
    settle(clock_)
    (one,) = Caller(provider).listed()["requests"]
    assert (one["kind"], one["state"], one["id"]) == ("remedy", "wanted", str(ordered.key))
    assert one["notice"]["asked"] == "block_access"
    assert Caller(provider).get("/block-list").status_code == 200
    withdraw(sighting_id=ordered.sighting_id, because=Ended.GONE)
    do_all_jobs()
    settle(clock_)
    kinds = {one["kind"] for one in Caller(provider).listed(state="all")["requests"]}
    assert kinds == {"remedy", "lift"}
