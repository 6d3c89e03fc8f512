"""What is left out: patterns as git reads them, `.gitignore` files, and files that are named."""

from __future__ import annotations

import ntpath
from pathlib import Path
from types import SimpleNamespace

import pytest
from folders import REFUSAL, paths, put, run

from replylint import globs
from replylint.globs import Globs, Ignore


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


TREE = ("a.txt", "b.md", "x/a.txt", "x/y/a.txt", "build/a.txt", "build/keep/a.txt", "y/build/b.md", "y/x.txt")


# What `git ls-files --others --exclude-standard` leaves out in a repository with that .gitignore.
@pytest.mark.parametrize(
    ("patterns", "left_out"),
    [
        (["build/"], ["build/a.txt", "build/keep/a.txt", "y/build/b.md"]),
        (["/build"], ["build/a.txt", "build/keep/a.txt"]),
        (["y/build"], ["y/build/b.md"]),
        (["*.txt", "!a.txt"], ["y/x.txt"]),
        (["/x", "!x/a.txt"], ["x/a.txt", "x/y/a.txt"]),
        (["/x/*", "!/x/a.txt"], ["x/y/a.txt"]),
        (["build/*", "!build/keep/"], ["build/a.txt"]),
        (["*", "!*/", "!*.md"], ["a.txt", "x/a.txt", "x/y/a.txt", "build/a.txt", "build/keep/a.txt", "y/x.txt"]),
        (["**/y"], ["x/y/a.txt", "y/build/b.md", "y/x.txt"]),
        (["x/**"], ["x/a.txt", "x/y/a.txt"]),
        (["[ab].md", "# a.txt", ""], ["b.md", "y/build/b.md"]),
        (["a.txt/"], []),
        (["!a.txt"], []),
    ],
)
def test_patterns_mean_what_they_mean_to_git(patterns: list[str], left_out: list[str]) -> None:
    put(dict.fromkeys(TREE, REFUSAL))
    rest = sorted(set(TREE) - set(left_out))
    put({".gitignore": "\n".join(patterns)})
    assert sorted(paths(".")) == rest
    Path(".gitignore").unlink()
    put({"replylint.toml": f"exclude = {[each for each in patterns if each]!r}\n"})
    assert sorted(paths(".")) == rest
    assert sorted(paths("--force-exclude", *TREE)) == rest


def test_nested_gitignores() -> None:
    put(dict.fromkeys(TREE, REFUSAL))
    put(
        {
            ".gitignore": "a.txt\n/keep\n",
            "x/.gitignore": "!a.txt\n",
            "build/.gitignore": "/keep/\n",
            "y/.gitignore": "*\n",
        }
    )
    assert paths(".") == ["b.md", "x/a.txt", "x/y/a.txt"]
    assert paths("x", "build") == ["x/a.txt", "x/y/a.txt", "build/a.txt"], "without a repository, those below count"


def test_gitignores_above_in_the_same_repository() -> None:
    put(dict.fromkeys(("r/s/a.txt", "r/s/b.txt", "r/s/t/c.txt"), REFUSAL))
    put(
        {
            ".gitignore": "b.txt\n",
            "r/.gitignore": "a.txt\n",
            "r/.git/HEAD": "",
            "r/s/t/.git": "",
            "r/s/t/c.txt": REFUSAL,
        }
    )
    put({"r/s/t/a.txt": REFUSAL})
    assert paths("r/s") == ["r/s/b.txt", "r/s/t/a.txt", "r/s/t/c.txt"], "t is a repository of its own"
    put({"replylint.toml": "respect-gitignore = false\n"})
    assert paths("r/s") == ["r/s/a.txt", "r/s/b.txt", "r/s/t/a.txt", "r/s/t/c.txt"]


def test_what_is_named_is_read() -> None:
    put(
        {
            "replylint.toml": 'exclude = ["alt/", "*.md"]\n',
            ".gitignore": "neu/\n",
            "alt/a.txt": REFUSAL,
            "neu/a.txt": REFUSAL,
        }
    )
    put({"alt/b.md": REFUSAL, "c.md": REFUSAL})
    assert paths("alt/a.txt", "neu/a.txt", "c.md") == ["alt/a.txt", "neu/a.txt", "c.md"]
    assert paths("alt", "neu") == ["alt/a.txt", "alt/b.md", "neu/a.txt"], (
        "what leaves out the folder is not asked in it"
    )
    assert paths("alt/a.txt", "neu/a.txt", "c.md", "--force-exclude") == ["neu/a.txt"]
    assert paths("alt", "--force-exclude") == []
    result = run("check", "c.md", "--force-exclude")
    assert (result.exit_code, result.stderr) == (0, "")
    said = run("check", "c.md", "--force-exclude", "--verbose").stderr
    assert said == "replylint: c.md: in der Konfiguration ausgenommen (exclude)\n"


def test_force_exclude_in_the_configuration_and_for_standard_input() -> None:
    put({"replylint.toml": 'exclude = ["*.md"]\nforce-exclude = true\n', "c.md": REFUSAL})
    assert paths("c.md") == []
    assert paths("c.md", "--no-force-exclude") == ["c.md"]
    assert run("check", "-", "--stdin-filename", "c.md", "--quiet", input=REFUSAL).stdout == ""
    assert run("check", "-", "--quiet", "--fail-on", "never", input=REFUSAL).stdout != ""


@pytest.mark.parametrize(
    ("key", "pattern", "message"),
    [
        ("exclude", "alt\\\\neu", "„exclude“: In „alt\\neu“ bitte „/“ statt „\\“ schreiben, auch unter Windows"),
        (
            "templates",
            "alt\\\\*.txt",
            "„templates“: In „alt\\*.txt“ bitte „/“ statt „\\“ schreiben, auch unter Windows",
        ),
        ("exclude", "!", "„exclude“: Das Muster „!“ ist unvollständig"),
    ],
)
def test_patterns_that_can_not_be_meant(key: str, pattern: str, message: str) -> None:
    put({"replylint.toml": f'{key} = ["{pattern}"]\n', "a.txt": REFUSAL})
    assert run("check", "a.txt").stderr.splitlines()[0] == f"replylint.toml:1: {message}"


def test_an_escaped_mark_is_a_pattern() -> None:
    put(
        {
            "replylint.toml": "exclude = ['\\!a.txt', '\\#b.txt']\n",
            "!a.txt": REFUSAL,
            "#b.txt": REFUSAL,
            "c.txt": REFUSAL,
        }
    )
    assert paths(".") == ["c.txt"]


def test_lines_of_a_gitignore_that_mean_nothing() -> None:
    put({".gitignore": "\ufeff!\n\n# x\nb.txt\r\n\\\n", "a.txt": REFUSAL, "b.txt": REFUSAL})
    assert paths(".") == ["a.txt"]


def test_paths_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(globs, "os", SimpleNamespace(path=ntpath, sep="\\"))
    assert Globs("C:\\texte", ("vorlagen/*.txt",)).match("C:\\texte\\vorlagen\\a.txt")
    assert not Globs("C:\\texte", ("vorlagen/*.txt",)).match("D:\\texte\\vorlagen\\a.txt")
    ignore = Ignore("C:\\texte", ("alt/",))
    assert ignore.excludes("C:\\texte\\x\\alt\\a.txt")
    assert not ignore.excludes("C:\\texte\\alt.txt")
    assert not ignore.excludes("C:\\alt\\a.txt")


def test_pathspec_is_imported_for_patterns_only(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.delitem(sys.modules, "pathspec", raising=False)
    put({"replylint.toml": 'templates = ["x"]\n', "a.txt": REFUSAL, "x/b.txt": REFUSAL})
    run("check", ".", "--force-exclude")
    assert "pathspec" not in sys.modules
