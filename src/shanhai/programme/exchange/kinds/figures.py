"""Targets and results: by indicator and period, then with another period, another definition or another unit."""

from shanhai.catalogue.indicators import load_indicators
from shanhai.programme.exchange.differing import (
    FAR,
    Difference,
    days_between,
    of_amounts,
    of_days,
    of_words,
)
from shanhai.programme.exchange.lines import Figure
from shanhai.programme.exchange.matching import Step

_PEOPLE = frozenset({"人", "人次"})
_WORD = 100


def _number(one: Figure, other: Figure) -> int:
    return int(one.key != other.key)


def _by_day(one: Figure, other: Figure) -> int | None:
    days = days_between(one.ends, other.ends)
    return None if days > FAR else 2 * days + _number(one, other)


def _by_words(one: Figure, other: Figure) -> int:
    words = (one.of != other.of) + (one.cumulative != other.cumulative) + (one.unit != other.unit)
    return words * _WORD + (_told(one) != _told(other)) * 2 + _number(one, other)


def _people(one: Figure, other: Figure) -> int | None:
    return _by_words(one, other) if {one.unit, other.unit} == _PEOPLE else None


def _told(f: Figure) -> tuple[object, ...]:
    return f.value, f.numerator, f.denominator


def _what(f: Figure) -> tuple[object, ...]:
    return f.of, f.indicator, f.unit, f.cumulative, f.project


def _when(f: Figure) -> tuple[object, ...]:
    return f.starts, f.ends


def _group(f: Figure) -> str:
    return f.indicator.partition(".")[0]


STEPS: tuple[Step[Figure], ...] = (
    Step(lambda f: (*_what(f), *_when(f), *_told(f), f.definition), _number),
    Step(lambda f: (*_what(f), *_when(f)), _by_words),
    Step(lambda f: (*_what(f), *_told(f)), _by_day),
    Step(lambda f: (f.indicator, f.project, *_when(f)), _by_words),
    Step(lambda f: (_group(f), f.project, *_when(f), *_told(f)), _by_words),
    Step(lambda f: (_group(f), f.of, f.project, *_when(f)), _people),
)


def differences(one: Figure, other: Figure) -> list[Difference]:
    """What two figures for one thing differ in."""
    found = of_words("计划与实际", "planned or actual", _of(one), _of(other))
    found += of_words("指标", "indicator", indicator(one), indicator(other))
    found += of_words("单位", "unit", (one.unit,) * 2, (other.unit,) * 2)
    found += of_words("是否累计", "cumulative or not", _cumulative(one), _cumulative(other))
    found += of_words("口径", "definition", (one.definition,) * 2, (other.definition,) * 2)
    found += of_amounts("数值", "value", one.value, other.value)
    found += of_amounts("分子", "numerator", one.numerator, other.numerator)
    found += of_amounts("分母", "denominator", one.denominator, other.denominator)
    found += of_days("时段开始", "begin", one.starts, other.starts)
    return found + of_days("时段结束", "end", one.ends, other.ends)


def indicator(figure: Figure) -> tuple[str, str]:
    """An indicator's name in Chinese and English; its code where the catalogue has none."""
    known = load_indicators().get(figure.indicator)
    return (known.name_zh, known.name_en) if known else (figure.indicator, figure.indicator)


def _of(figure: Figure) -> tuple[str, str]:
    return ("计划", "planned") if figure.of == "target" else ("实际", "actual")


def _cumulative(figure: Figure) -> tuple[str, str]:
    return ("累计", "cumulative") if figure.cumulative else ("当期", "of the period")
