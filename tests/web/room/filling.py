"""The forms of a page, asked for and filled in as a browser does."""

from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

HTMX = {"HX-Request": "true"}


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "input" and told.get("name"):
            box = told.get("type") == "checkbox"
            if not box or "checked" in told:
                self.found.setdefault(told["name"], []).append(told.get("value", "on" if box else ""))
        elif tag == "select":
            self._select = told["name"]
        elif tag == "option" and self._select and "selected" in told:
            self.found.setdefault(self._select, []).append(told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def filled(answer: HttpResponse, **changes: str) -> dict[str, list[str]]:
    """What the form in an answer sends, with changes: ``filled(answer, f0_value="44", reason="…")``."""
    parser = _Fields()
    parser.feed(answer.content.decode())
    found = parser.found
    for name, value in changes.items():
        found[name.replace("_", "-", 1) if name.startswith("f") and name[1:2].isdigit() else name] = [value]
    return found


def opened(client: Client, address: str, **asked: str) -> HttpResponse:
    """A part of a page that is there."""
    answer = client.get(address, asked, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    return answer
