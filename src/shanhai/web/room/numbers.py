"""Numbers as a reviewer types them, and the bounds that words such as 约 give them."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from shanhai.claims.bounds import negative
from shanhai.claims.texts import find_quantities
from shanhai.model import Approx, Bounds, Kind, Number, exact
from shanhai.publishing.page.figures import number

_SCALES: dict[str, int] = {
    "": 1,
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
_TYPED = re.compile(
    r"(?P<sign>[+-]?)(?P<number>\d{1,24}(?:\.\d{1,9})?|\.\d{1,9})(?P<scale>万亿|千万|百万|亿|万|千|百)?"
)
_WORDS = {Approx.EXACT: "", Approx.ABOUT: "约", Approx.NEARLY: "近", Approx.OVER: "超"}


def typed(text: str) -> Number:
    """The number that was typed: ``1,200``, ``2.71亿``, ``-3.5``, full-width digits and thousands marks among them.

    Raises:
        ValueError: it is none.

    >>> typed("2.71亿"), typed("１,200")
    (271000000, 1200)
    """
    match = _TYPED.fullmatch(_plain(text))
    if match is None:
        raise ValueError(text)
    try:
        value = Decimal(match["number"]) * _SCALES[match["scale"] or ""]
    except InvalidOperation:
        raise ValueError(text) from None
    return exact(-value if match["sign"] == "-" else value)


def written(value: Number | None) -> str:
    """A number as the form shows it: exact, without thousands marks; "" for none."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def writings(value: Number) -> list[str]:
    """The ways in which a number may be typed: plain, and with 万 or 亿 where that is no longer.

    >>> writings(3200000)
    ['3200000', '320万']
    """
    found = [written(value)]
    for scale in ("万", "亿"):
        scaled = Decimal(value) / _SCALES[scale]
        told = written(exact(scaled))
        if abs(scaled) >= 1 and len(told) < len(found[0]):
            found.append(f"{told}{scale}")
    return found


def committed(text: str, approx: Approx, unit: str, kind: Kind, upper: Number | None = None) -> Bounds:
    """The interval that a typed number commits its writer to, by the reader's own rules.

    ``2.71亿`` is rounded and gives an interval; ``271000000`` is exact.
    """
    value = typed(text)
    if upper is not None:
        return Bounds(value, upper)
    plain = _plain(text).lstrip("+-")
    told = "百分点" if kind is Kind.POINTS else unit
    read = find_quantities(f"{_WORDS[approx]}{plain}{told}")
    if len(read) != 1 or read[0].value != abs(value):
        return Bounds(value, value)
    return negative(read[0].bounds) if value < 0 else read[0].bounds


def shown(value: Number | None) -> str:
    """A number with thousands marks; a dash for none."""
    return "—" if value is None else number(value)


def _plain(text: str) -> str:
    """Without blanks and thousands marks, in ASCII, a true minus sign made a plain one."""
    told = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-")
    return "".join(c for c in told if not c.isspace() and c not in ",，'")
