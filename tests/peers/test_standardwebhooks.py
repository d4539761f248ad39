"""The library that operators really use, unmodified: it believes what we sign, and we believe what it signs."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from bench.operator_stage.server import Received, Stage, stage
from bench.peers.ask import MISSING, PYTHON
from haetae.accounts.models import KeyUse, Operator
from haetae.accounts.signing.actions import new_shared_key
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.connectors.base import DeletionOrder, Locator
from haetae.connectors.webhook.connector import WebhookConnector
from haetae.operators.trials.actions import begin_trial
from haetae.operators.trials.models import Trial
from tests.operators.asking import ROOT, registered

pytestmark = pytest.mark.django_db
HOOK = "board"


@pytest.fixture
def here() -> Iterator[Stage]:
    with stage() as running:
        yield running


@pytest.fixture
def board(here: Stage) -> Operator:
    return registered("webhook", endpoint=here.address(HOOK))


def the_library(verb: str, **told: Any) -> str:
    assert PYTHON.exists(), MISSING
    script = Path(__file__).with_name("standardwebhooks_client.py")
    done = subprocess.run(
        [PYTHON, "-I", script, verb], input=json.dumps(told), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said: str = json.loads(done.stdout)
    return said


def sent(here: Stage, board: Operator) -> Received:
    notice = {"issued_at": "2026-11-26T10:00:00Z", "explanation": {"ko": "확인된 사진이에요"}}
    place = Locator(page_url="https://board.example/p/1", media_url="https://board.example/m/1")
    WebhookConnector(operator=board).ask_to_delete(
        DeletionOrder(key=uuid4(), locator=place, fingerprints={}, legal_basis="test", notice=notice)
    )
    return here.hooks[HOOK].received[-1]


def test_it_believes_what_we_sign_under_each_secret_in_force_and_nothing_that_was_changed(
    here: Stage, board: Operator
) -> None:
    secrets = [new_shared_key(operator=board, use=KeyUse.WE_SIGN_SHARED, actor=SYSTEM) for _ in range(2)]
    message = sent(here, board)
    body = message.body.decode()
    for secret in secrets:
        said = the_library("verify", secret=secret, body=body, headers=message.headers)
        assert said == "deletion.requested"
    other = new_shared_key(operator=board, use=KeyUse.THEY_SIGN_SHARED, actor=SYSTEM)
    for secret, text in ((other, body), (secrets[0], body + " ")):
        refused = the_library("verify", secret=secret, body=text, headers=message.headers)
        assert refused.startswith("refused:")


def test_we_believe_what_it_signs(board: Operator) -> None:
    secret = new_shared_key(operator=board, use=KeyUse.THEY_SIGN_SHARED, actor=SYSTEM)
    begin_trial(operator=board, actor=SYSTEM)
    answer = {"schema": "answer/1", "request": str(Trial.objects.get().key), "word": "unsure"}
    body, at_s = json.dumps(answer), int(clock.now().timestamp())
    signature = the_library("sign", secret=secret, message_id="msg_1", at_s=at_s, body=body)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(at_s),
        "webhook-signature": signature,
        "haetae-operator": str(board.pk),
    }
    taken = Client().generic(
        "POST", f"{ROOT}/answers", body.encode(), content_type="application/json", headers=headers
    )
    assert taken.json()["outcome"] == "taken"
