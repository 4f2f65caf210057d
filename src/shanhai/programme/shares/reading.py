"""The meter over a pairing's projects as the register holds them."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from shanhai.catalogue.places import load_gazetteer
from shanhai.catalogue.rules import load_rules
from shanhai.ledger.models import Pairing
from shanhai.programme.models import Balance, CoFunding, Project, Term
from shanhai.programme.shares.credit import Credit, Refused, Why, credit
from shanhai.programme.shares.held import Basis, Funder, Held
from shanhai.programme.shares.meter import Meter, by_rule
from shanhai.programme.shares.what_if import Change, changed
from shanhai.reasoning.rules.versions import versions_for


class Meters(msgspec.Struct, frozen=True):
    """Both shares of a pairing, over the same money.

    Attributes:
        basis, currency: which money.
        since, until: of which versions of the rules are asked.
        credit: what was added, and what was refused.
        meters: one a rule.
    """

    basis: Basis
    currency: str
    since: datetime.date
    until: datetime.date
    credit: Credit
    meters: tuple[Meter, ...]


def meters(
    pairing: Pairing,
    since: datetime.date,
    until: datetime.date,
    *,
    basis: Basis = Basis.PLANNED,
    currency: str = "CNY",
    term: Term | None = None,
    what_if: Sequence[Change] = (),
) -> Meters:
    """Both shares of a pairing's projects.

    Args:
        pairing: whose projects.
        since, until: the time that is asked about; the rules' versions are those of that time.
        basis: planned, arrived or spent money.
        currency: the one that is added.
        term: only its projects; all where None.
        what_if: projects as they might be.

    Raises:
        NotPossible: a change is of a project that is not there.
    """
    projects = changed(held(pairing, basis, term), what_if)
    found = credit(projects, basis, currency)
    if basis is not Basis.PLANNED and term is None:
        refused = (*found.refused, *_of_no_project(pairing, basis))
        found = msgspec.structs.replace(found, refused=refused)
    codes = codes_of(pairing)
    time = since.isoformat(), until.isoformat()
    read = by_rule(found, load_rules(), lambda rule: versions_for(rule, codes, time))
    return Meters(basis, currency, since, until, found, read)


def codes_of(pairing: Pairing) -> tuple[str, ...]:
    """The codes of the receiving place and of all above it, nearest first."""
    if not pairing.receiving_code:
        return ()
    above = load_gazetteer().ancestors(pairing.receiving_code)
    return (pairing.receiving_code, *(place.code for place in above))


def held(pairing: Pairing, basis: Basis, term: Term | None = None) -> list[Held]:
    """The projects of a pairing that stand, with their money of one basis."""
    projects = Project.objects.filter(pairing=pairing, withdrawn=False).order_by("pk")
    if term is not None:
        projects = projects.filter(term=term)
    funders = _funders(pairing)
    amounts = None if basis is Basis.PLANNED else _amounts(pairing, basis)
    columns = (
        "pk", "key", "name", "planned", "currency", "parent_id", "umbrella", "status", "level", "livelihood",
        "livelihood_share",
    )  # fmt: skip
    found = []
    for number, key, name, planned, currency, *rest in projects.values_list(*columns):
        amount = planned if amounts is None else amounts.get((number, currency))
        told: tuple[Any, ...] = (number, key, name, amount, currency, *rest, funders.get(number, ()))
        found.append(Held(*told))
    return found


def _funders(pairing: Pairing) -> dict[int, tuple[Funder, ...]]:
    found: dict[int, tuple[Funder, ...]] = {}
    told: Any = CoFunding.objects.filter(pairing=pairing, withdrawn=False).order_by("key")
    for project, name, share in told.values_list("project_id", "funder", "share"):
        found[project] = (*found.get(project, ()), Funder(name, share))
    return found


def _amounts(pairing: Pairing, basis: Basis) -> dict[tuple[int | None, str], Decimal | None]:
    """What a stage comes to by project and currency; None where nothing did."""
    balances = Balance.objects.filter(pairing=pairing, project__isnull=False).order_by()
    told = balances.values_list("project_id", "currency", basis.value)
    return {(project, currency): amount or None for project, currency, amount in told}


def _of_no_project(pairing: Pairing, basis: Basis) -> Iterable[Refused]:
    balances = Balance.objects.filter(pairing=pairing, project=None).order_by("currency")
    for currency, amount in balances.values_list("currency", basis.value):
        if amount:
            yield Refused("", "", amount, currency, Why.NO_PROJECT)
