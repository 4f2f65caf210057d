"""Whether the database fits this version of the application."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from shanhai.ledger.errors import LedgerUnusable

_fits: set[str] = set()
"""The databases that were found to fit: they are looked at once in a process."""


def require_current_tables() -> None:
    """Refuse a ledger whose tables are of another version.

    Raises:
        LedgerUnusable: it is older, or newer, than the application.
    """
    name = str(connection.settings_dict["NAME"])
    if name in _fits:
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
    _fits.add(name)
