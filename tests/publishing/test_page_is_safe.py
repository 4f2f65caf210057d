"""The results page as a file: what it must never hold."""

import base64
import hashlib
import html
import re

from shanhai.model import Role, UnreadableInput
from shanhai.publishing.page.frame import NO_SCRIPT, SCRIPTS, STYLES, embedded

from .building import briefs, claim, report
from .made_pages import an_ordinary_report, cards, page, parsed

HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(2)>" onmouseover="alert(3)' <!-- ]]> </style></title>&lt;"""


def test_text_from_outside_never_becomes_markup() -> None:
    brief = report(
        HOSTILE + "5人",
        (Role.SPAM, HOSTILE, HOSTILE),
        (Role.TABLE, f"{HOSTILE}\t{HOSTILE}"),
        f"{{{html.escape(HOSTILE).replace('|', '')}|}}",
        name=f"{HOSTILE}.txt",
        title=HOSTILE,
        publisher=HOSTILE,
        author=HOSTILE,
    )
    stated = claim(
        brief,
        "5人",
        5,
        unit=HOSTILE,
        area=HOSTILE,
        indicator=HOSTILE,
        measure=HOSTILE,
        period=HOSTILE,
        place=HOSTILE,
    )
    unreadable = [UnreadableInput(HOSTILE, HOSTILE, HOSTILE)]
    tree = parsed((brief, [stated]), *briefs(1), unreadable=unreadable, generated=HOSTILE)
    assert not tree.css("img, iframe, object, embed, link:not([rel=icon]), base, form:not([method=dialog])")
    assert len(tree.css("script")) == 4
    assert not [a for node in tree.css("*") for a in node.attributes if a.startswith("on") or a == "style"]
    assert tree.css_first(".report h2").text() == HOSTILE
    assert tree.css_first(".report .body").text() == HOSTILE + "5人"
    assert tree.css_first(".list .measure").text() == HOSTILE
    assert ["measure", HOSTILE] in cards(tree)[0]["r"]
    assert HOSTILE in tree.css_first("footer").text()


def test_control_characters_and_half_surrogates_are_replaced() -> None:
    brief = report("甲\x00乙\x1b丙\ud800丁\x85戊", name="\udcff.txt")
    text = page((brief, []))
    text.encode("utf-8")
    assert "甲\ufffd乙\ufffd丙\ufffd丁\ufffd戊" in text


def test_the_policy_admits_the_pages_own_script_and_styles_and_nothing_else() -> None:
    tree = parsed(an_ordinary_report())
    policy = dict(
        part.split(" ", 1)
        for part in (tree.css_first("meta[http-equiv]").attributes["content"] or "").split("; ")
    )
    styles = [style.text() for style in tree.css("head > style")] + [NO_SCRIPT]
    scripts = [node.text() for node in tree.css("script:not([type])")]
    assert policy["default-src"] == "'none'"
    assert policy["style-src"].split() == [sha256(text) for text in styles]
    assert policy["script-src"].split() == [sha256(text) for text in scripts]
    assert NO_SCRIPT in tree.css_first("noscript").html
    assert policy["require-trusted-types-for"] == "'script'"
    assert "</" not in embedded(STYLES) + embedded(SCRIPTS)


def sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_nothing_refers_to_the_network() -> None:
    tree = parsed(an_ordinary_report(), (report("见 http://example.com/ 和 //example.com"), []))
    for node in tree.css("*"):
        for name in ("href", "src", "srcset", "action", "data", "poster", "xlink:href", "formaction", "ping"):
            target = node.attributes.get(name)
            assert (
                target is None
                or target.startswith("#")
                or (node.tag == "link" and target.startswith("data:"))
            ), target
    code = embedded(STYLES) + embedded(SCRIPTS)
    assert not re.search(
        r"https?:|[\"'(]//|url\(|@import|fetch|XMLHttp|WebSocket|import\(|innerHTML|eval\(", code
    )
