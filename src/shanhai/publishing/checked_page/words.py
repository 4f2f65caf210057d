"""What the result calls things beyond the words of the page of claims: Chinese first, English beside it."""

from collections.abc import Iterable, Mapping

from shanhai.model import Code, Message, PromiseState, Severity
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.masking import without_private
from shanhai.publishing.page.words import ROWS, Word, both, in_one_language

CODES: Mapping[Code, Word] = {
    Code.ADDS_UP: Word("算得拢", "adds up"),
    Code.DOES_NOT_ADD_UP: Word("算不拢", "does not add up"),
    Code.CONTRADICTED: Word("互相矛盾", "contradicted"),
    Code.NOT_COMPARABLE: Word("口径不同，不可比", "not comparable"),
    Code.IMPLIED: Word("推得的数", "implied"),
    Code.IMPLAUSIBLE: Word("不合常理", "implausible"),
    Code.RECYCLED: Word("疑似旧数", "recycled"),
    Code.RULE_MET: Word("符合规定", "rule met"),
    Code.RULE_BROKEN: Word("不符合规定", "rule broken"),
    Code.RULE_OPEN: Word("尚不能判定", "rule open"),
    Code.PROMISE_OPEN: Word("未到期的承诺", "promise open"),
    Code.PROMISE_DUE: Word("已到期的承诺", "promise due"),
    Code.UNVERIFIABLE: Word("无法核实", "unverifiable"),
}
SEVERITIES: Mapping[Severity, Word] = {
    Severity.ERROR: Word("错", "error"),
    Severity.WARNING: Word("疑", "warning"),
    Severity.INFO: Word("知", "note"),
}
STATES: Mapping[PromiseState, Word] = {
    PromiseState.OPEN: Word("未到期", "open"),
    PromiseState.DUE: Word("已到期", "due"),
    PromiseState.KEPT: Word("已兑现", "kept"),
    PromiseState.DELAYED: Word("已推迟", "delayed"),
    PromiseState.CONTRADICTED: Word("与后来所说不符", "contradicted"),
}
RELATIONS: Mapping[str, Word] = {
    "parts": Word("分项与总数", "parts and whole"),
    "total": Word("合计", "total"),
    "remainder": Word("余数", "remainder"),
    "rate": Word("比率", "rate"),
    "growth": Word("增长", "growth"),
    "difference": Word("增减", "difference"),
    "average": Word("平均数", "average"),
    "account": Word("收支", "account"),
    "shares": Word("占比", "shares"),
    "order": Word("大小次序", "order"),
    "cumulative": Word("累计数", "cumulative"),
}
DETAIL: Mapping[str, Word] = {
    "told": Word("文中写", "told"),
    "expected": Word("应为", "should be"),
    "difference": Word("相差", "off by"),
    "result": Word("推得", "implies"),
    "correction": Word("最可能本来是", "most likely meant"),
    "range": Word("通常范围", "usual range"),
    "other_period": Word("原属时期", "first told for"),
    "other_party": Word("原属队伍", "first told by"),
    "rule": Word("规定", "rule"),
    "source": Word("规定出处", "source of the rule"),
    "threshold": Word("规定线", "threshold"),
    "certain": Word("可确定", "certain"),
    "possible": Word("最多可达", "possible"),
    "deciding": Word("取决于", "decided by"),
    "opening": Word("期初余额", "opening balance"),
    "planned": Word("是否计划", "planned"),
    "place": Word("地点", "place"),
    "median": Word("同类数的中间值", "middle of its like"),
    "values": Word("同类数的个数", "figures of its like"),
    "factor": Word("为中间值的倍数", "times the middle"),
    "score": Word("离群程度", "how far out"),
    "value": Word("本数", "this figure"),
    "both_values": Word("两处所说", "the two figures"),
    "sources": Word("独立来源", "independent sources"),
    "grade": Word("可靠等级", "grade"),
    "unsaid": Word("没有写明", "not told"),
    "due": Word("期限", "due"),
    "later_due": Word("后来的期限", "later due"),
    "period": Word("这里说是", "here told for"),
    "party": Word("这里说是", "here told by"),
    "other_doc": Word("先见于", "first told in"),
}
PARTS: Mapping[str, Word] = {
    **{key: ROWS[key] for key in ("counted", "stage", "form", "scope", "since", "period", "place", "party")},
    "cumulative": Word("是否累计", "cumulative"),
    "kind": Word("类型", "kind"),
}
GRADE_PARTS: Mapping[str, Word] = {
    "register": Word("台账", "register"),
    "sources": Word("独立来源", "independent sources"),
    "best_source": Word("来源种类", "kind of source"),
    "definition": Word("口径完整", "definition"),
    "contradiction": Word("有无矛盾", "contradiction"),
}


def plain(text: str, figures: Iterable[str] = ()) -> str:
    """Text from outside as HTML, private numbers masked; what stands in ``figures`` is no private number."""
    return escape(without_private(text, figures))


def message(said: Message, name: str, figures: Iterable[str] = ()) -> str:
    """A message as a paragraph, the English below the Chinese."""
    figures = tuple(figures)
    alone = in_one_language(Word(said.zh, said.en))
    if alone is not None:
        language = ' lang="en"' if alone == said.en else ""
        return f'<p class="{name}"{language}>{plain(alone, figures)}</p>\n'
    english = f' <span class="en" lang="en">{plain(said.en, figures)}</span>' if said.en else ""
    return f'<p class="{name}">{plain(said.zh, figures)}{english}</p>\n'


_SETTLES = Word("怎样了结", "what would settle it")


def settling(said: Message) -> str:
    """What would settle a finding, under its heading; "" where nothing is to be settled."""
    if not said.zh:
        return ""
    return (
        f'<div class="settles"><p class="part-name">{both(_SETTLES)}</p>{message(said, "settling")}</div>\n'
    )
