"""Whether the ledger is there, and its database fits this version of the application."""

import os

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from shanhai.ledger.errors import LedgerUnusable

_fits: set[tuple[object, ...]] = set()
"""The databases that were found to fit: each is looked at once in a process, and again where another file is in its place."""


def require_current_tables() -> None:
    """Refuse a ledger that is not there, or whose tables are of another version.

    Raises:
        LedgerUnusable: its file is gone or empty, or it is older, or newer, than the application.
    """
    which = (str(connection.settings_dict["NAME"]), *_file_there())
    if which in _fits:
        return
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    ours = {app for app, _ in known}
    if newer := sorted(m for app, m in set(executor.loader.applied_migrations) - known if app in ours):
        raise LedgerUnusable(
            f"账本由更新的版本写成（{newer[-1]}），本版本不能打开。请管理员升级程序。",
            f"A newer version wrote this ledger ({newer[-1]}); this one cannot open it. "
            "Ask the administrator to update the application.",
        )
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise LedgerUnusable(
            f"账本由较旧的版本写成，尚缺{len(plan)}步升级。请管理员先备份账本，再升级（见部署说明）。",
            f"An older version wrote this ledger: {len(plan)} steps of its upgrade are missing. "
            "Ask the administrator to back it up and upgrade it (see the notes on deployment).",
        )
    _fits.add(which)


def _file_there() -> tuple[int, ...]:
    """What tells a ledger's file from another in its place. SQLite would make an empty one where there is none.

    Raises:
        LedgerUnusable: the file is gone, or empty.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name == ":memory:" or name.startswith("file:"):
        return ()
    try:
        found = os.stat(name)
    except FileNotFoundError:
        found = None
    if found is None or not found.st_size:
        raise LedgerUnusable(
            "账本文件不见了，或已被清空；程序没有另建新账本。请管理员停止服务，把账本文件放回原处或用备份恢复，再重新启动。",
            "The ledger's file is gone, or was emptied; no new one was made in its place. Ask the administrator to stop the "
            "service, put the file back or restore a backup, and start it again.",
        )
    return found.st_dev, found.st_ino
