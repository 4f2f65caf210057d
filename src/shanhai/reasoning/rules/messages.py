"""What the check of rules says, in Chinese and English."""

from collections.abc import Mapping, Sequence
from typing import Any

from shanhai.catalogue.rules import Must, Rule, RuleVersion
from shanhai.model import Message
from shanhai.reasoning.rules.amounts import REST_ZH
from shanhai.reasoning.rules.meter import Standing

_REST_EN = "the rest"
_MISSING_ZH = {"numerator": "分子", "denominator": "分母"}


def verdict_message(
    rule: Rule,
    standing: Standing,
    version: RuleVersion,
    versions: Sequence[RuleVersion],
    detail: Mapping[str, Any],
    quote: str,
) -> Message:
    """What is stated, what is asked, by whom, and how the two stand to each other."""
    planned = detail["planned"]
    if quote:
        zh, en = (
            f"{rule.name_zh}{'计划为' if planned else '为'}{quote}",
            f"{rule.name_en}: {'planned ' if planned else ''}{quote}",
        )
    else:
        low, high = _number(detail["certain"]), _number(detail["possible"])
        zh = f"按文中金额，{rule.name_zh}为{low}%" + ("" if low == high else f"至{high}%")
        en = f"By the amounts in the text, {rule.name_en.lower()}: {low} %" + (
            "" if low == high else f" to {high} %"
        )
    asked = f"；{detail['place']}{_asked_zh(version)}"
    asked_en = f"; asked in {detail['place']}: {_asked_en(version)}"
    if standing is Standing.OPEN:
        why_zh, why_en = _why_open(rule, versions, detail)
        return Message(f"{zh}{asked}。{why_zh}", f"{en}{asked_en}. {why_en}")
    over = abs(detail["margin"])
    if standing is Standing.MET:
        return Message(
            f"{zh}{asked}，达到要求" + (f"，高出{_number(over)}个百分点。" if over else "。"),
            f"{en}{asked_en}. It is met" + (f" by {_number(over)} points." if over else "."),
        )
    return Message(
        f"{zh}{asked}，没有达到要求" + (f"，相差{_number(over)}个百分点。" if over else "。"),
        f"{en}{asked_en}. It is not met" + (f": {_number(over)} points short." if over else "."),
    )


def _asked_zh(version: RuleVersion) -> str:
    word = "应超过" if version.must is Must.OVER else "应不低于"
    return f"{word}{_number(version.threshold)}%（{version.source.who_zh}）"


def _asked_en(version: RuleVersion) -> str:
    word = "over" if version.must is Must.OVER else "at least"
    return f"{word} {_number(version.threshold)} % ({version.source.who_en})"


def _why_open(rule: Rule, versions: Sequence[RuleVersion], detail: Mapping[str, Any]) -> tuple[str, str]:
    match detail["why_open"]:
        case "together":
            return (
                f"这个比例把几项要求合在一起说，看不出{rule.name_zh}单独是多少，不能下结论。",
                "The figure is told of several shares together, so this one alone is not known: no verdict.",
            )
        case "versions":
            return (
                "这一时段有几种要求，哪一种有效不清楚："
                + "；".join(_asked_zh(v) for v in versions)
                + "。结论因此不同，暂不下结论。",
                "For this time it is not known which of these holds: "
                + "; ".join(_asked_en(v) for v in versions)
                + ". They lead to different verdicts, so none is given.",
            )
    low, high = _number(detail["certain"]), _number(detail["possible"])
    zh = f"实际可能在{low}%到{high}%之间，跨在界线两边，不能下结论。"
    en = f"The true share may lie anywhere from {low} % to {high} %, on both sides of the line: no verdict."
    if detail["deciding"]:
        names = [n or "（未写名目）" for n in detail["deciding"]]
        zh += f"关键看“{'”“'.join(names)}”算不算。"
        listed = ", ".join(_REST_EN if n == REST_ZH else n for n in names)
        en += f" What decides is whether this counts: {listed}."
    return zh, en


def settles_message(rule: Rule, version: RuleVersion, detail: Mapping[str, Any]) -> Message:
    """What would settle the verdict, with what is not known of the rule."""
    zh = f"核对{rule.numerator_zh}与{rule.denominator_zh}的项目清单和金额，时段与范围要一致。"
    en = f"The list of projects and amounts of {rule.numerator_en} and of {rule.denominator_en}, for one time and scope."
    if detail["why_open"] == "versions":
        zh = f"查明当时当地有效的文件；可在自己的规则目录中写明。{zh}"
        en = f"The document that held there at the time, entered as a rule of your own. {en}"
    if version.unknown_zh:
        zh += f"关于这条要求：{version.unknown_zh}"
    if version.unknown_en:
        en += f" Of the rule: {version.unknown_en}"
    return Message(zh, en)


def missing_message(told: Sequence[tuple[str, Rule, list[str]]]) -> tuple[Message, Message]:
    """That shares are told without amounts, and what to ask for."""
    shares_zh = "、".join(f"{rule.name_zh}{quote}" for quote, rule, _ in told)
    shares_en = ", ".join(f"{rule.name_en.lower()} {quote}" for quote, rule, _ in told)
    kinds = [k for k in _MISSING_ZH if any(k in missing for _, _, missing in told)]
    zh = "和".join(_MISSING_ZH[k] for k in kinds)
    ask_zh, ask_en = _asked_for(told)
    return (
        Message(
            f"文中只写了{shares_zh}，没有写计算用的金额（{zh}），无法复算。",
            f"The report tells {shares_en} but not the amounts behind it ({' and '.join(kinds)}), "
            "so it cannot be worked out again.",
        ),
        Message(f"请提供：{'；'.join(ask_zh)}。", f"Ask for: {'; '.join(ask_en)}."),
    )


def _asked_for(told: Sequence[tuple[str, Rule, list[str]]]) -> tuple[list[str], list[str]]:
    zh: dict[str, None] = {}
    en: dict[str, None] = {}
    for _, rule, missing in told:
        if "numerator" in missing:
            zh[rule.numerator_zh] = en[rule.numerator_en] = None
        if "denominator" in missing:
            zh[rule.denominator_zh] = en[rule.denominator_en] = None
    return list(zh), list(en)


def _number(value: Any) -> str:
    return f"{value:f}" if hasattr(value, "as_tuple") else str(value)
