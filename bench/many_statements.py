"""A ledger of a million statements, made in minutes: one pairing's reports are received and reasoned about as always,
then its rows are copied for as many pairings as it takes, each copy with places of its own.

The same in every run. Indicators, periods and areas are spread as in the reports of ``assistance``; of three reports in
five all figures are decided about, and one finding in ten is settled.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from bench.assistance import reports
from bench.corpus import Text

YEARS_OF_PAIRINGS = 7
"""Pairs of sender and receiver in the reports that are received: 140 reports, about 10,000 statements."""
OFFSET = 1_000_000
"""Between the ids of two copies."""
NOON = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)
RARE = "昌都"
"""Stands in one report of a copy."""
EVERYWHERE, PHRASE = "对口支援", "领导下推进各项任务"
"""Stand in all of them."""


def texts(quick: bool) -> list[Text]:
    """The reports that are received."""
    found = reports(6 if quick else 20 * YEARS_OF_PAIRINGS)
    last = found[-1]
    found[-1] = Text(last.name, last.text.replace("对口支援", f"对口支援{RARE}", 1))
    return found


def fill(statements: int, quick: bool = False) -> int:
    """Fill the ledger that Django is set up for, which is empty; how many statements it has then."""
    from shanhai import find_claims, read
    from shanhai.ledger.actions.rebuild import rebuild
    from shanhai.ledger.actions.receive import Arrival, receive
    from shanhai.ledger.actors import Actor
    from shanhai.ledger.models import Pairing, Statement

    actor = Actor.command_line("bench")
    pairing = Pairing.objects.create(
        id=1, key="p000", name_zh="甲援乙", sending="甲市", receiving="乙县", receiving_code="540000"
    )
    for text in texts(quick):
        report = read(text.data, name=text.name)
        receive(
            Arrival(text.data, text.name, "", report, find_claims(report)),
            actor=actor,
            pairing=pairing,
            at=NOON,
        )
    rebuild(pairing, actor=actor, at=NOON)
    _decide()
    copies = -(-statements // Statement.objects.count()) - 1
    _copy(copies)
    return Statement.objects.count()


def _decide() -> None:
    """What people did: decided about three reports in five, settled one finding in ten."""
    from django.db.models import F

    from shanhai.ledger.models import Finding, FindingWork, Report, Statement

    done = Report.objects.annotate(fifth=F("id") % 5).filter(fifth__lt=3)
    Statement.objects.filter(report__in=done.values("pk"), minor=False).update(state="accepted")
    done.update(waiting=0)
    keys = Finding.objects.order_by("pk").values_list("key", flat=True)[::10]
    FindingWork.objects.bulk_create(
        FindingWork(key=key, settled=True, because="已更正", by="bench", at=NOON) for key in keys
    )


def _copy(copies: int) -> None:
    from django.db import connection, transaction

    from shanhai.ledger import models

    with transaction.atomic(), connection.cursor() as cursor:
        _prepare(cursor, copies)
        moved = {name: f"t.{name} + c.k * {OFFSET}" for name in ("id", "source_id", "report_id", "fact_id")}
        moved |= {f"{name}_id": f"t.{name}_id + c.k * {OFFSET}" for name in ("statement", "finding")}
        place = "coalesce((SELECT p.new FROM bench_places p WHERE p.k = c.k AND p.old = t.place_code), t.place_code)"
        own = {"pairing_id": "c.k + 1", "place_code": place}
        hexadecimal = "'f0000' || substr(c.prefix, 2)"  # as an address takes it
        known = {name: f"{hexadecimal} || substr(t.{name}, 9)" for name in ("key", "sha256")}
        pairing = {"id": "c.k + 1", "key": "c.prefix", "name_zh": "t.name_zh || c.prefix"}
        for model, changed in (
            (models.Pairing, pairing),
            (models.Source, moved | own | known),
            (models.Content, moved),
            (models.Receipt, moved),
            (models.Report, moved | {"doc": "t.doc || '-' || c.prefix"}),
            (models.Statement, moved | own | known),
            (models.Fact, moved | own),
            (models.FactStatement, moved),
            (models.Finding, moved | own),
            (models.FindingStatement, moved),
            (models.Promise, moved | own),
        ):
            columns = {
                name: changed.get(name, f"t.{name}")
                for f in model._meta.concrete_fields
                if (name := f.column)
            }
            _copied(cursor, model._meta.db_table, columns)
        if connection.vendor == "postgresql":
            words = {"report": f"t.report + c.k * {OFFSET}", "words": "t.words", "running": "t.running"}
        else:
            words = {"rowid": f"t.rowid + c.k * {OFFSET}", "words": "t.words"}
        _copied(cursor, "ledger_search", words)
        cursor.execute("DROP TABLE bench_copies")
        cursor.execute("DROP TABLE bench_places")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _prepare(cursor: Any, copies: int) -> None:
    """The numbers of the copies, and each copy's places: the same spread over other counties."""
    from shanhai.catalogue.places import PlaceLevel, load_gazetteer
    from shanhai.ledger.models import Statement

    records = load_gazetteer().records
    counties = sorted(r.code for r in records if r.is_current and r.level is PlaceLevel.COUNTY)
    used = Statement.objects.exclude(place_code="").order_by("place_code")
    told = [c for c in used.values_list("place_code", flat=True).distinct() if not c.endswith("00")]
    cursor.execute("CREATE TABLE bench_copies (k integer PRIMARY KEY, prefix varchar(4))")
    cursor.execute("CREATE TABLE bench_places (k integer, old varchar(9), new varchar(9))")
    cursor.executemany(
        "INSERT INTO bench_copies VALUES (%s, %s)", [(k, f"p{k:03x}") for k in range(1, copies + 1)]
    )
    cursor.executemany(
        "INSERT INTO bench_places VALUES (%s, %s, %s)",
        [
            (k, old, counties[(k * 29 + n) % len(counties)])
            for k in range(1, copies + 1)
            for n, old in enumerate(told)
        ],
    )
    cursor.execute("CREATE INDEX bench_places_old ON bench_places (k, old)")


def _copied(cursor: Any, table: str, columns: Mapping[str, str]) -> None:
    """Copy a table's first rows for every copy."""
    number = next(iter(columns))
    quoted = ", ".join(f'"{name}"' for name in columns)
    cursor.execute(
        f"INSERT INTO {table} ({quoted}) SELECT {', '.join(columns.values())} FROM bench_copies c "
        f"CROSS JOIN {table} t WHERE t.{number} < {OFFSET} ORDER BY c.k"
    )
