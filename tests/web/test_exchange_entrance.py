"""Who comes in at the exchange, how often, and what a stranger learns: nothing."""

import pytest
from django.test import Client

from haetae.accounts.actions import end_api_keys, issue_api_key, register_operator
from haetae.accounts.models import KeyScope
from haetae.audit.actor import SYSTEM
from haetae.web.access import ForPartners, access_of
from tests.hashbank.partners import key_for, make_known, partner_named
from tests.web.addresses import every_address
from tests.web.exchange_clients import STOPNCII, StopNcii

pytestmark = pytest.mark.django_db
FETCH = STOPNCII + "FetchHashes"


def test_every_address_of_the_exchange_needs_a_partners_key():
    ours = [address for address in every_address() if address.name.startswith("exchange:")]
    assert len(ours) >= 3
    for address in ours:
        assert isinstance(access_of(address.view), ForPartners), address.name
        assert Client().get(address.path).status_code == 401, address.name


def test_whatever_is_wrong_with_a_key_the_answer_is_the_same():
    partner = partner_named("hotline")
    ended = key_for(partner, KeyScope.LISTS_READ)
    end_api_keys(holder=partner, scope=KeyScope.LISTS_READ, actor=SYSTEM)
    board = register_operator(name="board", connector="sandbox", origin="https://b.example", actor=SYSTEM)
    of_an_operator = issue_api_key(holder=board, scope=KeyScope.LISTS_READ, per_minute=9, actor=SYSTEM)
    right = key_for(partner, KeyScope.LISTS_READ)
    shown = [
        {},
        StopNcii.headers("unknown"),
        StopNcii.headers(ended),
        StopNcii.headers(of_an_operator),
        StopNcii.headers(key_for(partner, KeyScope.LISTS_WRITE)),
        StopNcii.headers(key_for(partner, KeyScope.SCAN)),
        {"x-functions-key": right},
        {"Ocp-Apim-Subscription-Key": right},
    ]
    answers = [Client().get(FETCH, headers=headers) for headers in shown]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert Client().get(FETCH, headers=StopNcii.headers(right)).status_code == 200


def test_a_reading_key_submits_nothing():
    client = StopNcii(partner_named("hotline"))
    client.write = client.read
    assert client.submit({}).status_code == 401
    assert client.say({}).status_code == 401


def test_a_partner_that_asks_too_often_is_told_when_to_come_back():
    make_known(1)
    eager, calm = (StopNcii(partner_named(name), per_minute=3) for name in ("eager", "calm"))
    assert [eager.get().status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    refused = eager.get()
    assert 1 <= int(refused.headers["Retry-After"]) <= 20
    assert refused.json()["error"] == "too_often"
    assert calm.get().status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"startTimestamp": "yesterday"}, "startTimestamp"),
        ({"startTimestamp": "-1"}, "startTimestamp"),
        ({"startTimestamp": "999999999999"}, "startTimestamp"),
        ({"pageSize": "many"}, "pageSize"),
        ({"nextPageToken": "not ours"}, "nextPageToken"),
        ({"nextPageToken": "AAAA"}, "nextPageToken"),
        ({"nextPageToken": "_" * 32}, "nextPageToken"),
        ({"nextPageToken": "ä"}, "nextPageToken"),
    ],
)
def test_a_bad_question_is_answered_with_the_name_of_its_field(query, field):
    answer = StopNcii(partner_named("hotline")).get(**query)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


@pytest.mark.parametrize(("headers", "status"), [({"CONTENT_LENGTH": "2000000"}, 413), ({}, 400)])
def test_a_body_is_refused_by_its_announced_length_before_it_is_read(headers, status):
    client = StopNcii(partner_named("hotline"))
    answer = client.client.post(
        STOPNCII + "SubmitHashes",
        b"x",
        content_type="application/json",
        headers=client.headers(client.write),
        **headers,
    )
    assert answer.status_code == status
