"""Commands, options, variables, ports and addresses in deploy/ are those of the code, and no process is forgotten."""

import re

import pytest
import typer
from django.urls import Resolver404, resolve

from haetae.cli import app
from haetae.settings.environment import Environment
from tests.deploy import files
from tests.deploy.files import Started

# Not ours: Django's own, and what the files say to each other.
OTHERS = {"DJANGO_SETTINGS_MODULE", "BACKUP_RECIPIENT"}


@pytest.mark.parametrize("started", files.everything(), ids=lambda one: f"{one.where}: {one.arguments[0]}")
def test_every_command_is_one_that_haetae_knows(started: Started):
    _understood(started.arguments)


@pytest.mark.parametrize("started", files.everything(), ids=lambda one: f"{one.where}: {one.arguments[0]}")
def test_every_variable_is_one_that_haetae_reads_and_its_value_is_taken(started: Started, monkeypatch):
    unknown = set(started.told) - set(Environment.model_fields) - OTHERS
    assert not unknown, f"{started.where} tells {unknown}, which nobody reads"
    for name in Environment.model_fields:
        monkeypatch.delenv(name, raising=False)
    told = {name: value for name, value in started.told.items() if name != "HAETAE_SECRETS"}
    Environment(**{name: value for name, value in told.items() if name in Environment.model_fields})
    assert (
        started.told.get("DJANGO_SETTINGS_MODULE", "haetae.settings.production")
        == "haetae.settings.production"
    )


@pytest.mark.parametrize(
    "way", [files.by_systemd, files.by_compose, files.by_kubernetes], ids=["systemd", "compose", "kubernetes"]
)
def test_no_process_and_no_side_of_the_pages_is_forgotten(way):
    started = list(way())
    commands = {one.arguments[0] for one in started}
    assert files.PROCESSES | {"setup", "backup"} <= commands
    sides = [
        side for one in started if one.arguments[0] == "web" for side in one.told["HAETAE_SIDES"].split(",")
    ]
    assert sorted(sides) == sorted(files.SIDES)
    ports = [one.told["HAETAE_WEB_PORT"] for one in started if one.arguments[0] == "web"]
    assert len(set(ports)) == len(ports)


def test_the_processes_are_those_of_the_page():
    page = (files.ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    table = page[page.index("| command | how many |") :].split("\n\n")[0]
    told = set(re.findall(r"^\| `haetae (\w+)", table, re.MULTILINE))
    assert told | {"keys", "metrics"} == files.PROCESSES
    for heading in ("### Containers", "### Kubernetes", "### systemd", "## How large"):
        assert heading in page


def test_only_those_who_need_it_are_told_of_the_owner_of_the_tables_and_of_the_keys():
    for started in files.everything():
        command = started.arguments[0]
        assert ("HAETAE_KEYS" in started.told) == (command == "keys"), started.where
        if "DATABASE_OWNER_URL" in started.told:
            assert command == "setup", started.where
        if command == "keys":
            assert not {"DATABASE_URL", "HAETAE_SECRETS", "DJANGO_SETTINGS_MODULE"} & set(started.told)
        else:
            assert started.told["HAETAE_KEY_SERVICE"] == "/run/haetae-keys/socket"


def test_probes_ask_addresses_that_exist_on_ports_that_are_told():
    for owner, pod in files.pods():
        for container in files.containers(pod):
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                asked = container.get(probe, {})
                if "httpGet" in asked:
                    try:
                        resolve(asked["httpGet"]["path"])
                    except Resolver404:
                        pytest.fail(f"{owner}: {probe} asks {asked['httpGet']['path']}, which does not exist")
                elif "exec" in asked:
                    _understood(asked["exec"]["command"][1:])
                    assert asked["exec"]["command"][-1] in files.PROCESSES
            ports = {one["name"]: one["containerPort"] for one in container.get("ports", [])}
            told = {one["name"]: one["value"] for one in container.get("env", [])}
            if "pages" in ports:
                assert told["HAETAE_WEB_PORT"] == str(ports["pages"])
    for name, service in files.compose()["services"].items():
        asked = service.get("healthcheck", {}).get("test", [])
        if asked[1:2] == ["haetae"]:
            _understood(asked[2:])
            assert asked[-1] == service["command"][0], f"{name} asks for another process"


def test_the_proxy_reaches_the_ports_at_which_pages_answer():
    for file, way in (("upstreams.conf", files.by_systemd), ("upstreams-compose.conf", files.by_compose)):
        text = (files.PROXY / file).read_text(encoding="utf-8")
        reached = set(re.findall(r"server [\w.-]+:(\d+)", text))
        assert reached == {one.told["HAETAE_WEB_PORT"] for one in way() if one.arguments[0] == "web"}
    hosts = set(re.findall(r"server_name ([\w.]+\.example)", (files.PROXY / "nginx.conf").read_text()))
    told = {one.told["HAETAE_HOSTS"] for one in files.everything() if one.arguments[0] == "web"}
    assert hosts == told


def test_what_an_image_holds_is_what_was_tested():
    pinned = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)
    tested = set(pinned.findall((files.ROOT / "requirements.lock").read_text(encoding="utf-8")))
    held = set(pinned.findall((files.DEPLOY / "requirements.txt").read_text(encoding="utf-8")))
    assert held <= tested
    names = {name for name, _ in held}
    assert {"django", "granian", "psycopg", "hatchling"} <= names
    assert not names & {"pytest", "mypy", "playwright", "ray", "pyarrow"}
    text = (files.DEPLOY / "Containerfile").read_text(encoding="utf-8")
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for one in source.split():
            assert (files.ROOT / one).exists(), f"the image is built from {one}, which is not there"
            assert f"!{one}\n" in (files.ROOT / ".containerignore").read_text(encoding="utf-8")


def _understood(arguments: list[str]) -> None:
    """Fails for a command that is none, and with the command's own sentence for a wrong option."""
    command, rest = typer.main.get_command(app), list(arguments)
    # A group that does something by itself (`haetae keys` serves them) needs no name after it.
    while hasattr(command, "commands") and not (
        command.invoke_without_command and rest[:1] in ([], ["--make"])
    ):
        name = rest.pop(0)
        assert name in command.commands, f"haetae knows no {name!r} in {' '.join(arguments)!r}"
        command = command.commands[name]
    command.make_context(command.name, rest)
