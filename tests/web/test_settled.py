"""What a web process loads once is not searched through again while somebody waits for a page."""

import gc

from django.urls import get_resolver

from haetae.web.settled import settle


def test_what_is_loaded_is_put_aside_and_garbage_that_comes_later_is_found():
    class Knot:
        def __init__(self):
            self.itself = self

    before = gc.get_freeze_count()
    try:
        settle()
        assert gc.get_freeze_count() > before + 100_000
        assert "url_patterns" in vars(get_resolver()), "the first page need not read the addresses"
        assert len(gc.get_objects(generation=2)) < 1_000
        Knot()
        assert gc.collect() >= 1
    finally:
        gc.unfreeze()
