"""What the pages of facts ask beside ``facts``: lists in other orders, one fact by its address, what stands around it."""

import datetime
import math
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from django.db.models import Q, QuerySet

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible, NotThere
from shanhai.ledger.models import Fact, FactStatement, Finding, Statement
from shanhai.ledger.queries.facts import FactFilter, filtered
from shanhai.ledger.queries.narrowing import of_pairing
from shanhai.ledger.queries.paging import SIZE, Page, number_of
from shanhai.ledger.rights import Right
from shanhai.model import Code

ORDERS: Mapping[str, str] = {"year": "year", "value": "middle", "grade": "grade", "sources": "sources"}
"""Orders that can be asked for, and the column of each; "-" before one turns it round."""
_PORTION = 500


class FirstTelling(msgspec.Struct, frozen=True):
    """Where a fact is told first: the statement's key, its source, who published it, and when."""

    statement: str
    sha256: str
    publisher: str
    date: datetime.date | None


def listed(
    actor: Actor, wanted: FactFilter, order: str = "", after: str = "", size: int = SIZE
) -> Page[Fact]:
    """The facts in an order; what has no such value comes last.

    Args:
        actor: who asks.
        wanted: which facts; ``clash`` takes in those that some statement opposes.
        order: one of ``ORDERS``; "" for the usual order of lists.
        after: the cursor of the page before.
        size: rows of a page.

    Raises:
        NotThere: the actor sees no such pairing.
        NotPossible: the cursor or the order is none.
    """
    rows = wanted_facts(actor, wanted).select_related("pairing")
    column = _column(order)
    down = order.startswith("-")
    value, number = _cursor(after, column)
    parts = (
        [_beyond(rows.filter(**{f"{column}__isnull": False}), column, down, value, number)] if column else []
    )
    if column and after and value is None:
        parts = []
    last = rows.filter(**{f"{column}__isnull": True}) if column else rows
    parts.append((last.filter(pk__gt=number) if after and value is None else last).order_by("pk"))
    found: list[Fact] = []
    for part in parts:
        found += part[: size + 1 - len(found)]
        if len(found) > size:
            break
    more = len(found) > size
    return Page(found[:size], _after(found[size - 1], column) if more else "")


def wanted_facts(actor: Actor, wanted: FactFilter) -> QuerySet[Fact]:
    """All facts that are wanted, in no order.

    Raises:
        NotThere: the actor sees no such pairing.
    """
    rows = filtered(actor, msgspec.structs.replace(wanted, clash=False))
    if not wanted.clash:
        return rows
    opposed = FactStatement.objects.filter(supports=False).order_by().values("fact")
    # One list of ids: for "or" SQLite walks all facts.
    return rows.filter(pk__in=opposed.union(Fact.objects.filter(closed="clash").order_by().values("pk")))


def exportable(actor: Actor, rows: QuerySet[Fact]) -> QuerySet[Fact]:
    """Of facts those that the actor may export.

    Raises:
        NotAllowed: the actor may export nothing at all.
    """
    if not actor.may_somewhere(Right.EXPORT):
        actor.require(Right.EXPORT)
    allowed = actor.pairings(Right.EXPORT)
    return rows if allowed is None else rows.filter(pairing__in=list(allowed))


def fact_at(actor: Actor, pairing: str, key: str) -> Fact:
    """The fact at an address: of a pairing's key (or ``narrowing.UNFILED``) and its own, which outlive rebuilding.

    Raises:
        NotThere: the actor sees no such fact.
    """
    found = access.facts(actor).filter(of_pairing(actor, pairing), key=key).select_related("pairing").first()
    if found is None:
        raise NotThere(
            "找不到该事实，或您的账号看不到它。事实随审核重新汇总，口径或措辞改动后编号会变。请从列表重新进入。",
            "There is no such fact that your account can see. Facts are built anew after reviews, and one that counts "
            "something else has another address. Go back to the list.",
        )
    return found


def tellings(fact: Fact) -> QuerySet[FactStatement]:
    """The statements for a fact, then those against it, each with report and source."""
    return fact.tellings.select_related("statement__report__source").order_by("-supports", "pk")


def first_tellings(facts: Sequence[Fact]) -> dict[int, FirstTelling]:
    """By the fact's id the first statement for it."""
    told = (
        FactStatement.objects.filter(fact__in=[f.pk for f in facts], supports=True)
        .order_by("fact_id", "-pk")
        .values_list(
            "fact_id",
            "statement__key",
            "statement__report__source__sha256",
            "statement__report__publisher",
            "statement__report__date",
        )
    )
    return {
        number: FirstTelling(statement, sha256, publisher, date)
        for number, statement, sha256, publisher, date in told.iterator(_PORTION)
    }


def portions(rows: QuerySet[Fact]) -> Iterator[list[Fact]]:
    """All rows in the usual order, some hundreds at a time."""
    rows, after = rows.select_related("pairing").order_by("pk"), 0
    while found := list(rows.filter(pk__gt=after)[:_PORTION]):
        yield found
        after = found[-1].pk


def findings_about(actor: Actor, fact: Fact, most: int = 20) -> list[Finding]:
    """The findings that name a statement of the fact; that two figures cannot be compared is left out."""
    found = access.findings(actor).filter(cited__statement__fact_tellings__fact=fact)
    return list(found.exclude(code=Code.NOT_COMPARABLE).distinct().order_by("pk")[:most])


def told_apart(actor: Actor, fact: Fact, most: int = 20) -> list[tuple[Finding, list[Fact]]]:
    """The findings that say why the fact cannot be compared with others, each with the other facts it names."""
    found = access.findings(actor).filter(
        cited__statement__fact_tellings__fact=fact, code=Code.NOT_COMPARABLE
    )
    findings = list(found.distinct().order_by("pk")[:most])
    named = access.statements(actor).filter(finding_tellings__finding__in=findings)
    of_finding: dict[int, list[int]] = {}
    for finding, statement in named.values_list("finding_tellings__finding_id", "pk"):
        of_finding.setdefault(finding, []).append(statement)
    others: dict[int, list[Fact]] = {}
    facts = {f.pk: f for f in _facts_of(actor, named, fact)}
    cited = FactStatement.objects.filter(fact__in=facts, statement__in=named.values("pk"))
    for number, statement in cited.order_by("fact_id").values_list("fact_id", "statement_id"):
        if facts[number] not in others.setdefault(statement, []):
            others[statement].append(facts[number])
    return [
        (one, list(dict.fromkeys(f for s in of_finding.get(one.pk, ()) for f in others.get(s, ()))))
        for one in findings
    ]


def beside(actor: Actor, fact: Fact, most: int = 20) -> list[Fact]:
    """Other facts of the same indicator, place, team and year: what looks alike and is kept apart."""
    if not fact.indicator:
        return []
    rows = access.facts(actor).filter(
        indicator=fact.indicator, place_code=fact.place_code, place=fact.place, year=fact.year
    )
    return list(rows.exclude(pk=fact.pk).select_related("pairing").order_by("pk")[:most])


def _facts_of(actor: Actor, named: QuerySet[Statement], fact: Fact) -> list[Fact]:
    rows = access.facts(actor).filter(tellings__statement__in=named.values("pk"))
    return list(rows.exclude(pk=fact.pk).select_related("pairing").distinct())


def _column(order: str) -> str:
    if not order:
        return ""
    column = ORDERS.get(order.removeprefix("-"))
    if column is None:
        raise NotPossible(
            f"不能按“{order[:30]}”排序。请点列表的表头排序。",
            f"“{order[:30]}” is no order of this list. Sort by the heads of its columns.",
        )
    return column


def _cursor(after: str, column: str) -> tuple[float | str | None, int]:
    """The value and the id after which a page begins; no value where only rows without one are left."""
    value, sign, number = after.rpartition("~")
    if not after:
        return None, 0
    if not sign or not value or not column:
        return None, number_of(number if sign and column else after)
    if column == "grade" and len(value) == 1:
        return value, number_of(number)
    try:
        told = float(value)
    except ValueError:
        told = math.nan
    return (told, number_of(number)) if math.isfinite(told) else (None, number_of(after))


def _beyond(
    rows: QuerySet[Fact], column: str, down: bool, value: float | str | None, number: int
) -> QuerySet[Fact]:
    if value is not None:
        beyond = "lt" if down else "gt"
        rows = rows.filter(
            Q(**{f"{column}__{beyond}": value}) | Q(**{column: value, f"pk__{beyond}": number})
        )
    return rows.order_by(f"-{column}" if down else column, "-pk" if down else "pk")


def _after(last: Fact, column: str) -> str:
    value = getattr(last, column) if column else None
    return f"{'' if value is None else value}~{last.pk}" if column else str(last.pk)
