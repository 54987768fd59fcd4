"""Fetches pages by plain HTTP, without a browser, and reads out of their HTML what must hold on every page."""

import http.client
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

NOT_FETCHED = {"a", "form"}
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
DUTCH = {"een", "het", "je", "jij", "jouw", "kies", "niet", "vul"}  # in no name and no English sentence


@dataclass(frozen=True)
class Answer:
    """One answer; header names in lower case."""

    path: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_html(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Reader(HTMLParser):
    """What the tests ask of a page."""

    lang: str = ""
    title: str = ""
    canonical: str = ""
    headings: int = 0
    ids: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    dutch: set[str] = field(default_factory=set)

    def __post_init__(self):
        super().__init__()
        self._in_title = False
        self._open = []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag not in VOID:
            self._open.append((tag, found.get("lang") or self._language))
        self._note_dutch(" ".join(found.get(name) or "" for name in ("aria-label", "placeholder")))
        self.headings += tag == "h1"
        self._in_title = tag == "title" and not self.title
        if tag == "html":
            self.lang = found.get("lang") or ""
        if found.get("id"):
            self.ids[found["id"]] += 1
        if tag == "link" and found.get("rel") == "canonical":
            self.canonical = found["href"]
        elif tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag != "link" or found.get("rel") not in {"alternate", "canonical"}:
            self._note_fetched(tag, found)

    def _note_fetched(self, tag, found):
        names = ("src", "poster", "data", *(() if tag in NOT_FETCHED else ("href", "xlink:href")))
        self.fetched += [found[name] for name in names if found.get(name)]
        if found.get("action"):
            self.fetched.append(found["action"])
        self.fetched += [part.split()[0] for part in (found.get("srcset") or "").split(",") if part.strip()]

    def handle_data(self, data):
        if self._in_title:
            self.title += data
        self._note_dutch(data)

    def handle_endtag(self, tag):
        self._in_title = False
        if tag in {name for name, _lang in self._open}:
            while self._open.pop()[0] != tag:
                pass

    @property
    def _language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def _note_dutch(self, text):
        """Sentences with Dutch words where the page says that it is English."""
        is_script = bool(self._open) and self._open[-1][0] == "script"
        if self._language == "en" and not is_script and DUTCH & set(re.findall(r"\w+", text.lower())):
            self.dutch.add(" ".join(text.split()))

    @property
    def doubled_ids(self) -> list[str]:
        return [name for name, number in self.ids.items() if number > 1]


def read(html: str) -> Reader:
    """The page, read."""
    reader = Reader()
    reader.feed(html)
    return reader


def get(origin: str, path: str, headers: dict[str, str] | None = None) -> Answer:
    """One GET on a connection of its own; redirects are not followed."""
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=20)
    try:
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return Answer(path, response.status, names, response.read())
    finally:
        connection.close()


def get_through(origin: str, path: str, then: str = "") -> Answer:
    """A GET that follows somebody's own link with the cookie that it sets, and goes on to `then` below that page."""
    answer = get(origin, path)
    if "location" not in answer.headers:
        return answer
    cookie = answer.headers["set-cookie"].partition(";")[0]
    return get(origin, answer.headers["location"] + then, {"Cookie": cookie})


def internal(origin: str, page: str, link: str) -> str | None:
    """The path with its query that a link on a page leads to, without the fragment; None outside the portal."""
    target = urlsplit(urljoin(origin + page, link))
    if f"{target.scheme}://{target.netloc}" != origin:
        return None
    return (target.path or "/") + (f"?{target.query}" if target.query else "")


def crawl(origin: str, starts: list[str], most: int = 3000) -> dict[str, Answer]:
    """Every answer that can be reached over links from these paths, by path and query."""
    answers: dict[str, Answer] = {}
    waiting = list(starts)
    while waiting and len(answers) < most:
        path = waiting.pop(0)
        if path in answers:
            continue
        answers[path] = answer = get(origin, path)
        if answer.is_html and answer.status == http.HTTPStatus.OK:
            targets = (internal(origin, path, link) for link in read(answer.text).links)
            waiting += [target for target in targets if target and target not in answers]
    return answers
