"""How facts are told in the reader's language: what, where, how much, what a definition says."""

import datetime
from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.indicators import load_indicators
from shanhai.catalogue.places import load_gazetteer
from shanhai.ledger.models import Fact, Pairing
from shanhai.model import Kind
from shanhai.publishing.page.words import KINDS, ROWS, Word, part_of_definition
from shanhai.web.frame.amounts import amount

PARTS = ("counted", "stage", "form", "cumulative", "since", "scope")
"""The parts of a definition, in their order."""


def is_english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "zh").startswith("en")


def read(zh: str, en: str) -> str:
    """Of two languages the reader's; Chinese where there is no English."""
    return en if en and is_english() else zh


def word(told: Word) -> str:
    """A word of the claims' cards."""
    return read(told.zh, told.en)


def indicator_name(code: str) -> str:
    """What an indicator is called; its code where the catalogue does not know it."""
    known = load_indicators().get(code)
    return read(known.name_zh, known.name_en) if known else code


def area_name(key: str) -> str:
    """What an area is called; "" for none."""
    known = load_areas().get(key)
    return read(known.name_zh, known.name_en) if known else key


def place_name(code: str) -> str:
    """A place's full name with its code behind it, by which it is found again."""
    record = load_gazetteer().by_code(code)
    if record is None:
        return code
    above = [r.name for r in reversed(load_gazetteer().ancestors(code))]
    return f"{''.join([*above, record.name])} {code}"


def pairing_name(pairing: Pairing | None) -> str:
    """What a pairing is called."""
    return read(pairing.name_zh, pairing.name_en) if pairing else _("未归入结对")


def thing(fact: Fact) -> str:
    """What a fact is about, in the report's words; else the indicator's name, else the area's."""
    return fact.measure or (indicator_name(fact.indicator) if fact.indicator else area_name(fact.area)) or "—"


def amount_of(fact: Fact) -> str:
    """A fact's value with its bounds."""
    return amount(fact.low, fact.high, fact.closed, fact.unit)


def definition_of(fact: Fact) -> dict[str, str]:
    """What a fact's definition tells, each part with the word for it; parts that no text tells are left out."""
    told = {part: part_of_definition(fact.definition.get(part)) for part in PARTS}
    return {part: word(said) for part, said in told.items() if said is not None}


def short(part: str, told: str) -> str:
    """What a part of a definition tells, where its name does not stand beside it."""
    if part == "since" and told:
        return _("自%(since)s起") % {"since": told}
    if part == "cumulative" and told:
        return _("累计") if told == word(Word("是", "yes")) else _("不累计")
    return told


def definition_line(fact: Fact) -> str:
    """A fact's definition in one line; that it counts in its unit is left out."""
    told = definition_of(fact).items()
    return " · ".join(short(part, said) for part, said in told if (part, said) != ("counted", fact.unit))


def part_name(part: str) -> str:
    """What a part of a definition is called."""
    return word(ROWS[part]) if part in ROWS else {"unit": _("单位"), "pairing": _("结对")}.get(part, part)


def kind_name(kind: str) -> str:
    """What a kind of figure is called."""
    return word(KINDS[Kind(kind)])


def attributed(publisher: str, date: datetime.date | None) -> str:
    """Who reported it and when: a figure is somebody's, not ours."""
    return _("%(publisher)s，%(date)s 发布") % {
        "publisher": publisher or _("发布者不明"),
        "date": date or _("日期不明"),
    }


def period_name(period: str) -> str:
    """A period as people write it: 2023年, 2023年5月; intervals with a dash."""
    return "–".join(_time(part) for part in period.split("/")) if period else "—"


def _time(told: str) -> str:
    parts = told.split("-")
    if is_english() or not all(part.isdigit() for part in parts) or len(parts) > 3:
        return told
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def whole_year(period: str) -> bool:
    """Whether a period is one calendar year."""
    first, _, last = period.partition("/")
    if not last:
        return len(first) == 4
    try:
        days = [datetime.date.fromisoformat(end) for end in (first, last)]
    except ValueError:
        return first == f"{first[:4]}-01" and last == f"{first[:4]}-12"
    return days == [datetime.date(days[0].year, 1, 1), datetime.date(days[0].year, 12, 31)]


def several(names: Iterable[str]) -> str:
    """Names one after another, as the reader's language writes them."""
    return (", " if is_english() else "、").join(names)
