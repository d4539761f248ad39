"""`python -m bench.whole.pressed [--rounds 40] [--json]`: does the web process grow with what it is asked?

`bench.whole.soak` asks about a thousand things in an hour; here are ten thousand in some minutes, one after the other:
a hundred pages, a hundred upload checks and fifty reports in a round, and the memory of the process after each. The
first half of the rounds warms up. Exit 1 where the second half grows, with all its interval, faster than
`GROWS_AT_MOST` MiB a thousand requests.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

from bench import pictures, processor
from bench.scratch import whole_in_scratch
from bench.whole.memory import memory_of, slope

GROWS_AT_MOST: Final = 0.5
_PAGES, _CHECKS, _REPORTS = 100, 100, 50
_IN_A_ROUND: Final = _PAGES + _CHECKS + _REPORTS
_READ: Final = ("/console/", "/console/rows/", "/console/reviews/", "/console/tasks/", "/console/health/")
_OPEN: Final = ("/", "/link/", "/healthz")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=40, help="at least 8")
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    if options.rounds < 8:
        asked.error("--rounds takes 8 or more.")
    known = pictures.known_picture()
    copies = pictures.copies(known, count=40, seed=1)
    with whole_in_scratch() as (whole, _):
        from bench.bank import known_in_bank  # noqa: PLC0415 - Django is ready now

        known_in_bank(known)
        asking = _Asking(whole, copies)
        web, own, began_s = whole.supervisor.process_id("web"), [], time.monotonic()
        for _ in range(options.rounds):
            asking.one_round()
            own.append(memory_of(web).own)
    warm = own[options.rounds // 2 :]
    steep = slope([(number * _IN_A_ROUND / 1_000, size) for number, size in enumerate(warm)])
    report: dict[str, Any] = {
        "machine": processor.machine(),
        "asked": dict(asking.answers),
        "took_s": round(time.monotonic() - began_s),
        "own_mib": own,
        "second_half_mib_a_thousand": {name: round(size, 3) for name, size in asdict(steep).items()},
        "grows": steep.low > GROWS_AT_MOST,
    }
    print(json.dumps(report, indent=None if options.json else 2))
    raise SystemExit(1 if report["grows"] else 0)


class _Asking:
    def __init__(self, whole: Any, copies: list[bytes]) -> None:
        from bench.bank import upload_check_token  # noqa: PLC0415
        from bench.whole.soak import signed_in  # noqa: PLC0415
        from tests.faults.visitor import Visitor  # noqa: PLC0415

        self.answers: Counter[str] = Counter()
        self._web, self._platform, self._copies = whole.web_origin, whole.platform_origin, copies
        self._token, self._cookie = upload_check_token(whole.platform_origin), signed_in(whole.web_origin)
        self._visitor = Visitor(web_origin=whole.web_origin)
        self._number = 0

    def one_round(self) -> None:
        for times, what in ((_PAGES, self._page), (_CHECKS, self._check), (_REPORTS, self._report)):
            self._ask(times, what)

    def _ask(self, times: int, what: Callable[[], int]) -> None:
        for _ in range(times):
            self._number += 1
            self.answers[f"{what.__name__.strip('_')} {what()}"] += 1

    def _page(self) -> int:
        from tests.faults.visitor import call  # noqa: PLC0415

        paths = _READ + _OPEN
        path = paths[self._number % len(paths)]
        return call("GET", self._web + path, headers={"Cookie": self._cookie} if path in _READ else {}).status

    def _check(self) -> int:
        from tests.faults.visitor import call  # noqa: PLC0415

        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "image/jpeg",
            "X-Post-Id": f"pressed-{self._number}",
        }
        body = self._copies[self._number % len(self._copies)]
        return call("POST", f"{self._web}/api/upload-check", body=body, headers=headers).status

    def _report(self) -> int:
        form = self._visitor.open_form()
        assert form, "the form did not come"
        answer = self._visitor.send(form, link=f"{self._platform}/p/{self._number:08x}")
        assert self._visitor.receipt(answer), f"answered {answer.status}"
        return answer.status


if __name__ == "__main__":
    main()
