"""The pages with a database of their own: `python -m tests.browser.standing PORT`, until it is told to end."""

import signal
import subprocess
import sys

from haetae.running import installation


def main(port: str) -> int:
    with installation.opened() as here:
        installation.migrate(here)
        granian = ("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port)
        command = [sys.executable, "-m", *granian, "--blocking-threads", "4", "haetae.web.wsgi:application"]
        web = subprocess.Popen([*command, "--log-level", "error"], env=here.environment())
        signal.signal(signal.SIGTERM, lambda *_: web.terminate())
        return web.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
