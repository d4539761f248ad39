"""Every key can be changed, and nothing lies under one where a change would not find it."""

import re
from pathlib import Path

from django.apps import apps
from django.db import models

from haetae.common.keys.kinds import KINDS, OWN, Ends
from haetae.common.sealed import CaseKeyField, SearchDigestField, SearchDigestsField
from haetae.running.keys.columns import columns_under

ROOT = Path(__file__).parents[2]
# Digests that need no key: of what everybody may compute, or of secrets that are random themselves.
PLAIN = {
    "ApiKey.digest", "CustodyLink.digest", "Destruction.proof_digest", "Evidence.content_digest",
    "Evidence.manifest_digest", "IssuedDocument.digest_en", "IssuedDocument.digest_ko", "IssuedFile.digest",
    "Leaf.digest", "OneTimeSignIn.digest", "Operator.upload_check_digest", "PublishedMonth.digest",
    "RecordExport.digest", "Sheet.digest",
}  # fmt: skip
# Wrapped under something else than a key of the installation's.
OTHERS = {"Case.key_for_person"}


def fields() -> "list[tuple[str, models.Field[object, object]]]":
    ours = [model for model in apps.get_models() if model.__module__.startswith("haetae.")]
    return [(f"{model.__name__}.{field.name}", field) for model in ours for field in model._meta.local_fields]


def test_every_key_says_how_it_is_changed() -> None:
    assert set(KINDS) == OWN
    for name, kind in KINDS.items():
        assert len(kind.make()) == 32, name
        assert kind.lost or kind.ends in {Ends.REWRAPPED, Ends.CHECKED}, name
        assert not kind.leaves or kind.leaves in {"public", "search"}, name
        if kind.ends is Ends.REWRAPPED:
            assert columns_under(name), name


def test_every_digest_column_is_known_to_be_keyed_or_plain() -> None:
    named = {name for name, field in fields() if "digest" in field.name and not field.is_relation}
    keyed = {name for name, field in fields() if isinstance(field, SearchDigestField | SearchDigestsField)}
    unknown = named - keyed - PLAIN
    assert unknown == set(), "use SearchDigestField, or name it here as one that needs no key"
    assert named - keyed >= PLAIN


def test_every_case_key_is_found_by_a_change_of_the_custodians_key() -> None:
    wrapped = {name for name, field in fields() if re.search(r"(^|_)key_for", field.name)}
    assert wrapped - OTHERS == {name for name, field in fields() if isinstance(field, CaseKeyField)}


def test_whoever_writes_a_keyed_digest_looks_for_all_of_its_forms() -> None:
    """`filter(digest=search_digest(...))` would miss a row under a former key."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "haetae").rglob("*.py")
        if "migrations" not in path.parts
        for line in path.read_text().splitlines()
        if re.search(r"(filter|get|exclude|get_or_create|Q)\([^)]*=search_digest\(", line)
    ]
    assert found == []


def test_the_documentation_names_every_key() -> None:
    said = (ROOT / "docs" / "running.md").read_text()
    assert [name for name in sorted(OWN) if f"`{name}`" not in said] == []
