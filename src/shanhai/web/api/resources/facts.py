"""Facts: what all comparable statements about one thing allow. They are rebuilt; their keys stay."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Path, Query, Router, Schema
from pydantic import Field

from shanhai.ledger import access
from shanhai.ledger.errors import NotThere
from shanhai.ledger.models import Fact, FactStatement
from shanhai.ledger.queries.facts import FactFilter, facts, sentences
from shanhai.ledger.queries.narrowing import of_pairing
from shanhai.web.api.lists import PageQuery, listed
from shanhai.web.api.resources.statements import AreaName, IndicatorCode
from shanhai.web.api.shapes import Exact, PairingKey, PlaceCode, Text, Year, pairing_key
from shanhai.web.requests import Request

router = Router(tags=["facts"])


class FactOut(Schema):
    """A fact. ``low`` and ``high`` are null where open; ``closed`` tells which ends belong, clash that no value fits."""

    key: str
    pairing: str | None
    area: str
    indicator: str
    unit: str
    kind: str
    measure: str
    place: str
    place_code: str
    party: str
    period: str
    year: int | None
    definition: dict[str, Any]
    low: Exact | None
    high: Exact | None
    closed: Literal["both", "low", "high", "none", "clash"]
    sources: int
    grade: str
    points: int
    out_of: int
    parts: list[Any]
    releases: list[Any]


class FactWhole(FactOut):
    """A fact with the keys of the statements for it and against it, two hundred of each at most."""

    supporting: list[str]
    opposing: list[str]


class FactsOut(Schema):
    """One page of facts."""

    items: list[FactOut]
    next: str | None


class FactQuery(PageQuery):
    """Which facts."""

    pairing: PairingKey = ""
    place: PlaceCode = ""
    party: Text = ""
    area: AreaName = ""
    indicator: IndicatorCode = ""
    unit: Text = ""
    since: Year = None
    until: Year = None
    grade: Annotated[str, Field(pattern=r"^[A-Z]?$")] = ""
    only: Annotated[
        Literal["", "clash"], Field(description="clash: those whose statements no value satisfies")
    ] = ""


@router.get("/facts", response=FactsOut, operation_id="list_facts", summary="事实 Facts")
def list_facts(request: Request, wanted: Query[FactQuery]) -> dict[str, Any]:
    """The facts pairing by pairing."""
    told = wanted.filters()
    found = FactFilter(**{k: v for k, v in told.items() if k != "only"}, clash=told["only"] == "clash")
    return listed(
        request, wanted, lambda after, size: facts(request.actor, found, after, size), _shown, rebuilt=True
    )


@router.get(
    "/facts/{pairing}/{key}", response=FactWhole, operation_id="get_fact", summary="一个事实 One fact"
)
def get_fact(
    request: Request,
    pairing: Path[
        Annotated[str, Field(pattern=r"^[-A-Za-z0-9_]+$", description="`-` for what is filed under none")]
    ],
    key: Path[Annotated[str, Field(pattern=r"^[-A-Za-z0-9_.]{1,64}$")]],
) -> dict[str, Any]:
    """One fact with the statements for and against it."""
    rows = access.facts(request.actor).filter(of_pairing(request.actor, pairing), key=key)
    fact = rows.select_related("pairing").first()
    if fact is None:
        raise NotThere(
            "找不到该事实，或您的账号看不到它。", "There is no such fact that your account can see."
        )
    told = sentences(fact)
    return {**_shown(fact), "supporting": _keys(told.supporting), "opposing": _keys(told.opposing)}


def _keys(tellings: Any) -> list[str]:
    rows: list[FactStatement] = list(tellings)
    return [telling.statement.key for telling in rows]


def _shown(row: Fact) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in _SAME},
        "pairing": pairing_key(row),
        "low": Decimal(row.low) if row.low else None,
        "high": Decimal(row.high) if row.high else None,
    }


_SAME = (
    "key", "area", "indicator", "unit", "kind", "measure", "place", "place_code", "party", "period", "year",
    "definition", "closed", "sources", "grade", "points", "out_of", "parts", "releases",
)  # fmt: skip
