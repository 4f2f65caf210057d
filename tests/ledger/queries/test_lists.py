import datetime
from collections.abc import Callable
from typing import Any

import pytest

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible, NotThere
from shanhai.ledger.models import Fact, Finding, FindingWork, Pairing, Report, Source, Statement
from shanhai.ledger.queries import facts, find, findings, reports, sources, statements
from shanhai.ledger.queries.narrowing import UNFILED
from shanhai.ledger.queries.paging import Page

from ..conftest import NOON


def walked(ask: Callable[[str], Page[Any]]) -> list[Any]:
    """All rows of a list, page by page."""
    found, after = [], ""
    while True:
        page = ask(after)
        found += page.rows
        if not page.after:
            return found
        assert page.after != after
        after = page.after


def test_sources_come_in_pages_the_newest_first(filled: dict[str, Pairing], clerk: Actor) -> None:
    everything = sources.SourceFilter()
    rows = walked(lambda after: sources.sources(clerk, everything, after, size=1))
    assert rows == list(Source.objects.order_by("-pk"))
    assert str(sources.number_of_sources(clerk, everything)) == "4"


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"pairing": "one"}, ["one-2022.txt", "one-2021.txt"]),
        ({"pairing": UNFILED}, ["--2022.txt"]),
        ({"words": "洛隆"}, ["two-2022.txt"]),
        ({"words": "ONE 2021"}, ["one-2021.txt"]),
        ({"words": "100%"}, []),
        ({"state": "refused"}, []),
        ({"state": "nonsense"}, []),
        ({"since": datetime.date(2023, 1, 7)}, ["--2022.txt", "two-2022.txt"]),
        ({"until": datetime.date(2022, 12, 31)}, ["one-2021.txt"]),
        ({"collection": "none"}, []),
    ],
)
def test_sources_are_narrowed(
    filled: dict[str, Pairing], clerk: Actor, wanted: dict[str, Any], names: list[str]
) -> None:
    found = sources.sources(clerk, sources.SourceFilter(**wanted))
    assert [s.name for s in found.rows] == names


def test_no_list_shows_what_the_actor_may_not_see(filled: dict[str, Pairing], only_two: Actor) -> None:
    two = filled["two"].pk
    assert {s.pairing_id for s in sources.sources(only_two, sources.SourceFilter()).rows} == {two}
    assert {s.pairing_id for s in statements.statements(only_two, statements.StatementFilter()).rows} == {two}
    assert {f.pairing_id for f in facts.facts(only_two, facts.FactFilter()).rows} == {two}
    seen = findings.findings(only_two, findings.FindingFilter(settled=None)).rows
    assert {q.finding.pairing_id for q in seen} <= {two}
    page, total = find.reports(only_two, "昌都")
    assert [r.doc for r in page.rows] == ["two-2022"]
    assert total.number == 1
    with pytest.raises(NotThere):
        sources.sources(only_two, sources.SourceFilter(pairing="one"))
    with pytest.raises(NotThere):
        facts.facts(only_two, facts.FactFilter(pairing="nowhere"))


@pytest.mark.parametrize("cursor", ["x", "-1", "1e3", "９", "9" * 30])
def test_a_cursor_that_is_none_is_refused(db: None, clerk: Actor, cursor: str) -> None:
    with pytest.raises(NotPossible):
        sources.sources(clerk, sources.SourceFilter(), cursor)
    with pytest.raises(NotPossible):
        findings.findings(clerk, findings.FindingFilter(), cursor)
    with pytest.raises(NotPossible):
        findings.findings(clerk, findings.FindingFilter(), f"error-{cursor}")


def test_figures_stand_in_text_order_and_reviewing_goes_round(
    filled: dict[str, Pairing], clerk: Actor
) -> None:
    first = reports.next_report(clerk)
    assert first is not None
    figures = list(reports.figures(clerk, first))
    assert [s.start for s in figures] == sorted(s.start for s in figures)
    waiting = [s for s in figures if not s.minor]
    walk = [reports.next_waiting(clerk, first)]
    while len(walk) <= len(waiting):
        walk.append(reports.next_waiting(clerk, first, walk[-1]))
    assert walk == [*waiting, waiting[0]]
    second = reports.next_report(clerk, first)
    assert second is not None
    assert second.pk > first.pk
    last = Report.objects.order_by("-pk").first()
    assert reports.next_report(clerk, last) == first


def test_statements_are_narrowed(filled: dict[str, Pairing], clerk: Actor) -> None:
    def quotes(**wanted: Any) -> set[str]:
        asked = statements.StatementFilter(**wanted)
        rows = walked(lambda after: statements.statements(clerk, asked, after, size=2))
        assert len(rows) == statements.number_of_statements(clerk, asked).number
        return {s.quote for s in rows}

    assert quotes(pairing="two", minor=False) == {"7家", "150人"}
    assert quotes(place="540000") >= {"7家", "31家", "2.5万人次"}
    assert "31家" not in quotes(place="540329")
    assert quotes(since=2021, until=2021, unit="家") == {"12家"}
    assert quotes(state="rejected") == set()
    one = Source.objects.get(name="one-2022.txt")
    assert quotes(source=one.sha256, unit="家") == {"15家"}


def test_facts_are_narrowed_and_stand_by_area_and_place(filled: dict[str, Pairing], clerk: Actor) -> None:
    rows = walked(lambda after: facts.facts(clerk, facts.FactFilter(), after, size=3))
    assert len(rows) == Fact.objects.count() == facts.number_of_facts(clerk, facts.FactFilter()).number
    of_one = [f for f in rows if f.pairing_id == filled["one"].pk]
    order = [(f.area, f.indicator, f.place_code, f.place, f.party, f.year or 0) for f in of_one]
    assert order == sorted(order)
    indicator = next(f.indicator for f in of_one if f.unit == "家")
    told = facts.facts(clerk, facts.FactFilter(indicator=indicator, pairing="one")).rows
    assert {f.year for f in told} == {2021, 2022}
    assert facts.facts(clerk, facts.FactFilter(indicator=indicator, since=2022, pairing="one")).rows == [
        f for f in told if f.year == 2022
    ]
    assert not facts.facts(clerk, facts.FactFilter(grade="Z")).rows


def test_a_fact_leads_to_its_sentences(filled: dict[str, Pairing], clerk: Actor) -> None:
    fact = Fact.objects.filter(pairing=filled["two"], unit="家").get()
    told = facts.sentences(fact)
    assert [t.statement.quote for t in told.supporting] == ["7家"]
    assert not told.opposing
    assert told.supporting[0].statement.report.source.name == "two-2022.txt"


def test_a_series_joins_the_codes_of_a_place(filled: dict[str, Pairing], clerk: Actor) -> None:
    fact = Fact.objects.filter(pairing=None, unit="家").get()
    assert fact.place_code == "540300"
    older = Fact.objects.get(pk=fact.pk)
    older.pk, older.key, older.year, older.place_code = (
        None,
        "older",
        2010,
        "542100",
    )  # 昌都地区, a prefecture until 2014
    older.save()
    assert [f.year for f in facts.series(clerk, fact.indicator, "540300")] == [2010, 2022]
    both = facts.compared(clerk, fact.indicator, ["540300", "540329"])
    assert {place: len(line) for place, line in both.items()} == {"540300": 2, "540329": 1}


def test_the_queue_begins_with_the_most_severe_and_leaves_out_the_settled(
    filled: dict[str, Pairing], clerk: Actor
) -> None:
    everything = findings.FindingFilter(settled=None)
    rows = walked(lambda after: findings.findings(clerk, everything, after, size=1))
    ranks = [findings.SEVERITIES.index(q.finding.severity) for q in rows]
    assert ranks == sorted(ranks)
    assert len(rows) == Finding.objects.count() > 1
    first = rows[0].finding
    assert findings.cited(first)[0].report.source.name == "one-2021.txt"
    FindingWork.objects.create(key=first.key, settled=True, because="已更正", by="clerk", at=NOON)
    open_ones = findings.findings(clerk, findings.FindingFilter()).rows
    assert [q.finding for q in open_ones] == [q.finding for q in rows[1:]]
    settled = findings.findings(clerk, findings.FindingFilter(settled=True)).rows
    assert [(q.finding, q.work and q.work.because) for q in settled] == [(first, "已更正")]
    assert findings.number_of_findings(clerk, findings.FindingFilter()).number == len(rows) - 1
    nobody = findings.FindingFilter(assigned_to=0, settled=None)
    assert len(findings.findings(clerk, nobody).rows) == len(rows)
    assert not findings.findings(clerk, findings.FindingFilter(assigned_to=7)).rows


def test_two_characters_are_found_and_so_are_more(filled: dict[str, Pairing], clerk: Actor) -> None:
    def docs(query: str) -> list[str]:
        return [r.doc for r in walked(lambda after: find.reports(clerk, query, after, size=1)[0])]

    assert docs("昌都") == ["--2022", "two-2022"]
    assert docs("昌都市洛隆县") == ["two-2022"]
    assert docs("昌都 游客") == ["--2022"]
    assert docs("，") == docs("没有这样的词") == []


def test_all_statements_are_walked(filled: dict[str, Pairing], clerk: Actor) -> None:
    rows = walked(lambda after: statements.statements(clerk, statements.StatementFilter(), after, size=4))
    assert rows == list(Statement.objects.order_by("pk"))
