"""What a folder holds, as far as a first configuration needs to know."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from replylint.cli.excluded import Excluded
from replylint.cli.files import Input, InputError, find, load, shown
from replylint.config import Configs
from replylint.draft import Address, Draft
from replylint.globs import inside
from replylint.source import UnreadableError

MOST_FILES = 2000
"""So many files are looked at; more would tell nothing new."""

_NO_REPLY = re.compile(
    r"(?:readme|changelog|changes|history|contributing|licen[cs]e|lizenz|code_of_conduct|security|authors|notice|todo"
    r"|liesmich|requirements[\w.-]*|robots|cmakelists|support|governance|pull_request_template|claude|agents)"
    r"(?:\.\w+)?",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(r"archive?|alt|old|veraltet|deprecated", re.IGNORECASE)
_TEMPLATE_FOLDER = re.compile(r".*(?:vorlage|template|baustein|snippet|macro|makro|canned|macros).*", re.IGNORECASE)
_CI = (
    ("GitHub Actions", ".github/workflows"),
    ("GitLab CI", ".gitlab-ci.yml"),
    ("Azure Pipelines", "azure-pipelines.yml"),
    ("Bitbucket Pipelines", "bitbucket-pipelines.yml"),
    ("CircleCI", ".circleci/config.yml"),
    ("Jenkins", "Jenkinsfile"),
    ("Woodpecker", ".woodpecker.yml"),
    ("Forgejo Actions", ".forgejo/workflows"),
)
PRE_COMMIT = ".pre-commit-config.yaml"


@dataclass
class Survey:
    """What was found; names and patterns are relative to the folder, with `/`."""

    files: int = 0
    drafts: int = 0
    templates: list[str] = field(default_factory=list)
    """Globs of the files that are templates."""
    no_replies: list[str] = field(default_factory=list)
    """Patterns of texts that are no replies (a README)."""
    libraries: list[tuple[str, int]] = field(default_factory=list)
    """Each with how many replies it has."""
    without: list[tuple[str, str | None]] = field(default_factory=list)
    """Structured files in German without a reply that was recognised, and where they most likely have them."""
    unreadable: list[str] = field(default_factory=list)
    archives: list[str] = field(default_factory=list)
    """Folders of old texts."""
    addresses: Counter[Address] = field(default_factory=Counter)
    pre_commit: bool = False
    hooked: bool = False
    """Whether replylint is among the hooks."""
    ci: list[str] = field(default_factory=list)
    partial: bool = False
    """Whether there was more than was looked at."""

    @property
    def house_form(self) -> Address | None:
        """Sie or du, where enough replies show it and nearly all agree; „ihr“ goes with du."""
        sie, du = self.addresses[Address.SIE], self.familiar
        if sie + du < _ENOUGH or min(sie, du) * 10 > sie + du:
            return None
        return Address.SIE if sie > du else Address.DU

    @property
    def familiar(self) -> int:
        """How many replies say du or ihr."""
        return self.addresses[Address.DU] + self.addresses[Address.IHR]


_ENOUGH = 5


def look(folder: str, lang: str) -> Survey:
    """What a folder holds. What `.gitignore` leaves out is left out here, too."""
    survey = Survey()
    _tools(folder, survey)
    texts: dict[str, bool] = {}  # files with one reply each, and whether it has placeholders
    docs = []
    found = find([folder], lang, lambda _: None, None, Excluded(Configs(isolated=True)))
    for number, item in enumerate(found):
        if number == MOST_FILES:
            survey.partial = True
            break
        if isinstance(item, InputError):
            survey.unreadable.append(item.name)
            continue
        name = shown(inside(item.path, folder) or item.path)
        if _NO_REPLY.fullmatch(PurePosixPath(name).name):
            docs.append(name)
        else:
            _file(item, name, lang, survey, texts)
    survey.no_replies = _patterns(docs)
    survey.templates = _templates(texts)
    folders = {str(parent) for name in texts for parent in PurePosixPath(name).parents}
    survey.archives = sorted(each for each in folders if _ARCHIVE.fullmatch(PurePosixPath(each).name))
    return survey


def _tools(folder: str, survey: Survey) -> None:
    here = Path(folder)
    try:
        hooks = (here / PRE_COMMIT).read_text(encoding="utf-8", errors="replace")
    except OSError:
        hooks = None
    survey.pre_commit = hooks is not None
    survey.hooked = "replylint" in (hooks or "")
    survey.ci = [name for name, path in _CI if os.path.exists(here / path)]  # noqa: PTH110


def _file(item: Input, name: str, lang: str, survey: Survey, texts: dict[str, bool]) -> None:
    from replylint.german import placeholders
    from replylint.readers import contents
    from replylint.readers.library import NoRepliesError, german_words, likely_body

    try:
        source = load(item, lang)
    except InputError:
        survey.unreadable.append(name)
        return
    try:
        content = contents(source)
    except NoRepliesError:
        if german_words(source.text) >= _GERMAN_ENOUGH:
            survey.without.append((name, likely_body(source)))
        return
    except UnreadableError:
        survey.unreadable.append(name)
        return
    if not content.drafts:
        return
    survey.files += 1
    survey.drafts += len(content.drafts)
    for draft in content.drafts:
        address = _address(draft)
        if address is not None:
            survey.addresses[address] += 1
    if content.format in ("yaml", "json", "csv", "po"):
        survey.libraries.append((name, len(content.drafts)))
    elif content.format != "mail" and not any(draft.template for draft in content.drafts):
        texts[name] = any(placeholders.find(draft.text) for draft in content.drafts)


_GERMAN_ENOUGH = 5  # words; what is written for programs has none


def _address(draft: Draft) -> Address | None:
    from replylint.draft import Sentence
    from replylint.german import address, anatomy, placeholders
    from replylint.german.tokens import tokenise

    found = placeholders.find(draft.text)
    parts = anatomy.dissect(draft.text, found)
    salutation = None if parts.salutation is None else Sentence(parts.salutation, 0)
    return address.decide(tokenise(draft.text, found), parts.sentences, salutation)


def _patterns(docs: Iterable[str]) -> list[str]:
    """Patterns for files that are no replies: by name where several have it, else as they stand."""
    counts = Counter(PurePosixPath(name).name for name in docs)
    paths = {PurePosixPath(name).name: name for name in docs}
    return sorted(escaped(name) if count > 1 else f"/{escaped(paths[name])}" for name, count in counts.items())


def _templates(texts: dict[str, bool]) -> list[str]:
    """Globs for the files with placeholders: folders that are made of templates, as their name or most of their files
    say, else single files. A placeholder among finished replies may have been left over: its file stays out."""
    folders: dict[str, list[str]] = {}
    for name in texts:
        folders.setdefault(str(PurePosixPath(name).parent), []).append(name)
    whole = set()
    singles = []
    for folder, names in sorted(folders.items()):
        filled = [name for name in names if texts[name]]
        named = any(_TEMPLATE_FOLDER.fullmatch(part) for part in PurePosixPath(folder).parts)
        if folder == ".":
            singles += filled if 2 * len(filled) > len(names) else []
        elif named or (len(filled) > 1 and 2 * len(filled) > len(names)):
            whole.add(_outermost(folder))
    folders_first = sorted(each for each in whole if not any(_below(each, other) for other in whole))
    return [f"{escaped(each)}/" for each in folders_first] + [f"/{escaped(name)}" for name in sorted(singles)]


def _outermost(folder: str) -> str:
    """The outermost folder on the way that is named for templates, else the folder itself."""
    path = PurePosixPath(folder)
    above = [each for each in [path, *path.parents] if _TEMPLATE_FOLDER.fullmatch(each.name)]
    return str(above[-1] if above else path)


def _below(folder: str, other: str) -> bool:
    return folder.startswith(f"{other}/")


def escaped(name: str) -> str:
    """A name as a pattern that fits it alone: what patterns mean by `*`, `?` and `[` in sets of one."""
    return re.sub(r"([*?\[])", r"[\1]", name)
