"""The frame's tags, navigation, colours and carried scripts."""

import datetime
import importlib.util
import re
from decimal import Decimal
from typing import Any

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation

from shanhai.catalogue.grading import load_grading
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Role, State
from shanhai.ledger.rights import Right
from shanhai.model import Severity
from shanhai.web import areas
from shanhai.web.frame.badges import BADGES
from shanhai.web.frame.context import navigation

from ...conftest import ROOT

STATIC = ROOT / "src" / "shanhai" / "web" / "frame" / "static" / "frame"


def shown(template: str, **context: Any) -> str:
    return engines["django"].from_string("{% load frame %}" + template).render(context)


@pytest.mark.parametrize(
    ("template", "context", "text"),
    [
        ('{% number n "元" %}', {"n": Decimal("271000000")}, "271,000,000 元"),
        ('{% number n "%" %}', {"n": -1.5}, "−1.5%"),
        ("{% number n %}", {"n": 0}, "0"),
        ("{% number n %}", {"n": None}, "—"),
        ('{% bounds "33" "33" "both" "名" %}', {}, "33 名"),
        ('{% bounds "" "200" "none" "名" %}', {}, "&lt; 200 名"),
        ('{% exact_bounds "270500000" "271500000" "low" %}', {}, "[270,500,000,\u2002271,500,000)"),
        ('{% exact_bounds "0.1" "0.3" "both" %}', {}, "[0.1,\u20020.3]"),
        (
            '{% bounds "400000000" "" "none" "元" %}',
            {},
            '<span title="&gt; 400,000,000 元">&gt; 4 亿元</span>',
        ),
        (
            '{% bounds "33.5" "34.5" "low" "名" %}',
            {},
            '<span title="[33.5,\u200234.5) 名">33.5–34.5 名</span>',
        ),
        ('{% bounds "1" "2" "clash" %}', {}, "相互矛盾"),
        ("{{ d|day }}", {"d": datetime.date(2024, 3, 1)}, '<time datetime="2024-03-01">2024-03-01</time>'),
        ("{{ d|day }}", {"d": None}, "—"),
        ("{{ d|day }}", {"d": datetime.datetime(2024, 2, 29, 17, tzinfo=datetime.UTC)}, ">2024-03-01<"),
        (
            "{{ d|moment }}",
            {"d": datetime.datetime(2024, 2, 29, 17, tzinfo=datetime.UTC)},
            ">2024-03-01 01:00<",
        ),
        ('{% badge "grade" "A" %}', {}, '<span class="badge grade-A">A</span>'),
        ('{% both zh "<en>" %}', {"zh": "<中>"}, "&lt;中&gt;"),
    ],
)
def test_tags(template: str, context: dict[str, Any], text: str) -> None:
    assert text in shown(template, **context)


def test_stored_messages_follow_the_language() -> None:
    with translation.override("en"):
        assert shown('{% both "中" "English" %}') == "English"
        assert "Error" in shown('{% badge "severity" "error" %}')


def test_options_of_a_picture_cannot_end_their_script() -> None:
    text = shown('{% chart "c" "图" options %}', options={"title": "</script><script>alert(1)</script>"})

    assert "</script><script>alert" not in text


def test_every_stored_value_has_its_badge() -> None:
    assert set(BADGES["state"]) == set(State.values)
    assert set(BADGES["severity"]) == {s.value for s in Severity}
    assert set(BADGES["grade"]) == set(load_grading().letters)


def test_navigation_shows_what_someone_may_use(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    made = (
        areas.Area("home", "", (areas.Entry("首页", "home:index", ""),)),
        areas.Area("accounts", "accounts/", (areas.Entry("账号", "accounts:password", "accounts", "a"),)),
    )
    monkeypatch.setattr("shanhai.web.frame.context.AREAS", made)
    request = rf.get("/")
    request.resolver_match = None

    def labels(actor: Actor) -> list[str]:
        request.actor = actor  # type: ignore[attr-defined]
        return [str(entry["label"]) for entry in navigation(request)]

    assert labels(Actor("r", frozenset({Right.READ}))) == ["首页"]
    assert labels(Actor("a", frozenset({Right.ACCOUNTS}))) == ["首页", "账号"]


def test_every_entry_leads_somewhere(signed_in: Any) -> None:
    client: Client = signed_in(Role.ADMINISTRATOR)
    page = client.get("/").content.decode()
    entries = [entry for area in areas.AREAS for entry in area.entries]

    assert page.count("data-go=") == sum(bool(entry.key) for entry in entries)
    assert len({entry.key for entry in entries if entry.key}) == sum(bool(entry.key) for entry in entries)
    assert all(not entry.right or Right(entry.right) for entry in entries)


def test_the_two_dark_themes_are_one() -> None:
    chosen, systems = re.findall(
        r"\{\s*(--paper: #10181a.*?)color-scheme: dark", (STATIC / "tokens.css").read_text("utf-8"), re.S
    )

    assert chosen == systems


def test_style_sheets_name_no_colour_of_their_own() -> None:
    """White and black with transparency stand on the masthead, which is dark in both themes, and behind dialogs."""
    found = [
        f"{file.name}: {colour}"
        for file in sorted(STATIC.glob("*.css"))
        if file.name not in ("tokens.css", "print.css", "shell.css")
        for colour in re.findall(r"#[0-9a-f]{3,8}\b(?=[;, )])", file.read_text("utf-8"))
    ]

    assert found == []


def test_carried_scripts_are_those_that_were_fetched() -> None:
    spec = importlib.util.spec_from_file_location("assets_tool", ROOT / "tools" / "assets.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    assert tool.differences() == []
