from collections.abc import Iterator

import pytest

from haetae.detect import OpenerPool


@pytest.fixture(scope="module")
def openers() -> Iterator[OpenerPool]:
    with OpenerPool() as pool:
        yield pool
