"""A checked draft made by hand: reports that are really read, claims that are really found, verdicts set by hand.

Others may take it: ``checked_draft()`` holds one number of every verdict and one finding of every code.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from shanhai import find_claims, read
from shanhai.model import (
    Bounds,
    Cited,
    Claim,
    Code,
    Fact,
    Finding,
    Grade,
    GradePart,
    Message,
    Promise,
    PromiseState,
    Severity,
    Verdict,
)
from shanhai.reasoning.checked import Checked, Judged, Reasoned
from shanhai.reasoning.evidence import Evidence

DRAFT = """云川市对口支援青岭县2024年工作总结（稿）
2025年1月8日 来源：云川市工作队

一、项目与资金
2024年，工作队实施援助项目76个，其中民生类4个、产业类29个、教育类17个、卫生类19个、其他8个。全年到位援助资金4.18亿元，完成投资约1.2亿元。

二、人才与培训
全年选派专业技术人才146名，培训当地干部群众2.2万人次，其中医疗培训3210人次。柔性引才38名，开展义诊45场。联系电话：13912345678。

三、产业与消费
引进企业18家，签约资金2.85亿元。采购和帮助销售农产品9120万元。新建标准化厂房12000平方米。

四、下一步
2025年将新建村级卫生室6所，预计6月底投入使用；还将培训骨干教师200名。
"""

REVIEW = """青岭县2024年对口支援情况公报
来源：青岭县发展和改革局 2025年1月20日

2024年，云川市工作队实施援助项目76个，到位援助资金41759万元。全年选派专业技术人才149名，培训干部群众2.2万人次。值班电话：13812345678，引进企业18家。
"""

NEWS = """对口支援队伍晒出成绩单
来源：云川日报 2023年12月30日

2023年，工作队采购和帮助销售农产品9120万元，开展义诊45场。到位款物2.12亿元。
"""


def evidence(text: str, name: str) -> Evidence:
    """A text as it is really read, with the claims that are really found."""
    report = read(text.encode(), name=name)
    return Evidence(report.doc, tuple(find_claims(report)), report)


def cite(of: Evidence, quote: str, nth: int = 1) -> Cited:
    """The nth claim of a report whose quote holds ``quote``."""
    return Cited.of([c for c in of.claims if quote in c.quote][nth - 1])


def claim(of: Evidence, quote: str, nth: int = 1) -> Claim:
    """The same as a claim."""
    return [c for c in of.claims if quote in c.quote][nth - 1]


def finding(
    code: Code,
    zh: str,
    en: str,
    claims: Sequence[Cited],
    detail: Mapping[str, Any],
    settles: tuple[str, str] = ("核对原始台账。", "Look into the register."),
    severity: Severity = Severity.WARNING,
) -> Finding:
    """A finding with its message in both languages."""
    return Finding(code, severity, Message(zh, en), tuple(claims), dict(detail), Message(*settles))


GRADE = Grade(
    "C",
    7,
    15,
    (
        GradePart("sources", 2, 5, Message("两个独立来源。", "Two independent sources.")),
        GradePart("definition", 3, 5, Message("没有说从何时算起。", "It is not told since when it counts.")),
        GradePart("contradiction", 2, 5, Message("一处说法不同。", "One report says otherwise.")),
    ),
)


def checked_draft() -> Checked:
    """A draft with one number of every verdict, held against two reports."""
    draft, review, news = (
        evidence(DRAFT, "总结稿.txt"),
        evidence(REVIEW, "公报.txt"),
        evidence(NEWS, "成绩单.txt"),
    )
    findings = _findings(draft, review, news)
    judged = _judged(draft, review, news, findings)
    return Checked(
        draft=draft,
        judged=judged,
        reasoned=Reasoned(_facts(draft, review), tuple(findings.values()), _promises(draft)),
        evidence={e.doc: e for e in (draft, review, news)},
    )


def checked_alone(text: str = DRAFT) -> Checked:
    """A draft without evidence: no number has a source."""
    draft = evidence(text, "稿.txt")
    why = Message("没有证据可以对照。", "There is no evidence to hold it against.")
    return Checked(
        draft,
        tuple(Judged(c, Verdict.NO_SOURCE, why) for c in draft.claims),
        Reasoned((), (), ()),
        {draft.doc: draft},
    )


def _findings(draft: Evidence, review: Evidence, news: Evidence) -> dict[str, Finding]:
    parts = [cite(draft, q) for q in ("76个", "4个", "29个", "17个", "19个", "8个")]
    return {
        "sum": finding(
            Code.DOES_NOT_ADD_UP,
            "五类项目合计77个，与所写的76个差1个。",
            "The five kinds of projects make 77, one more than the 76 told.",
            parts,
            {"check": "parts", "relation": "total", "equation": "4+29+17+19+8 = 77", "told": 76, "difference": 1,
             "unit": "个", "expected_low": 77, "expected_high": 77},
            ("按项目台账核对五类各有几个。", "Count the five kinds in the register of projects."),
            Severity.ERROR,
        ),
        "people": finding(
            Code.CONTRADICTED,
            "本稿写146名，公报写149名。",
            "The draft tells 146, the bulletin 149.",
            [cite(draft, "146名"), cite(review, "149名")],
            {"check": "facts", "difference": 3, "unit": "名"},
            ("对照年底的选派名册。", "Compare with the roll at the end of the year."),
            Severity.ERROR,
        ),
        "definition": finding(
            Code.NOT_COMPARABLE,
            "本稿说的是签约资金，成绩单说的是到位款物，不能直接相比。",
            "The draft tells money agreed, the news money and goods arrived; they cannot be compared.",
            [cite(draft, "2.85亿元"), cite(news, "2.12亿元")],
            {"check": "definitions", "differs": ["stage", "form"],
             "values": {"stage": ["agreed", "arrived"], "form": ["money", "both"]}},
        ),
        "recycled": finding(
            Code.RECYCLED,
            "9120万元在2023年的报道里已经说过。",
            "9120万元 was told in a report on 2023 already.",
            [cite(draft, "9120万元"), cite(news, "9120万元")],
            {"check": "recycled", "other_period": "2023"},
        ),
        "space": finding(
            Code.IMPLAUSIBLE,
            "厂房面积远高于同类项目。",
            "The floor area lies far above that of its like.",
            [cite(draft, "12000平方米")],
            {"check": "plausible", "correction": 1200, "range": [200, 5000], "unit": "平方米",
             "seen_in": ["某县", "某镇"], "weight": Decimal("0.75")},
        ),
        "rule": finding(
            Code.RULE_OPEN,
            "用于民生的比例在76.4%与84.1%之间，是否过80%还不能定。",
            "The share for livelihood lies between 76.4% and 84.1%; whether it passes 80% is open.",
            [cite(draft, "4.18亿元")],
            {"check": "rules", "rule": "民生占比不低于80%", "threshold": 80, "certain": Decimal("76.4"),
             "possible": Decimal("84.1"), "deciding": ["标准化厂房"], "source": "资金管理文件（2021年）"},
        ),
        "implied": finding(
            Code.IMPLIED,
            "按总额和平均数推算，项目约有447个。",
            "Total and average imply 447 projects.",
            [cite(review, "41759万元")],
            {"check": "implied", "equation": "23190000000 ÷ 51870000", "low": 447, "high": 447, "unit": "个"},
            severity=Severity.INFO,
        ),
        "elsewhere": finding(
            Code.CONTRADICTED,
            "两份证据之间不一致。",
            "Two reports of the evidence disagree.",
            [cite(review, "149名"), cite(news, "45场")],
            {"check": "facts"},
        ),
    }  # fmt: skip


def _judged(
    draft: Evidence, review: Evidence, news: Evidence, found: Mapping[str, Finding]
) -> tuple[Judged, ...]:
    def told(quote: str, of: Evidence) -> tuple[Cited, ...]:
        return (cite(of, quote),)

    set_by_hand: dict[str, tuple[Verdict, tuple[Cited, ...], tuple[Cited, ...], str]] = {
        "76个": (Verdict.DOES_NOT_ADD_UP, told("76个", review), (), "sum"),
        "4.18亿元": (Verdict.ROUNDED, told("41759万元", review), (), ""),
        "146名": (Verdict.DIFFERS, (), told("149名", review), "people"),
        "2.2万人次": (Verdict.BACKED, told("2.2万人次", review), (), ""),
        "18家": (Verdict.BACKED, told("18家", review), (), ""),
        "2.85亿元": (Verdict.DEFINITION, (), told("2.12亿元", news), "definition"),
        "9120万元": (Verdict.REPEATS, (), told("9120万元", news), "recycled"),
        "45场": (Verdict.REPEATS, (), told("45场", news), ""),
        "6所": (Verdict.PROMISED, (), (), ""),
        "200名": (Verdict.PROMISED, (), (), ""),
        "12000平方米": (Verdict.NO_SOURCE, (), (), "space"),
    }
    why = {
        Verdict.DOES_NOT_ADD_UP: Message(
            "与一同列出的分项合不上。", "It clashes with the items listed with it."
        ),
        Verdict.DIFFERS: Message("证据里是另一个数。", "The evidence tells another number."),
        Verdict.REPEATS: Message("同一个数在2023年已经说过。", "The same number was told for 2023."),
        Verdict.DEFINITION: Message(
            "口径不同，不能说对也不能说错。", "Defined otherwise: neither right nor wrong."
        ),
        Verdict.ROUNDED: Message("取整后与41759万元相符。", "Agrees with 41759万元 when rounded."),
        Verdict.BACKED: Message("公报里有同样的数。", "The bulletin tells the same."),
        Verdict.PROMISED: Message("只是计划，还没有做到。", "A plan, not yet done."),
        Verdict.NO_SOURCE: Message("证据里没有这个数。", "The evidence does not tell it."),
    }
    judged = []
    for one in draft.claims:
        plain = (Verdict.NO_SOURCE, (), (), "")
        verdict, support, against, key = set_by_hand.get(one.quote, plain)
        named = (found[key],) if key else ()
        judged.append(Judged(one, verdict, why[verdict], support, against, named))
    return tuple(judged)


def _facts(draft: Evidence, review: Evidence) -> tuple[Fact, ...]:
    people = claim(draft, "146名")
    return (
        Fact("f1", people.indicator, "名", people.kind, people.measure, "青岭县", None, "2024", people.definition,
             None, (cite(review, "149名"),), (Cited.of(people),), 2, GRADE),
        Fact("f2", "training.person_times", "人次", people.kind, "培训干部群众", "青岭县", None, "2024",
             people.definition, Bounds(21500, 22500, True, False),
             (cite(draft, "2.2万人次"), cite(review, "2.2万人次")), (), 2, GRADE),
    )  # fmt: skip


def _promises(draft: Evidence) -> tuple[Promise, ...]:
    return (
        Promise("新建村级卫生室6所，预计6月底投入使用", cite(draft, "6所"), "2025-06", PromiseState.OPEN),
        Promise("还将培训骨干教师200名", cite(draft, "200名"), None, PromiseState.OPEN),
    )
