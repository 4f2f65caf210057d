"""Definitions held against each other in other words than those known, in two texts and within one."""

import pytest

from shanhai.model import Code, Finding
from shanhai.reasoning.reason import reason

from ..reported import told

TWO_TEXTS = [
    ("form", "截至2022年底，天津市社会各界共捐款3.6亿元。", "截至2022年底，天津市社会各界捐款捐物共计5.2亿元。"),
    ("form", "截至2023年6月，东部企业捐助善款4300万元。", "截至2023年6月，东部企业捐助物资和善款合计6120万元。"),
    ("form", "东部省市社会各界捐赠资金3.6亿元（截至2022年底）。", "5.2亿元，这是截至2022年底东部省市社会各界捐赠的款物总额。"),
    ("stage", "2023年，墨玉县签订招商项目协议金额56亿元。", "2023年，墨玉县招商项目实际到位资金12.3亿元。"),
    ("counted", "2024年，工作队在策勒县举办电商课，参训妇女420人。", "2024年，工作队在策勒县举办电商课，参训妇女1180人次。"),
    ("scope", "2023年，湖北省援藏工作队整支队伍在山南市培训医务人员2600人次。", "2023年，湖北省援藏工作队第一批专技人才在山南市培训医务人员310人次。"),
    ("payer", "2012年以来，投入西藏的援藏资金近500亿元，全部由17个援藏省市承担。", "2012年以来，中央政府累计投入西藏的援藏资金超500亿元。"),
    ("payer", "2012年以来累计投入援藏资金近500亿元，这笔钱来自支援省市。", "2012年以来，累计投入援藏资金超500亿元，资金来自中央财政。"),
]  # fmt: skip
ONE_TEXT = [
    ("form", "2023年，甲县收到社会捐款212万元。连同图书、衣物折价在内，甲县全年收到社会捐赠款物385万元。"),
    ("stage", "2023年，墨玉县招商项目签约额56亿元。到年底，墨玉县招商项目落地资金12.3亿元。"),
    ("counted", "2024年，工作队在策勒县培训电商妇女420人。全年看，工作队在策勒县培训电商妇女达1180人次。"),
    ("since", "2017年以来，上海市累计向喀什地区选派教师460名。而自1997年以来，上海市累计向喀什地区选派教师1890名。"),
    ("scope", "2023年，全队在山南市培训当地医务人员2600人次。医疗队在山南市培训当地医务人员310人次。"),
    ("payer", "2012年以来17个援藏省市累计投入援藏资金近500亿元；也有报道说，2012年以来中央政府累计投入援藏资金超500亿元。"),
]  # fmt: skip
CALM = [
    "2023年，甲县社会捐赠款物385万元，其中资金212万元。",
    "社会捐赠资金100万元用于学校。另有企业捐赠款物300万元用于医院。",
    "2023年，洛隆县到位中央财政资金2亿元。洛隆县到位自治区财政资金1.2亿元。",
    "全年培训乡村教师420人、1180人次，人均约2.8次。",
    "2023年，洛隆县计划投资2亿元。到年底，洛隆县完成投资1.4亿元。",
    "第一专家组三年培训2860人次，第二专家组三年培训3210人次。",
    "工作队培训农牧民1200人。组织线上讲座，培训教师3400人次。",
    "累计选派医生346名。今年新选派医生58名。",
]


def _unlike(*texts: str) -> list[Finding]:
    out = reason([told(f"r{i}", text) for i, text in enumerate(texts)])
    assert not [f for f in out.findings if f.code is Code.CONTRADICTED]
    return [f for f in out.findings if f.code is Code.NOT_COMPARABLE]


@pytest.mark.parametrize(("part", "one", "other"), TWO_TEXTS)
def test_two_reports_that_differ_in_a_part_told_in_other_words(part: str, one: str, other: str) -> None:
    for texts in ((one, other), (other, one)):
        (finding,) = _unlike(*texts)
        assert finding.detail["differs"] == [part]
        assert {c.doc for c in finding.claims} == {"r0", "r1"}


@pytest.mark.parametrize(("part", "text"), ONE_TEXT)
def test_one_report_that_tells_both_definitions(part: str, text: str) -> None:
    (finding,) = _unlike(text)
    assert finding.detail["differs"] == [part]
    assert len({c.quote for c in finding.claims}) == 2


@pytest.mark.parametrize("text", CALM)
def test_parts_items_and_steps_of_one_report_are_not_held_against_each_other(text: str) -> None:
    assert _unlike(text) == []


def test_nearly_and_over_by_one_payer_since_one_day_contradict() -> None:
    one = "2012年以来，17个援藏省市累计投入援藏资金近500亿元。"

    def _codes(*texts: str) -> list[Code]:
        found = reason([told(f"r{i}", t) for i, t in enumerate(texts)]).findings
        return [f.code for f in found if f.code in (Code.CONTRADICTED, Code.NOT_COMPARABLE)]

    assert _codes(one, one.replace("近500亿", "超过500亿")) == [Code.CONTRADICTED]
    assert _codes(one, one.replace("近500亿", "480多亿")) == []
    assert _codes(one, one.replace("近500亿", "超过500亿").replace("17个援藏省市", "中央财政")) == [
        Code.NOT_COMPARABLE
    ]
