"""F15: a newer release comes while people report: its tables are made beside running code, and the old processes go."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.faults.scenario import Outcome, Stage

if TYPE_CHECKING:
    from tests.machines.playing import Result, Visitors
    from tests.machines.town import Machine, Town

SAYS: Final = "a newer release migrates under load, comes up, and the older one is told to stop"
_BESIDE: Final = ("worker", "timekeeper", "sealer")
_DRAIN_S: Final = 4.0
_TOO_OLD: Final = "the tables are not those of this code"


def play(stage: Stage) -> Outcome:
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "haetae.settings.dev"
    from tests.machines.newer import newer
    from tests.machines.town import built, until

    receipts = 250 if stage.full else 4
    code = newer(stage.folder / "newer")
    with built(stage.folder / "town", machines=1) as town:
        from tests.machines.playing import examined, visited

        machine = town.machines[0]
        machine.start_web("old-web", HAETAE_DRAIN_S=str(_DRAIN_S))
        for name in _BESIDE:
            machine.start(f"old-{name}", name)
        until(machine.ready, what="the old pages")
        crowds = 4 if stage.full else 1
        with visited(town, seed=stage.chance.randrange(10_000), crowds=crowds) as visitors:
            visitors.until_more(receipts)
            counts, broken = _upgraded(town, machine, visitors, code, receipts=receipts)
        result = examined(visitors)
        counts |= {
            "turned_away": visitors.balancer.turned_away,
            "readiness": str(dict(visitors.balancer.words)),
        }
        ours = _written_by_newer()
    broken += _objections(result, ours)
    return Outcome(counts={**counts, **_counted(result), "reports_by_newer_code": ours}, broken=broken)


def _upgraded(
    town: "Town", machine: "Machine", visitors: "Visitors", code: Path, *, receipts: int
) -> tuple[dict[str, Any], list[str]]:
    from tests.machines.newer import WORD
    from tests.machines.town import free_port, until

    broken: list[str] = []
    old_origin = machine.web_origin
    machine.start_web("new-web", port=free_port(), code=code, HAETAE_DRAIN_S=str(_DRAIN_S))
    balancer = visitors.balancer
    balancer.origins.append(machine.web_origin)
    until(lambda: balancer.words[_TOO_OLD], what="the newer pages to find the older tables")
    if machine.asked("/healthz") != 200:
        broken.append("The newer pages do not live beside older tables.")
    if balancer.words[WORD]:
        broken.append("The newer pages said that they are ready beside older tables.")
    migrated_s = _migrated(town, code)
    ready_s = until(lambda: balancer.words[WORD], what="the newer pages to be ready")
    for name in _BESIDE:
        machine.start(f"new-{name}", name, code=code)
    visitors.until_more(receipts)
    late = _half_a_form(old_origin, town)
    ends: dict[str, float] = {}
    for name in ("web", *_BESIDE):
        began_s = time.monotonic()
        machine.told_to_stop(f"old-{name}")
        status = machine.ended(f"old-{name}")
        ends[f"{name}_ended_s"] = round(time.monotonic() - began_s, 1)
        if status != 0:
            broken.append(f"The old {name} ended with {status}: {_last_words(machine, f'old-{name}')}")
    answer = late()
    if answer is None or not answer.is_taken:
        broken.append(f"A form of which half was there at the stop was not answered: {answer}")
    if not balancer.words["draining"]:
        broken.append("The old pages never said that they are ending.")
    balancer.origins.remove(old_origin)
    visitors.until_more(receipts)
    return {"migrated_s": round(migrated_s, 1), "ready_after_s": round(ready_s, 1), **ends}, broken


def _migrated(town: "Town", code: Path) -> float:
    """As `haetae setup` of the newer release does it; returns how long it took."""
    told = {
        **os.environ,
        **town.installation.environment(),
        "DATABASE_URL": town.installation.owner_url,
        "PYTHONPATH": str(code),
    }
    began_s = time.monotonic()
    command = [sys.executable, "-m", "haetae.running.migrate"]
    subprocess.run(command, env=told, cwd=code, check=True, capture_output=True, text=True)
    return time.monotonic() - began_s


def _half_a_form(origin: str, town: "Town") -> Any:
    """The rest of it comes when the old pages have stopped taking anybody new; returns what waits for the answer."""
    from tests.faults.visitor import Visitor
    from tests.machines.slow import SlowForm, after

    visitor = Visitor(web_origin=origin)
    form = visitor.open_form()
    assert form is not None, "the old pages gave no form"
    slow = SlowForm(visitor=visitor, form=form, link=f"{town.platform_origin}/p/slow")
    slow.send_half()
    thread, came = after(_DRAIN_S + 1.0, slow)

    def answer() -> Any:
        thread.join(30)
        return came[0] if came else None

    return answer


def _written_by_newer() -> int:
    from tests.machines.newer import written_by_newer

    return written_by_newer()


def _counted(result: "Result") -> dict[str, Any]:
    kinds = result.answers
    return {
        "receipts": result.receipts,
        "answers_5xx": sum(n for kind, n in kinds.items() if kind.startswith(("503", "unexpected 5"))),
        "no_answer": sum(n for kind, n in kinds.items() if kind.startswith("no answer")),
        "longest_silence_s": round(result.longest_silence_s, 1),
        "requests": result.requests,
        "quiet_after_s": -1 if result.quiet_after_s is None else round(result.quiet_after_s, 1),
        **{name: count for name, count in result.faults.counts().items() if name != "reports_not_looked_up"},
    }


def _objections(result: "Result", ours: int) -> list[str]:
    broken = [f"{name}: {found[:3]}" for name, found in vars(result.faults).items() if found]
    broken += [f"The load itself broke: {trouble}" for trouble in result.troubles]
    # A visitor who waits too long on a busy computer may lose patience; what was cut off or refused is another matter.
    bad = {
        kind: n for kind, n in result.answers.items() if kind not in ("receipt", "no answer: TimeoutError")
    }
    if bad:
        broken.append(f"Reporters were not served at once: {bad}")
    if not ours:
        broken.append("The newer code has taken nothing in: nothing was shown.")
    return broken


def _last_words(machine: "Machine", name: str) -> str:
    return (machine.home / f"{name}.log").read_text()[-500:]
