"""``shanhai register exchange`` and ``handover``: two ledgers with processes of their own, one memo."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from programme.exchange.test_two_offices import run as make
from programme.handover.test_handover import fill as fill_two_terms
from shanhai.cli import main
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.exchange.lines import Side

PERIOD = ("--from", "2023-01-01", "--to", "2023-12-31")


def told(folder: Path, side: Side, status: int, *arguments: object) -> str:
    """What a command says in a process of its own, with this side's ledger."""
    env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    own = "from shanhai.cli import main; main()"
    command = [sys.executable, "-c", own, "register", "exchange", *map(str, arguments)]
    done = subprocess.run(
        [*command, "--ledger", folder / f"{side}.db"], env=env, capture_output=True, text=True
    )
    assert done.returncode == status, (arguments, done.stdout, done.stderr)
    return done.stdout + done.stderr


@pytest.mark.sqlite_only
def test_two_ledgers_print_the_same_memo(tmp_path: Path) -> None:
    for side in Side:
        make("fill", side, tmp_path)
        office = ("--side", side, *PERIOD, "--office", f"{side}办", "-p", f"of-{side}")
        (tmp_path / "there.jsonl").write_text("mine")
        assert "is there already" in told(tmp_path, side, 2, "write", tmp_path / "there.jsonl", *office)
        told(tmp_path, side, 0, "write", tmp_path / f"{side}-cli.jsonl", *office)
        assert (tmp_path / "there.jsonl").read_text() == "mine"
    for side in Side:
        digits = told(tmp_path, side.other, 0, "fingerprint").strip()
        where = ("-p", f"of-{side}")
        theirs = tmp_path / f"{side.other}-cli.jsonl"
        assert "exchange take" in told(tmp_path, side, 2, "compare", *where)
        assert "24 digits" in told(tmp_path, side, 2, "take", theirs, *where)
        told(tmp_path, side, 0, "take", theirs, "--fingerprint", digits, *where)
        written = ("--memo", tmp_path / f"{side}.html", "--sheet", tmp_path / f"{side}.xlsx")
        shown = told(tmp_path, side, 3, "compare", *written, *where)
        assert "1  实际差异 true difference" in shown
        assert "10,000.00" in shown

    for ending in ("html", "xlsx"):
        sending, receiving = ((tmp_path / f"{side}.{ending}").read_bytes() for side in Side)
        assert sending == receiving


@pytest.mark.django_db
def test_the_hand_over_list_is_printed(tmp_path: Path) -> None:
    pairing = Pairing.objects.create(key="two", name_zh="东江援雪山", sending="东江市", receiving="雪山县")
    fill_two_terms(pairing, Actor.command_line("clerk"))

    def run(key: str, name: str) -> int:
        arguments = ["register", "handover", key, str(tmp_path / name), "-p", "two"]
        return CliRunner().invoke(main, arguments).exit_code

    assert run("H1", "交接.html") == 0
    assert "交接清单" in (tmp_path / "交接.html").read_text("utf-8")
    assert run("H999", "无.html") == 2
    assert not (tmp_path / "无.html").exists()
