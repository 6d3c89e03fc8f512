"""LanguageTool: a text goes to a server over HTTP, and what it objects to comes back with its place in the text.

language_tool_python is used for a server of one's own (languagetool_local.py). Its requests are not: it sends plain
text only, so that a placeholder would be read as words; it opens a connection for each text and waits five minutes for
an answer; and it follows redirects and the proxies of the environment, where a customer's words must not go. So the
requests are made here, on one session, with requests, which it brings along.

What the server needs not read (a placeholder, a quotation of the customer's words) is not sent either: something of the
same length takes its place, as markup.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from replylint.engines import EngineError
from replylint.source import Span

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    import requests

    from replylint.german.languagetool_local import LocalServer

VARIANTS = ("de-DE", "de-AT", "de-CH")
LONGEST = 10_000
"""So many code points are sent at once; public servers take 20,000 UTF-16 units."""
_TRIES = 3
_KEPT = 1024
_BACKOFF = 0.5  # seconds before the second retry, twice that before the third
_CONNECT = 5.0  # seconds to wait for a connection
_OVERLOADED = (429, 500, 502, 503, 504)
_TOO_LONG = 413
_FILLER = "_"


# Each run that knows of checks of grammar makes these: a NamedTuple costs a fifth of a dataclass.
class Options(NamedTuple):
    """Which LanguageTool to ask, and what: `[languagetool]` of the configuration. `server` is the address of a server
    without its `/v2`; `language` one of `VARIANTS`, or "auto": the draft decides. `timeout`: seconds to wait for an
    answer; `parallel`: requests at a time."""

    server: str = ""
    local: bool = False
    allow_remote: bool = False
    language: str = "auto"
    disabled_rules: tuple[str, ...] = ()
    disabled_categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    picky: bool = False
    timeout: float = 60
    parallel: int = 4


class Passage(NamedTuple):
    """What is to be read: a range of a text, in a variant of German. Of the ranges in `hidden`, in order and disjoint,
    it reads what they come with instead; `breaks` are the offsets, in order, where a long text may be taken apart."""

    text: str
    span: Span
    language: str
    hidden: tuple[tuple[Span, str], ...] = ()
    breaks: tuple[int, ...] = ()


class Match(NamedTuple):
    """Something that LanguageTool objects to: a range of the text, the ids of its rule and category, the type that it
    gives the issue ("misspelling", "grammar" …), what it says, and what could stand there, the likeliest first."""

    span: Span
    rule: str
    category: str
    issue: str
    message: str
    replacements: tuple[str, ...] = ()


class Endpoint(ValueError):
    """A server's address that is none; `what` names why."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


def endpoint(address: str) -> tuple[str, bool]:
    """A server's address without what belongs to the single requests, and whether it is on this machine: `localhost` or
    a loopback address, as it is written. What a name resolves to is not asked: that may change, and asking tells.

    Raises Endpoint: "config-url" where it is no address of a server, "config-url-secret" where it holds a password or
    a key."""
    from ipaddress import ip_address
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Endpoint("config-url") from error
    if "@" in address or parts.query or parts.fragment:
        raise Endpoint("config-url-secret")
    plain = address.isascii() and address.isprintable() and not set(address) & set(' \\"<>^`{|}?#')
    if not plain or parts.scheme not in ("http", "https") or not host or port == 0:
        raise Endpoint("config-url")
    path = parts.path.rstrip("/").removesuffix("/check").removesuffix("/v2").rstrip("/")
    written = f"[{host}]" if ":" in host else host
    try:
        loopback = ip_address(host).is_loopback
    except ValueError:
        loopback = host.removesuffix(".") == "localhost"
    return f"{parts.scheme}://{written}{f':{port}' if port else ''}{path}", loopback


class LanguageTool:
    """One server for a whole run, asked on first need. `tell` is called with the name of a message and its values when
    there is something to wait for. To be closed at the end. Its methods raise EngineError; once it gave up, it does so
    at once, so that no draft waits for what did not come before."""

    def __init__(self, options: Options, tell: Callable[..., None] = lambda what, **values: None) -> None:
        self.options = options
        self._tell = tell
        self._lock = threading.Lock()
        self._session: requests.Session | None = None
        self._local: LocalServer | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._failed: EngineError | None = None
        self._kept: dict[Passage, tuple[Match, ...]] = {}

    def __enter__(self) -> LanguageTool:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def close(self) -> None:
        """Part from the server, and stop it if it is our own."""
        if self._local is not None:
            self._local.stop()  # first, so that nobody waits for it any more
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        if self._session is not None:
            self._session.close()
        self._pool = self._session = self._local = None

    def check(self, passages: Sequence[Passage]) -> list[tuple[Match, ...]]:
        """The matches in each of the passages, in text order. So many at a time are asked for as the options allow."""
        new = [passage for passage in dict.fromkeys(passages) if passage not in self._kept]
        if new:
            self._ready()
            found = list(self._workers().map(self._guarded, new)) if len(new) > 1 else [self._guarded(new[0])]
            if len(self._kept) + len(new) > _KEPT:
                self._kept = {passage: self._kept[passage] for passage in passages if passage in self._kept}
            self._kept.update(zip(new, found, strict=True))
        return [self._kept[passage] for passage in passages]

    def _ready(self) -> None:
        """Begin the session, and the server if it is to be our own: once, before there is more than one thread."""
        if self._failed is not None:
            raise self._failed
        if self._session is None:
            try:
                self._session = self._begin()
            except EngineError as error:
                self._failed = error
                raise

    def _begin(self) -> requests.Session:
        try:
            import requests
            from requests.adapters import HTTPAdapter
            from urllib3.util import Retry
        except ImportError as error:
            raise EngineError("grammar-package") from error
        if self.options.local and self._local is None:
            from replylint.german.languagetool_local import LocalServer

            self._local = LocalServer.started(self._tell)
        session = requests.Session()
        # No proxy may see what is meant for this machine alone.
        session.trust_env = not endpoint(self.address)[1]
        retry = Retry(
            total=_TRIES,
            read=1,
            redirect=0,
            other=0,
            backoff_factor=_BACKOFF,
            status_forcelist=_OVERLOADED,
            allowed_methods=None,
            raise_on_status=False,
            respect_retry_after_header=False,  # it may ask for an hour
        )
        adapter = HTTPAdapter(pool_maxsize=self.options.parallel, max_retries=retry)
        for scheme in ("http://", "https://"):
            session.mount(scheme, adapter)
        return session

    def _workers(self) -> ThreadPoolExecutor:
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(self.options.parallel, "languagetool")
        return self._pool

    @property
    def address(self) -> str:
        """The server's address, without `/v2`."""
        return self._local.address if self._local is not None else self.options.server

    def _guarded(self, passage: Passage) -> tuple[Match, ...]:
        if self._failed is not None:
            raise self._failed
        try:
            return self._matches(passage)
        except EngineError as error:
            with self._lock:
                self._failed = self._failed or error
            raise

    def _matches(self, passage: Passage) -> tuple[Match, ...]:
        found = self._found(passage, passage.span)
        return tuple(sorted(found, key=lambda match: (match.span, match.rule)))

    def _found(self, passage: Passage, piece: Span) -> Iterator[Match]:
        """The matches in a piece of the passage, which is taken apart near its middle where it is too long."""
        breaks = [at for at in passage.breaks if piece.start < at < piece.end]
        if not breaks or len(piece) <= LONGEST:
            response = self._post(passage, piece)
            if response.status_code != _TOO_LONG:
                yield from self._read(response, passage, piece)
                return
            if not breaks:
                raise self._error("grammar-refused", reason=_first_line(response.text))
        middle = min(breaks, key=lambda at: abs(2 * at - piece.start - piece.end))
        for half in (Span(piece.start, middle), Span(middle, piece.end)):
            yield from self._found(passage, half)

    def _post(self, passage: Passage, piece: Span) -> requests.Response:
        import json

        import requests

        options = self.options
        form = {
            "language": passage.language,
            "data": json.dumps({"annotation": list(annotation(passage, piece))}, ensure_ascii=False),
            "disabledRules": ",".join(options.disabled_rules),
            "disabledCategories": ",".join(options.disabled_categories),
            "level": "picky" if options.picky else "default",
        }
        assert self._session is not None
        try:
            return self._session.post(
                f"{self.address}/v2/check",
                data={name: value for name, value in form.items() if value},
                timeout=(min(_CONNECT, options.timeout), options.timeout),
                allow_redirects=False,  # they may lead anywhere
            )
        except requests.RequestException as error:
            from urllib3.exceptions import ReadTimeoutError

            causes = list(_causes(error))
            if any(isinstance(cause, ReadTimeoutError) for cause in causes):
                raise self._error("grammar-timeout", seconds=f"{options.timeout:g}") from error
            reason = next((cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror), None)
            what = "grammar-unreachable-local" if self._local is not None else "grammar-unreachable"
            raise self._error(what, reason=reason or type(error).__name__) from error

    def _read(self, response: requests.Response, passage: Passage, piece: Span) -> Iterator[Match]:
        """The matches that an answer tells; those that touch what was hidden are none."""
        if 300 <= response.status_code < 400:
            raise self._error("grammar-redirect")
        if response.status_code != 200:
            raise self._error("grammar-refused", reason=f"{response.status_code}: {_first_line(response.text)}")
        try:
            answer = response.json()
            incomplete = answer.get("warnings", {}).get("incompleteResults", False)
            matches = list(_parsed(answer["matches"], passage.text, piece))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._error("grammar-answer") from error
        if incomplete:
            raise self._error("grammar-incomplete")
        for match in matches:
            if not any(match.span.overlaps(span) for span, _ in passage.hidden):
                yield match

    def _error(self, what: str, **values: str) -> EngineError:
        return EngineError(what, server=self.address, **values)


def annotation(passage: Passage, piece: Span) -> Iterator[Mapping[str, str]]:
    """A piece of a passage as LanguageTool takes it: text, and markup with what to read in its place."""
    done = piece.start
    for span, instead in passage.hidden:
        start, end = max(span.start, done), min(span.end, piece.end)
        if start < end:
            if done < start:
                yield {"text": passage.text[done:start]}
            yield {"markup": _FILLER * _units(passage.text[start:end]), "interpretAs": instead}
            done = end
    if done < piece.end:
        yield {"text": passage.text[done : piece.end]}


def _units(text: str) -> int:
    """The length of a text in UTF-16 units, in which LanguageTool counts."""
    return len(text) + sum(char > "\uffff" for char in text)


def _parsed(matches: Any, text: str, piece: Span) -> Iterator[Match]:
    # The offsets in UTF-16 units of what takes two of them.
    wide = [at - piece.start for at in range(piece.start, piece.end) if text[at] > "\uffff"]
    wide = [at + number for number, at in enumerate(wide)]

    def place(offset: int) -> int:
        return piece.start + offset - bisect_left(wide, offset)

    for match in matches:
        offset, length = match["offset"], match["length"]
        rule = match["rule"]
        span = Span(place(offset), place(offset + length))
        if not (length > 0 and piece.contains(span)):
            raise ValueError(f"no place in the text: {span}")
        yield Match(
            span,
            str(rule["id"]),
            str(rule["category"]["id"]),
            str(rule.get("issueType", "")),
            str(match["message"]),
            tuple(str(each["value"]) for each in match["replacements"]),
        )


def _first_line(text: str, longest: int = 200) -> str:
    """What a server says of its trouble, without what it might add."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= longest else f"{line[:longest]}…"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and those that it wraps."""
    while error is not None:
        yield error
        inner = getattr(error, "reason", None) or next(iter(error.args), None)
        error = inner if isinstance(inner, BaseException) else error.__cause__ or error.__context__
