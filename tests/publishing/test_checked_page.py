"""The page of a checked draft as a file: what it tells of each number, and what stands below the draft."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from shanhai.model import Code, Finding, Message, PromiseState, Severity, Verdict
from shanhai.publishing.checked_page import checked_sections, write_checked_page
from shanhai.publishing.checked_page.detail import worked
from shanhai.publishing.checked_page.rules import meter
from shanhai.publishing.checked_page.verdicts import FACES
from shanhai.publishing.checked_page.words import CODES, SEVERITIES, STATES
from shanhai.publishing.page.words import spoken
from shanhai.reasoning.checked import Checked, Judged, Reasoned

from .made_checks import checked_alone, checked_draft, cite, evidence


def page(checked: Checked, **more: Any) -> LexborHTMLParser:
    return LexborHTMLParser("".join(write_checked_page(checked, **more)))


def note(tree: LexborHTMLParser, quote: str) -> LexborNode:
    found = [n for n in tree.css(".note") if n.css_first(".back").text() == quote]
    assert len(found) == 1, quote
    return found[0]


def finding(code: Code = Code.DOES_NOT_ADD_UP, **detail: Any) -> Finding:
    return Finding(code, Severity.ERROR, Message("甲", "a"), (), {"check": "x", **detail}, Message("乙", "b"))


def text(html: str) -> str:
    return " ".join(LexborHTMLParser(html).body.text(separator=" ").split())


def test_the_summary_counts_each_verdict_and_says_what_to_do() -> None:
    tree = page(checked_draft())
    assert tree.css_first(".outcome").text().startswith("共 19 个数字，8 个有批注要看，9 个没有来源。")
    told = {
        n.css_first(".name").text().split()[0]: n.css_first(".count").text() for n in tree.css(".verdicts li")
    }
    assert told == {
        "算不拢": "1", "与证据不符": "1", "疑似旧数": "2", "口径不同": "1",
        "取整后相符": "1", "有据": "2", "只有计划": "2", "没有来源": "9",
    }  # fmt: skip
    assert "改正数字" in tree.css_first(".verdicts .todo").parent.parent.text()
    assert not tree.css(".no-evidence, .absent")


def test_each_number_is_marked_by_colour_seal_and_name() -> None:
    tree = page(checked_draft())
    marks = tree.css("article mark > a")
    assert len(marks) == 19
    first = marks[0]
    assert "v-does_not_add_up" in (first.parent.attributes["class"] or "")
    assert first.attributes["data-seal"] == "算"
    assert first.attributes["aria-label"] == "76个，算不拢 does not add up"
    assert len({face.seal for face in FACES.values()}) == len(Verdict)
    for mark in marks:
        assert tree.css_first(f'[id="{(mark.attributes["href"] or "")[1:]}"]')


def test_a_note_tells_message_arithmetic_and_what_would_settle_it() -> None:
    shown = note(page(checked_draft()), "76个")
    told = " ".join(shown.text(separator=" ").split())
    for part in (
        "五类项目合计77个",
        "The five kinds of projects make 77",
        "4+29+17+19+8 = 77 个",
        "按项目台账核对",
    ):
        assert part in told
    assert [(d.css_first("dt").text().split()[0], d.css_first("dd").text()) for d in shown.css(".worked div")] == [
        ("文中写", "76 个"), ("应为", "= 77 个"), ("相差", "1 个"),
    ]  # fmt: skip
    assert [a.text() for a in shown.css(".together .figure")] == ["4个", "29个", "17个", "19个", "8个"]


def test_sentences_for_and_against_stand_side_by_side_with_their_source() -> None:
    tree = page(checked_draft())
    for_, against = note(tree, "146名").css(".sides > .side")
    assert for_.css_first("blockquote mark").text() == "146名"
    assert for_.css_first(".by a").text().startswith("本稿")
    assert against.css_first("blockquote").text() == "全年选派专业技术人才149名，培训干部群众2.2万人次。"
    assert against.css_first("blockquote mark").text() == "149名"
    assert [b.text() for b in against.css(".by b")] == ["青岭县发展和改革局", "2025-01-20", "公报"]
    assert "reported by" in against.css_first(".by").text()


def test_only_what_needs_a_note_shows_one_from_the_start() -> None:
    tree = page(checked_draft())
    assert {n.css_first(".back").text() for n in tree.css(".note.noted")} == {
        "76个", "4.18亿元", "146名", "45场", "2.85亿元", "9120万元", "6所", "200名",
    }  # fmt: skip
    assert len(tree.css(".note.quiet")) == 11
    assert "公报里有同样的数" in note(tree, "2.2万人次").text()


def test_a_definition_that_differs_names_the_differing_parts() -> None:
    rows = [
        [c.text() for c in row.css("th, td")]
        for row in note(page(checked_draft()), "2.85亿元").css(".differs tbody tr")
    ]
    assert rows == [
        ["阶段 Stage", "签约 agreed", "到位 arrived"],
        ["形式 Form", "资金 money", "资金和物资 money and goods"],
    ]


def test_few_notes_are_unfolded_many_are_not() -> None:
    many = checked_draft()
    few = msgspec.structs.replace(
        many,
        judged=tuple(
            j if j.verdict is Verdict.DIFFERS else msgspec.structs.replace(j, verdict=Verdict.BACKED)
            for j in many.judged
        ),
    )
    assert note(page(few), "146名").css_first("details[open]")
    assert not page(many).css(".note details[open]")


def test_findings_without_a_number_of_the_draft_stand_below_it() -> None:
    tree = page(checked_draft())
    assert [n.css_first(".why").text().split(" ")[0] for n in tree.css("#findings .card")] == [
        "两份证据之间不一致。"
    ]
    assert len(tree.css("#findings blockquote")) == 2


def test_facts_show_their_interval_their_grade_and_what_it_is_made_of() -> None:
    people, training = page(checked_draft()).css("#facts .fact")
    assert "没有一个数能与各处所说都相符" in people.css_first(".supported").text()
    assert training.css_first(".supported b").text() == "[21,500,\u200222,500) 人次"
    assert people.css_first(".grade b").text() == "C"
    assert "7/15" in people.css_first(".grade").text()
    parts = [[c.text(strip=True) for c in row.css("th, td")] for row in people.css(".grading tr")]
    assert [p[1] for p in parts] == ["2/5", "3/5", "2/5"]
    assert "没有说从何时算起" in parts[1][2]
    assert note(page(checked_draft()), "146名").css_first(".its-fact a").attributes["href"] == "#fact-1"


def test_a_rule_is_a_bar_from_certain_to_possible_with_its_line() -> None:
    card = page(checked_draft()).css_first("#rules .card")
    sure, maybe = card.css_first("rect.sure").attributes, card.css_first("rect.maybe").attributes
    assert (sure["width"], maybe["x"], maybe["width"]) == ("305.6", "305.6", "30.8")
    assert card.css_first("line.limit").attributes["x1"] == "320.0"
    told = card.css_first(".worked").text()
    for part in ("76.4%", "84.1%", "80%", "标准化厂房", "资金管理文件（2021年）"):
        assert part in told
    assert "尚不能判定" in card.css_first("h3").text()
    assert card.css_first("blockquote mark").text() == "4.18亿元"


@pytest.mark.parametrize(
    ("detail", "shown", "hidden"),
    [
        ({"certain": 85, "threshold": 80}, ["85%", "80%"], ["最多可达"]),
        (
            {"certain": Decimal("0.76"), "possible": Decimal("0.84"), "threshold": Decimal("0.8")},
            ["0.76", "0.8"],
            ["%"],
        ),
        (
            {"source": {"who_zh": "某会议", "who_en": "a conference", "when": "2014"}},
            ["某会议", "（2014）"],
            ["who_zh"],
        ),
        (
            {"threshold": 80, "items": [{"name": "道路", "low": 3, "high": 3, "certain": 0, "possible": 3}]},
            ["道路", "= 3"],
            [],
        ),
        ({}, [], ["threshold"]),
    ],
)
def test_a_rule_shows_what_is_known_of_it(
    detail: dict[str, Any], shown: list[str], hidden: list[str]
) -> None:
    told = text(meter(finding(Code.RULE_OPEN, **detail)) or "<p></p>")
    assert all(part in told for part in shown)
    assert not any(part in told for part in hidden)


def test_implied_numbers_tell_their_derivation() -> None:
    told = page(checked_draft()).css_first("#implied .card").text()
    assert "23190000000 ÷ 51870000 个" in told
    assert "= 447 个" in told


def test_promises_tell_their_day_or_that_none_is_given() -> None:
    with_day, without = page(checked_draft()).css("#promises .promise")
    assert with_day.css_first(".due").text() == "2025-06"
    assert without.css_first(".due").text() == "未给日期 no date given"
    assert without.css_first(".figure").text() == "200名"


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ({"equation": "3 + 4 = 8", "unit": "万元", "told": "8", "expected_low": 70_000, "expected_high": 70_000,
          "difference": 10_000}, "3 + 4 = 8 万元 文中写 told 8 万元 应为 should be = 7 万元 相差 off by 1 万元"),
        ({"equations": ["1+1 = 3", "3+1 = 5"]}, "1+1 = 3 3+1 = 5"),
        ({"apart": "1.09万元", "difference": 10900, "unit": "万元"}, "相差 off by 1.09万元"),
        ({"other_party": "第九批工作队"}, "原属队伍 first told by 第九批工作队"),
        ({"correction": {"slip": "wan", "value": 12}, "unit": "元"}, "最可能本来是 most likely meant 12 元"),
        ({"seen": [1, None, True], "deep": {"甲": 2}}, "seen 1、—、是 yes deep 甲：2"),
        ({"values": [146, 149], "unit": "名", "unsaid": ["since"]}, "两处所说 the two figures 146 名、149 名 没有写明 not told 起算 Since"),
        ({"relation": "parts", "told": None, "low": None}, ""),
        ({"differs": ["cumulative", "other"], "values": {"cumulative": [True, None]}},
         "不同之处 differs in 这边 one side 那边 other side 是否累计 cumulative 是 yes 未说 not said other 未说 not said 未说 not said"),
    ],
)  # fmt: skip
def test_a_detail_is_told_in_words_unknown_keys_as_a_table_missing_ones_not(
    detail: dict[str, Any], shown: str
) -> None:
    assert text(worked(finding(**detail)) or "<p></p>") == shown


@pytest.mark.parametrize(
    "detail", [{"equation": 5}, {"differs": "stage"}, {"values": 7}, {"range": "k"}, {"told": "x" * 9999}]
)
def test_a_detail_of_another_shape_stops_nothing(detail: dict[str, Any]) -> None:
    assert len(worked(finding(**detail))) < 2000


def test_a_draft_without_numbers_says_so() -> None:
    tree = page(checked_alone("这份稿子里没有数。\n"))
    assert "没有读出数字" in tree.css_first("#summary .empty").text()
    assert not tree.css(".tools, .verdicts, .note")


def test_no_evidence_is_said_before_anything_is_called_without_source() -> None:
    tree = page(checked_alone())
    assert "没有给出证据" in tree.css_first(".no-evidence").text()
    assert tree.css_first(".absent").text().startswith("没有出现")


def test_a_draft_without_its_text_shows_its_numbers() -> None:
    whole = checked_draft()
    bare = msgspec.structs.replace(whole.draft, report=None)
    tree = page(msgspec.structs.replace(whole, draft=bare, evidence={**whole.evidence, bare.doc: bare}))
    assert len(tree.css("article mark > a")) == 19
    assert "原文不在手" in note(tree, "146名").css_first(".side").text()


def test_a_figure_that_is_no_claim_is_shown_in_its_sentence() -> None:
    draft = evidence("工程完成。培训班已办2期，明年再办。\n", "稿.txt")
    assert draft.report is not None
    at = draft.report.source_text.index("明年")
    cited = msgspec.structs.replace(cite(draft, "2期"), start=at, end=at + 2, quote="明年")
    judged = Judged(draft.claims[0], Verdict.DIFFERS, Message("不符", "differs"), (), (cited,))
    tree = page(Checked(draft, (judged,), Reasoned((), (), ()), {draft.doc: draft}))
    assert tree.css(".side.against blockquote")[0].text() == "培训班已办2期，明年再办。"
    assert tree.css_first(".side.against mark").text() == "明年"


def test_a_thousand_copies_are_told_by_the_first_few_and_a_count() -> None:
    whole = checked_draft()
    cited = cite(whole.evidence["公报"], "149名")
    judged = tuple(
        msgspec.structs.replace(j, opposing=(cited,) * 1000) if j.claim.quote == "146名" else j
        for j in whole.judged
    )
    shown = note(page(msgspec.structs.replace(whole, judged=judged)), "146名")
    assert len(shown.css(".against li")) == 6
    assert "还有 994 处" in shown.text()


def test_everything_that_can_be_shown_has_a_name_in_both_languages() -> None:
    assert set(FACES) == set(Verdict)
    assert set(CODES) == set(Code)
    assert set(SEVERITIES) == set(Severity)
    assert set(STATES) == set(PromiseState)
    for face in FACES.values():
        assert all((*face.word, *face.todo))
    for table in (CODES, SEVERITIES, STATES):
        assert all(word.zh and word.en for word in table.values())


@pytest.mark.parametrize("made", [checked_draft, checked_alone])
def test_the_same_result_makes_the_same_bytes_and_every_link_leads_somewhere(
    made: Callable[[], Checked],
) -> None:
    one, two = ("".join(write_checked_page(made(), generated="shanhai")) for _ in range(2))
    assert one == two
    tree = LexborHTMLParser(one)
    ids = [n.attributes["id"] for n in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    links = [n.attributes["href"] or "" for n in tree.css("a[href]")]
    assert links
    assert all(re.fullmatch(r"#.+", link) and link[1:] in ids for link in links)


def test_the_sections_are_written_in_one_language_where_one_is_spoken() -> None:
    with spoken("en"):
        english = LexborHTMLParser("".join(checked_sections(checked_draft())))
    with spoken("zh"):
        chinese = LexborHTMLParser("".join(checked_sections(checked_draft())))
    assert english.css_first(".outcome").text().startswith("19 numbers, 8 to look at")
    assert chinese.css_first(".outcome").text() == "共 19 个数字，8 个有批注要看，9 个没有来源。"
    assert chinese.css(".en") == []
    assert chinese.css("[lang=en]") == []
    assert not [n.text() for n in english.css(".note > .why") if n.attributes.get("lang") != "en"]


def test_the_sentences_of_the_evidence_lead_to_where_they_can_be_opened() -> None:
    links = [
        n.attributes["href"]
        for n in LexborHTMLParser("".join(checked_sections(checked_draft(), lambda c: f"/room/{c.doc}"))).css(
            ".by a.to-room"
        )
    ]
    assert links
    assert all(str(link).startswith("/room/") for link in links)


def test_a_rate_that_is_off_is_told_in_per_cent() -> None:
    told = text(
        worked(finding(told=341, expected_low=240, expected_high=240, apart="101个百分点", unit="名"))
    )
    assert "文中写 told 341%" in told
    assert "= 240%" in told
    assert "名" not in told


def test_a_long_decimal_that_should_stand_there_is_shown_rounded_and_says_so() -> None:
    low = Decimal("240.353697749")
    told = text(
        worked(finding(told=341, expected_low=low, expected_high=low, apart="101个百分点", unit="名"))
    )
    assert "≈ 240.35%" in told
    assert "240.3536" not in told
    small = Decimal("0.00123")
    assert "= 0.00123" in text(worked(finding(told=341, expected_low=small, expected_high=small, unit="名")))
