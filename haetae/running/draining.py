"""That a web process was told to stop, known wherever it answers: nobody new is to be sent there."""

import os
from pathlib import Path
from typing import Final

# Names a file that is there from the moment at which the web server was told to stop.
TELLS: Final = "HAETAE_WEB_IS_DRAINING"


def is_draining() -> bool:
    file = os.environ.get(TELLS, "")
    return bool(file) and Path(file).exists()
