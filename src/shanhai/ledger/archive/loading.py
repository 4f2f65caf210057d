"""An archive read into an empty ledger: all of it in one transaction, or nothing."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from django.contrib.auth.hashers import make_password
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Model

from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actors import Actor
from shanhai.ledger.archive.container import Container, Head, opened, refused
from shanhai.ledger.archive.tables import PACKED, RENEWALS, TABLES, row_type, tables_of
from shanhai.ledger.audit import head
from shanhai.ledger.errors import LedgerDamaged, NotPossible
from shanhai.ledger.models import Content, Pairing, Report, Source
from shanhai.ledger.packing import packed, report_of
from shanhai.ledger.rights import Right
from shanhai.ledger.search import index_report
from shanhai.ledger.verify import verify

_PORTION = 500
_SMALL_PORTION = 20
_MOST_FAULTS = 5


class Loaded(msgspec.Struct, frozen=True):
    """What was read: rows by table, and the last entry of the audit."""

    rows: dict[str, int]
    audit: Head


def load(
    path: Path,
    *,
    actor: Actor,
    damaged: bool = False,
    advance: Callable[[], None] = lambda: None,
) -> Loaded:
    """Read an archive into an empty ledger, verify it, and rebuild what is rebuilt.

    Accounts come without passwords: an administrator gives new ones. The audit is the archive's own; nothing is added.

    Args:
        path: the archive.
        actor: who imports.
        damaged: take it even if the ledger in it is found changed behind the application's back.
        advance: called after each report.

    Raises:
        NotAllowed: the actor may not import a whole ledger.
        NotPossible: the ledger is not empty.
        ArchiveRefused: the archive cannot be used.
        LedgerDamaged: what it holds was changed behind the application's back.
    """
    actor.require(Right.WHOLE)
    with opened(path) as container, transaction.atomic():
        _require_empty()
        rows = _load(container, advance)
        for one in Pairing.objects.order_by("pk"):
            for renew in RENEWALS:
                renew(one)
        if not damaged:
            _require_whole()
    for pairing in (*Pairing.objects.order_by("pk"), None):
        rebuild(pairing, actor=actor)
    return Loaded(rows, container.manifest.audit)


def _require_empty() -> None:
    for model in TABLES.values():
        if model._default_manager.exists():
            raise NotPossible(
                "账本不是空的，归档只能导入空账本。请用 --ledger 指定一个新文件。",
                "This ledger holds something already; an archive is read into an empty one only. Name a new file with --ledger.",
            )


def _load(container: Container, advance: Callable[[], None]) -> dict[str, int]:
    rows = {}
    try:
        for table in tables_of(container.manifest.version):
            model = TABLES[table]
            rows[table] = _table(container, table, model)
            if model is Source:
                _contents(container)
        connection.check_constraints()
        _reset_sequences()
    except (IntegrityError, DataError, OverflowError, ValueError) as error:
        told = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise refused(f"其中的数据相互矛盾({told})", f"its data contradict each other ({told})") from error
    last = head()
    stands = Head(last.number, last.hash) if last else Head(0, "")
    if stands != container.manifest.audit:
        raise refused("审计记录与清单不符", "its audit does not end where the manifest says")
    _index(advance)
    return rows


def _table(container: Container, table: str, model: type[Model]) -> int:
    decoder = msgspec.json.Decoder(row_type(table))
    count, before = 0, 0
    lines = container.lines(table)
    keyed = model._meta.pk.attname
    while portion := list(islice(lines, _SMALL_PORTION if table in PACKED else _PORTION)):
        made = []
        for number, line in portion:
            try:
                told = msgspec.structs.asdict(decoder.decode(line))
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                raise refused(
                    f"{table} 第{number}行不合格式({error})",
                    f"line {number} of {table} is not as it must be ({error})",
                ) from error
            key = told[keyed]
            if key <= before:
                raise refused(f"{table} 第{number}行次序不对", f"line {number} of {table} is out of order")
            before = key
            made.append(_row(table, model, told))
        model._default_manager.bulk_create(made, batch_size=_PORTION)
        count += len(made)
    return count


def _row(table: str, model: type[Model], told: dict[str, Any]) -> Model:
    if column := PACKED.get(table):
        told[column] = packed(told[column].encode())
    if table == "accounts":
        told["password"] = make_password(None)
    return model(**told)


def _contents(container: Container) -> None:
    numbers = dict(Source.objects.values_list("sha256", "pk"))
    portion: list[Content] = []
    for sha256 in container.contents():
        if sha256 not in numbers:
            raise refused(f"contents/{sha256} 不属于任何来源", f"contents/{sha256} belongs to no source")
        portion.append(Content(source_id=numbers.pop(sha256), compressed=packed(container.content(sha256))))
        if len(portion) == _SMALL_PORTION:
            Content.objects.bulk_create(portion)
            portion.clear()
    Content.objects.bulk_create(portion)
    for sha256 in sorted(numbers):
        raise refused(f"缺少 contents/{sha256}", f"contents/{sha256} is missing")


def _reset_sequences() -> None:
    """Let new rows get ids after those that were given here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(TABLES.values())):
            cursor.execute(statement)


def _index(advance: Callable[[], None]) -> None:
    for row in Report.objects.order_by("pk").iterator(_SMALL_PORTION):
        try:
            index_report(row, report_of(row))
        except msgspec.MsgspecError as error:
            raise refused(
                f"报告 {row.doc} 无法读出({error})", f"the report {row.doc} cannot be read ({error})"
            ) from error
        advance()


def _require_whole() -> None:
    faults: Iterator[object] = verify()
    if found := list(islice(faults, _MOST_FAULTS)):
        told = "\n".join(map(str, found))
        raise LedgerDamaged(
            f"归档中的账本曾在本软件之外被改动，未导入：\n{told}",
            f"The ledger in the archive was changed behind Shanhai's back, and was not imported:\n{told}",
        )
