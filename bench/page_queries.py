"""The queries of the pages, each as a page asks it, over what differs from one asking to the next."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from typing import Any

from bench.many_statements import EVERYWHERE, OFFSET, PHRASE, RARE

Query = Callable[[], object]
TODAY = datetime.date(2026, 1, 5)


def queries() -> dict[str, Iterator[Query]]:
    """By name an endless row of askings; Django is set up before."""
    from shanhai.ledger.actors import Actor
    from shanhai.ledger.models import Fact, Pairing, Report
    from shanhai.ledger.queries import facts, find, findings, reports, sources, statements

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
        return (partial(ask, one) for one in cycle(given))

    def always(ask: Query) -> Iterator[Query]:
        return cycle([ask])

    def second(ask: Callable[[str], Any]) -> object:
        return ask(ask("").after)

    def listed_sources(**wanted: Any) -> object:
        given = sources.SourceFilter(**wanted)
        return sources.sources(actor, given), sources.number_of_sources(actor, given)

    def listed_statements(**wanted: Any) -> object:
        given = statements.StatementFilter(**wanted)
        return statements.statements(actor, given), statements.number_of_statements(actor, given)

    def listed_facts(**wanted: Any) -> object:
        given = facts.FactFilter(**wanted)
        return facts.facts(actor, given), facts.number_of_facts(actor, given)

    def listed_findings(**wanted: Any) -> object:
        given = findings.FindingFilter(**wanted)
        return findings.findings(actor, given), findings.number_of_findings(actor, given)

    waiting = sources.SourceFilter(state="waiting")
    return {
        "home, everything on it": always(lambda: _home(actor)),
        "home, after a decision": over(read, lambda r: _decided(actor, r)),
        "sources": always(listed_sources),
        "sources of a pairing": over(pairings, lambda k: listed_sources(pairing=k)),
        "sources that wait, second page": always(
            lambda: second(lambda after: sources.sources(actor, waiting, after))
        ),
        "sources by words": over([RARE, "2019-06", "无此词"], lambda w: listed_sources(words=w)),
        "a report's figures": over(read, lambda r: list(reports.figures(actor, r))),
        "next that waits": over(
            read, lambda r: (reports.next_waiting(actor, r), reports.next_report(actor, r))
        ),
        "statements of an indicator": over(some, lambda f: listed_statements(indicator=f.indicator)),
        "statements of an area and a year": over(
            some, lambda f: listed_statements(area=f.area, since=2020, until=2020)
        ),
        "facts": always(listed_facts),
        "facts of a pairing": over(pairings, lambda k: listed_facts(pairing=k)),
        "facts of a pairing and an area": over(pairings, lambda k: listed_facts(pairing=k, area="health")),
        "facts of an area": over(some, lambda f: listed_facts(area=f.area)),
        "facts of an indicator and a year": over(
            some, lambda f: listed_facts(indicator=f.indicator, since=2021, until=2021)
        ),
        "facts of a county": over(some, lambda f: listed_facts(place=f.place_code)),
        "facts of a province and an indicator": over(
            some, lambda f: listed_facts(place=f.place_code[:2] + "0000", indicator=f.indicator)
        ),
        "facts of a team": over(some, lambda f: listed_facts(party=f.party or "无")),
        "facts that clash": always(lambda: listed_facts(clash=True)),
        "facts of one grade": over(["A", "B", "C", "D", "E"], lambda grade: listed_facts(grade=grade)),
        "a fact with its sentences": over(some, facts.sentences),
        "series of an indicator": over(some, lambda f: facts.series(actor, f.indicator, f.place_code)),
        "five places compared": over(
            some, lambda f: facts.compared(actor, f.indicator, [s.place_code for s in islice(some, 5)])
        ),
        "queue of findings": always(listed_findings),
        "findings of a pairing and a code": over(
            pairings, lambda k: listed_findings(pairing=k, code="contradicted")
        ),
        "findings that are settled": always(lambda: listed_findings(settled=True)),
        "search, two characters, rare": always(lambda: find.reports(actor, RARE)),
        "search, two characters, in all": always(lambda: find.reports(actor, EVERYWHERE[:2])),
        "search, a phrase": always(lambda: find.reports(actor, PHRASE)),
    }


def _decided(actor: Any, report: Any) -> object:
    """A figure is accepted, the home page loaded anew."""
    from shanhai.ledger.actions.review import decide
    from shanhai.ledger.models import Decision
    from shanhai.ledger.queries.reports import next_waiting

    figure = next_waiting(actor, report)
    if figure is not None:
        decide(report, Decision.ACCEPT, {figure.key: figure.review_id}, actor=actor)
    return _home(actor)


def _home(actor: Any) -> object:
    from shanhai.ledger.queries import home

    return (
        home.to_do(actor, TODAY), home.by_area_and_year(actor), home.by_place(actor), home.by_pairing(actor),
        home.arrived(actor), home.headlines(actor), home.waiting_reports(actor),
    )  # fmt: skip
