"""`check --fix`, `--unsafe-fixes` and `--diff` as a user meets them: what is written, shown and said, and what isn't."""

from __future__ import annotations

import functools
import os
import pty
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fixing import FORMATS, MARK, fix
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from replylint import fix as fix_module
from replylint import rules
from replylint.cli import fixing, main
from replylint.cli.diff import unified_diff
from replylint.cli.replacing import ChangedMeanwhileError, replace_file

DRAFT = "Guten Tag Frau Kern,\n\nvielen Dank für ihre Nachricht!! Das machen wir leider nicht.\n\nViele Grüße\nJana Petersen"
SAFE = DRAFT.replace("ihre", "Ihre").replace("!!", "!")
UNSAFE = SAFE.replace("Das machen wir leider nicht", "Lassen Sie mich sehen, was wir tun können")
ONLY = ("--select", "negative-phrasing,shouting,pronoun-case", "--isolated")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "REPLYLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    Path("a.txt").write_text(DRAFT, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True, scope="module")
def _built_in_rules_loaded_once() -> Iterator[None]:
    load, kept = rules.load, functools.cache(rules.load)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "load", lambda packs, **_: kept(("de",)) if list(packs) == ["de"] else load(packs))
        yield


def run(*args: str, input: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, ("check", *args, *ONLY), prog_name="replylint", input=input)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


ENVIRONMENT = {**os.environ, "TERM": "xterm", "PYTHONPATH": str(Path(fix_module.__file__).parents[1])}


def process(*args: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "replylint", "check", *args, *ONLY]
    return subprocess.run(command, capture_output=True, check=False, env=ENVIRONMENT, **options)  # type: ignore[call-overload, no-any-return]


def content(name: str = "a.txt") -> str:
    return Path(name).read_bytes().decode("utf-8")


# What is fixed


def test_fix_takes_what_is_safe_and_reports_what_remains() -> None:
    result = run("a.txt", "--fix", "--format", "concise")
    assert (content(), result.exit_code) == (SAFE, 1)
    assert result.stdout == (
        "a.txt:3:33: warning negative-phrasing „Das machen wir leider nicht“ sagt nur, was nicht geht.\n"
    )
    assert result.stderr == (
        "replylint: 2 Funde behoben (1 Datei). 1 weiterer Fund hat eine Umformulierung; „--unsafe-fixes“ nimmt auch "
        "sie, lesen Sie dann bitte gegen.\n"
    )


@pytest.mark.parametrize("args", [("--unsafe-fixes",), ("--fix", "--unsafe-fixes")])
def test_unsafe_fixes_take_rewrites_too(args: tuple[str, ...]) -> None:
    result = run("a.txt", *args)
    assert (content(), result.exit_code) == (UNSAFE, 0)
    assert result.stderr == "replylint: 3 Funde behoben (1 Datei).\n"
    again = run("a.txt", *args)
    assert (content(), again.exit_code, again.stderr) == (UNSAFE, 0, "replylint: Nichts zu beheben.\n")


def test_a_fix_in_english() -> None:
    assert run("a.txt", "--fix", "--lang", "en").stderr == (
        "replylint: 2 findings fixed (1 file). 1 more finding has a rewrite; “--unsafe-fixes” takes it, too, please read "
        "it over then.\n"
    )


def test_quiet_says_nothing_of_fixes() -> None:
    assert run("a.txt", "--fix", "--quiet").stderr == ""
    assert content() == SAFE


def test_a_check_without_fix_writes_nothing() -> None:
    before = Path("a.txt").stat()
    run("a.txt")
    assert (content(), Path("a.txt").stat().st_mtime_ns) == (DRAFT, before.st_mtime_ns)


def test_a_file_without_fixes_is_not_touched() -> None:
    Path("a.txt").write_text(UNSAFE, encoding="utf-8")
    before = Path("a.txt").stat()
    run("a.txt", "--unsafe-fixes")
    assert Path("a.txt").stat().st_mtime_ns == before.st_mtime_ns


def test_what_is_refused_is_told_with_its_place() -> None:
    text = "<p>vielen Dank für Ihre Nachricht. Das machen <b>wir</b> leider nicht.</p>\n"
    Path("a.html").write_text(text, encoding="utf-8")
    result = run("a.html", "--unsafe-fixes", "--fail-on", "never")
    assert content("a.html") == text
    assert result.stderr == (
        "replylint: a.html:1:36: nicht geändert (negative-phrasing): Zwischen den Wörtern steht eine Auszeichnung, die "
        "verloren ginge.\nreplylint: Nichts zu beheben.\n"
    )


# Standard input


def test_standard_input_is_fixed_to_standard_output() -> None:
    result = run("-", "--fix", input=DRAFT.encode())
    assert (result.stdout_bytes, result.exit_code) == (SAFE.encode(), 1)
    assert "negative-phrasing" in result.stderr
    assert "2 Funde behoben" in result.stderr


def test_standard_input_keeps_its_bytes() -> None:
    data = b"\xff\xfe" + DRAFT.replace("\n", "\r\n").encode("utf-16-le")
    assert run("-", "--fix", "--quiet", input=data).stdout_bytes == b"\xff\xfe" + SAFE.replace("\n", "\r\n").encode(
        "utf-16-le"
    )


def test_standard_input_without_fixes_comes_back() -> None:
    result = run("-", "--unsafe-fixes", input=UNSAFE.encode())
    assert (result.stdout_bytes, result.exit_code) == (UNSAFE.encode(), 0)


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"  \n", b"\x81\xff binaer"])
def test_standard_input_that_cannot_be_read_comes_back_as_well(data: bytes) -> None:
    result = run("-", "--fix", input=data)
    assert (result.stdout_bytes, result.exit_code) == (data, 2)


def test_a_library_that_cannot_be_read_comes_back_as_well() -> None:
    result = run("-", "--fix", "--stdin-filename", "a.json", input=b'{"text": ')
    assert (result.stdout_bytes, result.exit_code) == (b'{"text": ', 2)


def test_a_report_of_standard_input_goes_to_its_file() -> None:
    result = run("-", "--fix", "--output", "bericht.txt", input=DRAFT.encode())
    assert result.stdout_bytes == SAFE.encode()
    assert "negative-phrasing" in content("bericht.txt")


# Diffs


def test_a_diff_writes_nothing_and_exits_1() -> None:
    result = run("a.txt", "--diff")
    assert (content(), result.exit_code) == (DRAFT, 1)
    assert result.stdout == (
        "--- a/a.txt\n+++ b/a.txt\n@@ -1,6 +1,6 @@\n Guten Tag Frau Kern,\n \n"
        "-vielen Dank für ihre Nachricht!! Das machen wir leider nicht.\n"
        "+vielen Dank für Ihre Nachricht! Das machen wir leider nicht.\n"
        " \n Viele Grüße\n Jana Petersen\n\\ No newline at end of file\n"
    )
    assert result.stderr.startswith("replylint: 2 Funde lassen sich beheben (1 Datei). 1 weiterer Fund")


def test_fix_and_diff_contradict_each_other() -> None:
    result = run("a.txt", "--diff", "--fix")
    assert (content(), result.exit_code, result.stdout) == (DRAFT, 2, "")
    assert result.stderr == "replylint: --fix und --diff widersprechen sich; bitte nur eines angeben.\n"


def test_a_diff_wins_over_a_configured_fix() -> None:
    Path("replylint.toml").write_text("fix = true\nunsafe-fixes = true\n", encoding="utf-8")
    result = CliRunner().invoke(main, ("check", "a.txt", "--diff", "--no-unsafe-fixes"))
    assert (content(), result.exit_code) == (DRAFT, 1)
    assert "+vielen Dank für Ihre Nachricht! Das machen wir leider nicht." in result.stdout


def test_an_empty_diff_exits_0() -> None:
    Path("a.txt").write_text(SAFE, encoding="utf-8")
    result = run("a.txt", "--diff")
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_diff_of_what_cannot_be_read_exits_2() -> None:
    result = run("a.txt", "fehlt.txt", "--diff")
    assert result.exit_code == 2
    assert result.stdout.startswith("--- a/a.txt\n")


def test_a_diff_of_standard_input() -> None:
    result = run("-", "--diff", "--stdin-filename", "neu.txt", input=DRAFT.encode())
    assert (result.exit_code, result.stdout.splitlines()[:2]) == (1, ["--- a/neu.txt", "+++ b/neu.txt"])


def test_a_diff_goes_to_the_output_file() -> None:
    result = run("a.txt", "--diff", "--output", "a.patch")
    assert result.stdout == ""
    assert content("a.patch").startswith("--- a/a.txt\n")


def on_screen(*args: str) -> str:
    """What `check` with findings shows on a terminal."""
    primary, secondary = pty.openpty()
    command = [sys.executable, "-m", "replylint", "check", *args]
    with subprocess.Popen(command, stdout=secondary, stderr=subprocess.DEVNULL, env=ENVIRONMENT) as child:
        os.close(secondary)
        output = b""
        while True:
            try:
                more = os.read(primary, 4096)
            except OSError:
                break
            if not more:
                break
            output += more
        assert child.wait() == 1
    os.close(primary)
    return output.decode()


def test_a_diff_on_the_screen_is_harmless() -> None:
    Path("a.txt").write_text(DRAFT.replace("Kern", "\x85Kern\x9b31m"), encoding="utf-8")
    output = on_screen("a.txt", "--diff", *ONLY)
    assert "\x9b" not in output
    assert "‹9B›31m" in output
    assert "\x1b[32m+vielen Dank für Ihre" in output


def test_a_diff_on_the_screen_shows_the_comments_that_go() -> None:
    Path("a.txt").write_text("# replylint: ignore emoticon\nGuten Tag Frau Kern,\n\nalles klappt.\n", encoding="utf-8")
    output = on_screen("a.txt", "--diff", "--select", "emoticon,suppressions", "--isolated")
    assert "-# replylint: ignore emoticon" in output


NAMES = ["a.txt", "Entwürfe/für uns.txt", 'mit "Zeichen".txt', "zwei\nZeilen.txt", "tab\tda.txt", "b\\c.txt", "-x.txt"]


def applied(name: str, before: bytes, diff: bytes) -> bytes:
    """A file after `git apply`."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(before)
    git = subprocess.run(["git", "apply", "-"], input=diff, capture_output=True, check=False)
    assert git.returncode == 0, git.stderr.decode()
    return path.read_bytes()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_git_applies_a_diff_of_any_name_and_line_end(name: str, end: str) -> None:
    before, after = (
        (text + "\n").replace("\n", end or "\n").removesuffix("" if end else "\n").encode() for text in (DRAFT, SAFE)
    )
    assert applied(name, before, unified_diff(name, before, after)) == after


def test_git_applies_a_diff_below_the_top_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    (tmp_path / "unten").mkdir()
    monkeypatch.chdir(tmp_path / "unten")
    Path("a.txt").write_text(DRAFT, encoding="utf-8")
    diff = run("a.txt", "--diff").stdout_bytes
    assert applied("a.txt", DRAFT.encode(), diff) == SAFE.encode()


LINES = st.lists(st.sampled_from([b"a", b"b", b"c\r", b"", b"-- ", b"+", b"@@", b"QZ"]), max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, LINES, st.booleans(), st.booleans())
def test_git_applies_any_diff(old: list[bytes], new: list[bytes], old_end: bool, new_end: bool) -> None:
    before = b"\n".join([b"x", *old]) + b"\n" * old_end
    after = b"\n".join([b"x", *new]) + b"\n" * new_end
    diff = unified_diff("a.bin", before, after)
    assert (applied("a.bin", before, diff) if diff else before) == after


@pytest.mark.parametrize("form", FORMATS)
def test_git_makes_of_a_diff_what_fix_writes(form: str) -> None:
    text = "Guten Tag,\n\ndas ist QZ0QZ so.\nUnd das QZ1QZ auch.\n\n" + "Noch eine Zeile.\n" * 9 + "\nGrüße QZ2QZ hier"
    name, data = FORMATS[form](text)
    result = fix(name, data, {0: "eins", 1: "zwei zwei", 2: "drei"})
    assert len(result.made) == 3
    assert not MARK.search(result.source.text)
    assert applied(name, data, unified_diff(name, data, result.data)) == result.data


# Writing


def test_a_written_file_keeps_its_mode_and_its_link_and_leaves_nothing_beside_it(folder: Path) -> None:
    Path("ziel.txt").write_text(DRAFT, encoding="utf-8")
    Path("ziel.txt").chmod(0o640)
    Path("link.txt").symlink_to("ziel.txt")
    assert run("link.txt", "--fix").exit_code == 1
    assert Path("link.txt").is_symlink()
    assert (content("ziel.txt"), stat.S_IMODE(Path("ziel.txt").stat().st_mode)) == (SAFE, 0o640)
    assert sorted(each.name for each in folder.iterdir()) == ["a.txt", "link.txt", "ziel.txt"]


def test_a_written_file_keeps_its_owner_and_may_have_a_long_name() -> None:
    path = Path(f"{'n' * 251}.txt")
    path.write_text(DRAFT, encoding="utf-8")
    if os.getuid() == 0:  # only root can give files away
        os.chown(path, 1234, 2345)
    before = path.stat()
    run(str(path), "--fix")
    after = path.stat()
    assert (content(str(path)), after.st_uid, after.st_gid) == (SAFE, before.st_uid, before.st_gid)


def test_a_read_only_file_stays_as_it_is() -> None:
    Path("a.txt").chmod(0o444)
    Path("b.txt").write_text(DRAFT, encoding="utf-8")
    result = run("a.txt", "b.txt", "--fix", "--format", "concise")
    assert (content(), content("b.txt"), result.exit_code) == (DRAFT, SAFE, 2)
    assert result.stderr.startswith(
        "replylint: a.txt: lässt sich nicht schreiben (die Berechtigung fehlt); die Datei ist unverändert.\n"
    )
    assert "a.txt:3" in result.stdout
    assert "shouting" in result.stdout


def test_a_file_that_changed_meanwhile_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    fixed = fix_module.fixed

    def slowly(*args: object) -> object:
        result = fixed(*args)  # type: ignore[arg-type]
        Path("a.txt").write_text("Von jemand anderem.", encoding="utf-8")
        return result

    monkeypatch.setattr(fixing, "fixed", slowly)
    result = run("a.txt", "--fix")
    assert (content(), result.exit_code) == ("Von jemand anderem.", 2)
    assert result.stderr.startswith(
        "replylint: a.txt: wurde inzwischen geändert und bleibt, wie sie ist; bitte noch einmal starten.\n"
    )


def test_a_full_disk_loses_nothing(folder: Path) -> None:
    text = DRAFT + "\n" + "x" * 9000
    Path("a.txt").write_text(text, encoding="utf-8")

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    result = process("a.txt", "--fix", "--no-cache", preexec_fn=no_room)
    assert (content(), result.returncode) == (text, 2)
    assert (
        "a.txt: lässt sich nicht schreiben (dafür ist kein Platz); die Datei ist unverändert." in result.stderr.decode()
    )
    assert [each.name for each in folder.iterdir()] == ["a.txt"]


def test_replacing_needs_the_old_bytes() -> None:
    with pytest.raises(ChangedMeanwhileError):
        replace_file("a.txt", b"anders", b"neu")
    assert content() == DRAFT


def test_a_configured_library_is_fixed_as_such() -> None:
    Path("replylint.toml").write_text('[[libraries]]\nfiles = "*.json"\nbody = "$.x[*].antwort"\n', encoding="utf-8")
    Path("b.json").write_text('{"x": [{"antwort": "Das geht so!!", "text": "Das bleibt so!!"}]}', encoding="utf-8")
    result = CliRunner().invoke(main, ("check", "b.json", "--fix", "--select", "shouting"))
    assert result.exit_code == 0, result.output
    assert content("b.json") == '{"x": [{"antwort": "Das geht so!", "text": "Das bleibt so!!"}]}'
