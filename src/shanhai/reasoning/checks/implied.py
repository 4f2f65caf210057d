"""Implied numbers: what the text fixes without printing it, shown as implied, with its derivation."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from shanhai.catalogue.units import load_units
from shanhai.model import Cited, Code, Finding, Message, Severity
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.accounts import Account, accounts
from shanhai.reasoning.relations.averages import Shared, shared
from shanhai.reasoning.relations.relation import Relation, Slot
from shanhai.reasoning.solving.intervals import Interval, number
from shanhai.reasoning.wording import Scale, told

_WIDE = 20
"""An implied number is shown when it is known to one part in so many."""


def implied(sheet: Sheet, relations: Sequence[Relation]) -> Iterator[Finding]:
    """The implied numbers of a report; what ``relations`` tell outright is left out."""
    known = {slot.key for r in relations for slot in r.slots}
    for one in shared(sheet):
        if Slot(one.average).key in known:
            continue
        finding = _count(sheet, one) or _total(sheet, one)
        if finding:
            yield finding
    for account in accounts(sheet):
        if account.opening is None and not account.relation.holds():
            yield _opening(account)


def _count(sheet: Sheet, one: Shared) -> Finding | None:
    """The number of shares that a total and an average fix."""
    if not one.of_total(sheet) or one.counts or not one.of or _lasting(one):
        return None
    total, average = Slot(sheet.figures[one.totals[0]]), Slot(one.average)
    count = total.interval.quotient(average.interval)
    if not _whole(count):
        count = _rounded(total).quotient(average.interval)
    if count.low is None or count.high is None or count.high - count.low > count.low / _WIDE:
        return None
    unit = one.of[0]
    whole = unit in load_units().whole or unit in ("县", "村", "校", "个", "户", "人")
    scale = Scale.of([total.figure.claim, average.figure.claim], total.figure.unit)
    shown = _whole(count) if whole else Scale("", 1, "").interval(count)
    if not shown:
        return _impossible(total, average, count, unit, scale)
    line = f"{told(total, scale)} ÷ {told(average, scale)} = {shown}"
    return Finding(
        Code.IMPLIED,
        Severity.INFO,
        Message(
            f"文中未写、但可推出的数：{line}{unit}（总数除以平均数）。",
            f"Not printed, but fixed by the text: {line} {unit} (the total divided by the average).",
        ),
        (Cited.of(total.figure.claim), Cited.of(average.figure.claim)),
        {
            "check": "arithmetic",
            "relation": "average",
            "equation": line,
            "count": ceil(count.low) if whole and ceil(count.low) == floor(count.high) else None,
            "low": ceil(count.low) if whole else number(count.low),
            "high": floor(count.high) if whole else number(count.high),
            "unit": unit,
        },
        Message(
            f"请核对{unit}数是否为{shown}；如不是，说明总数与平均数的口径不同。",
            f"Check whether the number of {unit} is {shown}; if not, say how total and average are counted.",
        ),
    )


def _rounded(total: Slot) -> Interval:
    """What a total allows that may be rounded at its last digit but zero (2319000万元 for 231.9亿元)."""
    value = total.figure.claim.value
    if not isinstance(value, int) or value <= 0:
        return total.interval
    zeros = len(str(value)) - len(str(value).rstrip("0"))
    return total.interval.plus(Interval(Fraction(-(10**zeros), 2), Fraction(10**zeros, 2)))


def _lasting(one: Shared) -> bool:
    """Whether the average is told for a stretch of time, whose number the calendar knows."""
    return load_units().kind_of.get(one.of[0]) == "duration"


def _whole(count: Interval) -> str:
    """The whole numbers in an interval as words; empty where there is none."""
    if count.low is None or count.high is None:
        return ""
    low, high = ceil(count.low), floor(count.high)
    return "" if low > high else f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _impossible(total: Slot, average: Slot, count: Interval, unit: str, scale: Scale) -> Finding | None:
    """A total and an average that no whole number of shares fits."""
    assert count.low is not None
    if count.low > 1000:
        return None
    shown = Scale("", 1, "").interval(count)
    return Finding(
        Code.DOES_NOT_ADD_UP,
        Severity.WARNING,
        Message(
            f"总数除以平均数得不出整数：{told(total, scale)} ÷ {told(average, scale)} = {shown}{unit}。",
            f"The total divided by the average gives no whole number: {told(total, scale)} ÷ {told(average, scale)} = {shown} {unit}.",
        ),
        (Cited.of(total.figure.claim), Cited.of(average.figure.claim)),
        {"check": "arithmetic", "relation": "average", "low": number(count.low), "unit": unit},
        Message("请核对总数、平均数和份数。", "Check the total, the average and the number of shares."),
    )


def _total(sheet: Sheet, one: Shared) -> Finding | None:
    """The total that a count and an average fix, where the count stands right beside."""
    if one.totals or len(one.counts) != 1 or not one.of or one.said or _lasting(one):
        return None
    count, average = Slot(sheet.figures[one.counts[0]]), Slot(one.average)
    if count.figure.sentence != one.average.sentence:
        return None
    total = count.interval.product(average.interval)
    if total.low is None or total.high is None or total.high - total.low > total.low / _WIDE:
        return None
    scale = Scale.of([average.figure.claim], average.figure.unit)
    shown = scale.interval(total)
    line = f"{told(count, Scale('', 1, ''))} × {told(average, scale)} = {scale.interval(total)}"
    return Finding(
        Code.IMPLIED,
        Severity.INFO,
        Message(
            f"文中未写、但可推出的数：{line}（个数乘以平均数）。",
            f"Not printed, but fixed by the text: {line} (the number times the average).",
        ),
        (Cited.of(count.figure.claim), Cited.of(average.figure.claim)),
        {
            "check": "arithmetic",
            "relation": "average",
            "equation": line,
            "low": number(total.low),
            "high": number(total.high),
            "unit": one.average.unit,
        },
        Message(f"请核对总数是否为{shown}。", f"Check whether the total is {shown}."),
    )


def _opening(account: Account) -> Finding:
    """The opening balance that closes an account in which none is told; or an outlay that is not told."""
    (income,), (outlay,), closing = account.income, account.outlay, account.closing
    unit = closing.figure.unit
    scale = Scale.of([s.figure.claim for s in account.slots], unit)
    gap = outlay.interval.plus(closing.interval).plus(income.interval.times(-1))
    assert gap.low is not None
    assert gap.high is not None
    middle = (gap.low + gap.high) / 2
    paid, left, taken = (told(s, scale) for s in (outlay, closing, income))
    if middle > 0:
        missing = Message("未写明的上年结转（期初余额）", "an opening balance that is not told")
        line = f"{paid} + {left} − {taken} = {scale.plain(middle)}"
    else:
        missing = Message("未写明的其他支出或上缴", "an outlay that is not told")
        line = f"{taken} − {paid} − {left} = {scale.plain(-middle)}"
    amount = scale.full(abs(middle))
    return Finding(
        Code.IMPLIED,
        Severity.WARNING,
        Message(
            f"收入、支出与结余对不平：只有存在{missing.zh}{amount}时账目才平，否则其中有误。{line}（{scale.name}{unit}）。",
            f"Income, outlay and closing balance do not close: only with {missing.en} of {amount} do they, or one of them is wrong. "
            f"{line} ({scale.name}{unit}).",
        ),
        tuple(Cited.of(s.figure.claim) for s in account.slots),
        {
            "check": "arithmetic",
            "relation": "account",
            "equation": line,
            "low": number(gap.low),
            "high": number(gap.high),
            "opening": number(middle),
            "unit": unit,
        },
        Message(
            f"请查上年决算的结转数是否为{amount}；若无结转，请核对三个数。",
            f"Look up whether last year's final account carries {amount} over; if nothing is carried over, check the three figures.",
        ),
    )
