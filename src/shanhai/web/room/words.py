"""What the reading room says of a claim, in the reader's language; indicators and areas in both."""

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from shanhai.catalogue.indicators import load_indicators
from shanhai.catalogue.places import load_gazetteer
from shanhai.model import Bounds, Claim
from shanhai.publishing.page.figures import number, quantity, with_unit
from shanhai.publishing.page.words import APPROX, DEFINITION, KINDS, STATUS, Word, area_word

ORDER = (
    "value", "bounds", "approx", "kind", "status", "indicator", "area", "measure", "period", "place", "party",
    "counted", "stage", "form", "cumulative", "since", "scope", "minor",
)  # fmt: skip
"""The rows of a card."""


def said(word: Word) -> str:
    """A word in the reader's language."""
    return word.zh if in_chinese() or not word.en else word.en


def in_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "zh").startswith("zh")


def figure(claim: Claim) -> str:
    """The value with its unit; a word where the text is only vague."""
    return quantity(claim) or _("无确数")


def commits(bounds: Bounds, unit: str) -> str:
    """The interval in words: exactly, at least, more than, between."""
    low, high = bounds.low, bounds.high
    if low is None and high is None:
        return _("没有限定")
    if low is not None and low == high:
        return _("正好 %(n)s") % {"n": with_unit(number(low), unit)}
    if high is None and low is not None:
        told = _("至少 %(n)s") if bounds.low_closed else _("超过 %(n)s")
        return told % {"n": with_unit(number(low), unit)}
    if low is None and high is not None:
        told = _("至多 %(n)s") if bounds.high_closed else _("不足 %(n)s")
        return told % {"n": with_unit(number(high), unit)}
    assert low is not None
    assert high is not None
    return _("%(low)s（%(low_end)s）至 %(high)s（%(high_end)s）") % {
        "low": number(low),
        "low_end": _end(bounds.low_closed),
        "high": with_unit(number(high), unit),
        "high_end": _end(bounds.high_closed),
    }


def _end(closed: bool) -> str:
    return pgettext("end of an interval", "含") if closed else pgettext("end of an interval", "不含")


def place(name: str | None, code: str) -> str:
    """A place as told, with its code and the place above it where the gazetteer knows it."""
    if not name:
        return ""
    if not code:
        return _("%(name)s（未能对应到行政区划代码）") % {"name": name}
    gazetteer = load_gazetteer()
    record = gazetteer.by_code(code)
    above = gazetteer.by_code(record.parent) if record and record.parent else None
    full = f"{above.name if above else ''}{record.name if record else ''}"
    return f"{name} · {full} {code}"


def indicator(code: str | None) -> tuple[str, str]:
    """An indicator's names in both languages; its code where the catalogue does not know it."""
    if not code:
        return "", ""
    known = load_indicators().get(code)
    return (known.name_zh, known.name_en) if known else (code, "")


def indicator_definition(code: str | None) -> str:
    """What an indicator counts, in the reader's language."""
    known = load_indicators().get(code or "")
    return (known.definition_zh if in_chinese() else known.definition_en) if known else ""


def rows(claim: Claim, code: str = "") -> list[tuple[str, str, str, str]]:
    """All that a claim says: a row's name, its label, what it says, and its English where both are shown.

    What the text does not say is left out, but for what every figure has.
    """
    definition = claim.definition
    told = [
        ("value", _("数值"), figure(claim), ""),
        ("bounds", _("所指范围"), commits(claim.bounds, claim.unit), ""),
        ("approx", _("措辞"), said(APPROX[claim.approx]), ""),
        ("kind", _("类型"), said(KINDS[claim.kind]), ""),
        ("status", _("进展"), said(STATUS[claim.status]) if claim.status else "", ""),
        ("indicator", _("指标"), *indicator(claim.indicator)),
        ("area", _("领域"), *_both(area_word(claim.area))),
        ("measure", _("所计"), claim.measure or "", ""),
        ("period", _("时间"), claim.period or "", ""),
        ("place", _("地点"), place(claim.place, code), ""),
        ("party", _("主体"), claim.party or "", ""),
        ("counted", _("计量单位"), definition.counted or "", ""),
        ("stage", _("阶段"), _part(definition.stage), ""),
        ("form", _("形式"), _part(definition.form), ""),
        ("cumulative", _("累计"), _yes_or_no(definition.cumulative), ""),
        ("since", _("起算"), definition.since.isoformat() if definition.since else "", ""),
        ("scope", _("范围"), _part(definition.scope), ""),
        ("minor", _("备注"), _("背景数字") if claim.minor else "", ""),
    ]
    return [row for row in told if row[2]]


def _both(word: Word) -> tuple[str, str]:
    return word.zh, word.en


def _part(value: str | None) -> str:
    return said(DEFINITION.get(value, Word(value))) if value else ""


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else _("是") if value else _("否")
