"""The server is killed in the middle of an upload: what was finished is there, the rest is named, nothing is half there."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from ...conftest import PATIENCE
from ..browsing import leads_on
from ..conftest import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.sqlite_only
PREPARE = f"""
import django; django.setup()
from django.core.management import call_command
from django.contrib.auth.models import User
from shanhai.ledger.models import Membership, Role
call_command("migrate", verbosity=0)
user = User.objects.create_user("reporter", password="{PASSWORD}")
Membership.objects.create(user=user, role=Role.REPORTER)
"""
SMALL = 4
Server = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "crash.ledger"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(ledger: Path, port: int) -> Iterator[Server]:
    """Starts the application as an office runs it, in processes of their own."""
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    env |= {"SHANHAI_LEDGER": str(ledger), "DJANGO_SETTINGS_MODULE": "shanhai.web.settings"}
    subprocess.run([sys.executable, "-c", PREPARE], env=env, check=True)
    running = []

    def start() -> "subprocess.Popen[str]":
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "--threads",
            "4",
            "--timeout",
            "300",
            "--no-control-socket",
        ]
        process = subprocess.Popen(
            [*command, "-b", f"127.0.0.1:{port}", "shanhai.web.wsgi"],
            env=env,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        running.append(process)
        assert process.stderr is not None
        for line in process.stderr:
            if "Listening at" in line:
                return process
        raise AssertionError("the server did not start")

    yield start
    for process in running:
        kill(process)


def kill(process: "subprocess.Popen[str]") -> None:
    """End the server and its workers at once, as a power cut does; of one that is gone nothing is left to end."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stderr:
        process.stderr.close()


def test_a_crash_in_the_middle_of_an_upload(
    browser: "Browser", server: Server, ledger: Path, port: int, tmp_path: Path
) -> None:
    files = []
    for n in range(SMALL):
        files.append(tmp_path / f"第{n}期.txt")
        files[-1].write_text(f"第{n}期简报\n\n2023年培训教师{n + 10}名，投入{n + 5}万元。\n", "utf-8")
    for n in range(2):
        files.append(tmp_path / f"大报告{n}.txt")
        line = "".join(f"2023年投入资金{i + n}万元，培训教师{i}名。\n" for i in range(12_000))
        files[-1].write_text(f"大报告{n}\n\n{line}", "utf-8")
    names = {file.name for file in files}
    home = f"http://127.0.0.1:{port}"
    first = server()
    page = browser.new_context(locale="zh-CN").new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{home}/accounts/sign-in?next=/sources/upload/")
    page.fill("[name=username]", "reporter")
    page.fill("[name=password]", PASSWORD)
    with leads_on(page):
        page.click("button.primary")
    page.locator("#files-form input[type=file]").set_input_files(files)
    page.locator("#files-form button.primary").click()
    rows = page.locator(".sources-sent tbody tr")
    for n in range(SMALL):
        expect(rows.nth(n).locator(".file-done")).to_be_visible()
    expect(rows.nth(SMALL)).to_contain_text("读取中")

    kill(first)
    server()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{home}/sources/upload/")

    broken = page.locator(".sources-broken")
    expect(broken).to_contain_text("2个文件不在账本中")
    for file in files[SMALL:]:
        expect(broken).to_contain_text(file.name)
    assert _stored(ledger) == {file.name for file in files[:SMALL]}

    with leads_on(page):
        page.get_by_role("link", name="继续传完").click()
    page.locator("#again-form input[type=file]").set_input_files(files[1:])
    page.locator("#again-form button.primary").click()
    expect(page.locator(".sources-sent .file-done")).to_have_count(len(files))
    assert _stored(ledger) == names


def _stored(ledger: Path) -> set[str]:
    """The names of the sources, each whole: bytes, receipt, report and as many figures as the report counts."""
    with sqlite3.connect(ledger) as database:
        whole = database.execute(
            "SELECT s.name FROM ledger_source s JOIN ledger_content c ON c.source_id = s.id "
            "JOIN ledger_report r ON r.source_id = s.id JOIN ledger_receipt w ON w.source_id = s.id "
            "WHERE r.statements > 0 AND "
            "r.statements = (SELECT count(*) FROM ledger_statement t WHERE t.report_id = r.id)"
        ).fetchall()
        (sources,) = database.execute("SELECT count(*) FROM ledger_source").fetchone()
        (orphans,) = database.execute(
            "SELECT count(*) FROM ledger_statement WHERE report_id NOT IN (SELECT id FROM ledger_report)"
        ).fetchone()
    database.close()
    assert orphans == 0
    assert sources == len(whole)
    return {name for (name,) in whole}
