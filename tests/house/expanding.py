"""What a migration does to code that is still running: the rule of docs/decisions/0071, told of each operation.

Old and new code work side by side while an update goes on. A migration after the released ones may therefore add and
widen. What takes away belongs into a later release, and names the one after which nothing uses it any more:
`contract_after = "0.2.0"` on its class. `safe_because = "..."` says why SQL or Python of its own does no harm.
"""

import os
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models.fields import NOT_PROVIDED

RELEASED = Path(__file__).with_name("released.toml")
_HARMLESS = (
    migrations.CreateModel,
    migrations.RemoveConstraint,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    AddIndexConcurrently,
    RemoveIndexConcurrently,
)


def released() -> dict[str, Any]:
    """`version` is the newest release, `last` the last migration of each app in it."""
    return tomllib.loads(RELEASED.read_text(encoding="utf-8"))


def after_release(loader: MigrationLoader, last: dict[str, str]) -> Iterator[tuple[Any, ProjectState]]:
    """Each migration of ours that no release has, with the tables as they are before it."""
    released_keys = {key for key in loader.graph.nodes if key[0] not in last and not _is_ours(loader, key)}
    for app, name in last.items():
        released_keys |= set(loader.graph.forwards_plan((app, name)))
    plan: list[tuple[str, str]] = []
    for leaf in sorted(loader.graph.leaf_nodes()):
        plan += [key for key in loader.graph.forwards_plan(leaf) if key not in plan]
    state = ProjectState(real_apps=loader.unmigrated_apps)
    for key in plan:
        migration = loader.graph.nodes[key]
        if key not in released_keys:
            yield migration, state.clone()
        state = migration.mutate_state(state, preserve=False)


def objections(migration: Any, before: ProjectState) -> list[str]:
    """Why code of the newest release could not go on working beside this one; none is as it should be."""
    if getattr(migration, "contract_after", ""):
        return []
    known = {model for app, model in before.models if app == migration.app_label}
    found, state, removed = [], before.clone(), {}
    for operation in migration.operations:
        found += _objects(operation, migration=migration, state=state, known=known, removed=removed)
        if isinstance(operation, migrations.RemoveConstraint):
            removed[operation.name] = _constraint(state, migration.app_label, operation)
        operation.state_forwards(migration.app_label, state)
    return [f"{migration.app_label}.{migration.name}: {words}" for words in found]


def _objects(
    operation: Any, *, migration: Any, state: ProjectState, known: set[str], removed: dict[str, Any]
) -> Iterator[str]:
    if isinstance(operation, _HARMLESS) or getattr(operation, "model_name", "?").lower() not in {*known, "?"}:
        return  # what is new in here is used by nobody yet
    name = type(operation).__name__
    if isinstance(operation, migrations.AddField):
        if not _may_be_left_out(operation.field):
            yield f"old code leaves {operation.name} out: give it null=True or a db_default"
    elif isinstance(operation, migrations.AlterField):
        old = state.models[migration.app_label, operation.model_name_lower].fields[operation.name]
        yield from _narrowed(operation.name, old, operation.field)
    elif isinstance(operation, migrations.AddConstraint):
        if not _is_wider(removed.get(operation.constraint.name), operation.constraint):
            yield f"old code does not know the constraint {operation.constraint.name}, and may write against it"
    elif isinstance(operation, migrations.AddIndex):
        yield f"{operation.index.name} would stop all writing while it is made: use AddIndexConcurrently"
    elif isinstance(operation, migrations.RunSQL | migrations.RunPython):
        if not getattr(migration, "safe_because", ""):
            yield f"{name} is not understood: say in `safe_because` why old code is not disturbed"
    else:
        yield f"{name} takes away what old code uses: leave it for the release after, with `contract_after`"


def _may_be_left_out(field: Any) -> bool:
    return field.null or field.many_to_many or getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED


def _narrowed(name: str, old: Any, new: Any) -> Iterator[str]:
    """Another type, NULL no longer taken, shorter, or unique where it was not. Choices are no business of the table."""
    if type(old) is not type(new):
        yield f"{name} becomes another type"
    if old.null and not new.null:
        yield f"{name} takes no NULL any more"
    if (new.max_length or 10**9) < (old.max_length or 10**9):
        yield f"{name} becomes shorter"
    if new.unique and not old.unique:
        yield f"{name} becomes unique"


def _is_wider(old: Any, new: Any) -> bool:
    """Whether every row that the removed constraint let through passes this one: the same list with more in it."""
    before, after = _values(old), _values(new)
    return before is not None and after is not None and before[0] == after[0] and before[1] <= after[1]


def _values(constraint: Any) -> tuple[str, set[Any]] | None:
    """The field and the values of `CHECK (field IN values)`."""
    children = getattr(getattr(constraint, "condition", None), "children", ())
    if len(children) != 1 or not isinstance(children[0], tuple) or not children[0][0].endswith("__in"):
        return None
    return children[0][0], set(children[0][1])


def _constraint(state: ProjectState, app: str, operation: Any) -> Any:
    options = state.models[app, operation.model_name_lower].options.get("constraints", [])
    return next((one for one in options if one.name == operation.name), None)


def _is_ours(loader: MigrationLoader, key: tuple[str, str]) -> bool:
    return type(loader.graph.nodes[key]).__module__.startswith("haetae.")


def now() -> str:
    """The file as it must read when everything that is there now is released."""
    loader = MigrationLoader(None)
    leaves = sorted(key for key in loader.graph.leaf_nodes() if _is_ours(loader, key))
    lines = [f'{app} = "{name}"' for app, name in leaves]
    said = "# The newest release and the last migration of each app in it: from `python -m tests.house.expanding`."
    return "\n".join([said, f'version = "{version("haetae")}"', "", "[last]", *lines]) + "\n"


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.test")
    django.setup()
    print(now(), end="")
