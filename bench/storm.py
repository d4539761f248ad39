"""`python -m bench.storm [--reports 1000] [--sources 20] [--json]`: what does a storm of false reports cost victims?

Twice the same: somebody in need reports a picture of theirs, every few seconds, and reads the words of the case. The
second time a thousand reports name one lawful picture on the same platform meanwhile, from twenty networks, none of
which sends enough to be put behind others; half-way its fingerprint is slipped onto a list that machines act on.
What a victim reports is on a list against the abuse of children here (a photograph of coffee plays it): that one
a storm must not hold back.
Exit 0: nobody was asked for the lawful picture, one person has to look at it, every victim's report was taken
and its picture asked for, and p95 of an answer stayed under two seconds; 1: else, and what; 2: it could not start.
"""

import argparse
import json
import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from bench import pictures, processor
from bench.pictures import Known
from bench.scratch import process_ids, whole_in_scratch
from bench.timing import p50_p95
from haetae.running.errors import CannotStartError

_ANSWER_P95_S: Final = 2.0
_EVERY_S: Final = 2.5
_SENDERS: Final = 16
_PATIENCE_S: Final = 120.0
# When watching found it, when the first reported it, when it became known, and once an hour.
_EXAMINED_AT_MOST: Final = 4
# As somebody copies a link on: by another spelling, with a mark of where it came from, to a part of the page.
_SPELLINGS: Final = ("", "#top", "#comments")


@dataclass(kw_only=True)
class Victim:
    """One report of somebody in need; seconds from the moment they opened the form."""

    media: str
    reported_at: datetime
    form_s: float = 0.0
    answer_s: float = 0.0
    words_s: float = 0.0
    trouble: str = ""


@dataclass(kw_only=True)
class Phase:
    victims: list[Victim] = field(default_factory=list)
    used_s: dict[str, float] = field(default_factory=dict)
    wall_s: float = 0.0


def main() -> None:
    asked = argparse.ArgumentParser(
        prog="bench.storm", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--reports", type=int, default=1_000, help="of the one lawful picture; at least 400")
    asked.add_argument("--sources", type=int, default=20, help="networks from which they come")
    asked.add_argument("--a-second", type=float, default=10.0, help="how many of them come in a second")
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    if options.reports < 400 or options.sources < 1:  # half-way it must storm already
        asked.error("--reports takes 400 or more, --sources one or more.")
    os.environ["HAETAE_STORM_REPORTS"] = "100"
    os.environ["HAETAE_CLIENT_ADDRESS_HEADER"] = "X-Forwarded-For"
    known, lawful = pictures.known_picture(), pictures.known_picture("rocket")
    count = round(options.reports / options.a_second / _EVERY_S)
    copies = pictures.copies(known, count=2 * count, seed=1)
    try:
        with whole_in_scratch() as (whole, here):
            report = _Played(whole, here, known, lawful).report(copies, options)
    except CannotStartError as problem:
        raise SystemExit(2) from problem
    print(json.dumps(report, indent=None if options.json else 2))
    raise SystemExit(1 if report["broken"] else 0)


class _Played:
    def __init__(self, whole: Any, here: Any, known: Known, lawful: Known) -> None:
        self._whole, self._here, self._known, self._lawful = whole, here, known, lawful
        self._answers: Counter[str] = Counter()
        self._answers_s: list[float] = []

    def report(self, copies: list[bytes], options: argparse.Namespace) -> dict[str, Any]:
        from bench.series import post  # noqa: PLC0415 - Django is ready now
        from haetae.story.pictures import photo  # noqa: PLC0415

        self._make_known()
        target, _ = post(photo("rocket"), origin=self._whole.platform_origin)
        half = len(copies) // 2
        quiet = self._phase(copies[:half])
        storm = threading.Thread(target=self._storm, args=[target, options])
        storm.start()
        stormy = self._phase(copies[half:])
        storm.join()
        told = {"quiet": self._figures(quiet), "stormy": self._figures(stormy)}
        return {
            "machine": processor.machine(),
            "sources": options.sources,
            "storm": dict(self._answers) | {"an_answer_s": p50_p95(self._answers_s)},
            "at_the_target": self._at(target),
            **told,
            "ratio_of_p95": {
                name: round(told["stormy"][name]["p95"] / told["quiet"][name]["p95"], 2)
                for name in ("form_s", "answer_s", "words_s", "asked_s")
                if told["stormy"][name] and told["quiet"][name].get("p95")
            },
            "broken": self._broken(target, [*quiet.victims, *stormy.victims], told),
        }

    def _make_known(self) -> None:
        from bench.bank import known_in_bank  # noqa: PLC0415
        from haetae.audit.actor import SYSTEM  # noqa: PLC0415
        from haetae.hashbank.actions import keep_list  # noqa: PLC0415
        from haetae.hashbank.states import Purpose  # noqa: PLC0415

        keep_list(name="children", actor=SYSTEM, purpose=Purpose.CSAM)
        known_in_bank(self._known, list_name="children")

    def _slip_in(self) -> None:
        """The lawful picture's fingerprint, as whoever is behind the storm would like it to be known."""
        from bench.bank import known_in_bank  # noqa: PLC0415

        known_in_bank(self._lawful)

    def _phase(self, copies: list[bytes]) -> Phase:
        phase = Phase()
        before = processor.used_s(process_ids(self._whole, self._here))
        began_s = time.monotonic()
        with ThreadPoolExecutor(_SENDERS) as senders:
            for number, picture in enumerate(copies):
                time.sleep(max(0.0, began_s + number * _EVERY_S - time.monotonic()))
                senders.submit(self._in_need, picture, number, phase)
        after = processor.used_s(process_ids(self._whole, self._here))
        phase.wall_s = time.monotonic() - began_s
        phase.used_s = {name: after[name] - before.get(name, 0.0) for name in after}
        self._wait_until_asked(phase)
        return phase

    def _in_need(self, picture: bytes, number: int, phase: Phase) -> None:
        from bench.series import post  # noqa: PLC0415
        from haetae.common import clock  # noqa: PLC0415
        from tests.faults.load import with_bytes_of_its_own  # noqa: PLC0415

        media, _ = post(with_bytes_of_its_own(picture), origin=self._whole.platform_origin)
        victim = Victim(media=media, reported_at=clock.now())
        phase.victims.append(victim)
        try:
            self._report(victim, source=f"198.51.100.{number % 200}", link=media)
        except Exception as trouble:
            victim.trouble = repr(trouble)

    def _report(self, victim: Victim, *, source: str, link: str) -> None:
        from tests.faults.visitor import Visitor  # noqa: PLC0415

        visitor, began_s = Visitor(web_origin=self._whole.web_origin, source=source), time.monotonic()
        form = visitor.open_form()
        assert form, "the form did not come"
        victim.form_s = time.monotonic() - began_s
        while True:
            sent_s = time.monotonic()
            answer = visitor.send(form, link=link)
            victim.answer_s = max(victim.answer_s, time.monotonic() - sent_s)
            if answer.status != 503 or time.monotonic() - began_s > _PATIENCE_S:
                break
            time.sleep(float(answer.headers.get("retry-after", "1")))
        assert visitor.receipt(answer), f"answered {answer.status}"
        victim.words_s = time.monotonic() - began_s

    def _storm(self, target: str, options: argparse.Namespace) -> None:
        from tests.faults.visitor import Visitor  # noqa: PLC0415

        began_s = time.monotonic()

        def one(number: int) -> None:
            time.sleep(max(0.0, began_s + number / options.a_second - time.monotonic()))
            if number == options.reports // 2:
                self._slip_in()
            source = f"203.0.113.{number % options.sources}"
            visitor = Visitor(web_origin=self._whole.web_origin, source=source)
            try:
                form = visitor.open_form()
                sent_s = time.monotonic()
                answer = visitor.send(form, link=target + _SPELLINGS[number % 3]) if form else None
                self._answers_s.append(time.monotonic() - sent_s)
                self._answers["taken" if answer and answer.is_taken else str(answer and answer.status)] += 1
            except Exception as trouble:
                self._answers[type(trouble).__name__] += 1

        with ThreadPoolExecutor(_SENDERS) as senders:
            list(senders.map(one, range(options.reports)))

    def _wait_until_asked(self, phase: Phase) -> None:
        deadline_s = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline_s and len(self._asked_s(phase)) < len(phase.victims):
            time.sleep(0.5)

    def _asked_s(self, phase: Phase) -> list[float]:
        """From the moment at which the form was opened until the operator was asked, of those where it was."""
        from haetae.flow.arrival.queries import sighting_at  # noqa: PLC0415
        from haetae.flow.removal.models import DeletionRequest  # noqa: PLC0415

        found = []
        for victim in phase.victims:
            place = sighting_at(victim.media)
            request = DeletionRequest.objects.filter(sighting=place).first() if place else None
            if request:
                found.append((request.requested_at - victim.reported_at).total_seconds())
        return found

    def _figures(self, phase: Phase) -> dict[str, Any]:
        well = [one for one in phase.victims if not one.trouble]
        asked = self._asked_s(phase)
        return {
            "victims": len(phase.victims),
            "taken": len(well),
            **{
                name: p50_p95([getattr(one, name) for one in well]) if well else {}
                for name in ("form_s", "answer_s", "words_s")
            },
            "asked": len(asked),
            "asked_s": p50_p95(asked) if asked else {},
            "cores_busy": round(sum(phase.used_s.values()) / phase.wall_s, 2),
            "troubles": [one.trouble for one in phase.victims if one.trouble],
        }

    def _at(self, target: str) -> dict[str, int]:
        from haetae.flow.arrival.models import Report  # noqa: PLC0415
        from haetae.flow.arrival.queries import sighting_at  # noqa: PLC0415
        from haetae.flow.assessment.models import Assessment  # noqa: PLC0415
        from haetae.flow.by_hand.models import Storm  # noqa: PLC0415
        from haetae.flow.removal.models import DeletionRequest  # noqa: PLC0415
        from haetae.flow.tasks.models import Task  # noqa: PLC0415

        place = sighting_at(target)
        return {
            "reports_of_it": Report.objects.filter(sightings=place).count() if place else 0,
            "not_looked_up_yet": Report.objects.filter(state="received").count(),
            "examinations": Assessment.objects.filter(sighting=place).count(),
            "requests": DeletionRequest.objects.filter(sighting=place).count(),
            "people_called": Task.objects.filter(sighting_id=place.pk, state="waiting").count()
            if place
            else 0,
            "storms": Storm.objects.count(),
        }

    def _broken(self, target: str, victims: list[Victim], told: dict[str, dict[str, Any]]) -> list[str]:
        at = self._at(target)
        found = [f"{one.media}: {one.trouble}" for one in victims if one.trouble]
        if at["requests"]:
            found.append(f"{at['requests']} requests were made for the lawful picture.")
        if at["people_called"] > 1 or at["storms"] != 1:
            found.append(
                f"{at['people_called']} tasks and {at['storms']} storms came of it, and not one each."
            )
        if self._answers["taken"] != sum(self._answers.values()):
            found.append(
                f"Reports of the storm were answered otherwise than by words: {dict(self._answers)}."
            )
        for name, one in told.items():
            if one["asked"] != one["victims"]:
                found.append(f"{name}: {one['victims'] - one['asked']} victims' pictures were not asked for.")
            if one["answer_s"] and one["answer_s"]["p95"] > _ANSWER_P95_S:
                found.append(f"{name}: a victim waited {one['answer_s']['p95']} s for an answer at p95.")
        return found


if __name__ == "__main__":
    main()
