"""Two offices with a ledger each, in processes of their own, exchange files and print the same memo."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shanhai.programme.exchange.lines import Side

HERE = Path(__file__).parent


def run(step: str, side: Side, folder: Path) -> None:
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    env |= {"SHANHAI_LEDGER": str(folder / f"{side}.db"), "DJANGO_SETTINGS_MODULE": "shanhai.web.settings"}
    done = subprocess.run(
        [sys.executable, HERE / "office.py", step, side, folder], env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.sqlite_only
def test_two_ledgers_exchange_files_and_print_one_memo(tmp_path: Path) -> None:
    for step in ("fill", "take", "print"):
        for side in Side:
            run(step, side, tmp_path)
    memo = (tmp_path / "sending.html").read_bytes()
    assert memo == (tmp_path / "receiving.html").read_bytes()
    assert (tmp_path / "sending.xlsx").read_bytes() == (tmp_path / "receiving.xlsx").read_bytes()
    text = memo.decode()
    for told in (
        "实际差异（1行）",
        "口径差异（2行）",
        "时间差异（1行）",
        "只有一方有（1行）",
        "对不准（0行）",
        "sending：按凭证改正",
        "receiving：按凭证改正",
        "（期外）",
        (tmp_path / "sending.digits").read_text(),
        (tmp_path / "receiving.digits").read_text(),
    ):
        assert told in text
    private = {(tmp_path / f"{side}.db.signing").read_text().strip() for side in Side}
    assert len(private) == 2
    for file in tmp_path.iterdir():
        if file.suffix != ".signing":
            assert not any(key.encode() in file.read_bytes() for key in private), file
