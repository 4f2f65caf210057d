"""Every ledger that was ever written can be brought up to date, from the first version on."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import StateApps

from ledger.conftest import NOON, arrival
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Report
from shanhai.ledger.opening import Standing, standing
from shanhai.ledger.verify import verify
from shanhai.web.settings import INSTALLED_APPS

FIRST = "0001_initial"
VERSIONS = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "ledger")


@pytest.mark.django_db
def test_the_models_are_those_of_the_newest_migration() -> None:
    call_command("makemigrations", "ledger", "programme", check=True, dry_run=True, verbosity=0)


@pytest.fixture
def _newest_again(db: None) -> Iterator[None]:
    """Whatever a test does to the tables, they are those of the newest version afterwards."""
    yield
    connection.check_constraints()
    call_command("migrate", verbosity=0)


def tables_of(version: str) -> StateApps:
    """Bring the tables to a version, with the newest those of the packages above the ledger, too; its models."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes() if version == VERSIONS[-1] else [("ledger", version)])
    executor.loader.build_graph()
    return executor.loader.project_state([("ledger", version)]).apps


def _plain(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def rows(apps: StateApps) -> dict[str, list[Any]]:
    """All rows by table, as the models of a version see them."""
    return {
        model._meta.db_table: json.loads(
            json.dumps(list(model._default_manager.order_by("pk").values()), default=str)
        )
        for model in apps.get_app_config("ledger").get_models()
    }


@pytest.mark.django_db(
    transaction=True, available_apps=INSTALLED_APPS
)  # named, so that all is emptied, search too
@pytest.mark.usefixtures("_newest_again")
class TestFromEachVersion:
    @pytest.mark.parametrize("version", VERSIONS)
    def test_what_it_held_is_there_afterwards(self, version: str, clerk: Actor) -> None:
        """Rows are written by today's actions and kept in the tables of the version, as far as it has them."""
        receive(arrival("2021年投入资金3200万元,培训医生86名。", "甲.txt"), actor=clerk, at=NOON)
        before = rows(tables_of(version))
        assert before["ledger_statement"]
        assert standing() is (Standing.CURRENT if version == VERSIONS[-1] else Standing.OLDER)

        after = rows(tables_of(VERSIONS[-1]))

        for table, held in before.items():
            kept = [{k: new.get(k) for k in old} for old, new in zip(held, after[table], strict=True)]
            assert kept == held, table
        assert standing() is Standing.CURRENT
        assert list(verify()) == []

    @pytest.mark.parametrize("version", VERSIONS)
    def test_work_goes_on_afterwards(self, version: str, clerk: Actor) -> None:
        tables_of(version)
        tables_of(VERSIONS[-1])
        receive(arrival("2022年投入资金5万元。", "乙.txt"), actor=clerk, at=NOON)
        assert Report.objects.get().statements
        assert list(verify()) == []


def test_the_first_version_stays() -> None:
    assert VERSIONS[0] == FIRST
