"""Every form of every page, found by walking the pages as a person would."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import msgspec
from django.test import Client

Pairs = tuple[tuple[str, str], ...]


class Form(msgspec.Struct, frozen=True):
    """A form, or an address with a query, which is one already filled in.

    Attributes:
        path: where it is sent.
        method: ``get`` or ``post``.
        fields: names with the values that the page fills in.
        files: the names of its fields for files.
    """

    path: str
    method: str
    fields: Pairs
    files: tuple[str, ...] = ()

    @property
    def sort(self) -> tuple[str, str, tuple[str, ...]]:
        """What tells forms apart: two of the same path and fields are one form."""
        return self.path, self.method, tuple(sorted({name for name, _ in self.fields} | set(self.files)))


class _Reader(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.forms, self.links = here, list[Form](), list[str]()
        self._path, self._method = "", ""
        self._fields: list[tuple[str, str]] = []
        self._files: list[str] = []
        self._select: str | None = None
        self._option = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        for sends in ("hx-post", "hx-get"):
            if tag != "form" and told.get(sends):
                self.forms.append(Form(*_parts(urljoin(self.here, told[sends]), sends[3:])))
        if tag == "a" and told.get("href"):
            self.links.append(urljoin(self.here, told["href"]))
        elif tag == "form":
            self._path = urljoin(self.here, told.get("hx-post") or told.get("action") or self.here)
            self._method = "post" if told.get("hx-post") else told.get("method", "get").lower()
            self._fields, self._files = [], []
        elif name := told.get("name"):
            self._field(tag, name, told)
        elif tag == "option" and self._select and (not self._option or "selected" in told):
            self._option = True
            self._fields.append((self._select, told.get("value", "")))

    def _field(self, tag: str, name: str, told: dict[str, str]) -> None:
        if tag == "select":
            self._select, self._option = name, False
        elif told.get("type") == "file":
            self._files.append(name)
        elif tag in ("input", "textarea", "button"):
            self._fields.append((name, told.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "form":
            path, method, asked = _parts(self._path, self._method)
            self.forms.append(Form(path, method, (*asked, *self._fields), tuple(self._files)))


def _parts(address: str, method: str) -> tuple[str, str, Pairs]:
    told = urlsplit(address)
    return told.path, method, tuple(parse_qsl(told.query, keep_blank_values=True)) if method == "get" else ()


def read(here: str, html: str) -> tuple[list[Form], list[str]]:
    """The forms and the links of a page."""
    reader = _Reader(here)
    reader.feed(html)
    links = [urlsplit(link) for link in reader.links]
    asked = [Form(*_parts(link.geturl(), "get")) for link in links if not link.netloc and link.query]
    return [*reader.forms, *asked], [link.path for link in links if not link.netloc]


def walked(client: Client, begin: list[str], most: int = 300) -> Iterator[tuple[str, list[Form], str]]:
    """The pages that links lead to, each with its forms and its HTML."""
    seen, waiting = set(begin), list(begin)
    while waiting and most:
        path, most = waiting.pop(0), most - 1
        answer = client.get(path, follow=True)
        if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
            b"".join(answer)  # sent to its end, a file is closed
            continue
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        html = answer.content.decode()
        forms, links = read(here, html)
        yield path, forms, html
        new = [link for link in dict.fromkeys(links) if link not in seen and not link.startswith("/static/")]
        seen.update(new)
        waiting += new
