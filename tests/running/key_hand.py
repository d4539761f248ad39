"""`python -m tests.running.key_hand VERB KEY...`: what `haetae keys` does, with shorter waits.

`rotate`; `seed COUNT`, which makes places and then rotates; `retire`; `check`, which retires and then looks at all.
"""

import json
import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

_ANNOUNCED_FOR = timedelta(seconds=2)  # everybody asks each second


@contextmanager
def database():
    from haetae.running import installation

    with installation.opened(may_be_new=False) as here:
        installation.django_ready(replace(here, database_url=here.owner_url))
        yield


def rotate(folder: Path, names: list[str]) -> None:
    from haetae.running.keys import rotating

    for name in names:
        left = rotating.rotate(
            name, folder=folder, database=database, say=lambda words: print(words, flush=True)
        )
        assert not left or name == "receipt-pepper", left
        with database():
            seal()


def retire(folder: Path, names: list[str]) -> None:
    from haetae.common.keys import kinds
    from haetae.running.keys import rotating

    for name in names:
        kinds.KINDS[name] = replace(kinds.KINDS[name], lasts=timedelta())
        for path in rotating.end_former(name, folder=folder, database=database, is_forced=False):
            print(path, flush=True)


def seed(count: int) -> None:
    from haetae.common import clock
    from haetae.common.sealed import search_digest
    from haetae.flow.arrival.models import Sighting
    from haetae.flow.arrival.states import Source

    links = [f"https://older.example/{number}.png" for number in range(count)]
    Sighting.objects.bulk_create(
        Sighting(
            page_url=link,
            media_url=link,
            locator_digest=search_digest(link),
            page_digest=search_digest(link),
            source=Source.REPORT,
            found_at=clock.now(),
        )
        for link in links
    )


def seal() -> None:
    from django.conf import settings

    from haetae.audit.sealer import Sealer
    from haetae.running.loops import HEADS

    sealer = Sealer(key=settings.KEYS.log_key, outside=settings.HAETAE_HOME / HEADS)
    while sealer.seal():
        pass


def check() -> None:
    from django.conf import settings

    from haetae.agencies.support.models import Case
    from haetae.audit.models import Head
    from haetae.audit.verify import verify_log
    from haetae.flow.arrival.models import Sighting
    from haetae.running.keys.rewrapping import needing
    from haetae.running.loops import HEADS

    seal()
    addresses = [row.media_url for row in Sighting.objects.all()]
    log = verify_log(key=settings.KEYS.public_keys("event-log")[0], outside=settings.HAETAE_HOME / HEADS)
    told = {
        "places": len(addresses),
        "different": len(set(addresses)),
        "cases": Case.objects.count(),
        "opened": sum(
            len(settings.KEYS.open_case_key(bytes(case.key_for_custodian or b""), case_id=case.pk)) == 32
            for case in Case.objects.all()
        ),
        "needing": {name: needing(name) for name in ("flow", "custodian", "receipt-pepper")},
        "log": [finding.words for finding in log.findings],
        "heads": Head.objects.count(),
    }
    print(json.dumps(told))


def main() -> None:
    from haetae.common.keys import rotation
    from haetae.running.keys import rotating

    rotation.ANNOUNCED_FOR = rotating.ANNOUNCED_FOR = _ANNOUNCED_FOR  # type: ignore[misc]
    verb, *rest = sys.argv[1:]
    folder = Path(os.environ["HAETAE_KEYS"])
    if verb == "seed":
        with database():
            seed(int(rest.pop(0)))
    {"seed": rotate, "rotate": rotate, "retire": retire, "check": retire}[verb](folder, rest)
    if verb == "check":
        with database():
            check()


if __name__ == "__main__":
    main()
