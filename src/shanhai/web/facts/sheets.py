"""The tables of facts and of statements as they are taken away: each row links to its evidence and names who reported it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from django.utils.translation import gettext as _

from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import Fact, FactStatement
from shanhai.ledger.queries.fact_lists import FirstTelling, first_tellings
from shanhai.ledger.queries.facts import codes_of
from shanhai.publishing.sheets import Column, Kind, Value
from shanhai.web.facts.told import sentence_of
from shanhai.web.facts.wording import (
    amount_of,
    area_name,
    attributed,
    definition_of,
    indicator_name,
    pairing_name,
    part_name,
    thing,
)
from shanhai.web.links import fact_path, room_path

Absolute = Callable[[str], str]
"""Makes a whole address of a path."""


def fact_columns(group: str = "") -> list[Column]:
    """The columns of facts; before them one for what the rows are grouped by, where it has a heading."""
    first = [Column("group", group, width=24)] if group else []
    return [
        *first,
        Column("what", _("事项"), width=30),
        Column("indicator", _("指标"), width=20),
        Column("area", _("领域"), width=12),
        Column("pairing", _("结对"), width=20),
        Column("place", _("地方"), width=16),
        Column("place_code", _("地方代码"), width=10),
        Column("party", _("队伍"), width=20),
        Column("period", _("时间"), width=14),
        Column("year", _("年份"), Kind.WHOLE, 8),
        Column("value", _("数值"), width=22),
        Column("low", _("下限"), Kind.EXACT, 16),
        Column("high", _("上限"), Kind.EXACT, 16),
        Column("ends", _("含端点"), width=10),
        Column("unit", _("单位"), width=8),
        Column("definition", _("口径"), width=30),
        Column("grade", _("等级"), width=6),
        Column("sources", _("独立来源"), Kind.WHOLE, 8),
        Column("reported", _("据"), width=32),
        Column("fact", _("事实页"), Kind.LINK, 40),
        Column("evidence", _("证据原文"), Kind.LINK, 40),
    ]


def fact_rows(
    portions: Iterable[Sequence[Fact]], absolute: Absolute, group: Callable[[Fact], str] | None = None
) -> Iterator[Sequence[Value]]:
    """The rows of ``fact_columns``, portion by portion."""
    words = _Words()
    for facts in portions:
        told = first_tellings(facts)
        for fact in facts:
            row = _fact_row(fact, told.get(fact.pk), absolute, words)
            yield [group(fact), *row] if group else row


class _Words:
    """What many rows tell alike, in the reader's language, looked up once."""

    def __init__(self) -> None:
        self.indicator = cache(lambda code: indicator_name(code) if code else "")
        self.area = cache(area_name)
        self.attributed = cache(attributed)
        self.part = cache(part_name)
        self.unfiled = pairing_name(None)
        self.ends = {
            "both": _("两端"),
            "low": _("下限"),
            "high": _("上限"),
            "none": _("都不含"),
            "clash": "—",
        }

    def definition(self, fact: Fact) -> str:
        """A fact's definition in one line."""
        return "；".join(f"{self.part(part)}：{told}" for part, told in definition_of(fact).items())


def statement_columns() -> list[Column]:
    """The columns of one fact's statements."""
    return [
        Column("side", _("印证或矛盾"), width=10),
        Column("quote", _("原文数字"), width=18),
        Column("sentence", _("句子"), width=70),
        Column("low", _("下限"), Kind.EXACT, 16),
        Column("high", _("上限"), Kind.EXACT, 16),
        Column("unit", _("单位"), width=8),
        Column("title", _("报告"), width=36),
        Column("publisher", _("发布者"), width=24),
        Column("date", _("发布日期"), Kind.DAY, 12),
        Column("reported", _("据"), width=32),
        Column("evidence", _("证据原文"), Kind.LINK, 60),
        Column("fact", _("事实页"), Kind.LINK, 40),
    ]


def statement_rows(
    fact: Fact, tellings: Iterable[FactStatement], absolute: Absolute
) -> Iterator[Sequence[Value]]:
    """The rows of ``statement_columns``."""
    page = absolute(fact_path(fact.pairing.key if fact.pairing else None, fact.key))
    for telling in tellings:
        statement, report = telling.statement, telling.statement.report
        claim = claim_of(statement, report.doc)
        yield [
            _("印证") if telling.supports else _("矛盾"),
            claim.quote,
            sentence_of(claim, report).whole,
            _exact(claim.bounds.low),
            _exact(claim.bounds.high),
            claim.unit,
            report.title,
            report.publisher,
            report.date,
            attributed(report.publisher, report.date),
            absolute(room_path(report.source.sha256, statement.key)),
            page,
        ]


def place_note(place: str) -> str:
    """The codes that a series joins, for the notes."""
    return "、".join(codes_of(place))


def _fact_row(fact: Fact, first: FirstTelling | None, absolute: Absolute, words: _Words) -> list[Value]:
    reported = evidence = ""
    if first is not None:
        reported = words.attributed(first.publisher, first.date)
        if fact.sources > 1:
            reported += _("（共 %(number)s 个独立来源）") % {"number": fact.sources}
        evidence = absolute(room_path(first.sha256, first.statement))
    return [
        thing(fact),
        words.indicator(fact.indicator),
        words.area(fact.area),
        pairing_name(fact.pairing) if fact.pairing else words.unfiled,
        fact.place,
        fact.place_code,
        fact.party,
        fact.period,
        fact.year,
        amount_of(fact),
        _exact(fact.low or None),
        _exact(fact.high or None),
        words.ends[fact.closed],
        fact.unit,
        words.definition(fact),
        fact.grade,
        fact.sources,
        reported,
        absolute(fact_path(fact.pairing.key if fact.pairing else None, fact.key)),
        evidence,
    ]


def _exact(told: object) -> Decimal | None:
    return None if told is None else Decimal(str(told))
