"""Habits of the house. Each of these tests fails when somebody, some day, forgets."""

import ast
import re
import subprocess
import tomllib

import pytest
from django.core.management import call_command
from procrastinate.contrib.django import app

from haetae.flow.ends import ENDS
from haetae.flow.next_step import FOLLOWS
from haetae.settings.environment import Environment
from tests.house.code import PACKAGE, ROOT, calls, imports, name_of, sources, tree

FLOW = PACKAGE / "flow"
# Everything that writes rows, besides the actions.
WRITERS = {
    "audit/sealer.py": "the log's own rows",
    "flow/next_step.py": "the mark of a step that was taken",
    "running/backup/rejoining.py": "rows of the log that were recorded once, joined again after a restore",
}
WRITES = re.compile(r"\.(save|create|update|delete|get_or_create|update_or_create|bulk_create|bulk_update)$")


def test_only_actions_write() -> None:
    for path in sources():
        if path.name == "actions.py" or name_of(path) in WRITERS:
            continue
        for name, call in calls(path):
            is_row = re.search(r"objects|request\b|row|sighting|report|assessment|probe|deadline", name)
            assert not (WRITES.search(name) and is_row), f"{name_of(path)}:{call.lineno} writes by {name}"


def test_every_action_that_changes_a_state_records_an_event() -> None:
    recording = {
        "record",
        "_move",
        "_conclude",
        "_new_request",
        "_leave",
        "_end",
        "_resolve",
        "_begin_round",
        "_record_added",
        "add_entries",
        "withdraw_entries",
        "make_known",
        "note_reading",
        "_take",
        "_add",
        "_destroy",
        "set_hold",
        "forget_what_was_told",
        "open_case",
        "add_to_case",
        "_kept",
        "seat_at_operator",
        "end_seat_at_operator",
        "issue_one_time_sign_in",
        "_recorded",
        "_close",
        "_settle",
        "_one_more",
        "keep_draft",
        "_cast",
        "_begin",
        "end_running",
        "_extend",
        "call_back",
        "seat_official",
        "give_way_in",
        "_join",
        "_note",
        "_new_paper",
    }
    # Parts of another change, which records: a due date is its own record, an attempt is numbered, the answer to a
    # delivery is told by the stage that takes it, what is stopped was ended by a change that says so, that
    # somebody has read a message is no change of the case, what a person decided about it was recorded before, and
    # that a case waits again is told by what made it wait, and so is a mail that is
    # planned. Of a trace that is swept away the events stay. Of strangers only their number is kept.
    # Visits to watched pages are counted by the day, and what they bring is recorded for itself.
    # A notice is kept with the attempt that carries it. That people are called is the record of the task.
    # What is done again to a case after a restore is recorded by what does it.
    # A report that is counted for its host was recorded when it came.
    # Words that come under a newer pepper would tell of nothing but that their person came.
    parts = {
        "set_deadline", "meet", "open_delivery", "begin_attempt", "delivered", "stop", "stop_looking",
        "ask_status_again", "adopt", "end_pauses", "release_trial", "messages_seen", "settle",
        "set_term", "forget_sign_ins", "forget_sessions", "wait_again",
        "plan_notice", "wait_until", "end_wait", "month_is_over", "note_stranger", "keep_notice", "call_people",
        "hand_out", "seen", "missed", "later", "destroy_again", "erase_identity_again", "follow_again", "stretch_anew",
        "count_report",
    }  # fmt: skip
    for path in sorted(PACKAGE.rglob("actions.py")):
        for function in (node for node in tree(path).body if isinstance(node, ast.FunctionDef)):
            is_verb = any(ast.unparse(mark) == "transaction.atomic" for mark in function.decorator_list)
            if not is_verb or function.name in parts:
                continue
            called = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
            assert called & recording, (
                f"{name_of(path)}: {function.name} changes something and records nothing"
            )


def recorded_events() -> set[str]:
    """Names in `record(event=...)`; of `f"removal.{after}"` every state that the room can move to."""
    names: set[str] = set()
    for path in sources():
        for name, call in calls(path):
            if name.split(".")[-1] != "record":
                continue
            for keyword in call.keywords:
                if keyword.arg == "event":
                    names |= expanded(keyword.value)
    return names


def expanded(value: ast.expr) -> set[str]:
    if isinstance(value, ast.Constant):
        return {str(value.value)}
    assert isinstance(value, ast.JoinedStr)
    room = str(value.values[0].value).rstrip(".")  # type: ignore[attr-defined]
    from importlib import import_module

    moves = import_module(f"haetae.flow.{room}.states").MOVES
    return {f"{room}.{after}" for targets in moves.values() for after in targets} - {"assessment.open"}


def test_every_event_leads_somewhere_or_is_an_end_by_name() -> None:
    assert recorded_events() == set(FOLLOWS) | set(ENDS)
    assert not set(FOLLOWS) & set(ENDS)


def test_every_job_is_called_by_somebody() -> None:
    app.perform_import_paths()
    ours = {name for name in app.tasks if name.startswith("haetae.")}
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    assert ours
    for name in ours - periodic:
        assert text.count(f'"{name}"') >= 2, f"nobody calls {name}, or nobody does it"


def test_a_job_is_given_ids_and_never_what_somebody_said() -> None:
    given = {
        keyword.arg
        for path in sources()
        for name, call in calls(path)
        if re.fullmatch(r"jobs\.(defer|defer_unless_waiting)", name)
        for keyword in call.keywords
    } - {"one_at_a_time", "priority", "waiting_as"}
    assert given
    assert {name for name in given if name and not name.endswith("_id")} <= {"version"}


def test_every_setting_is_described() -> None:
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    for name in Environment.model_fields:
        assert f"`{name}`" in page, f"docs/running.md does not say what {name} is"


def test_only_a_command_that_names_an_archive_reads_a_bucket_or_starts_ray() -> None:
    own_doors = {
        "archive/buckets.py": {"pyarrow"},
        "archive/cluster.py": {"ray"},
        "archive/forms.py": {"pyarrow"},
    }
    kinds = {"pyarrow", "ray", "boto3", "botocore", "s3fs", "fsspec"}
    for path in sources():
        known = {one.partition(".")[0] for one in imports(path)} & kinds
        assert known <= own_doors.get(name_of(path), set()), f"{name_of(path)} knows {known}"
    files_alone = PACKAGE / "archive" / "forms.py"
    assert "pyarrow.fs" not in set(imports(files_alone)) | {dotted for dotted, _ in calls(files_alone)}


def test_only_the_crawling_room_knows_scrapy_and_the_way_out_that_it_is_given_is_the_door() -> None:
    for path in sources():
        if name_of(path).startswith("connectors/crawling/"):
            continue
        known = {one.partition(".")[0] for one in imports(path)}
        assert not known & {"scrapy", "twisted"}, f"{name_of(path)} knows Scrapy"
    handlers = [path for path in sources() if "BaseDownloadHandler" in path.read_text(encoding="utf-8")]
    assert [name_of(path) for path in handlers] == ["connectors/crawling/handler.py"]


def test_only_the_clock_asks_the_time() -> None:
    asking = re.compile(r"(datetime\.(now|utcnow|today)|date\.today|time\.time|timezone\.now)$")
    for path in sources():
        if name_of(path) == "common/clock.py":
            continue
        for name, call in calls(path):
            assert not asking.search(name), f"{name_of(path)}:{call.lineno} asks the time by {name}"


@pytest.mark.django_db
def test_the_tables_are_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_room_grows_beyond_300_lines() -> None:
    for folder in (PACKAGE, ROOT / "sandbox_platform", ROOT / "tests"):
        for path in sources(folder):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            assert lines <= 300, f"{path.relative_to(ROOT)} has {lines} lines: is there a second room inside?"


def test_every_module_says_what_it_is_for() -> None:
    for path in sources(PACKAGE):
        if path.name == "__main__.py" or path.parent.name == "templatetags":
            continue
        if path.name != "apps.py":
            assert ast.get_docstring(tree(path)), f"{name_of(path)} does not say what it is for"


def test_the_project_speaks_of_itself_alone() -> None:
    """No registry is named and no machine's path stands in a file that is committed."""
    hosts = "|".join(
        ("py" + "pi\\.org", "python" + "hosted\\.org", "registry\\.npm" + "js", "deb\\.de" + "bian")
    )
    paths = r"(^|[^A-Za-z0-9_.])/(" + "|".join(("wo" + "rk", "fa" + "rm", "ro" + "ot")) + ")/"
    for pattern in (hosts, paths):
        found = subprocess.run(
            ["git", "grep", "-nIE", pattern], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert found.returncode in {0, 1, 128}, found.stderr
        assert found.stdout == ""


def test_every_model_that_is_shipped_is_also_installed_and_the_states_of_learning_are_not() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text())
    taken = configuration["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    shipped = {f"models/{card.parent.name}" for card in (ROOT / "models").glob("*/model-card.json")}
    assert shipped
    assert set(taken) == shipped
