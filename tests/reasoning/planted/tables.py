"""Planted tables in Markdown: total rows and columns, columns of rates."""

from decimal import Decimal
from random import Random

from .figures import ANY, Amount, Planted, Tie, amount
from .words import COUNTIES

Row = tuple[str, list[Amount]]


def table(random: Random) -> Planted:
    """A table with a total row; the figures of one column must add up."""
    counties = random.sample(COUNTIES, random.randint(3, 5))
    money = [amount(Decimal(random.randint(20000, 90000)) / 100, "", 2) for _ in counties]
    counts = [amount(random.randint(5, 60), "") for _ in counties]
    heads = random.choice(
        [
            ("县", "资金（万元）", "项目（个）"),
            ("县（区）", "投入资金（万元）", "实施项目数（个）"),
            ("受援县", "到位资金（万元）", "项目个数（个）"),
        ]
    )
    label, first = random.choice(("合计", "总计", "共计")), random.random() < 0.2
    totals = [_added(money), _added(counts)]
    rows: list[Row] = [(name, [m, n]) for name, m, n in zip(counties, money, counts, strict=True)]
    rows = [(label, totals), *rows] if first else [*rows, (label, totals)]
    count = len(counties)
    whole = 0 if first else 2 * count
    parts = [n for n in range(0, 2 * count + 2, 2) if n != whole]
    ties = (Tie((whole,), tuple(parts)), Tie((whole + 1,), tuple(p + 1 for p in parts)))
    return _planted("table", heads, rows, ties, [(n, ANY) for n in range(2 * count + 2)], int(first))


def table_across(random: Random) -> Planted:
    """A table with a total column."""
    counties = random.sample(COUNTIES, random.randint(2, 4))
    heads = random.choice(
        [
            ("县", "教育（人次）", "卫生（人次）", "农牧（人次）", "合计（人次）"),
            ("县", "一季度（个）", "二季度（个）", "三季度（个）", "合计（个）"),
            ("受援县", "财政资金（万元）", "社会资金（万元）", "其他资金（万元）", "总计（万元）"),
        ]
    )
    rows: list[Row] = []
    ties = []
    for at, name in enumerate(counties):
        cells = [amount(random.randint(20, 900), "") for _ in range(3)]
        rows.append((name, [*cells, _added(cells)]))
        ties.append(Tie((4 * at + 3,), (4 * at, 4 * at + 1, 4 * at + 2)))
    return _planted("table across", heads, rows, tuple(ties), [(n, ANY) for n in range(4 * len(counties))], 0)


def table_of_rates(random: Random) -> Planted:
    """A table with a column that divides one by another; a reader sees from the other rows how it is made."""
    counties = random.sample(COUNTIES, random.randint(4, 5))
    heads = random.choice(
        [
            ("县", "计划投资（万元）", "完成投资（万元）", "完成率（%）"),
            ("县", "项目总数（个）", "开工数（个）", "开工率（%）"),
            ("受援县", "下达资金（万元）", "支出资金（万元）", "支出率（%）"),
        ]
    )
    rows: list[Row] = []
    ties = []
    for at, name in enumerate(counties):
        whole = random.randint(100, 900)
        part = random.randint(whole // 3, whole - 5)
        cells = [amount(whole, ""), amount(part, ""), amount(Decimal(100 * part) / whole, "", 1)]
        rows.append((name, cells))
        ties.append(Tie((3 * at + 1,), (3 * at, 3 * at + 2), needed=3))
    return _planted(
        "table of rates", heads, rows, tuple(ties), [(3 * n + 2, ANY) for n in range(len(counties))], 0
    )


def _added(cells: list[Amount]) -> Amount:
    return Amount(sum((c.value for c in cells), Decimal(0)), "")


def _planted(
    form: str,
    heads: tuple[str, ...],
    rows: list[Row],
    ties: tuple[Tie, ...],
    spoilable: list[tuple[int, str]],
    number: int,
) -> Planted:
    pieces: list[str | Amount] = [f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}\n"]
    for name, cells in rows:
        pieces.append(f"| {name} |")
        for cell in cells:
            pieces += [" ", cell, " |"]
        pieces.append("\n")
    return Planted(form, number, tuple(pieces), ties, tuple(spoilable))


TABLES = (table, table_across, table_of_rates)
