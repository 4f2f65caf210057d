"""The text as the room draws it: every character knows its place in the source, parts are drawn alike alone and together."""

from html.parser import HTMLParser

import pytest
from django.utils import translation

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Statement
from shanhai.web.room.text import OpenReport

from .conftest import BRIEF, Stored

TANGLED = (
    "<html><head><title>简报</title></head><body><h1>乙縣幫扶簡報</h1>"
    "<p>今年培訓(péixùn)醫生８６名，投入資金(zījīn)3200萬元，𠮷祥村受益𠀋字３１２戶。</p>"
    "<table><tr><td>項目</td><td>資金（萬元）</td></tr><tr><td>道路</td><td>１２０</td></tr></table>"
    "<p>來源：某報 2023-05-06</p><p>建成高標準農田2000畝&nbsp;；丟失\ufffd字。</p></body></html>"
)


class _Placed(HTMLParser):
    """Reads which source character each shown character stands for, as ``marking.js`` does."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, int, int]] = []
        self.at = 0
        self.found: list[tuple[int, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        placed = "data-at" in told
        start = int(told["data-at"] or 0) if placed else -1
        self.open.append((tag, start, int(told["data-to"] or 0) if placed else -1))
        if placed:
            self.at = start

    def handle_endtag(self, tag: str) -> None:
        name, start, end = self.open.pop()
        assert name == tag
        if start >= 0:
            self.at = end

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, start, _ in self.open if start >= 0]
        if not inside or inside[-1] == "del":
            return
        differs = inside[-1] if len(inside) > 1 else ""
        for i, character in enumerate(data):
            self.found.append((self.at + i, character, differs))
        self.at += len(data)


@pytest.fixture
def opened(stored: Stored) -> OpenReport:
    row = stored(TANGLED, "页.html").row
    return OpenReport(row, Actor.command_line("clerk"))


def test_every_shown_character_tells_its_source_character(opened: OpenReport) -> None:
    report = opened.report
    seen = []
    for part in opened.parts():
        reader = _Placed()
        reader.feed(part)
        for place, character, differs in reader.found:
            seen.append(place)
            shown = report.text[report.map.to_mended(place)]
            assert character in (shown, "▢"), (place, character, shown)
            if not differs:
                assert report.source_text[place] == character
    assert len(seen) > 60
    assert seen == sorted(seen)


def test_parts_begin_where_they_say_and_hold_the_whole_text(stored: Stored) -> None:
    held = stored(BRIEF + "".join(f"第{n}季度培训{n + 20}人。\n" for n in range(1, 130)))
    opened = OpenReport(held.row, Actor.command_line("clerk"))
    parts = opened.parts()
    assert len(parts) > 3
    for statement in opened.marked:
        within = [n for n, part in enumerate(parts) if f'id="s-{statement.key}"' in part]
        assert within == [n for n, _ in opened.parts_with([statement])]


@pytest.mark.parametrize(
    ("change", "classes", "told"),
    [
        ({}, "f open", "待审核"),
        ({"state": "accepted"}, "f accepted", "已采纳"),
        ({"state": "accepted", "origin": "review"}, "f corrected", "已由审核人写定"),
        ({"state": "rejected"}, "f rejected", "已排除"),
        ({"reopened": True}, "f open reopened", "重新待审：读取有变"),
        ({"minor": True}, "f open minor", "待审核"),
    ],
)
def test_a_mark_tells_its_state_by_look_and_in_words(
    stored: Stored, change: dict[str, object], classes: str, told: str
) -> None:
    held = stored()
    key = held.figure("86名").key
    Statement.objects.filter(key=key).update(**change)
    with translation.override("zh-hans"):
        text = "".join(OpenReport(held.row, Actor.command_line("clerk")).parts())
    assert (
        f'<a class="{classes}" id="s-{key}" href="?s={key}" data-s="{key}" draggable="false" title="{told}">86名</a>'
        in text
    )


@pytest.mark.parametrize("state", ["replaced", "gone"])
def test_what_does_not_stand_and_was_not_rejected_has_no_mark(stored: Stored, state: str) -> None:
    held = stored()
    key = held.figure("86名").key
    Statement.objects.filter(key=key).update(state=state)
    assert key not in "".join(OpenReport(held.row, Actor.command_line("clerk")).parts())
