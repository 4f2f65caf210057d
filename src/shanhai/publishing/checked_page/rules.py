"""Rules: how far a share certainly and possibly goes, beside the line that it must reach."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from shanhai.model import Code, Finding
from shanhai.publishing.checked_page.detail import RULES, shown, worked
from shanhai.publishing.checked_page.sources import Sources
from shanhai.publishing.checked_page.words import CODES, DETAIL, message, plain
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.figures import number
from shanhai.publishing.page.words import Word, both
from shanhai.reasoning.checked import Checked

_WIDTH, _HEIGHT = 400, 26
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
        if finding.settles.zh:
            yield f'<p class="settle-line">{both(Word("怎样了结", "what would settle it"))}</p>'
            yield message(finding.settles, "settling")
        yield "</li>\n"
    yield "</ol></section>\n"


def _verdict(finding: Finding) -> str:
    name = finding.detail.get("rule")
    named = f' <span class="name">{shown(name)}</span>' if name else ""
    sign = f'<i class="sign" aria-hidden="true">{_SIGNS[finding.code]}</i>'
    return f'<h3 class="verdict">{sign}{both(CODES[finding.code])}{named}</h3>\n'


def meter(finding: Finding) -> str:
    """The range from certain to possible as a bar with the threshold on it, and the same in words."""
    detail = finding.detail
    certain, possible, threshold = (_figure(detail.get(k)) for k in ("certain", "possible", "threshold"))
    known = [x for x in (certain, possible, threshold) if x is not None]
    bar = _bar(certain, possible, threshold) if known else ""
    words = "".join(
        _term(key, detail.get(key)) for key in ("certain", "possible", "threshold", "deciding", "source")
    )
    return f'<div class="meter">{bar}<dl class="worked">{words}</dl></div>\n' if known or words else ""


def _term(key: str, value: Any) -> str:
    if value is None or value in ("", (), []):
        return ""
    figure = _figure(value)
    told = f"{escape(number(figure))}{'%' if figure > 1 else ''}" if figure is not None else shown(value)
    return f'<div class="{key}"><dt>{both(DETAIL[key])}</dt><dd>{told}</dd></div>'


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
        f"{DETAIL[key].zh} {DETAIL[key].en} {number(value)}"
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
