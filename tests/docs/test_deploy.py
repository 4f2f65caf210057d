"""The notes on deployment tell the settings as the code has them, and commands and files that are there."""

import re
import shutil
import subprocess

import pytest

from shanhai.cli import COMMANDS
from shanhai.web import settings

from ..conftest import ROOT, needs

TEXT = (ROOT / "docs" / "deploy.md").read_text("utf-8")
OF_THE_PROCESS = {"DJANGO_SETTINGS_MODULE", "SERVER_SOFTWARE"}
"""What Django and gunicorn set themselves."""
SETTINGS = (ROOT / "src" / "shanhai" / "web" / "settings.py").read_text("utf-8")
UNITS = sorted((ROOT / "docs" / "deploy").glob("shanhai*"))


def table() -> dict[str, str]:
    """The settings of the table with their defaults."""
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", TEXT, re.MULTILINE))


def asked_for() -> set[str]:
    """The variables that the code asks the environment for."""
    code = "".join(f.read_text("utf-8") for f in sorted((ROOT / "src/shanhai/web").glob("*.py")))
    return set(re.findall(r'(?:environ\.get|_is_on)\(\s*"([A-Z_]+)"', code)) - OF_THE_PROCESS


def test_the_table_has_each_setting_and_no_other() -> None:
    assert set(table()) == asked_for()


def test_the_head_of_the_settings_has_them_too() -> None:
    assert settings.__doc__
    assert set(re.findall(r"^([A-Z_]+) +\S", settings.__doc__, re.MULTILINE)) == asked_for()


def test_the_defaults_are_those_of_the_code() -> None:
    numbers = dict(re.findall(r'environ\.get\("([A-Z_]+)", "(\d+)"\)', SETTINGS))
    assert numbers
    assert {name: table()[name] for name in numbers} == numbers


def test_the_limits_are_those_of_the_code() -> None:
    from shanhai.web.accounts import throttle

    assert f"{settings.DATA_UPLOAD_MAX_NUMBER_FILES} files" in TEXT
    assert f"after {throttle.FREE_OF_ACCOUNT} failures of one account, or {throttle.FREE_OF_ADDRESS}" in TEXT
    assert settings.SESSION_COOKIE_AGE == 12 * 3600
    assert throttle.LONGEST.total_seconds() == 300


def test_the_commands_are_there() -> None:
    named = set(re.findall(r"\bshanhai (serve|read|backup|restore|ledger|[a-z]+)\b(?=[ `\n])", TEXT))
    units = "".join(unit.read_text("utf-8") for unit in UNITS)
    called = set(re.findall(r"bin/shanhai ([a-z]+)", TEXT + units)) | named
    assert called & set(COMMANDS) >= {"serve", "backup", "restore", "ledger"}
    assert {"serve", "backup"} <= set(re.findall(r"bin/shanhai ([a-z]+)", units))


@pytest.mark.parametrize("unit", [unit.name for unit in UNITS])
def test_systemd_takes_the_units(unit: str) -> None:
    verifier = shutil.which("systemd-analyze")
    needs(verifier is not None, "systemd is not installed")
    done = subprocess.run(
        [str(verifier), "verify", "--man=no", str(ROOT / "docs" / "deploy" / unit)],
        capture_output=True,
        text=True,
    )
    complaints = [
        line
        for line in done.stderr.splitlines()
        if "shanhai" in line and "is not executable: No such file" not in line
    ]
    assert complaints == []
