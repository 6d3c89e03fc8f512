"""What runs replylint elsewhere: the pre-commit hooks, the GitHub action, the GitLab component."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from replylint.readers import READERS, TEMPLATES

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
LOUD = "Guten Tag Frau Kern,\n\nvielen Dank. Ihr Rad ist da!! Brauchen Sie noch etwas?\n\nViele Grüße\nJana Petersen\n"


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


# pre-commit


def hooks() -> dict[str, Any]:
    return {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}


def test_the_hooks_take_every_file_that_is_read() -> None:
    for hook in hooks().values():
        for suffix in {*READERS, *TEMPLATES} - {""}:
            assert re.search(hook["files"], f"mail/antwort{suffix}"), suffix
        assert not re.search(hook["files"], "bild.png")


def test_a_real_pre_commit_run(tmp_path: Path) -> None:
    """`try-repo` installs the project as it stands and runs its hooks on the example templates."""
    shutil.copytree(ROOT / "examples" / "vorlagen", tmp_path / "vorlagen")
    repository = tmp_path / "vorlagen"
    (repository / "package.json").write_text('{"name": "x"}\n', encoding="utf-8")
    (repository / "archiv").mkdir()
    (repository / "archiv" / "alt.txt").write_text(LOUD, encoding="utf-8")
    (repository / "antwort.eml").write_text(
        f"Subject: Ihr Rad\nContent-Type: text/plain; charset=utf-8\n\n{LOUD}", encoding="utf-8"
    )
    (repository / "replylint.toml").write_text('exclude = ["archiv/"]\n', encoding="utf-8")
    env = {
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
        "REPLYLINT_CACHE_DIR": str(tmp_path / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PYTHONPATH": "",
        "NO_COLOR": "1",
    }
    for command in (["init", "-q"], ["add", "."]):
        assert run("git", *command, cwd=repository, env=env).returncode == 0
    result = run(
        BIN / "pre-commit", "try-repo", ROOT, "replylint", "--all-files", "--color", "never", cwd=repository, env=env
    )
    assert result.returncode == 1, result.stdout + result.stderr
    assert "antwort.eml" in result.stdout
    assert "lieferverzug.txt.j2" in result.stdout
    assert "archiv" not in result.stdout
    assert "package.json" not in result.stdout
    result = run(
        BIN / "pre-commit",
        "try-repo",
        ROOT,
        "replylint-fix",
        "--all-files",
        "--color",
        "never",
        cwd=repository,
        env=env,
    )
    assert "files were modified by this hook" in result.stdout
    assert "!!" not in (repository / "mail" / "lieferverzug.txt.j2").read_text(encoding="utf-8")
    assert (repository / "archiv" / "alt.txt").read_text(encoding="utf-8") == LOUD


# GitHub


def action() -> Any:
    return yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def step() -> Any:
    return next(each for each in action()["runs"]["steps"] if each.get("id") == "check")


def test_inputs_reach_the_shell_as_variables_only() -> None:
    assert "${{" not in step()["run"]
    assert set(re.findall(r"inputs\.([\w-]+)", str(step()["env"]))) == set(action()["inputs"])


def run_action(tmp_path: Path, paths: str, args: str) -> subprocess.CompletedProcess[str]:
    """The script of the action, run in this folder with these inputs; the program is the real one, pip is not."""
    stubs = tmp_path / "bin"
    stubs.mkdir(exist_ok=True)
    (stubs / "python").write_text('#!/bin/sh\necho "$@" >>"$STUB_LOG"\n', encoding="utf-8")
    (stubs / "replylint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m replylint "$@"\n', encoding="utf-8")
    for stub in stubs.iterdir():
        stub.chmod(0o755)
    env = {
        "PATH": f"{stubs}{os.pathsep}{os.environ['PATH']}",
        "STUB_LOG": str(tmp_path / "log"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "REPLYLINT_VERSION": "0.1.0",
        "REPLYLINT_PATHS": paths,
        "REPLYLINT_ARGS": args,
        "REPLYLINT_SARIF": "out.sarif",
    }
    return run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step()["run"], cwd=tmp_path, env=env)


@pytest.mark.parametrize(
    ("paths", "args", "status", "lines"),
    [
        ("a.txt\nmit leer.txt", "--select shouting", 1, 2),
        ("gut.txt", "", 0, 0),
        ("a.txt", "--fail-on error --select shouting", 0, 1),
        ("a.txt\nmit leer.txt\n", "--select shouting", 1, 2),
        ("\na.txt\n\n", "--select shouting\n--fail-on error\n", 0, 1),
        ("\n", "--select shouting", 1, 2),
        ("$(touch getroffen)", "", 2, 1),
        ("fehlt.txt", "", 2, 1),
    ],
)
def test_the_shell_of_the_action(tmp_path: Path, paths: str, args: str, status: int, lines: int) -> None:
    for name in ("a.txt", "mit leer.txt"):
        (tmp_path / name).write_text(LOUD, encoding="utf-8")
    (tmp_path / "gut.txt").write_text(LOUD.replace("!!", "."), encoding="utf-8")
    result = run_action(tmp_path, paths, args)
    assert result.returncode == status, result.stderr
    assert len([line for line in result.stdout.splitlines() if line.startswith("::")]) == lines
    assert (tmp_path / "log").read_text() == "-m pip install --quiet replylint==0.1.0\n"
    assert (tmp_path / "output").read_text() == f"status={status}\n"
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith("## replylint")
    assert (tmp_path / "out.sarif").exists()
    assert not (tmp_path / "getroffen").exists()


def test_the_example_workflow_hands_its_folders_to_the_action(tmp_path: Path) -> None:
    workflow = yaml.safe_load((ROOT / "examples/ci/github-workflow.yml").read_text(encoding="utf-8"))
    given = next(each["with"] for each in workflow["jobs"]["replylint"]["steps"] if "OWNER" in each["uses"])
    for folder in ("mail", "chat"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "gut.txt").write_text(LOUD.replace("!!", "."), encoding="utf-8")
    result = run_action(tmp_path, given["paths"], given["args"])
    assert result.returncode == 0, result.stdout
    (tmp_path / "chat" / "laut.txt").write_text(LOUD, encoding="utf-8")
    result = run_action(tmp_path, given["paths"], f"{given['args']} --select shouting")
    assert result.returncode == 1
    assert "file=chat/laut.txt" in result.stdout


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", "examples/ci/github-workflow.yml"),
        ("vendor.gitlab-ci", "examples/ci/gitlab-ci.yml"),
    ],
)
def test_the_files_fit_their_schemas(schema: str, path: str) -> None:
    result = run(BIN / "check-jsonschema", "--builtin-schema", schema, path, cwd=ROOT)
    assert result.returncode == 0, result.stdout


def test_the_component_fits_its_schema_and_takes_its_inputs(tmp_path: Path) -> None:
    text = (ROOT / "templates" / "replylint.yml").read_text(encoding="utf-8")
    header, jobs = yaml.safe_load_all(text)
    inputs = header["spec"]["inputs"]
    assert set(re.findall(r"\$\[\[ inputs\.(\w+) \]\]", text)) == set(inputs)
    filled = re.sub(
        r"\$\[\[ inputs\.(\w+) \]\]", lambda match: str(inputs[match[1]]["default"]), text.partition("---\n")[2]
    )
    (tmp_path / "ci.yml").write_text(filled, encoding="utf-8")
    result = run(BIN / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", tmp_path / "ci.yml", cwd=ROOT)
    assert result.returncode == 0, result.stdout
    (tmp_path / "a.txt").write_text(LOUD, encoding="utf-8")
    script = jobs["replylint"]["script"][1].replace("replylint check", f'"{sys.executable}" -m replylint check', 1)
    result = run(
        "bash", "-c", script, cwd=tmp_path, env={"REPLYLINT_PATHS": "a.txt", "REPLYLINT_ARGS": "--select shouting"}
    )
    assert result.returncode == 1, result.stderr
    for report in ("gl-code-quality.json", "replylint.xml"):
        assert report in str(jobs["replylint"]["artifacts"]["reports"])
        assert (tmp_path / report).stat().st_size > 100
    assert set(yaml.safe_load((ROOT / "examples/ci/gitlab-ci.yml").read_text())["include"][0]["inputs"]) <= set(inputs)


def test_actionlint_has_nothing_to_say() -> None:
    actionlint = shutil.which("actionlint")
    if actionlint is None:
        pytest.skip("actionlint is not installed (go install github.com/rhysd/actionlint/cmd/actionlint@latest)")
    result = run(actionlint, "examples/ci/github-workflow.yml", cwd=ROOT)
    assert result.returncode == 0, result.stdout
