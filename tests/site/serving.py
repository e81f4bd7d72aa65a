"""A plain static host for the built site: precompressed files, the build's own headers, any sub-path."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@contextmanager
def serving(site: Path, prefix: str = "/") -> Iterator[str]:
    """Serve the folder below `prefix` on a free port of this machine; gives the address of the home page."""
    headers = json.loads((site / "_headers.json").read_text(encoding="utf-8"))["*"]

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, directory=str(site), **kwargs)

        def do_GET(self) -> None:
            _answer(self, site, prefix)

        def end_headers(self) -> None:
            for name, value in headers.items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing: the test says what went wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(request: SimpleHTTPRequestHandler, site: Path, prefix: str) -> None:
    path = request.path.partition("?")[0]
    file = site / path.removeprefix(prefix) if path.startswith(prefix) else None
    if file is not None and path.endswith("/"):
        file /= "index.html"
    if file is None or not file.is_file():
        status, file = 404, site / "404.html"
    else:
        status = 200
    packed = Path(f"{file}.br")
    accepts = "br" in request.headers.get("Accept-Encoding", "") and packed.is_file()
    body = (packed if accepts else file).read_bytes()
    request.send_response(status)
    request.send_header("Content-Type", request.guess_type(str(file)))
    if accepts:
        request.send_header("Content-Encoding", "br")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)
