"""Full-width digits and signs, and wrong decimal signs. All replacements keep the text's length."""

import re

from shanhai.reading.mend.signs import WIDE

_FULL = {
    ord(c): chr(ord(c) - 0xFEE0)
    for c in "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
}
_FULL |= {
    ord(c): chr(ord(c) - 0xFEE0) for c in "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ％＋＄／"
}
_FULL |= {ord("﹪"): "%"}
_WIDE = re.compile(f"[{WIDE}]+")
_BETWEEN_DIGITS = re.compile("(?<=[0-9０-９])[．﹒](?=[0-9０-９])")
_THOUSANDS = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_DOT = re.compile(
    r"[·•・‧∙。](?<=\d[·•・‧∙。])(?=\d+\s*(?:%|‰|个?百分点|[万亿]|元|点|[余多](?:万|亿|元)|倍|平方|公里|吨|亩|公顷|立方|米|级|摄氏度|℃|美元|港元))"
)


def half_width(text: str, has_wide: bool) -> tuple[str, list[tuple[int, int]]]:
    """The text with ASCII digits, letters and signs, and where full-width ones stood, if ``has_wide``."""
    spans = [m.span() for m in _WIDE.finditer(text)] if has_wide else []
    if "．" in text or "﹒" in text:
        text = _BETWEEN_DIGITS.sub(".", text)
    if not spans:
        return text, spans
    if "，" in text:
        text = _THOUSANDS.sub(",", text)
    return _WIDE.sub(_narrow, text), spans


def _narrow(wide: re.Match[str]) -> str:
    return wide[0].translate(_FULL)


def decimal_signs(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with a point where another sign stands for it before a unit (6·31亿元), and where.

    Between the digits of a date (3·15) the sign stays.
    """
    spans = [m.span() for m in _DOT.finditer(text)]
    return (_DOT.sub(".", text) if spans else text), spans
