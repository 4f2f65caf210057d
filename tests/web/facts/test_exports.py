"""What is exported opens again, links to its evidence, names who reported it, and is the same each time."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from pyarrow import parquet

from shanhai.ledger.audit import head
from shanhai.ledger.models import Fact, Pairing, Role
from shanhai.ledger.rights import RIGHTS, Right
from shanhai.web import exports

from .conftest import COUNTIES, of

Enter = Callable[..., Client]
Filled = dict[str, Pairing]
FIRMS = "industry.firms_brought"
pytestmark = pytest.mark.django_db


def file(client: Client, address: str) -> io.BytesIO:
    answer = client.get(f"/facts/{address}")
    assert answer.status_code == 200
    return io.BytesIO(b"".join(answer))  # type: ignore[call-overload]  # read to its end it is closed


def rows(data: io.BytesIO) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.getvalue().decode("utf-8-sig"), newline="")))


def test_the_list_is_exported_as_filtered(filled: Filled, signed_in: Enter) -> None:
    client = signed_in(Role.READER)

    told = rows(file(client, "list.csv?pairing=west&clash=1"))

    (row,) = told
    fact = of("洛隆县")
    statement = fact.tellings.filter(supports=True)[0].statement
    assert row["数值"] == "4 家"
    assert row["据"] == "洛隆县人民政府办公室，2023-01-03 发布"
    assert row["事实页"] == f"http://testserver/facts/west/{fact.key}/"
    assert row["证据原文"] == f"http://testserver/room/{statement.report.source.sha256}/#s-{statement.key}"


def test_a_workbook_tells_its_filters_and_the_state_of_the_ledger(filled: Filled, signed_in: Enter) -> None:
    book = openpyxl.load_workbook(file(signed_in(Role.READER), "list.xlsx?place=洛隆县"))
    last = head()

    assert book.sheetnames == ["事实", "附注"]
    assert book["事实"].max_row == 4
    notes = {row[0].value: row[1].value for row in book["附注"].iter_rows()}
    assert notes["地方"] == "西藏自治区昌都市洛隆县 540329"
    assert last is not None
    assert last.hash in notes["账本状态"]


def test_parquet_is_exact(filled: Filled, signed_in: Enter) -> None:
    table = parquet.read_table(file(signed_in(Role.READER), "list.parquet?pairing=east"))

    assert table.num_rows == 10
    assert sorted(table.column("low").to_pylist())[0] == Decimal(12)
    assert table.schema.names == list(dict.fromkeys(table.schema.names))


@pytest.mark.parametrize("ending", ["xlsx", "csv", "parquet"])
@pytest.mark.parametrize(
    "address",
    [
        "list.{}",
        f"series.{{}}?indicator={FIRMS}&place=540300",
        f"compare.{{}}?indicator={FIRMS}&place=540329&place=540330",
    ],
)
def test_the_same_ledger_gives_the_same_bytes(
    filled: Filled, signed_in: Enter, ending: str, address: str
) -> None:
    client = signed_in(Role.READER)

    first = file(client, address.format(ending)).getvalue()

    assert len(first) > 500
    assert file(client, address.format(ending)).getvalue() == first


def test_a_series_names_its_lines(filled: Filled, signed_in: Enter) -> None:
    told = rows(file(signed_in(Role.READER), f"series.csv?indicator={FIRMS}&place=洛隆县"))

    assert [(r["系列"], r["数值"]) for r in told] == [("引进企业数", "4 家"), ("计划", "20 家")]


def test_a_comparison_says_what_is_not_comparable(filled: Filled, signed_in: Enter) -> None:
    five = "&".join(f"place={county}" for county in COUNTIES)

    told = rows(file(signed_in(Role.READER), f"compare.csv?indicator={FIRMS}&{five}"))

    assert [r["数值"] for r in told if r["可比性"].startswith("可比")] == [
        f"{4 + 3 * n} 家" for n in range(5)
    ]
    assert [r["可比性"] for r in told if r["数值"] == "20 家"] == ["不可比：阶段：计划（≠ 未写明）"]


def test_a_facts_statements_are_exported(filled: Filled, signed_in: Enter) -> None:
    fact = of("洛隆县")

    told = rows(file(signed_in(Role.READER), f"west/{fact.key}/statements.csv"))

    assert [(r["印证或矛盾"], r["原文数字"], r["发布者"]) for r in told] == [
        ("印证", "4家", "洛隆县人民政府办公室"),
        ("矛盾", "9家", "人民网"),
    ]
    assert told[1]["句子"] == "2022年，洛隆县引进企业9家，游客很多。"
    assert all("/room/" in r["证据原文"] for r in told)


def test_text_like_a_formula_stays_text(filled: Filled, signed_in: Enter) -> None:
    Fact.objects.filter(pk=of("洛隆县").pk).update(measure="=HYPERLINK(1)", party="＠cmd")
    client = signed_in(Role.READER)

    (told,) = rows(file(client, "list.csv?clash=1"))
    page = openpyxl.load_workbook(file(client, "list.xlsx?clash=1"))["事实"]

    assert (told["事项"], told["队伍"]) == ("'=HYPERLINK(1)", "'＠cmd")
    assert page["A2"].value == "=HYPERLINK(1)"
    assert page["A2"].data_type == "s"


def test_too_many_rows_are_refused_with_a_way_out(
    filled: Filled, signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 5)

    answer = signed_in(Role.READER).get("/facts/list.csv")

    assert answer.status_code == 422
    assert "请先缩小筛选范围" in answer.content.decode()


def test_who_may_not_export_gets_no_file_and_no_button(
    filled: Filled, signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RIGHTS, Role.READER, frozenset({Right.READ}))
    client = signed_in(Role.READER)
    fact = of("洛隆县")

    for address in (
        "list.csv",
        f"series.csv?indicator={FIRMS}&place=540300",
        f"west/{fact.key}/statements.csv",
    ):
        assert client.get(f"/facts/{address}").status_code == 403
    assert "list.csv" not in client.get("/facts/").content.decode()


def test_an_unknown_ending_is_not_there(filled: Filled, signed_in: Enter) -> None:
    assert signed_in(Role.READER).get("/facts/list.xls").status_code == 404


def test_a_file_is_named_in_chinese_after_the_ledgers_day(filled: Filled, signed_in: Enter) -> None:
    answer = signed_in(Role.READER).get("/facts/list.csv")

    assert b"".join(answer)  # type: ignore[call-overload]  # read to its end it is closed
    assert "%E4%BA%8B%E5%AE%9E-20240301.csv" in answer.headers["Content-Disposition"]


def test_an_empty_ledger_exports_its_heads(signed_in: Enter) -> None:
    assert rows(file(signed_in(Role.READER), "list.csv")) == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("list.csv?place=市中区", "有几个同名的地方"),
        (f"series.csv?indicator={FIRMS}&place=没有这里", "不是一个地方的名称"),
        (f"compare.csv?indicator={FIRMS}&place=540329&since=22", "请写四位年份"),
        ("compare.csv?indicator=no.such&place=540329", "没有“no.such”"),
    ],
)
def test_what_cannot_be_read_exports_nothing_else_instead(
    filled: Filled, signed_in: Enter, address: str, told: str
) -> None:
    answer = signed_in(Role.READER).get(f"/facts/{address}")

    assert answer.status_code == 422
    assert told in answer.content.decode()
