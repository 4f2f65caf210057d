"""Claims together: a list that a notebook shows and that data frames take."""

from decimal import Context, Decimal
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from shanhai.claims.contract import as_object
from shanhai.model import Claim, Number, ShanhaiError

if TYPE_CHECKING:
    import polars
    import pyarrow

_COLUMNS = (
    ("doc", "string"), ("start", "int64"), ("end", "int64"), ("quote", "string"), ("value", "number"),
    ("from", "number"), ("upper", "number"), ("low", "number"), ("high", "number"), ("closed", "string"), ("unit", "string"),
    ("approx", "string"), ("kind", "string"), ("status", "string"), ("area", "string"), ("indicator", "string"),
    ("measure", "string"), ("period", "string"), ("place", "string"), ("party", "string"), ("counted", "string"),
    ("stage", "string"), ("form", "string"), ("cumulative", "bool"), ("since", "date"), ("scope", "string"),
    ("minor", "bool"), ("sentence_start", "int64"), ("sentence_end", "int64"),
    ("repeats_start", "int64"), ("repeats_end", "int64"),
)  # fmt: skip
_SHOWN = ("quote", "value", "unit", "kind", "status", "area", "measure", "period", "place")
_DIGITS, _DECIMALS = 38, 9

COLUMNS = tuple(name for name, _ in _COLUMNS)
"""The columns of a table of claims, in order."""


class MissingDependency(ShanhaiError):
    """A package that is only needed for tables is not installed."""


class Claims(list[Claim]):
    """A list of claims with ways out of it."""

    def rows(self) -> list[dict[str, Any]]:
        """One flat row a claim, keys as in ``COLUMNS``."""
        return [flat(claim) for claim in self]

    def to_arrow(self) -> "pyarrow.Table":
        """The claims as an Arrow table with typed columns; numbers are ``decimal128(38, 9)``.

        Raises:
            MissingDependency: when pyarrow is not installed.
        """
        arrow = _imported("pyarrow")
        types = {
            "string": arrow.string(),
            "int64": arrow.int64(),
            "bool": arrow.bool_(),
            "date": arrow.date32(),
            "number": arrow.decimal128(_DIGITS, _DECIMALS),
        }
        rows = self.rows()
        columns = {
            name: arrow.array([_fitted(r[name]) if kind == "number" else r[name] for r in rows], types[kind])
            for name, kind in _COLUMNS
        }
        return arrow.table(columns)

    def to_polars(self) -> "polars.DataFrame":
        """The claims as a polars data frame, with the types of ``to_arrow``.

        Raises:
            MissingDependency: when polars or pyarrow is not installed.
        """
        return _imported("polars").from_arrow(self.to_arrow())  # type: ignore[no-any-return]  # imported by name

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in _SHOWN)
        rows = self.rows()
        body = "".join(
            "<tr>" + "".join(f"<td>{_cell(row[name])}</td>" for name in _SHOWN) + "</tr>"
            for row in rows[:200]
        )
        more = f"<p>… {len(rows) - 200} more</p>" if len(rows) > 200 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def flat(claim: Claim) -> dict[str, Any]:
    """The claim as one flat row."""
    found = as_object(claim)
    definition, sentence = found.pop("definition"), found.pop("sentence")
    repeats = found.pop("repeats") or (None, None)
    found |= definition | {"sentence_start": sentence[0], "sentence_end": sentence[1]}
    found |= {"repeats_start": repeats[0], "repeats_end": repeats[1]}
    return {name: found.get(name) for name in COLUMNS}


def _fitted(value: Number | None) -> Any:
    """The number as ``decimal128`` can hold it; beyond nine decimals it is rounded."""
    if value is None:
        return None
    return Decimal(value).quantize(Decimal(1).scaleb(-_DECIMALS), context=Context(prec=_DIGITS))


def _cell(value: Any) -> str:
    return "" if value is None else escape(f"{value:,}" if isinstance(value, int) else str(value))


def _imported(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise MissingDependency(f"{name} is not installed; run: pip install 'shanhai[tables]'") from None
