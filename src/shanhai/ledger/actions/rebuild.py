"""Rebuilding: facts, findings and promises of a pairing are built anew from the statements that stand.

Reports are reasoned about pairing by pairing, what is filed under none by itself, so a ledger of many pairings needs
no more memory than its largest one.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import head
from shanhai.ledger.contents import code_of, rounded, storable
from shanhai.ledger.evidence import evidence_of
from shanhai.ledger.models import (
    STANDING,
    Decision,
    Entry,
    Fact,
    FactStatement,
    Finding,
    FindingStatement,
    Pairing,
    Promise,
    Rebuild,
    Source,
    Statement,
)
from shanhai.ledger.models import Report as ReportRow
from shanhai.ledger.rights import Right
from shanhai.ledger.titles import distinct, entitled
from shanhai.ledger.turns import Turn, take
from shanhai.model import Bounds, Cited
from shanhai.model import Fact as ModelFact
from shanhai.model import Finding as ModelFinding
from shanhai.model import Promise as ModelPromise
from shanhai.reasoning.checked import Reasoned
from shanhai.reasoning.comparing.same import span_of
from shanhai.reasoning.reason import reason

_BATCH = 500
_Told = tuple[str, str, Any]


class Rebuilt(msgspec.Struct, frozen=True):
    """How many facts, findings and promises there are now."""

    facts: int
    findings: int
    promises: int


_CHANGING = ("read", "read again", "file", "change pairing", *Decision.values)
"""The actions that change what stands in a pairing, or how it is told."""


def stale(pairing: Pairing | None) -> bool:
    """Whether what stands in a pairing was changed since its facts and findings were built."""
    built = Rebuild.objects.filter(pairing=pairing).first()
    since = Entry.objects.filter(number__gt=built.entry if built else 0, action__in=_CHANGING)
    key = pairing.key if pairing else None
    for portion in _portions(since.values_list("action", "subject", "old").iterator(_BATCH)):
        if any(action == "file" and old["pairing"] == key for action, _, old in portion):
            return True
        if any(subject == f"pairing:{key}" for _, subject, _ in portion):
            return True
        sources = {subject.partition(":")[2] for _, subject, _ in portion}
        if Source.objects.filter(pairing=pairing, sha256__in=sources).exists():
            return True
    return False


def _portions(entries: Iterator[_Told]) -> Iterator[list[_Told]]:
    while portion := list(islice(entries, _BATCH)):
        yield portion


def behind(pairing: Pairing | None) -> bool:
    """Whether a report was read since facts and findings of a pairing were built."""
    built = Rebuild.objects.filter(pairing=pairing).first()
    reports = ReportRow.objects.filter(source__pairing=pairing)
    return (reports.filter(read_at__gt=built.at) if built else reports).exists()


def rebuild(
    pairing: Pairing | None,
    *,
    actor: Actor,
    on: datetime.date | None = None,
    at: datetime.datetime | None = None,
    advance: Callable[[], None] = lambda: None,
) -> Rebuilt:
    """Build facts, findings and promises of a pairing anew; of what is filed under none where it is None.

    Reasoning comes first and may take minutes; the exchange of the old for the new is one transaction.

    Args:
        pairing: whose reports.
        actor: who asked for it.
        on: the day on which promises count as due; today where None.
        at: when.
        advance: called after each report is taken from the ledger.

    Raises:
        NotAllowed: the actor may not rebuild.
    """
    actor.require(Right.REBUILD, pairing.pk if pairing else None)
    at = at or timezone.now()
    on = on or timezone.localdate(at)
    while True:
        rows = ReportRow.objects.filter(source__pairing=pairing).order_by("pk")
        last = head()
        reports = _reports(pairing)
        evidence = []
        for one in evidence_of(rows.iterator(_BATCH)):
            if one.doc in reports:  # what comes while we read is for the next time
                evidence.append(one)
            advance()
        reasoned = reason(evidence, on=on)
        del evidence
        if built := _exchange(pairing, reasoned, reports, on, at, last.number if last else 0):
            return built


def _reports(pairing: Pairing | None) -> dict[str, int]:
    return dict(ReportRow.objects.filter(source__pairing=pairing).values_list("doc", "pk"))


@transaction.atomic
def _exchange(
    pairing: Pairing | None,
    reasoned: Reasoned,
    reports: Mapping[str, int],
    on: datetime.date,
    at: datetime.datetime,
    entry: int,
) -> Rebuilt | None:
    """Put the new in the place of the old; None where a report was filed elsewhere while it was reasoned about."""
    take(Turn.FILING)
    if not reports.items() <= _reports(pairing).items():
        return None
    for table in (Fact, Finding, Promise):
        table.objects.filter(pairing=pairing).delete()
    places = _Places(pairing, reports)
    facts = _facts(pairing, reasoned.facts, places)
    findings = _findings(pairing, reasoned.findings, places)
    promises = [_promise(pairing, told, places) for told in reasoned.promises]
    Promise.objects.bulk_create(promises, batch_size=_BATCH)
    counts = Rebuilt(facts, findings, len(promises))
    Rebuild.objects.update_or_create(pairing=pairing, defaults={"entry": entry, "at": at, "on": on})
    return counts


class _Places:
    """The statements that reasoning cites, found by their places."""

    def __init__(self, pairing: Pairing | None, reports: Mapping[str, int]) -> None:
        self.reports = reports
        standing = Statement.objects.filter(pairing=pairing, state__in=STANDING).order_by("-pk")
        self.found: dict[tuple[int, int, int], int] = {}
        self._areas: dict[int, str] = {}
        for key, report, start, end, area in standing.values_list(
            "pk", "report_id", "start", "end", "area"
        ).iterator():
            self.found[report, start, end] = key
            self._areas[key] = area

    def __getitem__(self, cited: Cited) -> int | None:
        return self.found.get((self.reports[cited.doc], cited.start, cited.end))

    def area(self, cited: Cited) -> str:
        """The area of the statement at a place."""
        return self._areas.get(self[cited] or 0, "")


def _facts(pairing: Pairing | None, told: Iterable[ModelFact], places: _Places) -> int:
    rows: dict[str, Fact] = {}
    tellings = []
    within = pairing.receiving_code if pairing else ""
    for fact in told:
        row = rows[fact.id] = _fact(pairing, fact, within)
        row.area = next((area for c in fact.supporting if (area := places.area(c))), "")
        for supports, cited in ((True, fact.supporting), (False, fact.opposing)):
            tellings += [(row, places[c], supports) for c in cited]
    Fact.objects.bulk_create(sorted(rows.values(), key=_in_lists), batch_size=_BATCH)
    FactStatement.objects.bulk_create(
        [
            FactStatement(fact=row, statement_id=key, supports=s)
            for row, key, s in tellings
            if key is not None
        ],
        batch_size=_BATCH * 4,
    )
    return len(rows)


def _in_lists(fact: Fact) -> tuple[str | int, ...]:
    """Where a fact stands in the lists of facts, which follow the ids."""
    told = (fact.area, fact.indicator, fact.place_code, fact.place, fact.party, fact.year or 0)
    return (*told, fact.measure, fact.key)


def _fact(pairing: Pairing | None, fact: ModelFact, within: str) -> Fact:
    time = span_of(fact.period)
    low, high = (fact.bounds.low, fact.bounds.high) if fact.bounds else (None, None)
    ends = [n for n in (rounded(low), rounded(high)) if n is not None]
    return Fact(
        key=fact.id,
        pairing=pairing,
        indicator=fact.indicator or "",
        unit=fact.unit,
        kind=fact.kind.value,
        measure=fact.measure or "",
        place=(fact.place or "")[:100],
        place_code=code_of(fact.place, within) if fact.place else "",
        party=(fact.party or "")[:200],
        period=fact.period or "",
        year=time[1].year if time else None,
        definition={k: v for k, v in msgspec.to_builtins(fact.definition).items() if v is not None},
        low="" if low is None else str(low),
        high="" if high is None else str(high),
        closed=_closed(fact.bounds),
        middle=sum(ends) / len(ends) if ends else None,
        sources=fact.sources,
        grade=fact.grade.letter,
        points=fact.grade.points,
        out_of=fact.grade.out_of,
        parts=msgspec.to_builtins(fact.grade.parts),
        releases=list(fact.releases),
    )


def _closed(bounds: Bounds | None) -> str:
    if bounds is None:
        return "clash"
    if bounds.low_closed and bounds.high_closed:
        return "both"
    return "low" if bounds.low_closed else "high" if bounds.high_closed else "none"


def _findings(pairing: Pairing | None, told: Iterable[ModelFinding], places: _Places) -> int:
    titles = distinct(dict(ReportRow.objects.filter(source__pairing=pairing).values_list("doc", "title")))
    rows: dict[str, Finding] = {}
    cited = []
    for finding in told:
        key = finding_key(finding)
        if key in rows:
            continue
        named = {c.doc: titles[c.doc] for c in finding.claims if c.doc in titles}
        message = entitled(finding.message, named)
        row = rows[key] = Finding(
            key=key,
            pairing=pairing,
            code=finding.code.value,
            severity=finding.severity.value,
            check_name=str(finding.detail.get("check", "")),
            message_zh=message.zh,
            message_en=message.en,
            settles_zh=finding.settles.zh,
            settles_en=finding.settles.en,
            detail=msgspec.to_builtins(finding.detail, str_keys=True),
        )
        cited += [(row, c) for c in finding.claims]
    Finding.objects.bulk_create(rows.values(), batch_size=_BATCH)
    FindingStatement.objects.bulk_create(
        [
            FindingStatement(
                finding=row,
                report_id=places.reports[c.doc],
                statement_id=places[c],
                start=c.start,
                end=c.end,
                quote=storable(c.quote),
            )
            for row, c in cited
        ],
        batch_size=_BATCH * 2,
    )
    return len(rows)


def finding_key(finding: ModelFinding) -> str:
    """What a finding is known by over rebuilds: its code, its check and the places that it names."""
    told = [finding.code.value, finding.detail.get("check"), *sorted(finding.claims)]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:32]


def _promise(pairing: Pairing | None, promise: ModelPromise, places: _Places) -> Promise:
    time = span_of(promise.due)
    return Promise(
        pairing=pairing,
        report_id=places.reports[promise.cited.doc],
        what=promise.what,
        start=promise.cited.start,
        end=promise.cited.end,
        quote=storable(promise.cited.quote),
        due=promise.due or "",
        due_by=time[1] if time else None,
        state=promise.state.value,
        answers=[
            {"report": places.reports[c.doc], "start": c.start, "end": c.end, "quote": storable(c.quote)}
            for c in promise.answers
        ],
    )
