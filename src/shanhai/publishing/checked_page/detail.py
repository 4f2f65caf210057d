"""The arithmetic of a finding as a worked line, and everything else that its detail holds.

Keys that are known are told in words; unknown ones become a small table, missing ones are left out.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from shanhai.model import Bounds, Cited, Code, Finding, Kind, exact
from shanhai.publishing.checked_page.words import DETAIL, PARTS, RELATIONS
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.figures import bounds, number, with_unit
from shanhai.publishing.page.masking import without_private
from shanhai.publishing.page.words import KINDS, Word, both, part_of_definition

RULES = frozenset({Code.RULE_MET, Code.RULE_BROKEN, Code.RULE_OPEN})
"""Findings whose figures are shown as a bar instead."""

_LONGEST = 400
_TWO_PLACES = Decimal("0.01")
_TOLD = frozenset(
    {"relation", "equation", "equations", "points", "unit", "told", "difference", "apart", "expected"}
    | {"expected_low", "expected_high", "low", "high", "differs", "other_period", "other_party", "correction"}
)
_SAID_ALREADY = frozenset(
    {
        "check",
        "why",
        "why_open",
        "note",
        "reason",
        "count",
        "indicator",
        "version",
        "versions",
        "state",
        "what",
        "kind",
        "rules",
        "missing",
        "register",
        "records",
        "records_in_all",
    }
)
"""Codes that the message tells in words."""

_RULE_KEYS = frozenset(
    {"rule", "threshold", "certain", "possible", "deciding", "source", "items", "place", "stated", "margin"}
)
"""What the bar of a rule and its message tell."""

_SCALES = (("万亿", 12), ("亿", 8), ("万", 4))


def worked(finding: Finding) -> str:
    """What a finding's detail says, as HTML; "" where it says nothing but the check's name."""
    return "".join(_worked(finding.detail, finding.code))


def _equations(detail: Mapping[str, Any]) -> Iterator[str]:
    """The arithmetic, one line each, with its unit."""
    relation = RELATIONS.get(str(detail.get("relation")))
    label = f'<span class="relation">{both(relation)}</span> ' if relation else ""
    several = detail.get("equations")
    lines = list(several) if isinstance(several, list | tuple) else [detail.get("equation")]
    unit = _unit(detail) if len(lines) == 1 else ""
    for line in [*(_line(x) for x in lines if x), *(_line(detail[k]) for k in ("points",) if detail.get(k))]:
        told = line if line.endswith(("%", unit or "%")) else with_unit(line, unit)
        yield f'<p class="sum">{label}<b>{_cut(told)}</b></p>\n'


def _worked(detail: Mapping[str, Any], code: Code) -> Iterator[str]:
    yield from _equations(detail)
    if rows := list(_rows(detail, code)):
        yield listed(rows)
    yield _differing(detail)
    rest = [(key, value) for key, value in detail.items() if not _is_told(key, value, detail, code)]
    if rest:
        named = (
            (both(DETAIL.get(key, Word(key))), _part_names(value) if key == "unsaid" else shown(value))
            for key, value in rest
        )
        cells = "".join(f'<tr><th scope="row">{name}</th><td>{value}</td></tr>' for name, value in named)
        yield f'<table class="more-detail"><tbody>{cells}</tbody></table>\n'


def _is_told(key: str, value: object, detail: Mapping[str, Any], code: Code) -> bool:
    """Whether a part of the detail needs no row of its own."""
    if value is None or value is False or value in ("", (), [], {}) or key in _TOLD or key in _SAID_ALREADY:
        return True
    if key == "values":
        return not isinstance(value, int | Decimal | str)
    if key == "range":
        return isinstance(value, list | tuple) or "low" in detail or "high" in detail
    return key in _RULE_KEYS and code in RULES


def _rows(detail: Mapping[str, Any], code: Code) -> Iterator[tuple[Word, str]]:
    # A rate that is off by points is told in per cent, whatever its sum counts.
    unit = "%" if str(detail.get("apart") or "").endswith("百分点") else _unit(detail)
    values = detail.get("values")
    if isinstance(values, list | tuple):
        yield DETAIL["both_values"], shown([_scaled(v, unit) for v in values], unit)
    if code is Code.ADDS_UP:
        return
    if detail.get("told") is not None:
        told = _text(_scaled(detail["told"], unit), unit)
        yield DETAIL["told"], _cut(with_unit(told, unit) if told[-1:].isdigit() else told)
    if detail.get("expected") is not None:
        yield DETAIL["expected"], shown(detail["expected"])
    elif expected := _expected(detail.get("expected_low"), detail.get("expected_high"), unit):
        yield DETAIL["expected"], escape(with_unit(expected, unit))
    if detail.get("apart") is not None:
        yield DETAIL["difference"], shown(detail["apart"])
    elif detail.get("difference") is not None:
        yield DETAIL["difference"], shown(_scaled(detail["difference"], unit), unit)
    if result := _interval(detail.get("low"), detail.get("high"), unit):
        yield DETAIL["range" if code is Code.IMPLAUSIBLE else "result"], escape(with_unit(result, unit))
    usual = detail.get("range")
    if isinstance(usual, list | tuple) and len(usual) == 2:
        yield DETAIL["range"], escape(with_unit(_interval(usual[0], usual[1], unit), unit))
    correction = detail.get("correction")
    if isinstance(correction, Mapping):
        correction = correction.get("value")
    if correction is not None:
        yield DETAIL["correction"], shown(correction, unit)
    for key in ("other_period", "other_party"):
        if detail.get(key) is not None:
            yield DETAIL[key], shown(detail[key])


def listed(rows: Sequence[tuple[Word, str]]) -> str:
    """Named values in one flowing line."""
    items = "".join(f"<div><dt>{both(word)}</dt><dd>{value}</dd></div>" for word, value in rows)
    return f'<dl class="worked">{items}</dl>\n'


def _differing(detail: Mapping[str, Any]) -> str:
    """Which parts of the definition differ, and how."""
    parts = detail.get("differs") or ()
    parts = [parts] if isinstance(parts, str) else list(parts)
    values = detail.get("values")
    values = values if isinstance(values, Mapping) else {}
    rows = []
    for part in parts:
        pair = values.get(part)
        pair = list(pair) if isinstance(pair, list | tuple) else [pair]
        cells = "".join(f"<td>{_said(v)}</td>" for v in (*pair, None)[:2])
        rows.append(f'<tr><th scope="row">{both(PARTS.get(part, Word(str(part))))}</th>{cells}</tr>')
    if not rows:
        return ""
    heads = (Word("不同之处", "differs in"), Word("这边", "one side"), Word("那边", "other side"))
    head = "".join(f'<th scope="col">{both(word)}</th>' for word in heads)
    return f'<table class="differs"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>\n'


def _part_names(parts: object) -> str:
    """Parts of a definition by their names."""
    several = parts if isinstance(parts, list | tuple) else [parts]
    return "、".join(both(PARTS.get(str(part), Word(without_private(str(part))))) for part in several)


def _said(value: object) -> str:
    """One side's part of a definition, in words where it is one of ours."""
    if value is None:
        return f'<span class="soft">{both(Word("未说", "not said"))}</span>'
    if isinstance(value, str) and value in list(Kind):
        return both(KINDS[Kind(value)])
    if isinstance(value, bool | str | datetime.date):
        word = part_of_definition(value) or Word("")
        return both(Word(without_private(word.zh), word.en))
    return shown(value)


def shown(value: object, unit: str = "") -> str:
    """Any value of a detail as HTML."""
    return _cut(_text(value, unit))


def _text(value: object, unit: str = "") -> str:
    match value:
        case None:
            return "—"
        case bool():
            return "是 yes" if value else "否 no"
        case int() | Decimal():
            return with_unit(number(value), unit)
        case Cited():
            return f"{value.quote}（{value.doc}）"
        case Bounds():
            return with_unit(bounds(value), unit)
        case Mapping():
            return "；".join(f"{key}：{_text(v)}" for key, v in value.items())
        case list() | tuple():
            return "、".join(_text(v, unit) for v in value)
        case msgspec.Struct():
            return _text(msgspec.structs.asdict(value))
        case _:
            return without_private(_line(value))


def _scaled(value: Any, unit: str) -> Any:
    """A number in base units, as the detail holds it, in the unit of the equation: 220584400 in 万元 is 22058.44."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    power = next((power for name, power in _SCALES if unit.startswith(name)), 0)
    return exact(Decimal(value).scaleb(-power)) if power else value


def _interval(low: object, high: object, unit: str) -> str:
    def end(value: object) -> Any:
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return _scaled(value, unit) if is_number else None

    return bounds(Bounds(end(low), end(high)))


def _expected(low: object, high: object, unit: str) -> str:
    """What should stand there; one long decimal is shown with two places, and as rounded."""
    if isinstance(low, Decimal) and low == high:
        exact = Decimal(_scaled(low, unit))
        if abs(exact) >= 1 and exact != exact.quantize(_TWO_PLACES):
            return f"≈ {number(exact.quantize(_TWO_PLACES))}"
    return _interval(low, high, unit)


def _line(value: object) -> str:
    return " ".join(str(value).split())


def _unit(detail: Mapping[str, Any]) -> str:
    return str(detail.get("unit") or "")


def _cut(text: str) -> str:
    # Arithmetic is not masked: a sum of money may have as many digits as a telephone number.
    return escape(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
