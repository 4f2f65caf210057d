"""The memo of a reconciliation: what agrees, what differs and why, what both sides say of it, room for both signatures."""

from collections.abc import Mapping
from html import escape

from shanhai.programme.exchange.compare import KINDS, Comparison, Row, Total
from shanhai.programme.exchange.differing import OUTCOMES, Outcome
from shanhai.programme.exchange.keys import fingerprint
from shanhai.programme.exchange.lines import Line, Side
from shanhai.programme.exchange.notes import Said
from shanhai.programme.exchange.wording import SIDES, money, part, told
from shanhai.publishing.printed.paper import both, moment, page, signatures, table

_LISTED = (Outcome.AMOUNT, Outcome.DEFINITION, Outcome.TIMING, Outcome.ONE_SIDED, Outcome.UNCLEAR)
"""What is listed line by line; what agrees stands in the sums, and in the sheet."""


def memo_page(comparison: Comparison, said: Mapping[Side, Said]) -> bytes:
    """The memo as HTML. The same two files and the same notes give the same bytes, on whichever side it is made."""
    place = f"{comparison.sending.sending.name}—{comparison.sending.receiving.name}"
    period = f"{comparison.starts}至{comparison.ends}"
    parts = [
        f"<h1>{both('对账备忘录', 'Reconciliation memo')}</h1>",
        f'<p class="middle">{escape(place)} · {escape(period)}</p>',
        _files(comparison, said),
        f"<h2>{both('一、合计', 'Totals')}</h2>",
        _totals(comparison),
        *(_section(number, outcome, comparison, said) for number, outcome in enumerate(_LISTED, 2)),
        f"<h2>{both('签字', 'Signatures')}</h2>",
        "<p>"
        + both(
            "双方确认：以上结果由两个签名文件得出，两方打印的备忘录逐字相同。",
            "Both sides confirm that this follows from the two signed files and reads the same on both sides.",
        )
        + "</p>",
        signatures([(*SIDES[h.side], h.office) for h in (comparison.sending, comparison.receiving)]),
    ]
    return page(
        f"对账备忘录 {place} {period}",
        f"对账备忘录 {place} {period} · {comparison.key[:16]}",
        "\n".join(parts),
    )


def _files(comparison: Comparison, said: Mapping[Side, Said]) -> str:
    heads = ["", *(both(*SIDES[side]) for side in Side)]
    headers = (comparison.sending, comparison.receiving)
    hashes = (comparison.sending_sha256, comparison.receiving_sha256)
    notes = [said[side].sha256 if side in said else "—" for side in Side]
    rows = [
        [both("单位", "office"), *(escape(h.office) for h in headers)],
        [both("时段", "period"), *(f"{h.starts} – {h.ends}" for h in headers)],
        [both("导出时间", "exported"), *(moment(h.at) for h in headers)],
        [both("文件", "file"), *(f"<code>{sha}</code>" for sha in hashes)],
        [both("签名指纹", "key's fingerprint"), *(f"<code>{fingerprint(h.public)}</code>" for h in headers)],
        [both("说明文件", "notes"), *(f"<code>{sha}</code>" for sha in notes)],
    ]
    near = both(
        f"日期相差{comparison.days}天以内的视为相近；对账号 {comparison.key[:16]}",
        f"Dates up to {comparison.days} days apart count as near; comparison {comparison.key[:16]}",
    )
    return f"{table(heads, rows)}\n<p>{near}</p>"


def _totals(comparison: Comparison) -> str:
    heads = [both("类别", "sort"), both("结果", "outcome")]
    for side in Side:
        zh, en = SIDES[side]
        heads += [both(f"{zh}笔数", f"lines, {en}"), both(f"{zh}金额", f"amount, {en}")]
    heads.append(both("相差", "difference"))
    rows = []
    for whole in comparison.wholes:
        group = (whole.kind, whole.part, whole.currency)
        parts = [t for t in comparison.totals if (t.kind, t.part, t.currency) == group]
        rows += [_total(t) for t in (*parts, whole)]
    return table(heads, rows, "sums")


def _total(total: Total) -> list[str]:
    zh, en = KINDS[total.kind]
    zh_part, en_part = part(total)
    sort = both("·".join(filter(None, (zh, zh_part))), ", ".join(filter(None, (en, en_part))))
    outcome = both(*OUTCOMES[total.outcome]) if total.outcome else f"<strong>{both('合计', 'all')}</strong>"
    cells = [sort, outcome]
    for lines, amount in (
        (total.sending_lines, total.sending),
        (total.receiving_lines, total.receiving),
    ):
        cells += [f"#{lines}", f"#{money(amount)} {total.currency}" if total.currency else "#"]
    return [*cells, f"#{money(total.apart)} {total.currency}" if total.currency else "#"]


def _section(number: int, outcome: Outcome, comparison: Comparison, said: Mapping[Side, Said]) -> str:
    zh, en = OUTCOMES[outcome]
    rows = [row for row in comparison.rows if row.outcome is outcome]
    counted = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    numeral = "一二三四五六七"[number - 1]
    head = f"<h2>{both(f'{numeral}、{zh}（{len(rows)}行）', f'{en}, {counted}')}</h2>"
    if not rows:
        return f"{head}\n<p>{both('没有。', 'None.')}</p>"
    heads = [
        both("行", "row"),
        *(both(*SIDES[side]) for side in Side),
        both("差异与说明", "difference, notes"),
    ]
    return head + "\n" + table(heads, [_row(row, said) for row in rows], "lines")


def _row(row: Row, said: Mapping[Side, Said]) -> list[str]:
    cells = [f"<code>{row.key}</code>"]
    cells += [
        _line(line, side in row.counted)
        for side, line in ((Side.SENDING, row.sending), (Side.RECEIVING, row.receiving))
    ]
    words = [both(d.zh, d.en) for d in row.differences]
    if row.among:
        words.append(both("可能对应：" + "、".join(row.among), "may belong to " + ", ".join(row.among)))
    for side in Side:
        if side in said and row.key in said[side].notes:
            zh, en = SIDES[side]
            words.append(f"{both(f'{zh}说明：', en)} {escape(said[side].notes[row.key])}")
    return [*cells, "<br>".join(words)]


def _line(line: Line | None, counted: bool) -> str:
    if line is None:
        return "—"
    outside = "" if counted else f"<br>{both('（期外）', 'outside the period')}"
    return f"<strong>{escape(line.key)}</strong> {escape(told(line)[0])}{outside}"
