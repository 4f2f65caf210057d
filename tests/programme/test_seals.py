"""What was changed in the register behind the application's back shows: which row, and what."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Field, Model

from programme.filled import fill_register
from shanhai.ledger.actors import Actor
from shanhai.ledger.archive.tables import SINCE, TABLES
from shanhai.ledger.models import Pairing
from shanhai.ledger.seals import columns
from shanhai.ledger.verify import verify

pytestmark = pytest.mark.django_db

OF_BRIEFS_AND_FILES = {
    "attachments",
    "attachment_contents",
    "briefs",
    "brief_items",
    "brief_item_statements",
    "exchange_keys",
    "exchange_files",
    "exchange_contents",
}
"""What has actions of its own is tested with them."""


def sealed_tables() -> dict[str, type[Model]]:
    return {name: TABLES[name] for name in SINCE if name not in OF_BRIEFS_AND_FILES}


def tampered(field: "Field[Any, Any]", value: Any) -> Any:
    """Another value that the column takes."""
    if field.is_relation:
        return (value or 0) + 1_000
    kind = field.get_internal_type()
    if kind == "BooleanField":
        return not value
    if kind == "DateTimeField":
        return (value or datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)) + datetime.timedelta(seconds=1)
    if kind == "DateField":
        return (value or datetime.date(2020, 1, 1)) + datetime.timedelta(days=1)
    if kind == "JSONField":
        return [["forged", ""]]
    if isinstance(value, Decimal) or "Integer" in kind:
        return (value or 0) + 1
    return "7" if value is None else ("2" if value[:1] != "2" else "3") + value[1:]


@pytest.mark.parametrize("table", sealed_tables())
def test_every_column_shows(table: str, pairing: Pairing, clerk: Actor) -> None:
    fill_register(pairing, clerk)
    assert list(verify()) == []
    model = TABLES[table]
    row = model._default_manager.order_by("-pk")[0]
    unseen = []
    for field in model._meta.concrete_fields:
        if field.primary_key or field.attname not in columns(model):
            continue
        with transaction.atomic(), connection.constraint_checks_disabled():
            value = tampered(field, getattr(row, field.attname))
            model._default_manager.filter(pk=row.pk).update(**{field.attname: value})
            if not any(f.column in (field.attname, "") for f in verify()):
                unseen.append((field.attname, value))
            transaction.set_rollback(True)
    assert unseen == []


@pytest.mark.parametrize("table", sealed_tables())
def test_a_row_taken_away_shows(table: str, pairing: Pairing, clerk: Actor) -> None:
    fill_register(pairing, clerk)
    model = TABLES[table]
    row = model._default_manager.order_by("pk")[0]
    with transaction.atomic(), connection.constraint_checks_disabled():
        name, key = (connection.ops.quote_name(n) for n in (model._meta.db_table, model._meta.pk.column))
        connection.cursor().execute(f"DELETE FROM {name} WHERE {key} = %s", [row.pk])
        found = list(verify())
        transaction.set_rollback(True)
    assert found
