"""Django's migrations, without building again what no step looks at.

For every table, constraint or index that a migration adds, Django makes the classes of all tables anew that are related
to it, however far off: nine tenths of the time in which empty tables are made. A new class changes none that is there,
and a constraint changes no field: here the class alone is made, or told what it has now. See docs/decisions/0070.
"""

from typing import Any, Final

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState

_CHANGE_NO_FIELD: Final = frozenset({"constraints", "indexes"})


def are_half_way() -> bool:
    """Whether some, not all, of the steps were done that one migration stands for today: the others are gone."""
    loader = MigrationLoader(connection, load=False)
    loader.load_disk()
    done = MigrationRecorder(connection).applied_migrations()
    return any(
        found.replaces
        and key not in done
        and 0 < sum(step in done for step in found.replaces) < len(found.replaces)
        for key, found in loader.disk_migrations.items()
    )


def build_less() -> None:
    """From now on in this process. Call it before a migration runs; twice is once."""
    state: Any = ProjectState
    state.add_model = _add_model
    state._append_option = _append_option
    state._remove_option = _remove_option


def _add_model(state: Any, made: ModelState) -> None:
    key = made.app_label, made.name_lower
    state.models[key] = made
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in vars(state):
        state.apps.render_multiple([made])


def _append_option(state: Any, app_label: str, model_name: str, option_name: str, option: Any) -> None:
    model = state.models[app_label, model_name]
    _set(state, app_label, model_name, option_name, [*model.options[option_name], option])


def _remove_option(state: Any, app_label: str, model_name: str, option_name: str, name: str) -> None:
    model = state.models[app_label, model_name]
    left = [option for option in model.options[option_name] if option.name != name]
    _set(state, app_label, model_name, option_name, left)


def _set(state: Any, app_label: str, model_name: str, option_name: str, options: list[Any]) -> None:
    state.models[app_label, model_name].options[option_name] = options
    if option_name not in _CHANGE_NO_FIELD:
        state.reload_model(app_label, model_name, delay=True)
    elif "apps" in vars(state):
        told = state.apps.get_model(app_label, model_name)._meta
        setattr(told, option_name, list(options))
        told.__dict__.pop("total_unique_constraints", None)
