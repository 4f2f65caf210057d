"""Both shares of a pairing's projects as the register holds them, and as they would be."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal, localcontext
from typing import Any

import msgspec
from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Q, QuerySet, Sum

from shanhai.catalogue.places import load_gazetteer
from shanhai.catalogue.rules import load_rules
from shanhai.ledger.models import Pairing
from shanhai.programme.models import Balance, Countable, Project, Term
from shanhai.programme.shares import sums
from shanhai.programme.shares.classes import Classing
from shanhai.programme.shares.credit import Decided, Why, decide
from shanhai.programme.shares.families import family, held
from shanhai.programme.shares.held import Basis
from shanhai.programme.shares.meter import Meter, by_rule
from shanhai.programme.shares.sums import Group, Refusal, Row, Rows, Total
from shanhai.programme.shares.what_if import Change, changed, touched
from shanhai.reasoning.rules.versions import versions_for

NAMED = 20
"""So many of the projects that decide a share are named."""
_FIRST_PAGE = 256
_COLUMNS = ("currency", "level", "livelihood", "livelihood_share")


class Scope(msgspec.Struct, frozen=True):
    """Which money is asked about.

    Attributes:
        basis: planned, arrived or spent.
        currency: the one that is added.
        term: only its projects; all where None. Whether a project is counted beside those above and below it is decided
            over all terms.
    """

    pairing: Pairing
    basis: Basis = Basis.PLANNED
    currency: str = "CNY"
    term: Term | None = None

    def rows(self) -> "QuerySet[Countable]":
        """What is kept of its projects."""
        found = Countable.objects.filter(pairing=self.pairing)
        return found if self.term is None else found.filter(term=self.term)


class Named(msgspec.Struct, frozen=True):
    """A project that is named; ``key`` is "" for one that is only supposed."""

    key: str
    name: str
    amount: Decimal | None


class Measured(msgspec.Struct, frozen=True):
    """What the shares are measured over.

    Attributes:
        supposed: the projects that are not as they stand, and those that hang together with them.
    """

    total: Total
    supposed: tuple[Decided, ...] = ()


class Meters(msgspec.Struct, frozen=True):
    """Both shares of a pairing, over the same money.

    Attributes:
        scope: which money.
        since, until: of which versions of the rules are asked.
        total: what was added.
        refused: what was not.
        meters: one a rule.
        named: of each rule the first of the projects that decide.
    """

    scope: Scope
    since: datetime.date | None
    until: datetime.date | None
    total: Total
    refused: tuple[Refusal, ...]
    meters: tuple[Meter, ...]
    named: dict[int, Named]


def meters(
    scope: Scope,
    since: datetime.date | None,
    until: datetime.date | None,
    measured: Measured | None = None,
) -> Meters:
    """Both shares.

    Args:
        scope: which money.
        since, until: the time that is asked about; the rules' versions are those of that time.
        measured: what they are measured over (``stored``, ``supposed``); what stands where None.
    """
    found = measured or stored(scope)
    codes = codes_of(scope.pairing)
    time = _written(since), _written(until)
    read = by_rule(found.total, load_rules(), lambda rule: versions_for(rule, codes, time))
    refused = (*sums.refusals(found.total), *_of_no_project(scope))
    return Meters(scope, since, until, found.total, refused, read, _named(scope, read, found.supposed))


def _written(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def codes_of(pairing: Pairing) -> tuple[str, ...]:
    """The codes of the receiving place and of all above it, nearest first."""
    if not pairing.receiving_code:
        return ()
    above = load_gazetteer().ancestors(pairing.receiving_code)
    return (pairing.receiving_code, *(place.code for place in above))


def stored(scope: Scope) -> Measured:
    """The projects as they stand."""
    why = f"{scope.basis}_why"
    rows: Any = scope.rows().order_by().values_list(*_COLUMNS, why, "own", "unsure")
    found = {
        Group(currency, level, part, share, Why(reason) if reason else None, own, unsure): sums.Sum(
            amount or Decimal(0), number
        )
        for currency, level, part, share, reason, own, unsure, amount, number in rows.annotate(
            Sum(str(scope.basis)), Count("pk")
        )
    }
    return Measured(Total(scope.currency, found, lambda classing, groups: _rows(scope, classing, groups)))


def supposed(scope: Scope, standing: Measured, changes: Sequence[Change]) -> Measured:
    """The projects as they would be.

    Args:
        standing: as they stand (``stored``).
        changes: what is supposed.

    Raises:
        NotPossible: a change is of a project that is not there.
    """
    keys = touched(changes)
    near = family(Project.objects.filter(pairing=scope.pairing, key__in=keys).values_list("pk", flat=True))
    told = held(scope.pairing, near)[scope.basis]
    before = _within(scope, decide(told, scope.basis))
    term = scope.term.pk if scope.term else None
    after = _within(scope, decide(changed(told, changes, term), scope.basis))
    left = [one.project.id for one in before]

    def rows(classing: Classing, groups: Collection[Group]) -> Rows:
        kept = _rows(scope, classing, groups, left)
        return Rows(kept.sure, [*kept.others, *sums.rows_of(after, groups)])

    found = sums.exchanged(standing.total.sums, sums.sums_of(before), sums.sums_of(after))
    return Measured(Total(scope.currency, found, rows), tuple(after))


def _within(scope: Scope, told: Iterable[Decided]) -> list[Decided]:
    return [one for one in told if scope.term is None or one.project.term == scope.term.pk]


def _rows(scope: Scope, classing: Classing, groups: Collection[Group], left: Collection[int] = ()) -> Rows:
    """The projects of some groups, without some."""
    which = Q(pk__in=[])
    for told in {tuple(getattr(group, column) for column in classing.columns) for group in groups}:
        which |= Q(**dict(zip(classing.columns, told, strict=True)))
    basis = str(scope.basis)
    rows = scope.rows().filter(
        which, **{"currency": scope.currency, f"{basis}_why": "", f"{basis}__gt": Decimal(0)}
    )
    rows = rows.exclude(pk__in=left) if left else rows
    known = Q(own=Decimal(1), unsure=False)
    others = [
        Row(pk, Decimal(0) if unsure else high, high)
        for pk, amount, own, unsure in rows.exclude(known).values_list("pk", basis, "own", "unsure")
        for high in (_times(amount, own),)
    ]
    return Rows(_pages(rows.filter(known), basis), others)


def _times(amount: Decimal, own: Decimal) -> Decimal:
    with localcontext(prec=sums.DIGITS):
        return amount * own


def _pages(rows: "QuerySet[Countable]", basis: str) -> Iterator[Row]:
    """The greatest amounts first, no further than they are read."""
    fen = ExpressionWrapper(F(basis), BigIntegerField())
    ordered = rows.annotate(fen=fen).order_by(F(basis).desc(), "pk").values_list("pk", "fen")
    begin, size = 0, _FIRST_PAGE
    while page := list(ordered[begin : begin + size]):
        for pk, told in page:
            amount = Decimal(told).scaleb(-2)
            yield Row(pk, amount, amount)
        if len(page) < size:
            return
        begin, size = begin + size, size * 4


def _of_no_project(scope: Scope) -> Iterator[Refusal]:
    """Money of no project; of no term either."""
    if scope.basis is Basis.PLANNED or scope.term is not None:
        return
    balances = Balance.objects.filter(pairing=scope.pairing, project=None).order_by("currency")
    for currency, amount in balances.values_list("currency", str(scope.basis)):
        if amount:
            yield Refusal(Why.NO_PROJECT, currency, amount, 0)


def _named(scope: Scope, read: Iterable[Meter], others: Iterable[Decided]) -> dict[int, Named]:
    wanted = {pk for meter in read for pk in meter.deciding[:NAMED]}
    found = {}
    for one in others:
        project = one.project
        if project.id in wanted:
            key = project.key if project.id > 0 else ""
            found[project.id] = Named(key, project.name, project.amount)
    if rest := wanted - set(found):
        rows = Countable.objects.filter(pk__in=rest).values_list(
            "pk", "project__key", "project__name", str(scope.basis)
        )
        found |= {pk: Named(*told) for pk, *told in rows}
    return found
