"""A LanguageTool server of one's own, on a free port of the loopback interface, for as long as a run takes.

language_tool_python knows where LanguageTool is installed, downloads it where it is not, checks Java, and builds the
command. The process is started here: the package tries nine hundred ports in turn where a server can't start, and
throws away what it says.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import IO, TYPE_CHECKING, Any
from urllib.request import ProxyHandler, build_opener

from replylint.engines import EngineError

if TYPE_CHECKING:
    from language_tool_python.download_lt import LocalLanguageTool

_HOST = "127.0.0.1"
_PATIENCE = 60.0  # seconds to come up
_PAUSE = 0.1
_CONFIG = {"pipelineCaching": True, "maxPipelinePoolSize": 32, "pipelineExpireTimeInSeconds": 3600}
"""Without these it prepares its rules anew for each text, which takes seven times as long as to check it."""


@dataclass
class LocalServer:
    """A server that runs: its address, its process, and what that has said; `before` is what SIGTERM did without it."""

    address: str
    process: subprocess.Popen[bytes]
    log: IO[bytes]
    before: Callable[[int, FrameType | None], Any] | int | None = None

    @classmethod
    def started(cls, tell: Callable[..., None]) -> LocalServer:
        """A new server, as soon as it answers. `tell` is told what takes its time. Raises EngineError."""
        try:
            from language_tool_python.config_file import LanguageToolConfig
            from language_tool_python.download_lt import LocalLanguageTool
            from language_tool_python.utils import get_language_tool_download_path
        except ImportError as error:
            raise EngineError("grammar-package") from error
        installed = LocalLanguageTool.get_latest_installed_version()
        tool = installed or LocalLanguageTool.from_version_name()
        if installed is None:
            tell("grammar-download", version=tool.version_name, folder=get_language_tool_download_path())
        _prepare(tool)
        tell("grammar-start")
        for last in (False, True):  # another program may take the port in between
            port = _free_port()
            server = cls._launched(tool.get_server_cmd(port, LanguageToolConfig(dict(_CONFIG))), port)
            try:
                server._wait()
            except EngineError:
                server.stop()
                if last:
                    raise
            except BaseException:
                server.stop()
                raise
            else:
                server._outlive_nobody()
                return server
        raise AssertionError

    @classmethod
    def _launched(cls, command: list[str], port: int) -> LocalServer:
        log = tempfile.TemporaryFile()  # noqa: SIM115 - it is there as long as the process
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        except OSError as error:
            log.close()
            raise EngineError("grammar-local", reason=error.strerror or error) from error
        return cls(f"http://{_HOST}:{port}", process, log)

    def _outlive_nobody(self) -> None:
        """A run that is told to end (a CI job that is cancelled) ends in order, and its server with it."""
        if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            self.before = signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))

    def _wait(self) -> None:
        opener = build_opener(ProxyHandler({}))
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise EngineError("grammar-local", reason=self._last_words())
            with contextlib.suppress(OSError), opener.open(f"{self.address}/v2/healthcheck", timeout=2):
                return
            time.sleep(_PAUSE)
        raise EngineError("grammar-local", reason=f"> {_PATIENCE:g} s")

    def _last_words(self) -> str:
        self.log.seek(0, os.SEEK_SET)
        lines = self.log.read().decode(errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip() and not line.startswith(("\t", " "))]
        return said[-1][:200] if said else f"exit status {self.process.returncode}"

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        if self.before is not None:
            signal.signal(signal.SIGTERM, self.before)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def _prepare(tool: LocalLanguageTool) -> None:
    """Make sure of Java, and of LanguageTool, which may be downloaded for that. Raises EngineError."""
    import requests
    from language_tool_python.exceptions import LanguageToolError

    try:
        tool.download()
    except ModuleNotFoundError as error:  # what the package raises where there is no Java
        raise EngineError("grammar-java") from error
    except (SystemError, SystemExit) as error:  # too old, or unheard of
        raise EngineError("grammar-java-old", reason=error) from error
    except (LanguageToolError, requests.RequestException, OSError, ValueError) as error:
        raise EngineError("grammar-download-failed", reason=error) from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])
