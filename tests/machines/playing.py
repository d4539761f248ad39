"""Load on every machine, and the three books afterwards."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from tests.faults.books import Faults, Told, compare
from tests.faults.load import Load
from tests.faults.readings import Platform, kept, number_of
from tests.machines.balancer import Balancer
from tests.machines.town import Town, log_completed, until

QUIET_WITHIN_S = 90.0


def known_picture() -> bytes:
    """Make one photograph known; returns a copy of it as others pass it on."""
    from haetae.audit.actor import SYSTEM
    from haetae.detect.matching import Tier
    from haetae.hashbank.actions import add_known_picture
    from haetae.story.pictures import known_original, photo

    original = known_original(photo("coffee"), share=0.7)
    whole = original.fingerprints.perceptual[0]
    add_known_picture(
        list_name="machines",
        tier=Tier.COUNSELLOR_CHECKED,
        sha256=original.fingerprints.sha256,
        pdq=whole.pdq,
        dhash=whole.dhash,
        actor=SYSTEM,
    )
    return original.copy


@dataclass(kw_only=True)
class Result:
    """`answers` is what the form said to everybody; `troubles` what went wrong with the load itself."""

    faults: Faults
    receipts: int
    requests: int
    deliveries: int
    quiet_after_s: float | None
    answers: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)
    longest_silence_s: float = 0.0


@dataclass(kw_only=True)
class Visitors:
    """Everybody who comes to the machines, by the one address that is known to the public."""

    town: Town
    picture: bytes
    balancer: Balancer
    loads: list[Load] = field(default_factory=list)

    def receipts(self) -> int:
        return sum(load.receipts() for load in self.loads)

    def until_more(self, number: int, *, within_s: float = 60.0) -> float:
        before = self.receipts()
        return until(
            lambda: self.receipts() >= before + number, what=f"{number} more receipts", within_s=within_s
        )


@contextmanager
def visited(town: Town, *, seed: int, crowds: int = 1, pause_s: float = 0.3) -> Iterator[Visitors]:
    """Reporters, and people who pass known pictures on."""
    balancer = Balancer(origins=[machine.web_origin for machine in town.machines])
    visitors = Visitors(town=town, picture=known_picture(), balancer=balancer)
    with balancer, ExitStack() as stack:
        for number in range(crowds):
            load = Load(
                web_origin=balancer.origin,
                platform_origin=town.platform_origin,
                picture=visitors.picture,
                seed=seed + 10 * number,
                pause_s=pause_s,
                number_of=number_of,
            )
            visitors.loads.append(stack.enter_context(load))
        yield visitors


def examined(visitors: Visitors) -> Result:
    """Look again and again until the books agree, or the time is up; what is lost or doubled stays so."""
    from types import SimpleNamespace

    town = visitors.town
    whole = SimpleNamespace(platform_origin=town.platform_origin, platform_token=town.platform_token)
    platform = Platform(whole=whole, folder=town.platform_folder)  # type: ignore[arg-type]
    told = [load.told for load in visitors.loads]
    everybody = Told(
        sent=[one for each in told for one in each.sent], posted=[one for each in told for one in each.posted]
    )
    began_s = time.monotonic()
    while True:
        log_completed(town.installation.home)
        seen = platform.seen()
        rows = kept()
        faults = compare(told=everybody, kept=rows, seen=seen)
        took_s = time.monotonic() - began_s
        if not faults or took_s > QUIET_WITHIN_S:
            break
        time.sleep(1.0)
    return Result(
        faults=faults,
        receipts=visitors.receipts(),
        requests=len(rows.requests),
        deliveries=len(seen.asked),
        quiet_after_s=None if faults else took_s,
        answers=sum((load.answers for load in visitors.loads), Counter()),
        troubles=[words for load in visitors.loads for words in load.troubles],
        longest_silence_s=max(load.longest_without_receipt_s for load in visitors.loads),
    )
