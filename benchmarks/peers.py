"""The peers that the benchmarks compare with, installed into a folder outside the repository's tracked files.

Usage: python benchmarks/peers.py [NAME …] [--folder FOLDER]

Each is installed as its own makers say, in a fixed version: proselint with pip into a virtual environment, textlint,
write-good and alex with npm, Vale with `go install`, LanguageTool with Maven. The folder is `.peers/` in the
repository, or what $REPLYLINT_PEERS names. replylint itself is among them, with nothing but what it needs, since an
environment full of development tools starts more slowly than a user's.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from measure import FailedError, Sample, user_environment

ROOT = Path(__file__).resolve().parents[1]
PROSELINT = "0.16.0"
VALE = "3.21.0"
LANGUAGETOOL = "6.5"
NPM = {"textlint": "15.8.0", "write-good": "1.0.8", "alex": "11.0.1"}
TEXTLINT_RULES = {
    "textlint-rule-terminology": "5.2.16",
    "textlint-rule-common-misspellings": "1.0.1",
    "textlint-rule-stop-words": "5.2.0",
    "textlint-rule-max-comma": "4.0.0",
    "textlint-rule-no-todo": "2.0.1",
}
"""textlint does nothing without rules; these read any text, as the checks of the other peers do."""
_BIN = "Scripts" if sys.platform == "win32" else "bin"
_EXE = ".exe" if sys.platform == "win32" else ""


class MissingError(Exception):
    """A peer that isn't there; the message says why and what to do."""


def default_folder() -> Path:
    """Where the peers are."""
    return Path(os.environ.get("REPLYLINT_PEERS") or ROOT / ".peers")


@dataclass(frozen=True)
class Peer:
    """A peer: the tool that installs it, how, and the file that is there afterwards."""

    tool: str
    install: Callable[[Path], None]
    proof: str
    version: str


def _call(*words: str | Path, folder: Path | None = None, environment: Mapping[str, str] | None = None) -> None:
    subprocess.run(
        [str(word) for word in words], cwd=folder, env={**user_environment(), **(environment or {})}, check=True
    )


def _venv(folder: Path, packages: Sequence[str]) -> None:
    _call(sys.executable, "-m", "venv", "--clear", folder)
    _call(folder / _BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages)


def _replylint(folder: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    _venv(folder / "replylint", [*project["project"]["dependencies"], *project["build-system"]["requires"]])


def _proselint(folder: Path) -> None:
    _venv(folder / "proselint", [f"proselint=={PROSELINT}"])


def _npm(folder: Path) -> None:
    place = folder / "npm"
    place.mkdir(parents=True, exist_ok=True)
    (place / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    packages = [f"{name}@{version}" for name, version in {**NPM, **TEXTLINT_RULES}.items()]
    _call("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *packages, folder=place)
    rules = {name.removeprefix("textlint-rule-"): True for name in TEXTLINT_RULES}
    (place / ".textlintrc.json").write_text(json.dumps({"rules": rules}), encoding="utf-8")


def _vale(folder: Path) -> None:
    place = folder / "vale"
    place.mkdir(parents=True, exist_ok=True)
    _call(
        "go", "install", f"github.com/vale-cli/vale/v3/cmd/vale@v{VALE}", environment={"GOBIN": str(place.absolute())}
    )


def _languagetool(folder: Path) -> None:
    place = folder / "languagetool"
    place.mkdir(parents=True, exist_ok=True)
    project = ElementTree.Element("project", xmlns="http://maven.apache.org/POM/4.0.0")
    own = {"modelVersion": "4.0.0", "groupId": "replylint", "artifactId": "peers", "version": "1"}
    for name, value in own.items():
        ElementTree.SubElement(project, name).text = value
    dependencies = ElementTree.SubElement(project, "dependencies")
    for artifact in ("languagetool-server", "language-de"):
        dependency = ElementTree.SubElement(dependencies, "dependency")
        for name, value in (("groupId", "org.languagetool"), ("artifactId", artifact), ("version", LANGUAGETOOL)):
            ElementTree.SubElement(dependency, name).text = value
    ElementTree.ElementTree(project).write(place / "pom.xml", encoding="utf-8", xml_declaration=True)
    _call("mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib", folder=place)


PEERS: Mapping[str, Peer] = {
    "replylint": Peer(sys.executable, _replylint, f"replylint/{_BIN}/python{_EXE}", ""),
    "proselint": Peer(sys.executable, _proselint, f"proselint/{_BIN}/proselint{_EXE}", PROSELINT),
    "textlint": Peer("npm", _npm, "npm/node_modules/textlint/bin/textlint.js", NPM["textlint"]),
    "write-good": Peer("npm", _npm, "npm/node_modules/write-good/bin/write-good.js", NPM["write-good"]),
    "alex": Peer("npm", _npm, "npm/node_modules/alex/cli.js", NPM["alex"]),
    "vale": Peer("go", _vale, f"vale/vale{_EXE}", VALE),
    "languagetool": Peer(
        "mvn", _languagetool, f"languagetool/lib/languagetool-server-{LANGUAGETOOL}.jar", LANGUAGETOOL
    ),
}


class Peers:
    """The peers in a folder, as commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def path(self, name: str) -> Path:
        """The file that a peer is started by. Raises MissingError where it isn't installed."""
        path = self.folder / PEERS[name].proof
        if not path.exists():
            raise MissingError(f"not installed; python benchmarks/peers.py {name}")
        return path

    def words(self, name: str) -> tuple[str, ...]:
        """How the command begins; what is to be checked follows. Raises MissingError."""
        path = str(self.path(name))
        node = shutil.which("node") or "node"
        match name:
            case "proselint":
                return path, "check", "-o", "compact"
            case "textlint":
                return node, path, "--config", str(self.folder / "npm/.textlintrc.json"), "--format", "unix"
            case "write-good" | "alex":
                return node, path
            case _:
                return (path,)

    def place_replylint(self) -> tuple[str, ...]:
        """Install the working tree into replylint's environment as a user would get it; how its command begins.
        Raises MissingError."""
        python = self.path("replylint")
        _call(
            python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index",
            "--no-build-isolation", "--force-reinstall", ROOT,
        )  # fmt: skip
        return (str(python.with_name(f"replylint{_EXE}")),)

    def packages(self) -> Path:
        """The folder of the packages in replylint's environment."""
        python = self.path("replylint")
        query = "import sysconfig; print(sysconfig.get_path('purelib'))"
        return Path(subprocess.run([python, "-c", query], capture_output=True, text=True, check=True).stdout.strip())

    @contextmanager
    def languagetool(self) -> Iterator[LanguageTool]:
        """A LanguageTool server on the loopback interface, ready to be asked. Raises MissingError."""
        self.path("languagetool")
        java = shutil.which("java")
        if java is None:
            raise MissingError("java is not installed")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        classes = str(self.folder / "languagetool/lib/*")
        words = [java, "-Xmx2g", "-cp", classes, "org.languagetool.server.HTTPServer", "--port", str(port)]
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            server = LanguageTool(process, port)
            server.await_ready()
            yield server
        finally:
            process.terminate()
            process.wait(20)


class LanguageTool:
    """A running server."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self._url = f"http://127.0.0.1:{port}/v2/check"

    def await_ready(self, seconds: float = 180) -> None:
        """Wait until it answers. Raises MissingError where it doesn't."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._process.poll() is None:
            try:
                self._ask("Das ist ein Satz.")
                return
            except OSError:
                time.sleep(0.2)
        raise MissingError("the server did not start")

    def check(self, texts: Sequence[str]) -> Sample:
        """Have texts checked, one after the other; wall-clock time of the requests, processor time of the server."""
        before, begin = self._cpu(), time.perf_counter()
        try:
            for text in texts:
                self._ask(text)
        except OSError as error:
            raise FailedError(f"languagetool: {error}") from error
        return Sample(time.perf_counter() - begin, self._cpu() - before)

    def _ask(self, text: str) -> None:
        data = urllib.parse.urlencode({"language": "de-DE", "text": text}).encode()
        with urllib.request.urlopen(self._url, data, timeout=60) as answer:
            answer.read()

    def _cpu(self) -> float:
        """Its processor seconds so far; 0 where the system doesn't tell."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


def main() -> int:
    """Install what is named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PEERS))
    parser.add_argument("--folder", type=Path, default=default_folder())
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in PEERS]
    if unknown:
        parser.error(f"no such peer: {', '.join(unknown)} (there are {', '.join(PEERS)})")
    failed = False
    done = set()
    for name in options.names or PEERS:
        peer = PEERS[name]
        if peer.install in done:
            continue
        done.add(peer.install)
        if shutil.which(peer.tool) is None:
            print(f"{name}: {peer.tool} is not installed", file=sys.stderr)
            failed = True
            continue
        print(f"{name} …", flush=True)
        try:
            peer.install(options.folder)
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"{name}: {error}", file=sys.stderr)
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
