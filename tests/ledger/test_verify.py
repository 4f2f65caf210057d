"""What was changed behind the application's back shows: which row, and what."""

import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import Field, Model
from django.utils import timezone

from ledger.conftest import NOON, arrival
from ledger.filled import FIRST, fill
from shanhai.ledger.actions import receive as receiving
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.archive.tables import TABLES, tables_of
from shanhai.ledger.models import (
    Collection,
    Content,
    Entry,
    Fact,
    Finding,
    Pairing,
    Promise,
    Receipt,
    Report,
    Source,
    State,
    Statement,
)
from shanhai.ledger.packing import packed
from shanhai.ledger.seals import columns
from shanhai.ledger.verify import Trouble, verify

pytestmark = pytest.mark.django_db

ALL_TABLES: dict[str, type[Model]] = {**{name: TABLES[name] for name in tables_of(1)}, "contents": Content}


def tampered(field: "Field[Any, Any]", value: Any) -> Any:
    """Another value that the column takes."""
    if field.is_relation:
        return (value or 0) + 1_000
    kind = field.get_internal_type()
    if kind == "BooleanField":
        return not value
    if kind == "DateTimeField":
        return (value or timezone.now()) + datetime.timedelta(seconds=1)
    if kind == "DateField":
        return (value or datetime.date(2020, 1, 1)) + datetime.timedelta(days=1)
    if kind == "BinaryField":
        return packed(b"{}")
    if kind == "JSONField":
        return {"forged": True}
    if kind in ("CharField", "TextField", "SlugField"):
        return ("x" if value[:1] != "x" else "y") + value[1:]
    return (value or 0) + 1


class TestTampering:
    @pytest.mark.parametrize("table", ALL_TABLES)
    def test_every_column_shows(self, table: str, clerk: Actor) -> None:
        fill(clerk)
        model = ALL_TABLES[table]
        fields = [f for f in model._meta.concrete_fields if f.attname in columns(model) and not f.primary_key]
        row = model._default_manager.order_by("-pk").first()
        assert row is not None
        unseen = []
        for field in fields:
            with transaction.atomic(), connection.constraint_checks_disabled():
                value = tampered(field, getattr(row, field.attname))
                model._default_manager.filter(pk=row.pk).update(**{field.attname: value})
                found = list(verify())
                named = any(f.column in (field.attname, "") or f.trouble is Trouble.CHAIN for f in found)
                if not named or found != list(verify()):
                    unseen.append((field.attname, value, found))
                transaction.set_rollback(True)
        assert unseen == []

    @pytest.mark.parametrize("table", tables_of(1))
    def test_a_row_taken_away_shows(self, table: str, clerk: Actor) -> None:
        fill(clerk)
        model = TABLES[table]
        row = model._default_manager.order_by("pk").first()
        assert row is not None
        with transaction.atomic(), connection.constraint_checks_disabled():
            connection.cursor().execute(
                f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)} "
                f"WHERE {connection.ops.quote_name(model._meta.pk.column)} = %s",
                [row.pk],
            )
            found = list(verify())
            transaction.set_rollback(True)
        assert found

    @pytest.mark.parametrize(
        "made",
        [
            lambda: Pairing.objects.create(key="new", name_zh="新", sending="甲", receiving="乙"),
            lambda: Collection.objects.create(key="new", name="新"),
            lambda: Source.objects.create(sha256="0" * 64, name="x", size=0),
            lambda: Receipt.objects.create(source=Source.objects.first(), name="x", at=NOON, by="x"),
            lambda: get_user_model().objects.create_superuser("intruder"),
        ],
    )
    def test_a_row_put_in_shows(self, made: Any, clerk: Actor) -> None:
        fill(clerk)
        made()
        assert Trouble.UNRECORDED in {f.trouble for f in verify()}


class TestWhole:
    def test_empty(self) -> None:
        assert list(verify()) == []

    def test_filled(self, clerk: Actor) -> None:
        fill(clerk)
        assert list(verify(rebuild=True)) == []

    def test_read_again_by_a_newer_version(self, clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        fill(clerk)
        newer = arrival(FIRST, "甲.txt")
        monkeypatch.setattr(receiving, "reader_version", lambda: "newer")
        fewer = type(newer)(newer.data, newer.name, newer.origin, newer.report, newer.claims[1:-1])
        received = receive(fewer, actor=clerk, at=NOON + datetime.timedelta(days=2))
        assert received.gone
        assert list(verify()) == []

    def test_the_row_and_the_column_are_named(self, clerk: Actor) -> None:
        fill(clerk)
        statement = Statement.objects.filter(state=State.OPEN).order_by("pk")[1]
        Statement.objects.filter(pk=statement.pk).update(place_code="540000")
        (fault,) = verify()
        assert (fault.trouble, fault.table, fault.row, fault.column) == (
            Trouble.CHANGED,
            "statement",
            str(statement.pk),
            "place_code",
        )

    def test_a_decision_made_up(self, clerk: Actor) -> None:
        fill(clerk)
        statement = Statement.objects.filter(state=State.OPEN).order_by("pk").first()
        assert statement is not None
        Statement.objects.filter(pk=statement.pk).update(state=State.ACCEPTED)
        troubles = {f.trouble for f in verify() if f.row == str(statement.pk)}
        assert troubles == {Trouble.DECISION, Trouble.CHANGED}

    def test_entries_rewritten_or_missing(self, clerk: Actor) -> None:
        fill(clerk)
        Entry.objects.filter(number=2).update(why="另有原因")
        (fault,) = verify()
        assert (fault.trouble, fault.row, fault.column) == (Trouble.CHAIN, "2", "hash")
        Entry.objects.filter(number=2).delete()
        assert [(f.row, f.column) for f in verify() if f.trouble is Trouble.CHAIN] == [
            ("2–2", "number"),
            ("3", "previous"),
        ]

    def test_counts(self, clerk: Actor) -> None:
        fill(clerk)
        report = Report.objects.order_by("pk")[0]
        Report.objects.filter(pk=report.pk).update(waiting=0)
        assert Trouble.COUNT in {f.trouble for f in verify() if f.row == str(report.pk)}

    def test_rebuilt_rows(self, clerk: Actor) -> None:
        fill(clerk)
        assert Fact.objects.exists()
        before = Fact.objects.count(), Finding.objects.count(), Promise.objects.count()
        Fact.objects.filter(pk=Fact.objects.order_by("pk")[0].pk).update(grade="Z")
        assert list(verify()) == []
        (fault,) = verify(rebuild=True)
        assert (fault.trouble, fault.table) == (Trouble.DERIVED, "fact")
        assert (Fact.objects.count(), Finding.objects.count(), Promise.objects.count()) == before
        assert Fact.objects.filter(grade="Z").exists(), "verifying repairs nothing"
