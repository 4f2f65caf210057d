"""Bad input: a clear finding or nothing, never an exception and never a hang."""

import datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai import find_claims, read
from shanhai.model import Code, Finding
from shanhai.reasoning.check import check
from shanhai.reasoning.checked import Reasoned
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.reason import reason

from .reported import told

CLASHES = {Code.DOES_NOT_ADD_UP, Code.CONTRADICTED}


def _out(*lines: str) -> Reasoned:
    return reason([told("简报", *lines)])


def _clashes(*lines: str) -> list[Finding]:
    return [f for f in _out(*lines).findings if f.code in CLASHES]


CYCLE = (
    "援藏资金共9000万元，由财政资金5000万元和社会资金4000万元组成。",
    "财政资金5000万元，由援藏资金9000万元和社会资金4000万元组成。",
)


def test_a_cycle_of_totals_is_a_clash_of_what_it_says_twice() -> None:
    found = _clashes(*CYCLE)
    assert found
    assert all({"5000万元", "9000万元"} <= {c.quote for c in f.claims} for f in found)


def test_a_cycle_that_all_zeros_would_satisfy_is_no_clash() -> None:
    assert (
        _clashes(*(line.replace("9000", "0").replace("5000", "0").replace("4000", "0") for line in CYCLE))
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "计划实施项目0个，已开工0个，开工率0%。",
        "计划实施项目0个，已开工3个，开工率100%。",
        "计划投资0万元，完成投资0万元，完成率0%。",
        "发放分红0万元，惠及群众0户，户均0元。",
        "发放分红172万元，惠及群众0户，户均2000元。",
        "2023年接待游客500人次，比上年的0人次增长25%。",
        "2023年接待游客0人次，比上年的400人次下降100%。",
        "销售收入由0万元增加到546万元，增长100%。",
        "上年结转0万元，本年收入0万元，本年支出0万元，年末结余0万元。",
        "实施项目0个，其中教育0个、卫生0个。",
        "总投资900万元，平均每个项目0万元。",
    ],
)
def test_zeros_never_divide(text: str) -> None:
    for finding in _out(text).findings:
        assert finding.message.zh
        assert finding.message.en


@pytest.mark.parametrize(
    "text",
    [
        "实施项目-22个，其中教育-9个、卫生-13个。",
        "年末结余-120万元，上年结转500万元，本年收入300万元，本年支出920万元。",
        "农牧民收入增长-12.5%，比上年的8000元减少-1000元。",
        "满意度由97%提高到95%，提高-2个百分点。",
        "累计培训农牧民－3287人次。",
    ],
)
def test_negative_counts_are_taken_as_they_come(text: str) -> None:
    _out(text)


@pytest.mark.parametrize(
    "text",
    [
        "完成率1250%，其中民生占比3400%、基层占比9900%。",
        "计划投资100万元，完成投资1250万元，完成率1250%。",
        "资金分别占教育400%、卫生350%、产业250%。",
        "入学率由70%提高到70%，提高0个百分点。",
        "接待游客由400人次增加到400人次，增长0%。",
        "培训农牧民100至200人次，其中妇女150至100人次。",
        "投入资金500万元以上，其中教育400万元以上、卫生300万元以上。",
        "投入资金不足500万元，其中教育400万元以下、卫生数十万元。",
        "培训农牧民数百人次，其中妇女上百人次、其余若干人次。",
        "产值99999999999999999999亿元，其中农业99999999999999999998亿元、工业1亿元。",
        "面积0.000000000000000001亩，其中草地0.0000000000000000005亩、林地0.0000000000000000005亩。",
        "截至2023年13月45日累计培训3287人次。截至0000年累计培训3000人次。",
        "（（（（22个（9个（8个（5个",
        "22个））））9个）8个）5个，合计合计合计",
        "其中其中其中22个其中9个其中其中8个，其余其余5个",
    ],
)
def test_odd_figures_end_in_findings_or_nothing(text: str) -> None:
    for finding in _out(text).findings:
        assert msgspec.json.encode(finding)


def test_ends_that_are_equal_and_points_that_are_none_agree() -> None:
    out = _out("入学率由70%提高到70%，提高0个百分点。")
    assert not [f for f in out.findings if f.code in CLASHES]


def test_open_ranges_let_a_sum_hold() -> None:
    assert _clashes("投入资金500万元以上，其中教育400万元以上、卫生300万元以上。") == []


CONTRARY = [
    "2023年，援藏工作队在洛隆县培训农牧民{}人次。",
    "2023年，援藏工作队在洛隆县累计培训农牧民{}人。",
    "2023年，援藏工作队医疗组在洛隆县计划培训农牧民{}人次。",
    "2023年以来，援藏工作队在洛隆县培训农牧民{}户。",
]


def test_contradictory_definitions_are_not_called_contradictions() -> None:
    evidence = [told(f"r{i}", text.format(100 * (i + 1))) for i, text in enumerate(CONTRARY)]
    out = reason(evidence)
    assert not [f for f in out.findings if f.code is Code.CONTRADICTED]
    assert [f for f in out.findings if f.code is Code.NOT_COMPARABLE]


def test_thousands_of_equal_figures_are_told_in_time() -> None:
    lines = [f"2023年，援藏工作队在洛隆县第{i}村培训农牧民120人次。" for i in range(3000)]
    out = _out(*lines)
    assert len(out.facts) >= 1
    assert not [f for f in out.findings if f.code in CLASHES]


@pytest.mark.parametrize("sign", ["、", "；"])
def test_five_thousand_figures_in_one_sentence(sign: str) -> None:
    items = sign.join(f"{chr(0x4E00 + i)}村{i + 3}户" for i in range(5000))
    out = _out(f"全县共90000000户，其中{items}。")
    assert len(out.facts) > 1000


def test_many_figures_tied_to_one_another_are_settled_or_said_not_to_be() -> None:
    parts = [7 + 3 * i for i in range(160)]
    listed = "、".join(f"乡镇{chr(0x4E00 + i)}{n}个" for i, n in enumerate(parts))
    by_year = f"新建项目{sum(parts) // 2}个、续建项目{sum(parts) // 3}个"
    text = f"共实施项目{sum(parts) + 500}个。按乡镇分：{listed}。按建设性质分：{by_year}。"
    found = [
        f for f in reason([told("简报", text)], seconds=5).findings if f.detail.get("check") == "arithmetic"
    ]
    assert any(
        f.code in CLASHES or (f.code is Code.UNVERIFIABLE and f.detail["reason"] == "not settled in time")
        for f in found
    )


def test_claims_without_their_report_are_reasoned_with() -> None:
    evidence = [told("a", CONTRARY[0].format(3287)), told("b", CONTRARY[0].format(3827))]
    bare = [Evidence(e.doc, e.claims) for e in evidence]
    out = reason(bare)
    assert len(out.facts) >= 1
    assert not [f for f in out.findings if f.detail.get("check") == "arithmetic"]
    assert check(bare[0], bare[1:]).judged[0].claim == evidence[0].claims[0]


def test_no_evidence_is_no_finding() -> None:
    assert reason([]) == Reasoned((), (), ())
    assert reason([Evidence("leer", ())]) == Reasoned((), (), ())


def test_a_report_without_figures_says_nothing() -> None:
    out = _out("工作队到村入户，开展慰问。")
    assert (out.facts, out.findings) == ((), ())


def test_one_claim_is_one_fact() -> None:
    out = _out("2023年，洛隆县培训农牧民3287人次。")
    assert len(out.facts) == 1
    assert out.findings == ()


def test_a_draft_without_figures_gets_no_verdict() -> None:
    found = check(told("草稿", "工作队到村入户。"), [told("a", CONTRARY[0].format(5))])
    assert found.judged == ()


PIECES = st.sampled_from(
    ["其中", "合计", "分别为", "其余", "剩余", "（", "）", "，", "、", "；", "。", "：", "\n", "按行业分", "占", "由", "增加到",
     "增长", "下降", "提高", "户均", "开工率", "上年结转", "收入", "支出", "结余", "比上年的", "累计", "截至2023年底", "0个", "22个",
     "9个", "-5个", "近300万元", "超1亿元", "数十户", "35%", "1200%", "3个百分点", "二百余人", "1至3家", "2023年", "洛隆县", "项目"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=40), st.lists(PIECES, max_size=15))
def test_whatever_is_put_together_is_reasoned_with(one: list[str], other: list[str]) -> None:
    evidence = []
    for doc, pieces in (("一", one), ("二", other)):
        report = read(("总结\n" + "".join(pieces)).encode(), name=f"{doc}.txt")
        evidence.append(Evidence(doc, tuple(find_claims(report)), report))
    out = reason(evidence, on=datetime.date(2024, 6, 1), seconds=5)
    quotes = {(e.doc, c.start, c.end) for e in evidence for c in e.claims}
    for finding in out.findings:
        assert finding.message.zh
        assert finding.message.en
        assert finding.claims
        if finding.code in CLASHES:
            assert {(c.doc, c.start, c.end) for c in finding.claims} <= quotes
