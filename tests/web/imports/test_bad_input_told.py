"""Bad input as one table, through the page and through the command line: row, column, value, reason and remedy are told, and
what was there stays."""

import html
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from django.test import Client

from programme.sheets.filled import book, everything
from shanhai.cli import main
from shanhai.ledger.models import Entry, Pairing, Role
from shanhai.programme.models import MoneyEvent
from shanhai.reading.grids import MOST_ROWS
from shanhai.web.imports import working

from .test_imports import send

MONEY = ("日期", "阶段", "金额", "计划内外", "币种", "项目编号")
GOOD = ("2023-06-01", "到位", 100, "计划内", "CNY", "ZX-012")
PROJECT = ("编号", "项目名称", "领域", "上级项目编号", "实施地点")
TWO = (("P1", "甲", "医疗卫生", "P2"), ("P2", "乙", "医疗卫生", "P1"))
SHARES = ("项目编号", "出资方", "占比")


class Case(msgspec.Struct, frozen=True):
    """A bad sheet, and what must be told of it: cell, heading, what stands there, why, what to do."""

    name: str
    kind: str
    data: bytes
    cell: str
    heading: str
    value: str
    reason: str
    remedy: str
    show: str = "bad"


def money(**other: Any) -> tuple[Any, ...]:
    """A good row with some cells changed."""
    return tuple(other.get(name, value) for name, value in zip(MONEY, GOOD, strict=True))


def _merge(sheet: Any) -> None:
    sheet.merge_cells("C2:C3")


def _hide(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


CASES: Sequence[Case] = (
    Case(
        "impossible date",
        "money",
        book(MONEY, money(日期="2023-02-30")),
        "A2",
        "日期",
        "2023-02-30",
        "没有2023年2月30日",
        "请",
    ),
    Case(
        "half a date",
        "money",
        book(MONEY, money(日期="２０２３年１３月")),
        "A2",
        "日期",
        "２０２３年１３月",
        "不是日期",
        "请",
    ),
    Case(
        "two currencies",
        "money",
        book(MONEY, money(币种="USD")),
        "E2",
        "币种",
        "USD",
        "两种币种不能相加",
        "请折算后登记",
    ),
    Case(
        "a currency in the amount",
        "money",
        book(MONEY, money(金额="100美元")),
        "C2",
        "金额",
        "100美元",
        "别的币种",
        "金额只写数字",
    ),
    Case(
        "a place code that is no more",
        "project",
        book(PROJECT, ("P1", "甲", "医疗卫生", None, "542121")),
        "E2",
        "实施地点",
        "542121",
        "停用",
        "请改用现行代码",
    ),
    Case(
        "a place code that never was",
        "project",
        book(PROJECT, ("P1", "甲", "医疗卫生", None, "999999")),
        "E2",
        "实施地点",
        "999999",
        "没有999999",
        "请改写地名",
    ),
    Case(
        "a share over one",
        "cofunding",
        book(SHARES, ("ZX-012", "乙", "120%")),
        "C2",
        "占比",
        "120%",
        "不是0至100%之间的比例",
        "请写成35%或0.35",
    ),
    Case(
        "shares over one together",
        "cofunding",
        book(SHARES, ("ZX-012", "乙", "80%")),
        "C2",
        "占比",
        "80%",
        "超过100%",
        "请核对",
    ),
    Case(
        "a total that does not add up",
        "money",
        book(MONEY, GOOD, ("合计", None, 999)),
        "C3",
        "金额",
        "999",
        "合计对不上",
        "请核对各行，或改正合计",
    ),
    Case(
        "a circle of parents in the file",
        "project",
        book(PROJECT, *TWO),
        "D2",
        "上级项目编号",
        "P2",
        "P1 → P2 → P1",
        "请改其中一个",
    ),
    Case(
        "a circle with the register",
        "project",
        book(PROJECT, ("ZX-001", "民生工程", "医疗卫生", "ZX-012")),
        "D2",
        "上级项目编号",
        "ZX-012",
        "绕成了圈",
        "请改其中一个",
    ),
    Case(
        "merged cells",
        "money",
        book(MONEY, GOOD, money(日期="2023-06-02"), change=_merge),
        "C2:C3",
        "金额",
        "100",
        "是合并单元格",
        "请取消合并",
    ),
    Case(
        "hidden rows",
        "money",
        book(MONEY, GOOD, money(日期="2023-06-02"), change=_hide),
        "3",
        "",
        "",
        "隐藏",
        "隐藏",
        show="hidden",
    ),
    Case(
        "a number as text that is none",
        "money",
        book(MONEY, money(金额="约１００")),
        "C2",
        "金额",
        "约１００",
        "不是确切的数",
        "请",
    ),
    Case(
        "an unknown number",
        "money",
        book(MONEY, money(项目编号="ＺＸ－９９９")),
        "F2",
        "项目编号",
        "ＺＸ－９９９",
        "没有编号为“ZX-999”",
        "请先登记它，或核对编号",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_page_tells_it_and_nothing_changes(
    one: Pairing, signed_in: Callable[..., Client], case: Case
) -> None:
    before, entries = everything(one), Entry.objects.count()
    client = signed_in(Role.OFFICE)

    address = send(client, case.data, case.kind, "表.xlsx").headers["Location"]
    page = html.unescape(client.get(f"{address}?show={case.show}").content.decode())

    told = re.sub(r"<[^>]+>", " ", page)
    for part in (case.cell, case.heading, case.value, case.reason, case.remedy):
        assert part in told
    assert everything(one) == before
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_command_line_tells_it_and_nothing_changes(one: Pairing, tmp_path: Path, case: Case) -> None:
    before, entries = everything(one), Entry.objects.count()
    (tmp_path / "表.xlsx").write_bytes(case.data)

    arguments = ["register", "import", case.kind, str(tmp_path / "表.xlsx"), "-p", "one"]
    done = CliRunner().invoke(main, arguments)

    assert done.exit_code == (0 if case.show == "hidden" else 3), done.stderr
    for part in (case.cell, case.heading, case.value, case.reason, case.remedy):
        assert part in done.stdout
    assert everything(one) == before
    assert Entry.objects.count() == entries


def test_numbers_as_text_and_both_widths_are_read_as_what_they_mean(one: Pairing, tmp_path: Path) -> None:
    row = money(
        日期="２０２３/６/１", 金额="１，１２３．５０", 项目编号="ｚｘ－０１２".upper(), 阶段=" 到位 "
    )
    (tmp_path / "表.xlsx").write_bytes(book(("日期", "阶段", "金额（元）", *MONEY[3:]), row))

    done = CliRunner().invoke(main, ["register", "import", "money", str(tmp_path / "表.xlsx"), "-p", "one"])

    assert done.exit_code == 0, done.stdout
    for part in ("日期 2023-06-01", "金额 1123.50", "项目编号 ZX-012", "阶段 到位"):
        assert part in done.stdout


def test_more_rows_than_are_taken_are_told_with_the_limit(one: Pairing, tmp_path: Path) -> None:
    before = everything(one)
    rows = "2023-06-01,到位,1,计划内\r\n" * (MOST_ROWS + 200)
    (tmp_path / "大表.csv").write_text("日期,阶段,金额,计划内外\r\n" + rows, "utf-8")

    done = CliRunner().invoke(
        main, ["register", "import", "money", str(tmp_path / "大表.csv"), "-p", "one", "--apply"]
    )

    assert done.exit_code == 3
    assert f"超过{MOST_ROWS:,}行" in done.stdout
    assert "请按年度或按项目分成几个文件" in done.stdout
    assert everything(one) == before


@pytest.mark.django_db(transaction=True)
def test_a_large_file_is_tried_and_taken_in_apart(
    one: Pairing, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "LARGE", 1000)
    client = signed_in(Role.OFFICE)
    rows = [money(日期=f"2023-{n % 12 + 1:02}-{n % 28 + 1:02}", 金额=n + 1) for n in range(60)]

    def awaited(address: str) -> str:
        """The page once the work apart is done."""
        for _ in range(600):
            answer: Any = client.get(f"{address}progress/")
            if answer.headers.get("HX-Refresh"):
                return str(client.get(address).content.decode())
            assert "<progress" in answer.content.decode()
            time.sleep(0.2)  # another process works; there is nothing else to wait for
        raise AssertionError("it does not end")

    address = send(client, book(MONEY, *rows, money(日期="2023-02-30")), name="大表.xlsx").headers["Location"]
    shown = awaited(address)
    assert "没有2023年2月30日" in shown
    assert MoneyEvent.objects.count() == 1

    stale = client.post(f"{address}apply/", {"seen": "0" * 32})
    assert stale.status_code == 302
    assert "什么也没有导入" in awaited(address)
    assert MoneyEvent.objects.count() == 1

    found = re.search(r'name="seen" value="(\w+)"', awaited(address))
    assert found
    client.post(f"{address}apply/", {"seen": found[1]})
    assert "新增 60 条" in awaited(address)
    assert MoneyEvent.objects.count() == 61

    broken = send(client, b"PK\x03\x04" + b"x" * 2000, name="坏.xlsx").headers["Location"]
    assert "损坏" in awaited(broken)
    assert MoneyEvent.objects.count() == 61
