"""The queries of the pages, each as a page asks it, over what differs from one asking to the next."""

import datetime
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from typing import Any

from bench.many_statements import EVERYWHERE, OFFSET, RARE

Query = Callable[[], object]
TODAY = datetime.date(2026, 1, 5)


def queries() -> dict[str, Iterator[Query]]:
    """By name an endless row of askings; Django is set up before."""
    from shanhai.ledger.actors import Actor
    from shanhai.ledger.models import Fact, Pairing, Report
    from shanhai.ledger.queries import facts, find, findings, home, reports, sources, statements

    actor = Actor.command_line("bench")
    pairings = list(Pairing.objects.values_list("key", flat=True))
    some = [
        f
        for n in range(len(pairings))
        if (f := Fact.objects.filter(id__gt=n * OFFSET + 3000).exclude(place_code="").first())
    ]
    read = [
        r
        for n in range(len(pairings))
        if (r := Report.objects.defer("content").filter(pk=n * OFFSET + 7 * (n % 20) + 1).first())
    ]

    def over(given: list[Any], ask: Callable[[Any], object]) -> Iterator[Query]:
        return ((lambda one=one: ask(one)) for one in cycle(given))

    def always(ask: Query) -> Iterator[Query]:
        return cycle([ask])

    def second(ask: Callable[[str], Any]) -> object:
        return ask(ask("").after)

    source, fact = sources.SourceFilter, facts.FactFilter
    return {
        "home: all that it shows": always(lambda: _home(actor)),
        "sources: first page and total": always(lambda: _page(sources.sources, sources.number_of_sources, actor, source())),
        "sources: of a pairing": over(pairings, lambda k: sources.sources(actor, source(pairing=k))),
        "sources: waiting, second page": always(lambda: second(lambda a: sources.sources(actor, source(state="waiting"), a))),
        "sources: by words": over([RARE, "2019-06", "无此词"], lambda w: _page(sources.sources, sources.number_of_sources, actor, source(words=w))),
        "report: its figures": over(read, lambda r: list(reports.figures(actor, r))),
        "report: next that waits": over(read, lambda r: (reports.next_waiting(actor, r), reports.next_report(actor, r))),
        "statements: of an indicator": over(some, lambda f: _page(statements.statements, statements.number_of_statements, actor, statements.StatementFilter(indicator=f.indicator))),
        "statements: of an area and a year": over(some, lambda f: _page(statements.statements, statements.number_of_statements, actor, statements.StatementFilter(area=f.area, since=2020, until=2020))),
        "facts: first page and total": always(lambda: _page(facts.facts, facts.number_of_facts, actor, fact())),
        "facts: of a pairing": over(pairings, lambda k: _page(facts.facts, facts.number_of_facts, actor, fact(pairing=k))),
        "facts: of a pairing and an area": over(pairings, lambda k: _page(facts.facts, facts.number_of_facts, actor, fact(pairing=k, area="health"))),
        "facts: of an area": over(some, lambda f: _page(facts.facts, facts.number_of_facts, actor, fact(area=f.area))),
        "facts: of an indicator and a year": over(some, lambda f: _page(facts.facts, facts.number_of_facts, actor, fact(indicator=f.indicator, since=2021, until=2021))),
        "facts: of a county": over(some, lambda f: _page(facts.facts, facts.number_of_facts, actor, fact(place=f.place_code))),
        "facts: of a province and an indicator": over(some, lambda f: _page(facts.facts, facts.number_of_facts, actor, fact(place=f.place_code[:2] + "0000", indicator=f.indicator))),
        "facts: of a team": over(some, lambda f: _page(facts.facts, facts.number_of_facts, actor, fact(party=f.party or "无"))),
        "facts: clashes": always(lambda: _page(facts.facts, facts.number_of_facts, actor, fact(clash=True))),
        "facts: of an unusual grade": always(lambda: _page(facts.facts, facts.number_of_facts, actor, fact(grade="A"))),
        "fact: with its sentences": over(some, facts.sentences),
        "series: an indicator of a place": over(some, lambda f: facts.series(actor, f.indicator, f.place_code)),
        "series: five places compared": over(some, lambda f: facts.compared(actor, f.indicator, [s.place_code for s in islice(some, 5)])),
        "findings: the queue": always(lambda: _page(findings.findings, findings.number_of_findings, actor, findings.FindingFilter())),
        "findings: of a pairing and a code": over(pairings, lambda k: _page(findings.findings, findings.number_of_findings, actor, findings.FindingFilter(pairing=k, code="contradicted"))),
        "findings: settled": always(lambda: _page(findings.findings, findings.number_of_findings, actor, findings.FindingFilter(settled=True))),
        "search: two characters, rare": always(lambda: find.reports(actor, RARE)),
        "search: two characters, everywhere": always(lambda: find.reports(actor, EVERYWHERE[:2])),
        "search: a long phrase": always(lambda: find.reports(actor, "对口支援工作简报")),
    }  # fmt: skip


def _home(actor: Any) -> object:
    from shanhai.ledger.queries import home

    return (
        home.to_do(actor, TODAY), home.by_area_and_year(actor), home.by_place(actor), home.by_pairing(actor),
        home.arrived(actor), home.headlines(actor), home.waiting_reports(actor),
    )  # fmt: skip


def _page(rows: Callable[..., Any], number: Callable[..., Any], actor: Any, wanted: Any) -> object:
    return rows(actor, wanted), number(actor, wanted)
