"""Arithmetic: what each report's text ties together holds, clashes, or misses narrowly; and what it implies."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from shanhai.model import Cited, Code, Finding, Message, Severity
from shanhai.reasoning.case import Case
from shanhai.reasoning.checks.implied import implied
from shanhai.reasoning.figures import Figure, Sheet
from shanhai.reasoning.relations import relations_of
from shanhai.reasoning.relations.relation import Form, Relation
from shanhai.reasoning.settling import Clash, clashes
from shanhai.reasoning.solving.intervals import Interval
from shanhai.reasoning.sources.told_once import told_once
from shanhai.reasoning.wording import Scale, equation, told, value_of

NAMES = {
    Form.PARTS: Message("各部分与总数", "the parts and the whole"),
    Form.TOTAL: Message("各项与合计", "the items and their total"),
    Form.REMAINDER: Message("总数、已有与剩余", "the whole, what is done and the rest"),
    Form.RATE: Message("比率与分子、分母", "the rate, its numerator and denominator"),
    Form.GROWTH: Message("前后两数与增幅", "the two levels and the growth"),
    Form.DIFFERENCE: Message("前后两数与增减量", "the two levels and the change"),
    Form.AVERAGE: Message("总数、份数与平均数", "the total, the number and the average"),
    Form.ACCOUNT: Message(
        "上年结转、收入、支出与结余", "opening balance, income, outlay and closing balance"
    ),
    Form.SHARES: Message("各部分所占比例", "the shares of one whole"),
    Form.CONVERSION: Message("同一数量的两种单位", "one amount in two units"),
    Form.ORDER: Message("大小先后", "what must not be more than what"),
}
"""What each form ties, in the messages."""

_CHECK_SOURCE = Message(
    "请核对原始台账，改正其中有误的一个数；若口径不同，请在文中写明。",
    "Check the original records and correct the figure that is wrong; where the figures count different things, say so in the text.",
)
_PERCENT = "percent_for_points"
_NOTHING = Message("无需处理。", "Nothing to do.")
_POINTS = Message(
    "若指两个百分率之差，请改为“个百分点”；若确指相对增幅，请按基数重新计算。",
    "If the difference of the two rates is meant, write percentage points; if the relative growth is meant, compute it from the base.",
)
_SLOWLY = Message("请缩短这一段，或把其中的数分开核对。", "Shorten the passage, or check its figures apart.")


def find(case: Case) -> Iterator[Finding]:
    """The findings of every report, in order; what copies of one release say is said once."""
    yield from told_once(_all(case), case)


def _all(case: Case) -> Iterator[Finding]:
    for evidence in case.evidence:
        if evidence.report is None:
            continue
        sheet = Sheet(evidence)
        relations = relations_of(sheet)
        yield from _of_relations(relations, case.seconds)
        yield from implied(sheet, relations)


def _of_relations(relations: Sequence[Relation], seconds: float) -> Iterator[Finding]:
    certain = [r for r in relations if r.certain]
    broken: set[int] = set()
    faults: list[Finding] = []
    for clash in clashes(certain, seconds):
        broken |= {id(r) for r in clash.relations}
        faults.append(_fault(clash) if clash.settled else _unsettled(clash))
    for relation in relations:
        if relation.near:
            if relation.holds():
                yield _holds(relation)
            for clash in clashes([relation], seconds):
                yield _fault(clash, near=True) if clash.settled else _unsettled(clash)
        elif id(relation) not in broken and not relation.most:
            yield _holds(relation)
    yield from faults


def _figures(relation: Relation) -> tuple[Figure, ...]:
    return tuple({slot.key[:3]: slot.figure for slot in relation.slots}.values())


def _holds(relation: Relation) -> Finding:
    detail = detail_of(relation)
    names = NAMES[relation.form]
    return Finding(
        Code.ADDS_UP,
        Severity.INFO,
        Message(
            f"{names.zh}相符：{detail['equation']}{_unit(detail)}。",
            f"{names.en.capitalize()} agree: {detail['equation']}{_unit(detail, english=True)}.",
        ),
        tuple(Cited.of(f.claim) for f in _figures(relation)),
        detail,
        _NOTHING,
    )


def _fault(clash: Clash, *, near: bool = False) -> Finding:
    relation = next((r for r in clash.relations if not r.holds()), clash.relations[0])
    detail = detail_of(relation)
    if len(clash.relations) > 1:
        detail["equations"] = [detail_of(r)["equation"] for r in clash.relations]
    names = NAMES[relation.form]
    if relation.note == _PERCENT:
        zh = f"两个百分率之差被写成了百分之几：{detail['points']}，应写“个百分点”，或者增幅应为{detail['expected']}。"
        en = (
            f"A difference of two rates is told as per cent: {detail['points']}; it is percentage points, "
            f"or the growth is {detail['expected']}."
        )
        settles = _POINTS
    else:
        zh = f"{names.zh}对不上：{detail['equation']}{_unit(detail)}，相差{detail['apart']}。"
        en = f"{names.en.capitalize()} do not fit: {detail['equation']}{_unit(detail, english=True)}, off by {detail['apart']}."
        settles = _CHECK_SOURCE
    if near:
        zh = f"{zh}相差很小，可能是笔误或漏项。"
        en = f"{en} The gap is small: a slip, or an item left out."
    if len(clash.relations) > 1 and relation.holds():
        joined = "；".join(detail["equations"])
        zh, en = (
            f"这些数不能同时成立：{joined}。",
            f"These figures cannot hold together: {joined.replace('；', '; ')}.",
        )
    return Finding(
        Code.DOES_NOT_ADD_UP,
        Severity.WARNING if near else Severity.ERROR,
        Message(zh, en),
        tuple(Cited.of(f.claim) for f in clash.figures),
        detail,
        settles,
    )


def _unsettled(clash: Clash) -> Finding:
    cited = tuple(Cited.of(f.claim) for f in clash.figures)
    return Finding(
        Code.UNVERIFIABLE,
        Severity.WARNING,
        Message(
            f"这{len(cited)}个数相互牵连，限定时间内未能算出是否相容。",
            f"These {len(cited)} figures are tied to one another; whether they fit was not settled in time.",
        ),
        cited,
        {"check": "arithmetic", "reason": "not settled in time"},
        _SLOWLY,
    )


def detail_of(relation: Relation) -> dict[str, Any]:
    """The arithmetic of a relation: equation, what the whole is told to be and what it should be, the gap."""
    figures = _figures(relation)
    unit = relation.left.figure.unit
    amounts = [f.claim for f in figures if f.unit == unit]
    scale = Scale.of(amounts, unit)
    allowed = expected(relation)
    result = _result(relation)
    apart = result.interval.distance(allowed)
    gap = _centre_gap(result.interval, _computed(relation, allowed), apart)
    percent = relation.note == _PERCENT or result.figure.unit == "%"
    shown = Scale("", 1, "个百分点") if percent else scale
    detail: dict[str, Any] = {
        "check": "arithmetic",
        "relation": relation.form.value,
        "equation": equation(relation, scale),
        "unit": _unit_of(relation, scale),
        "told": shown.number(value_of(result)),
        "expected_low": shown.number(allowed.low),
        "expected_high": shown.number(allowed.high),
        "difference": shown.number(gap),
        "apart": shown.full(round(gap, 2) if percent else gap),
    }
    if relation.note == _PERCENT:
        to, base = relation.left, relation.factors and relation.factors[0]
        assert base is not None
        detail |= {
            "note": relation.note,
            "points": f"{told(to, scale)}% − {told(base, scale)}% = {told(result, scale)}",
            "expected": Scale("", 1, "%").interval(_rounded(allowed)),
        }
    return detail


def _result(relation: Relation):  # type: ignore[no-untyped-def]
    """The slot that a reader would compute from the others: the rate, the growth, or the whole."""
    return relation.factors[1] if relation.factors is not None and _divides(relation) else relation.left


def _divides(relation: Relation) -> bool:
    """Whether a reader would divide: not by zero."""
    if relation.factors is None or relation.form not in (Form.RATE, Form.GROWTH):
        return False
    return relation.factors[0].interval.high != 0


def expected(relation: Relation) -> Interval:
    """What the other figures allow the result to be."""
    if relation.factors is None or not _divides(relation):
        return relation.allowed()
    base = relation.factors[0].interval
    quotient = relation.left.interval.times(relation.scale).quotient(base)
    return quotient.plus(Interval.point(-relation.offset))


def _computed(relation: Relation, allowed: Interval) -> Interval:
    """What a reader computes: for a whole that must be at least the sum, the sum itself."""
    return relation.right() if relation.most else allowed


def _centre_gap(told: Interval, allowed: Interval, apart: Fraction) -> Fraction:
    """How far apart the middles lie where the intervals do not meet: what a reader's own subtraction gives."""
    if not apart:
        return Fraction(0)
    ends = (told.low, told.high, allowed.low, allowed.high)
    if any(e is None for e in ends):
        return apart
    a, b, c, d = (e for e in ends if e is not None)
    return abs((a + b) / 2 - (c + d) / 2)


def _rounded(interval: Interval) -> Interval:
    return Interval(
        None if interval.low is None else round(interval.low, 1),
        None if interval.high is None else round(interval.high, 1),
    )


def _unit_of(relation: Relation, scale: Scale) -> str:
    """The unit of an equation: none for a rate; where each figure shows its own scale, the unit alone."""
    if relation.form is Form.RATE:
        return ""
    return scale.unit if relation.factors else f"{scale.name}{scale.unit}"


def _unit(detail: dict[str, Any], *, english: bool = False) -> str:
    if not detail["unit"]:
        return ""
    return f" ({detail['unit']})" if english else f"（{detail['unit']}）"
