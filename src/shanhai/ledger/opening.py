"""Whether the database at hand is a ledger that this version can work with, and what its errors mean to a person."""

from enum import Enum

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from shanhai.ledger.errors import LedgerUnusable

_OURS = "ledger"


class Standing(Enum):
    """How a database stands to this version of Shanhai."""

    EMPTY = "empty"
    FOREIGN = "foreign"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def standing() -> Standing:
    """How the database stands to this version.

    Raises:
        LedgerUnusable: it cannot be opened.
    """
    try:
        tables = set(connection.introspection.table_names())
        recorder = MigrationRecorder(connection)
        if recorder.migration_qs.model._meta.db_table not in tables:
            return Standing.FOREIGN if tables else Standing.EMPTY
        applied = set(recorder.applied_migrations())
        known = set(MigrationLoader(connection).disk_migrations)
    except DatabaseError as error:
        raise unusable(error) from error
    apps = {app for app, _ in known}
    if applied and not any(app == _OURS for app, _ in applied) and {app for app, _ in applied} - apps:
        return Standing.FOREIGN
    if any(one not in known for one in applied if one[0] in apps):
        return Standing.NEWER
    return Standing.OLDER if known - applied else Standing.CURRENT


def require(*, migrate: bool = False) -> None:
    """Refuse a database that is no ledger of this version; make or renew its tables first where asked.

    Raises:
        LedgerUnusable: it is none, or cannot be made one.
    """
    found = standing()
    if found is Standing.FOREIGN:
        raise LedgerUnusable(
            "这个数据库里是别的数据，不是山海账本。请另选一个。",
            "This database holds something else than a ledger. Choose another.",
        )
    if found is Standing.NEWER:
        raise LedgerUnusable(
            "账本由更新版本的山海写成，本版本不能使用。请升级山海。",
            "The ledger was written by a newer version of Shanhai. Install that version or a later one.",
        )
    if found is Standing.CURRENT:
        return
    if not migrate:
        raise _unready(found)
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise unusable(error) from error


def require_empty() -> None:
    """Refuse a database that holds anything.

    Raises:
        LedgerUnusable: it does, or it cannot be opened.
    """
    if standing() is not Standing.EMPTY:
        raise LedgerUnusable(
            "数据库不是空的，没有改动。请新建一个空数据库。",
            "The database is not empty and was left as it is. Create an empty one.",
        )


def _unready(found: Standing) -> LedgerUnusable:
    if found is Standing.EMPTY:
        return LedgerUnusable(
            "数据库是空的，还没有账本。请先用 shanhai read 读入报告。",
            "The database is empty: there is no ledger yet. Fill it with shanhai read.",
        )
    return LedgerUnusable(
        "账本由旧版本写成。请先用 shanhai backup 备份，再用 shanhai ledger upgrade 升级。",
        "The ledger was written by an older version. Save it with shanhai backup, then run shanhai ledger upgrade.",
    )


_MEANINGS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("database is locked", "database table is locked", "lock timeout", "deadlock detected"),
        "账本正被另一个程序占用。请稍后再试。",
        "The ledger is locked by another program. Try again when it is done.",
    ),
    (
        ("is full", "no space left", "could not extend file"),
        "磁盘已满，本次操作没有保存。请腾出空间后再试。",
        "The disk is full; nothing of this was stored. Make room and try again.",
    ),
    (
        ("readonly database", "read-only", "unable to open database file", "permission denied"),
        "无法写入账本或其所在文件夹。请检查权限。",
        "The ledger, or the folder it lies in, cannot be opened for writing. Check who may write there.",
    ),
    (
        ("not a database", "malformed", "file is encrypted", "disk i/o error"),
        "文件不是账本，或已损坏。请用 shanhai restore 从备份恢复。",
        "The file is no ledger, or is damaged. Bring it back from a backup with shanhai restore.",
    ),
    (
        ("connection", "could not connect", "password authentication", "does not exist", "resolve host"),
        "无法连接 DATABASE_URL 所指的数据库。请检查地址、账号和数据库名。",
        "The database that DATABASE_URL names cannot be reached. Check its address, account and name.",
    ),
)


def unusable(error: Exception) -> LedgerUnusable:
    """What an error of the database, or of the disk, means to a person; the first line of the error follows."""
    told = (str(error).strip() or type(error).__name__).splitlines()[0]
    for signs, zh, en in _MEANINGS:
        if any(sign in str(error).lower() for sign in signs):
            return LedgerUnusable(f"{zh}({told})", f"{en} ({told})")
    return LedgerUnusable(
        f"数据库报错，本次操作没有保存：{told}",
        f"The database refused, and nothing of this was stored: {told}",
    )
