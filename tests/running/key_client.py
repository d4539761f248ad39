"""`python -m tests.running.key_client FILE`: what pages and workers do with keys, round after round, until SIGTERM.

Writes one JSON object into FILE after each round: how many rounds, and the first thing that went wrong, if any did.
"""

import json
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django

_STOP = False


def main() -> None:
    django.setup()
    told: dict[str, Any] = {"rounds": 0, "wrong": "", "places": 0, "slowest_ms": 0}
    client = Client()

    def stop(_signal: int, _frame: object) -> None:
        global _STOP  # noqa: PLW0603 - a handler has no other way
        _STOP = True

    signal.signal(signal.SIGTERM, stop)
    while not _STOP and not told["wrong"]:
        began_s = time.monotonic()
        try:
            client.round()
        except Exception as wrong:
            told["wrong"] = f"round {told['rounds']}: {type(wrong).__name__}: {wrong}"
        told["slowest_ms"] = max(told["slowest_ms"], int((time.monotonic() - began_s) * 1000))
        told["rounds"] += 1
        told["places"] = len(client.places)
        _tell(told)


def _tell(told: dict[str, Any]) -> None:
    """The whole of it or what was told before: whoever reads may come at any moment."""
    file = Path(sys.argv[1])
    new = file.with_suffix(".new")
    new.write_text(json.dumps(told))
    new.replace(file)


class Client:
    """Remembers what it was given, and wants the same of it at every later moment."""

    def __init__(self) -> None:
        from haetae.agencies.support import receipt
        from haetae.agencies.support.actions import open_case
        from haetae.agencies.support.rules import Told
        from haetae.agencies.support.states import Text
        from haetae.common.answer_links import AnswerLink
        from haetae.web.carried import seal_for_browser

        self.places: dict[str, UUID] = {}
        self.bits = receipt.draw()
        self.told = Told(texts={Text.STORY: "a pattern of stripes"})
        self.opened = open_case(receipt=self.bits, told=self.told)
        self.about = uuid4()
        self.carried = seal_for_browser(b"what a browser carries", about=self.about)
        self.link = AnswerLink(
            request_id=uuid4(),
            operator_id=uuid4(),
            number=0,
            over_at=datetime.now(UTC).replace(microsecond=0) + timedelta(days=1),
        )
        self.token = self.link.token()

    def round(self) -> None:
        from django.conf import settings

        from haetae.agencies.support.actions import open_case
        from haetae.agencies.support.models import Case
        from haetae.agencies.support.queries import case_of_receipt, texts_of
        from haetae.common.answer_links import read_token
        from haetae.flow.arrival.actions import register_sighting
        from haetae.flow.arrival.models import Sighting
        from haetae.flow.arrival.queries import sighting_at
        from haetae.flow.arrival.states import Source
        from haetae.web.carried import open_from_browser

        # Two clients at the same moment name the same place.
        media = f"https://board.example/pictures/{int(time.time() * 10)}.png"
        place = register_sighting(page_url=f"{media}.html", media_url=media, source=Source.REPORT)
        assert self.places.setdefault(media, place) == place, "one place became two"
        for known, was in list(self.places.items())[:: max(1, len(self.places) // 5)]:
            found = sighting_at(known)
            assert found is not None, f"{known} is not found any more"
            assert found.pk == was, "the same place is another row"
            assert Sighting.objects.get(pk=was).media_url == known
            again = register_sighting(page_url=f"{known}.html", media_url=known, source=Source.REPORT)
            assert again == was, "a place that is known was registered anew"
        by_words = case_of_receipt(self.bits)
        assert by_words is not None, "the words open nothing"
        assert by_words.key == self.opened.key
        assert [one.text for one in texts_of(by_words)] == ["a pattern of stripes"]
        same = open_case(receipt=self.bits, told=self.told)
        assert same.case.pk == self.opened.case.pk, "the same form made a second case"
        row = Case.objects.get(pk=self.opened.case.pk)
        by_custodian = settings.KEYS.open_case_key(bytes(row.key_for_custodian or b""), case_id=row.pk)
        assert by_custodian == self.opened.key
        assert open_from_browser(self.carried, about=self.about) == b"what a browser carries"
        assert read_token(self.token) == self.link
        time.sleep(0.25)


if __name__ == "__main__":
    main()
