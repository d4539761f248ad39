"""What is installed beside our own code: pinned by hash, listed, licensed as decided, and asked about honestly."""

import json
import re
import tomllib

import pytest

from tests.supply.audit import CLEAN, KNOWN, NOT_CHECKED, audit
from tests.supply.locks import LOCKS, PRODUCT, ROOT, NotALockError, licence_of, read_lock
from tests.supply.sbom import bill, product_version

# Decision 0004: permissive, and MPL and LGPL unchanged beside us. Nothing that would reach into our own code.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "LGPL-3.0-only", "MIT", "MIT-0",
    "MIT-CMU", "MPL-2.0", "PSF-2.0", "ZPL-2.1", "Zlib", "LLVM-exception",
}  # fmt: skip


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_line_of_a_lock_is_a_version_with_hashes_and_names_no_place(lock):
    pinned = read_lock(lock)
    assert len(pinned) > 3
    assert all(one.hashes for one in pinned)
    assert len({(one.name, one.version, one.marker) for one in pinned}) == len(pinned)
    assert not re.search(r"https?://|file:|--(extra-)?index|--find-links|--trusted-host", lock.read_text())


@pytest.mark.parametrize(
    "line",
    [
        "django>=5",
        "django==5.2.19",
        "django @ https://files.example/django.whl",
        "-e .",
        "--index-url https://mirror.example/simple",
        "django==5.2.19 --hash=md5:00",
    ],
)
def test_a_line_that_is_not_pinned_is_refused_by_name(tmp_path, line):
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"# ours\n{line}\n")
    with pytest.raises(NotALockError, match="line 2"):
        read_lock(lock)


def test_everything_that_we_name_is_locked_and_everything_installed_by_make_is_checked_by_hash():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = project["dependencies"] + project["optional-dependencies"]["dev"]
    locked = {re.sub(r"[-_.]+", "-", one.name).lower() for one in read_lock(PRODUCT)}
    wanted = {re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", one)[0]).lower() for one in named}
    assert wanted <= locked
    recipes = re.findall(r"^.*pip install.*-r .*$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert len(recipes) >= 4
    assert all("--require-hashes" in one for one in recipes)


def test_every_licence_is_one_that_was_decided_on():
    refused = {}
    for one in read_lock(PRODUCT):
        expression = licence_of(one.name)
        parts = {part for part in re.split(r"\s+(?:AND|OR|WITH)\s+|[()\s]+", expression) if part}
        if not parts or not parts <= ALLOWED:
            refused[one.name] = expression
    assert refused == {}, (
        "a licence needs a decision (docs/decisions/0004-dependencies.md) before its package"
    )


def test_the_bill_of_materials_names_every_package_with_version_hashes_and_licence():
    pinned = read_lock(PRODUCT)
    made = bill(pinned, version=product_version())
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["serialNumber"])
    components = made["components"]
    assert len(components) == len(pinned) == len({one["bom-ref"] for one in components})
    for one in components:
        assert re.fullmatch(r"pkg:pypi/[a-z0-9-]+@\S+", one["purl"])
        assert one["version"]
        assert all(re.fullmatch("[0-9a-f]{64}", digest["content"]) for digest in one["hashes"])
        assert one["licenses"][0]["expression"] != "NOASSERTION", one["name"]
    assert made["dependencies"][0]["dependsOn"] == [one["bom-ref"] for one in components]
    assert json.dumps(made) == json.dumps(bill(pinned, version=product_version())), (
        "the same lock, the same bytes"
    )
    others = bill(pinned[1:], version=product_version())
    assert others["serialNumber"] != made["serialNumber"]


def answering(found):
    """OSV, for packages of these names."""

    def ask(body):
        queries = json.loads(body)["queries"]
        return json.dumps(
            {"results": [{"vulns": [{"id": one}]} if (one := found(query)) else {} for query in queries]}
        ).encode()

    return ask


def test_a_source_that_cannot_be_asked_is_never_nothing_known():
    said = []

    def away(_body):
        raise OSError("no way there")

    assert audit(ask=away, say=said.append) == NOT_CHECKED
    assert said[0].startswith("NOT CHECKED")
    for answer in (b"", b"<html>", b"{}", b'{"results": []}', b'{"results": [[]]}'):
        assert audit(ask=lambda _body, answer=answer: answer, say=said.append) == NOT_CHECKED
    assert not any("something is known" in one for one in said)


def test_what_is_known_is_named_and_what_is_not_is_said_with_how_many_were_asked_about():
    said = []
    assert audit(ask=answering(lambda _: None), say=said.append) == CLEAN
    assert re.fullmatch(r"\d+ packages were asked about; of 0 something is known\.", said[-1])

    def django(query):
        return "GHSA-none-none-none" if "/django@" in query["package"]["purl"] else None

    assert audit(ask=answering(django), say=said.append) == KNOWN
    assert any(one.startswith("KNOWN  pkg:pypi/django@") for one in said)
