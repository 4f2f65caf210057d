"""The projects of which something is refused, one by one, each with the reason and with what it is because of."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q, QuerySet

from shanhai.programme.models import Countable
from shanhai.programme.shares.credit import Refused, Why, decide
from shanhai.programme.shares.families import family, held
from shanhai.programme.shares.reading import Scope


def refused(scope: Scope, why: Why) -> "QuerySet[Countable]":
    """What is kept of the projects that are refused for a reason, in the order of their numbers."""
    reason, amount = f"{scope.basis}_why", f"{scope.basis}__gt"
    counted = Q(**{reason: "", amount: Decimal(0), "currency": scope.currency})
    match why:
        case Why.CURRENCY:
            which = Q(**{reason: ""}) & ~Q(currency=scope.currency)
        case Why.OTHERS_SHARE:
            which = counted & ~Q(own=Decimal(1))
        case Why.UNKNOWN_SHARE:
            which = counted & Q(unsure=True) & ~Q(own=Decimal(0))
        case _:
            which = Q(**{reason: str(why)})
    return scope.rows().filter(which).order_by("project__key")


def told_of(scope: Scope, why: Why, rows: Iterable[Countable]) -> list[Refused]:
    """Each of a few of them with the reason."""
    wanted = [row.project_id for row in rows]
    told = {
        one.project.id: one for one in decide(held(scope.pairing, family(wanted))[scope.basis], scope.basis)
    }
    return [r for pk in wanted if pk in told for r in told[pk].refused(scope.currency) if r.why is why]
