from collections.abc import Iterator

import pytest

from bench.peers.ask import Peers


@pytest.fixture(scope="session")
def peers() -> Iterator[Peers]:
    """Fails with a sentence that names `make peers` where they are not installed."""
    with Peers() as asked:
        yield asked
