"""A ledger's file is looked at before it is used, and those who use it meanwhile keep it."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from shanhai.cli.ledgers import NothingDone, check_file

OTHER_PROGRAM = "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute('SELECT * FROM t').fetchall(); d.close()"


def test_looking_at_a_file_keeps_the_locks_of_those_who_have_it_open(tmp_path: Path) -> None:
    """Without its lock on it, another program that closes the file takes itself for the last and clears its log away."""
    file = tmp_path / "l.ledger"
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE t (a)")

        check_file(file)
        subprocess.run([sys.executable, "-c", OTHER_PROGRAM, file], check=True)

        assert file.with_name("l.ledger-wal").exists()


@pytest.mark.parametrize("held", [b"no", b"no database at all, " * 1000])
def test_what_is_no_database_is_refused(tmp_path: Path, held: bytes) -> None:
    file = tmp_path / "l.ledger"
    file.write_bytes(held)

    with pytest.raises(NothingDone, match="不是 SQLite 数据库"):
        check_file(file)
    assert file.read_bytes() == held


def test_an_empty_file_may_become_one(tmp_path: Path) -> None:
    file = tmp_path / "l.ledger"
    file.touch()

    check_file(file)
