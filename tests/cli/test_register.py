"""``shanhai register`` on whatever database the suite runs on."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from programme.sheets import filled
from shanhai.cli import main
from shanhai.programme.models import MoneyEvent

pytestmark = pytest.mark.django_db
MONEY = ("日期", "阶段", "金额", "计划内外", "项目编号")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["register", *arguments])


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    filled.fill(filled.pairing())
    good, bad = ("2023-06-01", "到位", 5, "计划内", "ZX-012"), ("2023-06-31", "到位", 5, "计划内", "ZX-012")
    (tmp_path / "资金.xlsx").write_bytes(filled.book(MONEY, good, bad))
    return str(tmp_path / "资金.xlsx")


def test_nothing_is_stored_without_being_told_to(sheet: str) -> None:
    done = run("import", "money", sheet, "--pairing", "one")

    assert done.exit_code == 3
    assert "新增 new 1" in done.stdout
    assert "A3 日期  2023-06-31" in done.stdout
    assert "There is no such day as 2023-06-31" in done.stdout
    assert "--apply" in done.stdout
    assert MoneyEvent.objects.count() == 1


def test_good_rows_are_taken_in_and_bad_ones_written(sheet: str, tmp_path: Path) -> None:
    bad = tmp_path / "待改.csv"

    done = run("import", "money", sheet, "-p", "one", "--apply", "--bad", str(bad))

    assert done.exit_code == 3
    assert "已导入 taken in: 1" in done.stdout
    assert MoneyEvent.objects.get(key="E2").amount == 5
    assert "2023-06-31,到位,5,计划内,ZX-012,表!3," in bad.read_text("utf-8-sig")
    mended = tmp_path / "改好.csv"
    mended.write_text(bad.read_text("utf-8-sig").replace("2023-06-31", "2023-06-30"), "utf-8")
    assert run("import", "money", str(mended), "-p", "one", "--apply").exit_code == 0
    assert MoneyEvent.objects.count() == 3


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_exported_is_imported_without_a_change(sheet: str, tmp_path: Path, ending: str) -> None:
    file = str(tmp_path / f"项目.{ending}")
    assert run("export", "project", file, "-p", "one", "--address", "https://here.example/").exit_code == 0

    done = run("import", "project", file, "-p", "one")

    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].endswith("无变化 the same 2  有问题 bad 0  隐藏未取 hidden 0")
    again = run("export", "project", file, "-p", "one")
    assert again.exit_code == 2
    assert "is there already" in again.stderr


def test_a_template_is_written_and_wrong_names_are_told(sheet: str, tmp_path: Path) -> None:
    assert run("template", "member", str(tmp_path / "队员.xlsx")).exit_code == 0
    assert "money" in run("kinds").stdout
    for arguments, told in (
        (("template", "nothing", str(tmp_path / "x.xlsx")), "There is no kind of record"),
        (("template", "money", str(tmp_path / "x.csv")), "must end in .xlsx"),
        (("import", "money", sheet, "-p", "nowhere"), ""),
        (("import", "nothing", sheet, "-p", "one"), "There is no kind of record"),
    ):
        done = run(*arguments)
        assert done.exit_code == 2, arguments
        assert told in done.stderr
