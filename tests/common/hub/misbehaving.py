"""A hub in a process of its own that answers as its repositories are called: `python misbehaving.py FOLDER`.

FOLDER holds model.onnx and model-card.json, which an honest repository gives. It prints its port first.
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"
ELSEWHERE = {
    "plain": "http://93.184.215.14/model.onnx",
    "private": "https://10.0.0.1/model.onnx",
    "metadata": "http://169.254.169.254/latest",
    "file": "file:///etc/passwd",
    "local-name": "https://localhost/model.onnx",
}
STATUS = {"gated": 401, "forbidden": 403, "broken": 500, "nothing": 404}
MISSING = {("no-card", "model-card.json"), ("no-model", "model.onnx")}


class Hub(BaseHTTPRequestHandler):
    folder: Path

    def do_GET(self) -> None:
        parts = self.path.strip("/").split("/")
        if parts[:2] == ["api", "models"]:
            self.commit_of(parts[3], revision=parts[-1])
            return
        kind, file = parts[1], parts[-1]
        assert parts[3] == COMMIT, "asked for what is not pinned"
        if kind in STATUS:
            self.give(b"no", status=STATUS[kind])
        elif (kind, file) in MISSING:
            self.give(b"no", status=404)
        elif file == "model-card.json":
            self.card(kind)
        else:
            self.model(kind)

    def commit_of(self, kind: str, *, revision: str) -> None:
        if kind == "no-commit" or revision == "unknown-branch":
            self.give(b"no", status=404)
        else:
            said = {"no-digest": "main", "list": ["main"]}.get(kind, COMMIT)
            self.give(json.dumps({"sha": said}).encode() if kind != "web-page" else b"<html>")

    def card(self, kind: str) -> None:
        data = (self.folder / "model-card.json").read_bytes()
        said = json.loads(data)
        if kind == "bad-card":
            self.give(json.dumps(said | {"licence": ""}).encode())
        elif kind == "no-text":
            self.give(b"\xff\xfe")
        elif kind == "large-card":
            self.give(b" " * 1_000_001)
        elif kind == "expired":
            self.give(json.dumps(said | {"expires": "2020-01-01"}).encode())
        elif kind == "research":
            self.give(json.dumps(said | {"name": "research", "research_only": True}).encode())
        elif kind == "program":
            kept = {name: one for name, one in said.items() if name not in {"input", "output"}}
            runner = {
                "protocol": 1, "command": ["/bin/sh"], "program": "run.sh", "identity": {"a": "1"},
                "classes": ["a"], "counts": ["a"], "floor": 0.1, "picture_s": 1,
            }  # fmt: skip
            self.give(json.dumps(kept | {"task": "explicit", "thresholds": [], "runner": runner}).encode())
        elif kind == "other":
            self.give(json.dumps(said | {"licence": "another"}).encode())
        else:
            self.give(data)

    def model(self, kind: str) -> None:
        data = (self.folder / "model.onnx").read_bytes()
        if kind in ELSEWHERE:
            self.give(b"", status=302, location=ELSEWHERE[kind])
        elif kind == "moved":
            self.give(b"", status=307, location=self.path.replace("/moved/", "/honest/"))
        elif kind == "circle":
            self.give(b"", status=302, location=self.path)
        elif kind == "wrong-digest":
            self.give(data[:-1] + b"x")
        elif kind == "cut":
            self.give(data[: len(data) // 2], length=len(data))
        elif kind == "cut-unannounced":
            self.give(data[: len(data) // 2], length=None)
        elif kind == "promised":
            self.give(b"", length=10**12)
        elif kind == "zipped":
            self.give(data, encoding="gzip")
        elif kind == "slow":
            self.give(data[:10], length=len(data))
            time.sleep(60)
        elif kind == "endless":
            self.give(b"", length=None)
            while True:
                self.wfile.write(bytes(65_536))
        else:
            self.give(data)

    def give(
        self,
        body: bytes,
        *,
        status: int = 200,
        location: str = "",
        encoding: str = "",
        length: int | None = -1,
    ) -> None:
        """`length` is what is promised: the truth unless it is said, None for nothing."""
        self.send_response(status)
        headers = {"Location": location, "Content-Encoding": encoding}
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(len(body) if length == -1 else length))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


if __name__ == "__main__":
    Hub.folder = Path(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()
