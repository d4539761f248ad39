"""Django's migrations, without building again what no step looks at.

After every constraint or index that a migration adds, Django makes the class of that model anew, and of all that point
to it: a third of the time in which empty tables are made. A constraint changes no field: here the class that is there
is told what it has now, and nothing else is built. See docs/decisions/0070.
"""

from typing import Any, Final

from django.db.migrations.state import ProjectState

_CHANGE_NO_FIELD: Final = frozenset({"constraints", "indexes"})


def build_less() -> None:
    """From now on in this process. Call it before a migration runs; twice is once."""
    state: Any = ProjectState
    state._append_option = _append_option
    state._remove_option = _remove_option


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
