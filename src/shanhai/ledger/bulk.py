"""Many new rows of one table at once, without an object for each."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import DateField, Field, JSONField, Model

Row = Mapping[str, Any]


def insert(model: type[Model], rows: Sequence[Row]) -> None:
    """Insert rows, several times quicker than ``bulk_create``.

    Args:
        model: the table; its ids are given by the database.
        rows: values by column (``pairing_id``, not ``pairing``); a column that a row leaves out has its default.
    """
    if not rows:
        return
    quote = connection.ops.quote_name
    fields = _fields(model)
    names = ", ".join(quote(f.column or "") for f in fields)
    marks = ", ".join(["%s"] * len(fields))
    ready = [(f.attname, _default(f), _preparing(f)) for f in fields]
    values = [
        [
            prepare(row.get(name, default)) if prepare else row.get(name, default)
            for name, default, prepare in ready
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})", values)


@cache
def _fields(model: type[Model]) -> tuple["Field[Any, Any]", ...]:
    return tuple(f for f in model._meta.concrete_fields if not f.primary_key)


def _default(field: "Field[Any, Any]") -> Any:
    """What stands in a column that a row leaves out."""
    value = field.get_default()
    return str(value) if isinstance(value, str) else value


def _preparing(field: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How a value of a field is handed to the database; None where it is handed over as it is."""
    if not isinstance(field, DateField | JSONField):
        return None
    made: dict[Any, Any] = {}

    def prepared(value: Any) -> Any:
        try:
            return made[value]
        except (KeyError, TypeError):
            ready = field.get_db_prep_save(value, connection)
        if isinstance(field, DateField):  # one reading, one time: it is the same in every row
            made[value] = ready
        return ready

    return prepared
