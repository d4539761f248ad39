"""Each file is of the form that its reader takes, and leaves no process more than it needs."""

import shutil
import subprocess
from pathlib import Path

import kubernetes_validate
import pytest

from tests.deploy import files

KUBERNETES_VERSION = "1.32"
EXPOSED_MOST = 20  # of 100, as `systemd-analyze security` counts


def test_the_compose_file_is_one():
    asked = ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", files.COMPOSE / "compose.yaml"]
    done = subprocess.run(
        [files.ROOT / ".venv" / "bin" / asked[0], *asked[1:]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_container_of_ours_may_write_or_rise():
    services = files.compose()["services"]
    for name, service in services.items():
        assert "no-new-privileges:true" in service["security_opt"], name
        assert service["cap_drop"] == ["ALL"], name
        if not service["image"].startswith("haetae:"):
            continue
        assert service["read_only"] is True, name
        assert service["user"] == ("10002:10002" if name == "keys" else "10001:10001")
        if service["restart"] == "always":
            assert service["healthcheck"]["test"][1] == "haetae", name
            assert "mem_limit" in service, name
    with_keys = {
        name for name, one in services.items() if any(v.startswith("keys:") for v in one.get("volumes", []))
    }
    assert with_keys == {"keys"}
    assert services["keys"]["network_mode"] == "none"
    assert {name for name, one in services.items() if "ports" in one} == {"proxy"}


def test_two_containers_share_a_home_only_where_they_must():
    """Pulses and sockets lie in a home: two processes of one kind in one home would be taken for each other."""
    homes: dict[str, set[str]] = {}
    for name, service in files.compose()["services"].items():
        for volume in service.get("volumes", []):
            source, _, rest = str(volume).partition(":")
            if rest.partition(":")[0] == "/srv/haetae":
                homes.setdefault(source, set()).add(name)
    assert homes == {"desk": {"web-console", "looker"}, "log": {"sealer", "backup"}}


@pytest.mark.parametrize("one", files.manifests(), ids=lambda one: f"{one['kind']} {one['metadata']['name']}")
def test_every_manifest_is_one(one):
    kubernetes_validate.validate(one, KUBERNETES_VERSION, strict=True)


@pytest.mark.parametrize(
    ("owner", "pod"), list(files.pods()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_pod_is_as_restricted_as_pods_can_be(owner, pod):
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod)
    assert not [volume for volume in pod["volumes"] if "hostPath" in volume]
    mounted_by: dict[str, set[str]] = {}
    for container in files.containers(pod):
        walls = container["securityContext"]
        assert walls["runAsUser"] == (10002 if container["name"] == "keys" else 10001)
        assert walls["allowPrivilegeEscalation"] is False
        assert walls["readOnlyRootFilesystem"] is True
        assert walls["capabilities"] == {"drop": ["ALL"]}
        assert "memory" in container["resources"]["limits"]
        assert {"cpu", "memory"} <= set(container["resources"]["requests"])
        names = {volume["name"] for volume in pod["volumes"]}
        for mount in container["volumeMounts"]:
            assert mount["name"] in names
            mounted_by.setdefault(mount["name"], set()).add(container["name"])
        if owner.startswith("Deployment"):
            assert {"startupProbe", "livenessProbe"} <= set(container)
    assert mounted_by["keys"] == {"keys"}
    owner_told = any(v.get("secret", {}).get("secretName") == "haetae-owner" for v in pod["volumes"])
    assert owner_told == (owner.partition(" ")[2] in {"setup-0-1-0"})


def test_what_belongs_together_finds_each_other_by_its_labels():
    manifests = files.manifests()
    labels = [
        one["spec"]["template"]["metadata"]["labels"] for one in manifests if one["kind"] == "Deployment"
    ]
    deployments = {one["metadata"]["name"] for one in manifests if one["kind"] == "Deployment"}
    for one in manifests:
        if one["kind"] in {"Service", "PodDisruptionBudget"}:
            wanted = one["spec"]["selector"].get("matchLabels", one["spec"]["selector"])
            assert [have for have in labels if wanted.items() <= have.items()], one["metadata"]["name"]
        if one["kind"] == "HorizontalPodAutoscaler":
            assert one["spec"]["scaleTargetRef"]["name"] in deployments
    replicas = {
        one["metadata"]["name"]: one["spec"]["replicas"] for one in manifests if one["kind"] == "Deployment"
    }
    assert replicas["sealer"] == 1
    guarded = {one["metadata"]["name"] for one in manifests if one["kind"] == "PodDisruptionBudget"}
    assert guarded == {name for name, count in replicas.items() if count > 1}


def test_nothing_speaks_with_anything_unless_it_is_said():
    policies = {
        one["metadata"]["name"]: one["spec"] for one in files.manifests() if one["kind"] == "NetworkPolicy"
    }
    assert policies["nothing-by-default"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    outwards = policies["outwards"]["podSelector"]["matchExpressions"][0]["values"]
    assert set(outwards) == {"worker", "watcher", "web-console"}
    assert "169.254.0.0/16" in policies["outwards"]["egress"][0]["to"][0]["ipBlock"]["except"]


@pytest.fixture(scope="module")
def staged(tmp_path_factory) -> Path:
    if not shutil.which("systemd-analyze"):
        pytest.fail(
            "There is no systemd-analyze on this machine: install it (Debian: apt-get install systemd)."
        )
    stage = tmp_path_factory.mktemp("stage")
    units = stage / "etc" / "systemd" / "system"
    units.mkdir(parents=True)
    for one in files.SYSTEMD.glob("haetae*"):
        (shutil.copytree if one.is_dir() else shutil.copy)(one, units / one.name)
    shutil.copytree("/usr/lib/systemd/system", stage / "usr" / "lib" / "systemd" / "system", symlinks=True)
    program = stage / "opt" / "haetae" / "bin" / "haetae"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return stage


def unit_names() -> list[str]:
    names = sorted(one.name for one in files.SYSTEMD.glob("haetae*.*") if one.is_file())
    return [
        name.replace("@.", "@portal.") for name in names if name.endswith((".service", ".timer", ".target"))
    ]


def test_systemd_takes_every_unit_without_a_word(staged):
    done = _analyze(staged, "verify", *unit_names())
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize("unit", [name for name in unit_names() if name.endswith(".service")])
def test_no_unit_is_more_exposed_than_it_must_be(staged, unit):
    done = _analyze(staged, "security", "--offline=yes", f"--threshold={EXPOSED_MOST}", "--no-pager", unit)
    assert done.returncode == 0, done.stdout


def test_the_key_service_is_a_user_of_its_own_without_a_network():
    own = (files.SYSTEMD / "haetae-keys.service").read_text(encoding="utf-8")
    for line in (
        "User=haetae-keys",
        "PrivateNetwork=yes",
        "RestrictAddressFamilies=AF_UNIX",
        "StateDirectoryMode=0700",
    ):
        assert f"\n{line}\n" in own
    shared = (files.SYSTEMD / "haetae-.service.d" / "walls.conf").read_text(encoding="utf-8")
    # What is shared is read after the unit itself, so it would undo these.
    for name in ("User=", "Environment", "RestrictAddressFamilies=", "ReadWritePaths=", "LoadCredential="):
        assert f"\n{name}" not in shared


def test_the_target_wants_every_unit_that_runs():
    wanted = set()
    for line in (files.SYSTEMD / "haetae.target").read_text(encoding="utf-8").splitlines():
        wanted |= set(line.removeprefix("Wants=").split()) if line.startswith("Wants=") else set()
    runs = {
        name
        for name in unit_names()
        if not name.startswith(("haetae-setup", "haetae-backup", "haetae.target"))
    }
    assert {name.replace("@1.", "@portal.") for name in wanted if "@2" not in name} >= runs - {
        "haetae-worker@portal.service"
    }
    assert {"haetae-worker@1.service", "haetae-backup.timer", "haetae-backup-log.timer"} <= wanted


def _analyze(stage: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", f"--root={stage}", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
