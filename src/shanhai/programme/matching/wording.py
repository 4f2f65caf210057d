"""The reasons of verdicts, in Chinese and English."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from shanhai.catalogue.indicators import load_indicators
from shanhai.programme.matching.items import Chosen
from shanhai.programme.matching.told import Days, Item, Reading, Said


class Why(msgspec.Struct, frozen=True):
    """One reason in both languages."""

    zh: str
    en: str


def amount(figure: Decimal, unit: str) -> str:
    """A figure as an office writes it: money in 万 or 亿 where this takes few places.

    >>> amount(Decimal(43500000), "元")
    '4350万元'
    """
    if unit == "元":
        for name, by in (("亿", 10**8), ("万", 10**4)):
            scaled = figure / by
            if abs(figure) >= by and scaled == scaled.quantize(Decimal("0.01")):
                return f"{_plain(scaled)}{name}{unit}"
    return f"{_plain(figure)}{unit}"


def _plain(figure: Decimal) -> str:
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _name(said: Said) -> Why:
    found = load_indicators().get(said.indicator)
    return Why(found.name_zh, found.name_en) if found else Why("这个指标", "this indicator")


def _during(days: Days | None) -> Why:
    if days is None:
        return Why("", "")
    return Why(f"{days[0]}至{days[1]}", f" from {days[0]} to {days[1]}")


def not_level(said: Said) -> Why:
    """It is a change or a share."""
    return Why(
        "这是增减、比重或比率，台账登记的是数额本身，不能相比。",
        "It is a change or a share; the register keeps amounts, so the two are not comparable.",
    )


def not_kept(said: Said) -> Why:
    """The register keeps nothing of the indicator."""
    name = _name(said)
    if not said.indicator:
        return Why(
            "没有读出指标，无法在台账中找到对应的记录。",
            "No indicator was read, so no records answer to it.",
        )
    return Why(
        f"台账不登记“{name.zh}”，也没有该指标的目标与完成情况。",
        f"The register keeps nothing of “{name.en}”, and no target or result of it.",
    )


def no_target(said: Said) -> Why:
    """What is planned is held against targets, and there is none."""
    name = _name(said)
    return Why(
        f"这是计划数，应与目标相比；台账中没有“{name.zh}”的目标。",
        f"This is planned and is held against targets; the register has none of “{name.en}”.",
    )


def none_of_kind(said: Said) -> Why:
    """Nothing of the kind is there."""
    name = _name(said)
    return Why(f"台账中还没有“{name.zh}”一类的记录。", f"The register has no records of “{name.en}” yet.")


def none_there(said: Said) -> Why:
    """Nothing of the kind in this period or place."""
    name, during = _name(said), _during(said.days)
    return Why(
        f"台账中“{name.zh}”在{during.zh}{said.place}没有记录。",
        f"The register has no records of “{name.en}”{during.en} there.",
    )


def other_unit(said: Said, unit: str) -> Why:
    """People against attendances and the like."""
    return Why(
        f"单位不同：报告以“{said.unit}”计，台账以“{unit or '个数'}”计。",
        f"Counted otherwise: the report counts “{said.unit}”, the register “{unit or 'records'}”.",
    )


def no_period() -> Why:
    """No period is told."""
    return Why(
        "报告没有写明这个数是哪一段时间的，无法与台账相比。",
        "The report does not say which period the figure is of, so nothing can be held against it.",
    )


def wider_place(said: Said) -> Why:
    """The place holds more than the pairing."""
    return Why(
        f"地点不同：报告说的是{said.place}，比本结对的受援地大。",
        f"Another place: the report tells of {said.place}, which holds more than this pairing.",
    )


def other_place(said: Said) -> Why:
    """Another place altogether."""
    return Why(
        f"地点不同：报告说的是{said.place}，不在本结对的受援地之内。",
        f"Another place: the report tells of {said.place}, which lies outside this pairing.",
    )


def unknown_place(said: Said) -> Why:
    """The place's name says no place, or several."""
    return Why(
        f"地点“{said.place}”认不出是哪里，无法对应台账中的地点。",
        f"The place “{said.place}” is not known, so records of it cannot be found.",
    )


def unknown_group(said: Said) -> Why:
    """A group that the register does not have."""
    who = said.party or "某一小组"
    return Why(
        f"口径不同：报告说的是{who}一组，台账中没有这个名称的队组。",
        f"Another scope: the report tells of one group ({said.party or 'unnamed'}), which the register does not have.",
    )


def other_party(said: Said) -> Why:
    """Another team."""
    return Why(f"主体不同：报告说的是{said.party}。", f"Another team: the report tells of {said.party}.")


def unknown_batch(said: Said) -> Why:
    """A term that the register does not have."""
    return Why(
        f"台账中没有“{said.party}”这一批次，无法相比。", f"The register has no term of “{said.party}”."
    )


def beyond_term(said: Said, term: Days) -> Why:
    """A period beyond the term."""
    return Why(
        f"时间与批次对不上：{said.party}的任期是{term[0]}至{term[1]}。",
        f"Period and term do not agree: the term of {said.party} is {term[0]} to {term[1]}.",
    )


def within(days: Days) -> Why:
    """Counted within the period only."""
    return Why(f"只算{days[0]}至{days[1]}", f"only {days[0]} to {days[1]}")


def since(day: datetime.date) -> Why:
    """Counted since a day."""
    return Why(f"自{day}起累计", f"since {day}")


def backed(said: Said, chosen: Chosen, days: Days | None, by_name: bool) -> Why:
    """The register's figure lies within what is told."""
    during, figure = _during(days), amount(chosen.low, said.unit)
    if chosen.maybe_count:
        figure = f"{figure}–{amount(chosen.high, said.unit)}"
    zh = "名称相符的记录" if by_name else "台账"
    en = "The records of that name come" if by_name else "The register comes"
    return Why(
        f"{zh}{during.zh}合计{figure}，与报告相符。", f"{en} to {figure}{during.en}, as the report says."
    )


def differs(said: Said, figure: Decimal, by: Decimal, explains: tuple[Item, ...], days: Days | None) -> Why:
    """The register's figure lies outside."""
    during = _during(days)
    more = by > 0
    keys = "、".join(i.key for i in explains)
    zh = f"台账{during.zh}为{amount(figure, said.unit)}，比报告{'多' if more else '少'}{amount(abs(by), said.unit)}。"
    en = (
        f"The register has {amount(figure, said.unit)}{during.en}, {amount(abs(by), said.unit)} "
        f"{'more' if more else 'less'} than the report."
    )
    if explains and more:
        zh += f"差额正好是{keys}：报告可能没有算它。"
        en += f" That is just {keys}, which the report may not count."
    elif explains:
        zh += f"差额正好是期外不远的{keys}：日期可能登记在另一期。"
        en += f" That is just {keys}, which lies shortly outside the period."
    return Why(zh, en)


def only_part(said: Said, chosen: Chosen, begins: datetime.date) -> Why:
    """The register begins later than what is told."""
    return Why(
        f"台账自{begins}起登记，只有其中一部分：{amount(chosen.low, said.unit)}。",
        f"The register begins on {begins} and has a part of it only: {amount(chosen.low, said.unit)}.",
    )


def narrower(said: Said) -> Why:
    """More is said of what is counted than the register tells apart."""
    return Why(
        f"口径不同：报告计的是“{said.measure}”，台账只有“{_name(said).zh}”的总数，分不出这一项。",
        f"Counted otherwise: the report counts “{said.measure}”, the register only all of “{_name(said).en}”.",
    )


def not_parted(said: Said) -> Why:
    """The register does not tell the part apart."""
    return Why(
        f"口径不同：报告计的是“{said.measure or _name(said).zh}”，台账没有把它单独分出来。",
        f"Counted otherwise: the register does not tell “{said.measure or _name(said).en}” apart from the rest.",
    )


def unplaced(said: Said, chosen: Chosen) -> Why:
    """Some records do not say whether they belong."""
    keys = "、".join(i.key for i in chosen.maybe(5))
    return Why(
        f"有{chosen.maybe_count}条记录（{keys}）没有写明是否全在这个地点或时间：算与不算，台账为"
        f"{amount(chosen.low, said.unit)}至{amount(chosen.high, said.unit)}。",
        f"{chosen.maybe_count} records ({keys}) do not say whether they lie wholly in that place or period: with and "
        f"without them the register has {amount(chosen.low, said.unit)} to {amount(chosen.high, said.unit)}.",
    )


def several(said: Said, told: Sequence[tuple[Reading, Why | None, Chosen]]) -> Why:
    """What exactly is counted is not told, and it matters."""
    zh, en = [], []
    for reading, about, chosen in told:
        figure = amount(chosen.low, said.unit)
        zh.append(f"{'，'.join(w for w in (reading.zh, about.zh if about else '') if w)}为{figure}")
        en.append(f"{', '.join(w for w in (reading.en, about.en if about else '') if w)}: {figure}")
    return Why(
        f"报告没有写明口径，各种算法台账不同：{'；'.join(zh)}。",
        f"The report does not say what exactly is counted, and the register differs by it: {'; '.join(en)}.",
    )
