"""The register in the ledger's archives: back byte for byte; archives from before the register still load."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management.color import no_style
from django.db import connection

from programme.conftest import made
from programme.filled import fill_register
from shanhai.ledger import archive
from shanhai.ledger.actors import Actor
from shanhai.ledger.archive import ArchiveRefused
from shanhai.ledger.archive.tables import SINCE, TABLES, VERSION
from shanhai.ledger.models import Entry, Pairing
from shanhai.ledger.verify import verify
from shanhai.programme import derived
from shanhai.programme.models import Balance, Flow, MoneyEvent, PlanVersion, Project

pytestmark = pytest.mark.django_db


def emptied() -> None:
    """Make the ledger empty, as a new one is."""
    connection.check_constraints()
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables, allow_cascade=True):
            cursor.execute(statement)


def restated(path: Path, to: Path, version: int, left_out: set[str]) -> Path:
    """An archive as a version wrote it that had not these tables."""
    with zipfile.ZipFile(path) as file:
        held = {n: file.read(n) for n in file.namelist() if n not in left_out}
    manifest = json.loads(held.pop("manifest.json"))
    manifest["version"] = version
    manifest["members"] = {
        n: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for n, data in held.items()
    }
    with zipfile.ZipFile(to, "w") as file:
        for name, data in (*sorted(held.items()), ("manifest.json", json.dumps(manifest).encode())):
            file.writestr(name, data)
    return to


@pytest.fixture
def written(pairing: Pairing, clerk: Actor, tmp_path: Path) -> Path:
    fill_register(pairing, clerk)
    archive.write(tmp_path / "ledger.zip", actor=clerk)
    return tmp_path / "ledger.zip"


def test_back_byte_for_byte(written: Path, tmp_path: Path, clerk: Actor) -> None:
    rows = {table: list(model._default_manager.values_list()) for table, model in TABLES.items()}
    emptied()
    archive.load(written, actor=clerk)
    assert {table: list(model._default_manager.values_list()) for table, model in TABLES.items()} == rows
    assert PlanVersion.objects.get(number=2).follows.get().number == 1
    assert list(verify()) == []
    archive.write(tmp_path / "again.zip", actor=clerk)
    assert (tmp_path / "again.zip").read_bytes() == written.read_bytes()


def test_what_is_derived_is_there_again(written: Path, clerk: Actor) -> None:
    balances, flows = list(Balance.objects.values_list("arrived", "idle", "idle_lots")), Flow.objects.count()
    assert balances
    emptied()
    archive.load(written, actor=clerk)
    assert list(derived.differing(Pairing.objects.get())) == []
    assert list(Balance.objects.values_list("arrived", "idle", "idle_lots")) == balances
    assert Flow.objects.count() == flows


def test_archive_of_the_first_version_loads(clerk: Actor, tmp_path: Path) -> None:
    made("cq-cd", clerk)
    archive.write(tmp_path / "new.zip", actor=clerk)
    later = {f"{table}.jsonl" for table, since in SINCE.items() if since > 1}
    assert "projects.jsonl" in later
    old = restated(tmp_path / "new.zip", tmp_path / "old.zip", 1, later)
    emptied()
    archive.load(old, actor=clerk)
    assert Entry.objects.count() == 1
    assert not Project.objects.exists()
    assert list(verify()) == []
    archive.write(tmp_path / "again.zip", actor=clerk)
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "new.zip").read_bytes()


def test_tables_that_a_version_has_not(written: Path, tmp_path: Path, clerk: Actor) -> None:
    one = restated(written, tmp_path / "one.zip", 1, set())
    other = restated(written, tmp_path / "two.zip", VERSION, {"projects.jsonl"})
    emptied()
    for path, told in ((one, "have not"), (other, "projects.jsonl is missing")):
        with pytest.raises(ArchiveRefused, match=told):
            archive.load(path, actor=clerk)


def test_money_in_an_archive_is_exact(pairing: Pairing, written: Path) -> None:
    with zipfile.ZipFile(written) as file:
        row = json.loads(file.read("money_events.jsonl"))
    assert row["amount"] == f"{MoneyEvent.objects.get().amount}" == "600000.00"
