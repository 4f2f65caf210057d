"""All lines of a reconciliation as a sheet: what agrees, too. The same files and notes give the same bytes."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from shanhai.programme.exchange.compare import KINDS, Comparison
from shanhai.programme.exchange.differing import OUTCOMES
from shanhai.programme.exchange.keys import fingerprint
from shanhai.programme.exchange.lines import Figure, Line, Money, Project, Side, day_of
from shanhai.programme.exchange.notes import Said
from shanhai.programme.exchange.wording import SIDES, told
from shanhai.publishing.printed.paper import moment
from shanhai.publishing.sheets import Column, Kind, Sheet, Value

_OF_SIDE = (
    ("key", "编号 number", Kind.TEXT, 12),
    ("day", "日期 day", Kind.DAY, 12),
    ("amount", "金额或数值 amount", Kind.EXACT, 18),
    ("told", "内容 content", Kind.TEXT, 48),
)


def memo_sheet(comparison: Comparison, said: Mapping[Side, Said]) -> Sheet:
    """The sheet of a comparison with its notes."""
    columns = [
        Column("row", "行 row", width=14),
        Column("kind", "类别 sort"),
        Column("outcome", "结果 outcome"),
    ]
    for side in Side:
        zh = SIDES[side][0]
        columns += [
            Column(f"{side}_{name}", f"{zh}{head}", kind, width) for name, head, kind, width in _OF_SIDE
        ]
    columns.append(Column("difference", "差异 difference", width=48))
    columns += [Column(f"{side}_note", f"{SIDES[side][0]}说明 note", width=30) for side in Side]
    headers = (comparison.sending, comparison.receiving)
    hashes = (comparison.sending_sha256, comparison.receiving_sha256)
    notes = [
        ("对账号 comparison", comparison.key),
        ("时段 period", f"{comparison.starts} – {comparison.ends}"),
    ]
    for header, sha in zip(headers, hashes, strict=True):
        zh = SIDES[header.side][0]
        notes.append((f"{zh}单位 office", header.office))
        notes.append((f"{zh}导出时间 exported", moment(header.at)))
        notes.append((f"{zh}文件 file", sha))
        notes.append((f"{zh}签名指纹 fingerprint", fingerprint(header.public)))
        notes.append((f"{zh}说明文件 notes", said[header.side].sha256 if header.side in said else "—"))
    return Sheet(
        "对账", columns, _rows(comparison, said), notes, "附注 notes", max(header.at for header in headers)
    )


def _rows(comparison: Comparison, said: Mapping[Side, Said]) -> Iterator[list[Value]]:
    for row in comparison.rows:
        cells: list[Value] = [row.key, KINDS[row.kind][0], OUTCOMES[row.outcome][0]]
        cells += [*_cells(row.sending), *_cells(row.receiving)]
        words = [d.zh for d in row.differences]
        words += ["可能对应：" + "、".join(row.among)] if row.among else []
        cells.append("；".join(words))
        cells += [said[side].notes.get(row.key, "") if side in said else "" for side in Side]
        yield cells


def _cells(line: Line | None) -> list[Value]:
    if line is None:
        return [None] * len(_OF_SIDE)
    amount: Decimal | None
    if isinstance(line, Project):
        amount = line.planned
    elif isinstance(line, Figure):
        amount = line.value
    else:
        amount = line.amount
    day = line.day if isinstance(line, Money) else day_of(line)
    return [line.key, day, amount, told(line)[0]]
