"""Rules: how far a share certainly and possibly goes, beside the line that it must reach."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from shanhai.catalogue.rules import load_rules
from shanhai.model import Bounds, Code, Finding
from shanhai.publishing.checked_page.detail import RULES, listed, shown, worked
from shanhai.publishing.checked_page.sources import Sources
from shanhai.publishing.checked_page.words import CODES, DETAIL, message, plain, settling
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.figures import bounds, number
from shanhai.publishing.page.words import Word, both, said
from shanhai.reasoning.checked import Checked

_WIDTH, _HEIGHT = 400, 26
_ITEMS = 40
_SIGNS = {Code.RULE_MET: "✓", Code.RULE_BROKEN: "✗", Code.RULE_OPEN: "?"}
_TITLE = Word("规定", "Rules")


def rules(checked: Checked, sources: Sources) -> Iterator[str]:
    """The section of rules; nothing where no rule was looked at."""
    found = [f for f in checked.reasoned.findings if f.code in RULES]
    if not found:
        return
    yield f'<section class="below" id="rules" aria-labelledby="rules-title"><h2 id="rules-title">{both(_TITLE)} '
    yield f"<output>{len(found):,}</output></h2>\n"
    yield '<ol class="cards">\n'
    for finding in found:
        yield f'<li class="card rule {finding.code.value}">\n{_verdict(finding)}{message(finding.message, "why")}'
        yield meter(finding)
        yield worked(finding)
        if links := sources.links(finding.claims):
            yield f'<p class="together">{both(Word("本稿中的数", "figures of the draft"))} {links}</p>\n'
        yield settling(finding.settles) + sources.folded(finding.claims)
        yield "</li>\n"
    yield "</ol></section>\n"


def _verdict(finding: Finding) -> str:
    name = finding.detail.get("rule")
    known = load_rules().get(name) if isinstance(name, str) else None
    told = both(Word(known.name_zh, known.name_en)) if known else shown(name) if name else ""
    sign = f'<i class="sign" aria-hidden="true">{_SIGNS[finding.code]}</i>'
    return f'<h3 class="verdict">{sign}{both(CODES[finding.code])} <span class="name">{told}</span></h3>\n'


def meter(finding: Finding) -> str:
    """The range from certain to possible as a bar with the threshold on it, and the same in words."""
    detail = finding.detail
    figures = {key: _figure(detail.get(key)) for key in ("certain", "possible", "threshold")}
    known = [x for x in figures.values() if x is not None]
    percent = "%" if known and max(known) > 1 else ""
    rows = [(DETAIL[k], escape(f"{number(x)}{percent}")) for k, x in figures.items() if x is not None]
    if detail.get("deciding"):
        rows.append((DETAIL["deciding"], shown(detail["deciding"])))
    if source := _source(detail.get("source")):
        rows.append((DETAIL["source"], source))
    bar = _bar(figures["certain"], figures["possible"], figures["threshold"]) if known else ""
    return f'<div class="meter">{bar}{listed(rows)}</div>\n{_items(detail.get("items"))}' if rows else ""


def _source(source: Any) -> str:
    """Who stated the rule, and when."""
    if not isinstance(source, Mapping):
        return shown(source) if source else ""
    who = Word(str(source.get("who_zh") or ""), str(source.get("who_en") or ""))
    when = f"（{source['when']}）" if source.get("when") else ""
    return f"{both(who)}{plain(when)}"


def _items(items: Any) -> str:
    """What the money was divided into, and how much of each certainly and possibly counts."""
    if not isinstance(items, list | tuple) or not all(isinstance(i, Mapping) for i in items) or not items:
        return ""
    heads = (Word("项", "item"), Word("金额", "amount"), DETAIL["certain"], DETAIL["possible"])
    head = "".join(f'<th scope="col">{both(word)}</th>' for word in heads)
    rows = "".join(
        f'<tr><th scope="row">{shown(i.get("name"))}</th><td>{shown(_span(i))}</td>'
        f"<td>{shown(i.get('certain'))}</td><td>{shown(i.get('possible'))}</td></tr>"
        for i in items[:_ITEMS]
    )
    return f'<table class="differs"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>\n'


def _span(item: Mapping[str, Any]) -> str:
    low, high = _figure(item.get("low")), _figure(item.get("high"))
    return "—" if low is None and high is None else bounds(Bounds(low, high))


def _figure(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


def _bar(certain: Decimal | None, possible: Decimal | None, threshold: Decimal | None) -> str:
    """An SVG bar: full where certain, pale where only possible, a line at the threshold."""
    known = [x for x in (certain, possible, threshold) if x is not None]
    # Shares are told as per cent; where all lie within one, they are fractions.
    top = max(Decimal(100) if max(known) > 1 else Decimal(1), max(known))

    def at(value: Decimal) -> str:
        return f"{max(Decimal(0), value) / top * _WIDTH:.1f}"

    sure = certain if certain is not None else Decimal(0)
    most = possible if possible is not None else sure
    label = "，".join(
        f"{said(DETAIL[key])} {number(value)}"
        for key, value in (("certain", certain), ("possible", possible), ("threshold", threshold))
        if value is not None
    )
    width = f"{max(Decimal(0), most - sure) / top * _WIDTH:.1f}"
    parts = [
        f'<rect class="track" x="0" y="8" width="{_WIDTH}" height="12"/>',
        f'<rect class="sure" x="0" y="8" width="{at(sure)}" height="12"/>',
        f'<rect class="maybe" x="{at(sure)}" y="8" width="{width}" height="12"/>',
    ]
    if threshold is not None:
        x = at(threshold)
        parts.append(f'<line class="limit" x1="{x}" x2="{x}" y1="2" y2="{_HEIGHT}"/>')
    drawn = "".join(parts)
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{plain(label)}">{drawn}</svg>'
