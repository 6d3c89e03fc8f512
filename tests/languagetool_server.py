"""LanguageTool for tests: the real server, from Maven, and one that says what a test wants it to say."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qs
from urllib.request import ProxyHandler, build_opener

import pytest

CONFIG = "pipelineCaching=true\nmaxPipelinePoolSize=32\npipelineExpireTimeInSeconds=3600\n"
POM = Path(__file__).parent / "languagetool" / "pom.xml"
IN_CI = os.environ.get("CI", "") not in ("", "0", "false")


def unavailable(reason: str) -> NoReturn:
    """There is no real server: in CI that is a failure, else no reason to keep a contributor from working."""
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


def classpath(folder: Path) -> str:
    """The class path of the server, fetched by Maven where it isn't there yet."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            unavailable(f"a real LanguageTool needs {program}, and there is none here")
    target = folder / "classpath.txt"
    command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:build-classpath", f"-Dmdep.outputFile={target}"]
    maven = subprocess.run(command, capture_output=True, text=True, check=False)
    if maven.returncode != 0 or not target.exists():
        unavailable(f"Maven could not fetch LanguageTool: {maven.stdout[-2000:]}{maven.stderr[-2000:]}")
    return target.read_text(encoding="utf-8").strip()


@contextlib.contextmanager
def running(classpath: str, folder: Path) -> Iterator[str]:
    """The address of a real server, as long as it is needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = folder / "server.properties"
    config.write_text(CONFIG, encoding="utf-8")
    command = [
        "java",
        "-cp",
        classpath,
        "org.languagetool.server.HTTPServer",
        "--port",
        str(port),
        "--config",
        str(config),
    ]
    log = folder / "languagetool.log"
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/v2/healthcheck", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    opener = build_opener(ProxyHandler({}))
    end = time.monotonic() + 120
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), opener.open(url, timeout=5):
            return
        time.sleep(0.2)
    unavailable(f"LanguageTool did not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def match(offset: int, length: int, rule: str = "GERMAN_SPELLER_RULE", category: str = "TYPOS",
          issue: str = "misspelling", message: str = "Möglicher Tippfehler gefunden.",
          replacements: Sequence[str] = ()) -> dict[str, Any]:  # fmt: skip
    """A match as LanguageTool writes it; offset and length in UTF-16 units."""
    return {
        "offset": offset,
        "length": length,
        "message": message,
        "replacements": [{"value": each} for each in replacements],
        "rule": {"id": rule, "issueType": issue, "category": {"id": category, "name": category}},
    }


Answer = tuple[int, Mapping[str, str], bytes]


def answer(*matches: Mapping[str, Any], **more: Any) -> Answer:
    """A good answer."""
    return 200, {"Content-Type": "application/json"}, json.dumps({"matches": matches, **more}).encode()


@dataclass
class Fake:
    """A server that answers each request as `respond` says, given the fields of its form. It remembers what it was
    asked, and how many requests it had at once at most."""

    respond: Callable[[Mapping[str, str]], Answer]
    asked: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    most: int = 0
    address: str = ""
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def texts(self) -> list[str]:
        """What it was given to read, as LanguageTool reads it."""
        return [read(form) for form in self.asked]

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        with self._lock:
            self.asked.append(form)
            self.headers.append(dict(handler.headers))
            self.paths.append(handler.path)
            self._now += 1
            self.most = max(self.most, self._now)
        status, headers, data = self.respond(form)
        with self._lock:
            self._now -= 1
        with contextlib.suppress(OSError):  # the client may have given up
            handler.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(data)


def read(form: Mapping[str, str]) -> str:
    """What LanguageTool makes of a request's annotated text: markup counts as what it stands for."""
    pieces = json.loads(form["data"])["annotation"]
    return "".join(piece.get("text", piece.get("interpretAs", "")) for piece in pieces)


@contextlib.contextmanager
def fake(respond: Callable[[Mapping[str, str]], Answer] = lambda form: answer()) -> Iterator[Fake]:
    """A fake server on a free port of the loopback interface."""
    state = Fake(respond)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            state.handle(self)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on stderr."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is what some tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        state.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
