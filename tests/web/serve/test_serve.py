"""``shanhai serve`` as a person runs it: a ledger is made or brought up to date, the server answers, Ctrl-C ends it."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ledger.processes import environment, shanhai

COMMAND = [sys.executable, "-u", "-c", "from shanhai.cli import main; main()", "serve"]


@contextmanager
def served(*arguments: object, **variables: str) -> Iterator[tuple[str, list[str], subprocess.Popen[str]]]:
    """The address, the lines told before it was ready, and the process."""
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    told: list[str] = []
    for line in process.stdout:
        told.append(line.rstrip())
        if "Ctrl-C" in line:
            break
    found = re.search(r"http://\S+", "\n".join(told))
    assert found, told
    try:
        yield found[0], told, process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=90)


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.read().decode())


def test_a_ledger_is_made_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    with served("--ledger", ledger, "--port", 0) as (address, told, process):
        assert address.startswith("http://127.0.0.1:")
        assert "山海" in page(address)
        assert any(str(ledger) in line for line in told)
        assert re.search(r"初始码：(\w{4}-){3}\w{4}", "\n".join(told))
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=90)
        assert rest.strip() == "已停止 ended"
    assert process.returncode == 0
    assert ledger.stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob("*-wal"))


def test_a_taken_port_is_told_and_nothing_begins(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        done = shanhai("serve", "--ledger", tmp_path / "l.db", "--port", port)
    assert done.returncode == 2
    assert f"Port {port} is taken" in done.stderr


def test_an_older_ledger_is_copied_before_it_is_upgraded(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    assert shanhai("ledger", "stats", SHANHAI_LEDGER=str(ledger)).returncode == 2  # none yet
    made = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "ledger", "0001", "-v0"],
        env=environment(SHANHAI_LEDGER=str(ledger), DJANGO_SETTINGS_MODULE="shanhai.web.settings"),
        check=False,
    )
    assert made.returncode == 0

    with served("--ledger", ledger, "--port", 0) as (_, told, _process):
        copies = list(tmp_path.glob("l.db.before-upgrade-*"))
        assert len(copies) == 1
        assert any(str(copies[0]) in line for line in told)

    for file, upgraded in ((copies[0], False), (ledger, True)):
        with closing(sqlite3.connect(file)) as database:
            names = {
                row[0] for row in database.execute("SELECT name FROM django_migrations WHERE app='ledger'")
            }
        assert ("0002_search" in names) is upgraded


def test_a_newer_ledger_is_refused(tmp_path: Path) -> None:
    ledger = tmp_path / "l.db"
    with served("--ledger", ledger, "--port", 0):
        pass
    with closing(sqlite3.connect(ledger)) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999_later', '2030-01-01')"
        )
    done = shanhai("serve", "--ledger", ledger, "--port", 0)
    assert done.returncode == 2
    assert "newer version" in done.stderr
    assert not list(tmp_path.glob("*before-upgrade*"))


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_every_address_needs_the_names_that_people_use(tmp_path: Path, host: str) -> None:
    done = shanhai("serve", "--ledger", tmp_path / "l.db", "--host", host)
    assert done.returncode == 2
    assert "SHANHAI_ALLOWED_HOSTS" in done.stderr


def test_an_address_of_another_machine(tmp_path: Path) -> None:
    done = shanhai("serve", "--ledger", tmp_path / "l.db", "--host", "192.0.2.1")
    assert done.returncode == 2
    assert "192.0.2.1" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    folder = Path("/sys") if os.geteuid() == 0 else tmp_path  # root may write anywhere else
    done = shanhai("serve", "--ledger", folder / "l.db")
    tmp_path.chmod(0o700)
    assert done.returncode == 2
