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
    return (
        _of_home(actor, read)
        | _of_sources(actor, pairings)
        | _of_reports(actor, read)
        | _of_statements(actor, some)
        | _of_facts(actor, pairings, some)
        | _of_comparisons(actor, some)
        | _of_findings(actor, pairings)
        | _of_search(actor)
    )


def _over(given: list[Any], ask: Callable[[Any], object]) -> Iterator[Query]:
    return (partial(ask, one) for one in cycle(given))


def _always(ask: Query) -> Iterator[Query]:
    return cycle([ask])


def _of_home(actor: Any, read: list[Any]) -> dict[str, Iterator[Query]]:
    return {
        "home, everything on it": _always(lambda: _home(actor)),
        "home, after a decision": _over(read, lambda r: _decided(actor, r)),
    }


def _of_sources(actor: Any, pairings: list[str]) -> dict[str, Iterator[Query]]:
    from shanhai.ledger.queries import sources

    def listed(**wanted: Any) -> object:
        given = sources.SourceFilter(**wanted)
        return sources.sources(actor, given), sources.number_of_sources(actor, given)

    def second(given: sources.SourceFilter) -> object:
        return sources.sources(actor, given, sources.sources(actor, given, "").after)

    waiting = sources.SourceFilter(state="waiting")
    return {
        "sources": _always(listed),
        "sources of a pairing": _over(pairings, lambda k: listed(pairing=k)),
        "sources that wait, second page": _always(lambda: second(waiting)),
        "sources by words": _over([RARE, "2019-06", "无此词"], lambda w: listed(words=w)),
    }


def _of_reports(actor: Any, read: list[Any]) -> dict[str, Iterator[Query]]:
    from shanhai.ledger.queries import reports

    return {
        "a report's figures": _over(read, lambda r: list(reports.figures(actor, r))),
        "next that waits": _over(
            read, lambda r: (reports.next_waiting(actor, r), reports.next_report(actor, r))
        ),
    }


def _of_statements(actor: Any, some: list[Any]) -> dict[str, Iterator[Query]]:
    from shanhai.ledger.queries import statements

    def listed(**wanted: Any) -> object:
        given = statements.StatementFilter(**wanted)
        return statements.statements(actor, given), statements.number_of_statements(actor, given)

    return {
        "statements of an indicator": _over(some, lambda f: listed(indicator=f.indicator)),
        "statements of an area and a year": _over(
            some, lambda f: listed(area=f.area, since=2020, until=2020)
        ),
    }


def _of_facts(actor: Any, pairings: list[str], some: list[Any]) -> dict[str, Iterator[Query]]:
    from shanhai.ledger.queries import facts

    def listed(**wanted: Any) -> object:
        given = facts.FactFilter(**wanted)
        return facts.facts(actor, given), facts.number_of_facts(actor, given)

    return {
        "facts": _always(listed),
        "facts of a pairing": _over(pairings, lambda k: listed(pairing=k)),
        "facts of a pairing and an area": _over(pairings, lambda k: listed(pairing=k, area="health")),
        "facts of an area": _over(some, lambda f: listed(area=f.area)),
        "facts of an indicator and a year": _over(
            some, lambda f: listed(indicator=f.indicator, since=2021, until=2021)
        ),
        "facts of a county": _over(some, lambda f: listed(place=f.place_code)),
        "facts of a province and an indicator": _over(
            some, lambda f: listed(place=f.place_code[:2] + "0000", indicator=f.indicator)
        ),
        "facts of a team": _over(some, lambda f: listed(party=f.party or "无")),
        "facts that clash": _always(lambda: listed(clash=True)),
        "facts of one grade": _over(["A", "B", "C", "D", "E"], lambda grade: listed(grade=grade)),
    }


def _of_comparisons(actor: Any, some: list[Any]) -> dict[str, Iterator[Query]]:
    from shanhai.ledger.queries import facts

    return {
        "a fact with its sentences": _over(some, facts.sentences),
        "series of an indicator": _over(some, lambda f: facts.series(actor, f.indicator, f.place_code)),
        "five places compared": _over(
            some, lambda f: facts.compared(actor, f.indicator, [s.place_code for s in islice(some, 5)])
        ),
    }


def _of_findings(actor: Any, pairings: list[str]) -> dict[str, Iterator[Query]]:
    from shanhai.ledger.queries import findings

    def listed(**wanted: Any) -> object:
        given = findings.FindingFilter(**wanted)
        return findings.findings(actor, given), findings.number_of_findings(actor, given)

    return {
        "queue of findings": _always(listed),
        "findings of a pairing and a code": _over(pairings, lambda k: listed(pairing=k, code="contradicted")),
        "findings that are settled": _always(lambda: listed(settled=True)),
    }


def _of_search(actor: Any) -> dict[str, Iterator[Query]]:
    from shanhai.ledger.queries import find

    return {
        "search, two characters, rare": _always(lambda: find.reports(actor, RARE)),
        "search, two characters, in all": _always(lambda: find.reports(actor, EVERYWHERE[:2])),
        "search, a phrase": _always(lambda: find.reports(actor, PHRASE)),
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
