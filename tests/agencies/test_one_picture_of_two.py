"""One picture that two people have told of, at the moment at which one of them ends."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from haetae.agencies.support import receipt
from haetae.agencies.support.actions import OpenCase, open_case
from haetae.agencies.support.destroying.actions import destroy_case
from haetae.agencies.support.models import CaseHash
from haetae.agencies.support.rules import Told
from haetae.agencies.support.steering.actions import settle, withdraw
from haetae.hashbank.rules import NewEntry

_TIMES = 8


def _told_of(number: int) -> OpenCase:
    entry = NewEntry(
        sha256=f"{number + 1:064x}", pdq=f"{number * 7_919 + 5:064x}", dhash=f"{number + 3:064x}"
    )
    return open_case(receipt=receipt.draw(), told=Told(hashes=[entry]))


def _stop(opened: OpenCase) -> None:
    withdraw(opened=opened)
    settle(case_id=opened.case.pk)


def _destroy(opened: OpenCase) -> None:
    destroy_case(opened=opened)


@pytest.mark.parametrize("end", [_destroy, _stop])
def test_who_tells_of_it_while_another_ends_is_looked_for_all_the_same(
    several_at_once: None, end: Callable[[OpenCase], None]
) -> None:
    """Before the entry was held still, most of eight tries left the second person with one that nothing matches."""
    for number in range(_TIMES):
        first, second, gate = _told_of(number), [], threading.Barrier(2)

        def at_once(act: Callable[[], object], gate: threading.Barrier = gate) -> None:
            gate.wait()
            try:
                act()
            finally:
                connections.close_all()

        acts = [lambda one=first: end(one), lambda n=number, kept=second: kept.append(_told_of(n))]
        threads = [threading.Thread(target=at_once, args=[act]) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        row = CaseHash.objects.select_related("known").get(case=second[0].case)
        assert (row.known.withdrawn_at, bool(row.known.pdq)) == (None, True), number
