"""Reads what lies in deploy/: units, containers and pods as processes with a command and an environment."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
SYSTEMD, COMPOSE, KUBERNETES, PROXY = (DEPLOY / one for one in ("systemd", "compose", "kubernetes", "proxy"))
# What must run in production: `haetae ...` by this name.
PROCESSES = {"keys", "web", "worker", "timekeeper", "sealer", "matcher", "watcher", "looker", "metrics"}
SIDES = {"portal", "console", "operator", "api"}


@dataclass(frozen=True)
class Started:
    """One command as it will be started, and the variables that it is told."""

    where: str
    arguments: list[str]
    told: dict[str, str] = field(default_factory=dict)


def everything() -> list[Started]:
    return [*by_systemd(), *by_compose(), *by_kubernetes()]


def by_systemd() -> Iterator[Started]:
    common = assignments(SYSTEMD / "haetae.env")
    for unit in sorted(SYSTEMD.glob("*.service")):
        text = unit.read_text(encoding="utf-8")
        told = dict(common) if "EnvironmentFile=/etc/haetae/haetae.env" in text else {}
        for line in re.findall(r"^Environment=(.+)$", text, re.MULTILINE):
            told |= dict(one.split("=", 1) for one in shlex.split(line))
        for credential in re.findall(r"^LoadCredential=(\w+):", text, re.MULTILINE):
            told[credential] = "from a file"
        sides = [{}]
        if unit.name == "haetae-web@.service":
            sides = [assignments(one) for one in sorted(SYSTEMD.glob("web-*.env"))]
        for more in sides:
            for command in re.findall(r"^ExecStart=/opt/haetae/bin/haetae (.+)$", text, re.MULTILINE):
                yield Started(unit.name, shlex.split(command), told | more)


def by_compose() -> Iterator[Started]:
    for name, service in compose()["services"].items():
        if str(service["image"]).startswith("haetae:"):
            told = dict(service.get("environment", {})) | dict.fromkeys(
                service.get("secrets", []), "from a file"
            )
            yield Started(f"compose {name}", [str(one) for one in service["command"]], told)


def by_kubernetes() -> Iterator[Started]:
    (settings,) = (one["data"] for one in manifests() if one["kind"] == "ConfigMap")
    for owner, pod in pods():
        for container in containers(pod):
            told = dict(settings) if container.get("envFrom") else {}
            told |= {one["name"]: one["value"] for one in container.get("env", [])}
            yield Started(f"{owner} {container['name']}", [str(one) for one in container["args"]], told)


def assignments(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def compose() -> dict:
    return yaml.safe_load((COMPOSE / "compose.yaml").read_text(encoding="utf-8"))


def manifests() -> list[dict]:
    """Every object that the two kustomizations name."""
    found = []
    for folder in (KUBERNETES, KUBERNETES / "setup"):
        told = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))
        for name in told["resources"]:
            found += list(yaml.safe_load_all((folder / name).read_text(encoding="utf-8")))
    return found


def pods() -> Iterator[tuple[str, dict]]:
    """The specification of each pod, with the name of what makes it."""
    for one in manifests():
        name = f"{one['kind']} {one['metadata']['name']}"
        if one["kind"] in {"Deployment", "Job"}:
            yield name, one["spec"]["template"]["spec"]
        elif one["kind"] == "CronJob":
            yield name, one["spec"]["jobTemplate"]["spec"]["template"]["spec"]


def containers(pod: dict) -> list[dict]:
    return [*pod.get("initContainers", []), *pod["containers"]]
