"""The page of a checked draft: what it must never hold, and that its colours can be read."""

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser

from shanhai.model import Message, Promise, PromiseState, UnreadableInput, Verdict
from shanhai.publishing.checked_page import write_checked_page
from shanhai.publishing.checked_page.frame import NO_SCRIPT, script, style
from shanhai.reasoning.checked import Checked

from .colours import contrast, one
from .made_checks import checked_draft, cite, evidence
from .test_page_is_safe import HOSTILE, sha256


def hostile() -> Checked:
    """A result in which every text from outside is hostile."""
    whole = checked_draft()
    said = Message(HOSTILE, HOSTILE)
    findings = tuple(
        msgspec.structs.replace(
            f, message=said, settles=said, detail={HOSTILE: HOSTILE, "equation": HOSTILE, "rule": HOSTILE, "unit": HOSTILE,
            "differs": [HOSTILE], "deciding": [HOSTILE], "threshold": 5, "source": HOSTILE, "told": HOSTILE},
        )
        for f in whole.reasoned.findings
    )  # fmt: skip
    judged = tuple(msgspec.structs.replace(j, why=said, findings=findings[:2]) for j in whole.judged)
    fact = whole.reasoned.facts[0]
    facts = (msgspec.structs.replace(fact, indicator=HOSTILE, measure=HOSTILE, place=HOSTILE, unit=HOSTILE),)
    promises = (Promise(HOSTILE, cite(whole.draft, "6所"), HOSTILE, PromiseState.OPEN),)
    reasoned = msgspec.structs.replace(whole.reasoned, findings=findings, facts=facts, promises=promises)
    review = whole.evidence["公报"]
    assert review.report is not None
    report = msgspec.structs.replace(review.report, publisher=HOSTILE, title=HOSTILE)
    others = {**whole.evidence, "公报": msgspec.structs.replace(review, report=report)}
    return msgspec.structs.replace(whole, judged=judged, reasoned=reasoned, evidence=others)


def test_text_from_outside_never_becomes_markup() -> None:
    problems = [UnreadableInput(HOSTILE, HOSTILE, HOSTILE)]
    tree = LexborHTMLParser("".join(write_checked_page(hostile(), unreadable=problems, generated=HOSTILE)))
    assert not tree.css("img, iframe, object, embed, link:not([rel=icon]), base, form:not([method=dialog])")
    assert len(tree.css("script")) == 1
    assert not [a for node in tree.css("*") for a in node.attributes if a.startswith("on") or a == "style"]
    assert HOSTILE in tree.css_first(".note .why").text()
    assert HOSTILE in tree.css_first("#promises .what").text()


def test_the_policy_admits_the_pages_own_script_and_styles_and_nothing_else() -> None:
    tree = LexborHTMLParser("".join(write_checked_page(checked_draft())))
    policy = dict(
        part.split(" ", 1)
        for part in (tree.css_first("meta[http-equiv]").attributes["content"] or "").split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["style-src"].split() == [sha256(tree.css_first("head > style").text()), sha256(NO_SCRIPT)]
    assert policy["script-src"].split() == [sha256(tree.css_first("script").text())]
    assert "</" not in style() + script()
    assert not re.search(
        r"https?:|[\"'(]//|url\(|@import|fetch|XMLHttp|WebSocket|import\(|innerHTML|eval\(",
        style() + script(),
    )


def test_private_numbers_are_masked_in_text_and_in_the_sentences_of_the_evidence() -> None:
    text = "".join(write_checked_page(checked_draft()))
    assert "13912345678" not in text
    assert "联系电话：13*********。" in text
    assert "值班电话：13*********，引进企业" in text
    assert "13812345678" not in text


def test_private_numbers_are_masked_in_messages_but_figures_are_not() -> None:
    draft = evidence("全年投资13800000000元。\n", "稿.txt")
    whole = checked_draft()
    why = Message("13800000000元与电话13912345678并列", "13800000000 beside 13912345678")
    judged = msgspec.structs.replace(whole.judged[0], claim=draft.claims[0], verdict=Verdict.DIFFERS, why=why, supporting=(),
                                     opposing=(), findings=())  # fmt: skip
    text = "".join(
        write_checked_page(
            Checked(
                draft,
                (judged,),
                msgspec.structs.replace(whole.reasoned, facts=(), findings=(), promises=()),
                {},
            )
        )
    )
    assert "13800000000元与电话139********并列" in text
    assert "13912345678" not in text


def test_verdicts_can_be_told_apart_and_read_in_both_schemes() -> None:
    css = style()
    rules = {m[1]: m.groups()[1:] for m in re.finditer(
        r"\.v-([a-z_]+) \{ --tint: (\S+); --line: (\S+); --tint-dark: (\S+); --line-dark: (\S+); --stroke: (\S+); \}", css
    )}  # fmt: skip
    assert set(rules) == {v.value for v in Verdict}
    (paper, ink, raised), (dark, pale, lifted) = (
        (one(css, "--paper", i), one(css, "--ink", i), one(css, "--raised", i)) for i in (0, 1)
    )
    for tint, line, tint_dark, line_dark, _ in rules.values():
        pairs = [(ink, tint), (line, tint), (line, paper), (line, raised)]
        pairs += [(pale, tint_dark), (line_dark, tint_dark), (line_dark, dark), (line_dark, lifted)]
        assert min(contrast(a, b) for a, b in pairs) >= 4.5
    assert len({rule[1] for rule in rules.values()}) == len(Verdict)
