"""`python -m sandbox_platform --port 0 --data FOLDER --operator-token-file FILE [--ready-file FILE]`"""

import argparse
import signal
import sys
import threading
from pathlib import Path

from sandbox_platform.access_log import AccessLog
from sandbox_platform.board import Board
from sandbox_platform.handler import Handler
from sandbox_platform.server import BoardServer
from sandbox_platform.storage import FolderInUseError, open_store

SHORTEST_TOKEN = 16


def main() -> int:
    arguments = _arguments()
    try:
        token = read_token(path=arguments.operator_token_file)
        store = open_store(folder=arguments.data)
        server = BoardServer(
            port=arguments.port, client_timeout_s=arguments.client_timeout_s, handler=Handler
        )
    except (OSError, OverflowError, ValueError, FolderInUseError) as error:
        sys.stderr.write(f"sandbox_platform cannot start: {error}\n")
        return 2
    access_log = AccessLog(path=arguments.data / "access.log")
    server.board = Board(store=store, access_log=access_log, origin=server.origin, operator_token=token)
    serve(server=server, ready_file=arguments.ready_file)
    store.close()
    return 0


def serve(*, server: BoardServer, ready_file: Path | None) -> None:
    """Until SIGTERM or SIGINT; what is being served then may finish."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown, daemon=True).start())
    sys.stdout.write(f"sandbox_platform listening on {server.origin}\n")
    sys.stdout.flush()
    if ready_file is not None:
        part = ready_file.with_name(ready_file.name + ".part")
        part.write_text(server.origin, encoding="utf-8")
        part.rename(ready_file)
    with server:
        server.serve_forever(poll_interval=0.1)
        server.drain(for_s=3.0)


def read_token(*, path: Path) -> str:
    token = path.read_text(encoding="utf-8").strip()
    if len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        raise ValueError(
            f"{path} must hold a token of at least {SHORTEST_TOKEN} printable characters without spaces"
        )
    return token


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="sandbox_platform", description="A small picture board to try things against."
    )
    parser.add_argument("--port", type=int, required=True, help="0 takes any free port")
    parser.add_argument("--data", type=Path, required=True, help="folder for everything the board keeps")
    parser.add_argument("--operator-token-file", type=Path, required=True)
    parser.add_argument("--ready-file", type=Path, help="receives the board's origin once it listens")
    parser.add_argument(
        "--client-timeout-s", type=float, default=30.0, help="for one whole request to arrive"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
