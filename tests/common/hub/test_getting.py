"""A model comes from a hub whole, pinned and checked, or nothing comes; the hub is a process that misbehaves."""

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from haetae.cli import app
from haetae.common.hub import getting
from haetae.common.hub.asking import Hub, HubError
from haetae.common.outbound import Limits
from haetae.detect.classifying.registry import listed
from tests.common.hub import misbehaving
from tests.detect.classifying import onnx_files as made

TODAY = date(2026, 11, 26)
DATA = made.brightness()
SMALL = Limits(total_s=5.0, body_bytes=1_000_000)


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    folder = made.put(tmp_path_factory.mktemp("hub") / "files", DATA, made.card(DATA))
    served = subprocess.Popen(
        [sys.executable, misbehaving.__file__, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with served:
        assert served.stdout is not None
        yield f"http://127.0.0.1:{int(served.stdout.readline())}"
        served.kill()


@pytest.fixture
def models(tmp_path, monkeypatch):
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setenv("HAETAE_MODELS", str(folder))
    return folder


def got(hub: str, models: Path, kind: str, *, revision: str = "main", limits: Limits = SMALL) -> getting.Got:
    return getting.get(f"alice/{kind}", revision=revision, hub=hub, models=models, today=TODAY, limits=limits)


def counting(models: Path) -> list[str]:
    """Whatever any registry sees there."""
    return [str(one.folder) for one in listed([models], today=TODAY, research_accepted=True)]


def lying_about(models: Path) -> list[str]:
    return sorted(path.name for path in models.rglob("*") if path.name not in {".getting", "lock"})


def test_an_honest_model_is_put_in_place_and_remembers_where_it_came_from(hub, models):
    said = got(hub, models, "honest")
    assert (said.folder, said.anew, said.commit) == (models / "brightness-1", True, misbehaving.COMMIT)
    assert (said.folder / "model.onnx").read_bytes() == DATA
    (one,) = listed([models], today=TODAY, research_accepted=False)
    assert one.refused is None
    assert getting.came_from(said.folder) == {
        "hub": hub, "repository": "alice/honest", "asked": "main", "commit": misbehaving.COMMIT, "on": "2026-11-26",
    }  # fmt: skip
    assert lying_about(models) == ["brightness-1", "came-from.json", "model-card.json", "model.onnx"]


def test_a_commit_is_taken_as_it_is_and_nobody_is_asked_what_it_means(hub, models):
    assert got(hub, models, "no-commit", revision=misbehaving.COMMIT).anew


def test_a_redirect_within_the_hub_is_followed(hub, models):
    assert got(hub, models, "moved").anew


def test_what_is_there_already_is_not_fetched_again_and_another_does_not_replace_it(hub, models):
    first = got(hub, models, "honest")
    again = got(hub, models, "honest")
    assert (again.folder, again.anew) == (first.folder, False)
    with pytest.raises(HubError, match="another model of that name and version is there"):
        got(hub, models, "other")
    assert (first.folder / "model-card.json").read_text() == json.dumps(made.card(DATA))


@pytest.mark.parametrize(
    ("kind", "network", "said"),
    [
        ("wrong-digest", False, "field 'sha256': the card says"),
        ("cut-unannounced", False, "field 'sha256': the card says"),
        ("cut", True, "is not proper HTTP"),
        ("endless", True, "larger than"),
        ("promised", True, "larger than"),
        ("slow", True, "did not end within 5 seconds"),
        ("zipped", True, "encoded as 'gzip'"),
        ("plain", False, "The address must begin with https:// here"),
        ("private", False, "10.0.0.1 belongs to private networks"),
        ("metadata", False, "link-local"),
        ("file", False, "must begin with https://"),
        ("local-name", False, "localhost"),
        ("circle", False, "At most 3 redirects"),
        ("no-model", False, "model.onnx of alice/no-model"),
        ("no-card", False, "without a card no model is loaded"),
        ("nothing", False, "there is no model-card.json, or no such repository"),
        ("no-commit", False, "alice/no-commit at main"),
        ("no-digest", False, "does not say which commit main is"),
        ("list", False, "does not say which commit main is"),
        ("web-page", False, "does not say which commit main is"),
        ("gated", False, "this command has no key"),
        ("forbidden", False, "this command has no key"),
        ("broken", True, "answers 500; try again later"),
        ("bad-card", False, "field 'licence'"),
        ("no-text", False, "it is no text"),
        ("large-card", True, "larger than the 1000000 bytes"),
        ("expired", False, "field 'expires'"),
        ("program", False, "programs are never fetched"),
    ],
)
def test_what_is_not_right_is_one_sentence_and_leaves_nothing(hub, models, kind, network, said):
    with pytest.raises(HubError) as problem:
        got(hub, models, kind)
    assert said in problem.value.words
    assert problem.value.network is network
    assert "getting" not in problem.value.words  # the folder in which it waited is nobody's concern
    assert lying_about(models) == []


@pytest.mark.parametrize(
    "name", ["honest", "a/b/c", "../up/x", "a/..", "a/.b", "-a/b", "a/b?c", "a /b", "a/b..c"]
)
def test_what_is_no_name_is_asked_of_nobody(models, name):
    with pytest.raises(HubError, match="is no name of a repository"):
        getting.get(name, revision="main", hub="https://hub.example", models=models, today=TODAY)


@pytest.mark.parametrize("revision", ["", "a b", "../main", "a..b", "-x", "?", "x" * 200])
def test_what_is_no_revision_is_asked_of_nobody(models, revision):
    with pytest.raises(HubError, match="is no branch, tag or commit"):
        getting.get("a/b", revision=revision, hub="https://hub.example", models=models, today=TODAY)


def test_a_branch_whose_name_holds_a_slash_stays_one_part_of_the_address(hub, models):
    assert got(hub, models, "honest", revision="refs/pr/1").anew


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://hub.example", "it must begin with https://"),
        ("http://10.0.0.1", "it must begin with https://"),
        ("ftp://hub.example", "must begin with https:// or http://"),
        ("https://user@hub.example", "user name"),
        ("", "must begin with"),
    ],
)
def test_a_hub_is_reached_over_https_or_on_this_machine(address, said):
    with pytest.raises(HubError) as problem:
        Hub.at(address)
    assert said in problem.value.words
    assert problem.value.words.startswith("HAETAE_MODEL_HUB: ")


def test_the_public_hub_may_not_lead_inside_and_a_hub_that_was_named_may_stand_there():
    assert Hub.at("https://huggingface.co/").origins == frozenset()
    assert len(Hub.at("https://hub.internal:8443/mirror").origins) == 1


def test_a_folder_that_is_not_there_or_is_a_model_itself_is_said(hub, models):
    with pytest.raises(HubError, match="there is no such folder"):
        got(hub, models / "nowhere", "honest")
    single = made.put(models / "single", DATA, made.card(DATA))
    with pytest.raises(HubError, match="it is one model"):
        got(hub, single, "honest")


def command(hub: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    return [sys.executable, "-m", "haetae", "models", "get", *arguments], {
        **os.environ,
        "HAETAE_MODEL_HUB": hub,
    }


def test_one_that_is_killed_half_way_leaves_nothing_that_counts_and_the_next_one_cleans_up(hub, models):
    words, environment = command(hub, "alice/slow")
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        partly = wait_for_part(models)
        with pytest.raises(HubError, match="another `haetae models get` is under way"):
            got(hub, models, "honest")
        process.kill()
    assert partly.exists()
    assert counting(models) == []
    got(hub, models, "honest")
    assert not partly.exists()
    assert counting(models) == [str(models / "brightness-1")]


def wait_for_part(models: Path) -> Path:
    for _ in range(400):
        found = list(models.glob(".getting/*/model.onnx"))
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError("nothing arrived")


def asked(*arguments: str):
    return CliRunner().invoke(app, ["models", "get", *arguments])


def test_the_command_prints_what_the_registry_says_of_it(hub, models, monkeypatch):
    monkeypatch.setenv("HAETAE_MODEL_HUB", hub)
    answer = asked("alice/honest", "--json")
    said = json.loads(answer.stdout)
    assert answer.exit_code == 0
    assert (said["got"], said["anew"], said["model"]["name"], said["model"]["refused"]) == (
        True,
        True,
        "brightness-1",
        None,
    )
    assert said["model"]["came_from"]["commit"] == misbehaving.COMMIT
    again = asked("alice/honest")
    assert (again.exit_code, "was there already" in again.stdout) == (0, True)
    assert "It may be used." in again.stdout


def test_what_is_for_research_is_there_and_may_not_be_used(hub, models, monkeypatch):
    monkeypatch.setenv("HAETAE_MODEL_HUB", hub)
    answer = asked("alice/research")
    assert answer.exit_code == 1
    assert "HAETAE_RESEARCH_MODELS=accepted" in answer.stdout
    assert (models / "research-1" / "model.onnx").exists()


def test_refusals_and_failures_have_exits_of_their_own(hub, models, monkeypatch):
    monkeypatch.setenv("HAETAE_MODEL_HUB", hub)
    refused = asked("alice/wrong-digest", "--json")
    assert (refused.exit_code, json.loads(refused.stdout)["code"]) == (1, "refused")
    assert asked("alice/broken").exit_code == 4
    monkeypatch.setenv("HAETAE_MODELS", "")
    answer = asked("alice/honest")
    assert answer.exit_code == 1
    assert "set HAETAE_MODELS" in answer.stderr


def test_a_hub_that_is_not_there_is_a_network_failure(models, monkeypatch):
    monkeypatch.setenv("HAETAE_MODEL_HUB", "http://127.0.0.1:9")
    answer = asked("alice/honest")
    assert answer.exit_code == 4
    assert "could not be reached" in answer.stderr
    assert "bring the files by hand" in answer.stderr
