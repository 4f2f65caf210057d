"""A table that a person likes to read."""

import io
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from shanhai.catalogue.areas import load_areas
from shanhai.claims.batch import Outcome
from shanhai.claims.find import find_sides
from shanhai.cli.writers.streams import opened
from shanhai.model import Claim, Number, Status, UnreadableInput

_STATUS = {Status.DONE: "已成", Status.EXPECTED: "预期"}
_WIDE = 140
_LONGEST_MEASURE = 36


def write(found: Iterable[Outcome], output: Path | None, unreadable: list[UnreadableInput]) -> None:
    """One table a report: area, measure, value as written, normalised value, period, place, status."""
    with opened(output) as stream:
        text = io.TextIOWrapper(stream, "utf-8", write_through=True)
        console = Console(file=text, width=_WIDE if output or not Console().is_terminal else None)
        for outcome in found:
            report = outcome.report
            if report is None:
                continue
            sides = find_sides(report)
            pairing = f"{sides.sending} → {sides.receiving}" if sides.sending and sides.receiving else None
            told = " · ".join(str(p) for p in (report.publisher, report.date, pairing, sides.team) if p)
            console.print(f"\n{report.title or report.doc}", style="bold", markup=False, highlight=False)
            console.print(f"{report.source.name}  {told}", style="dim", markup=False, highlight=False)
            if outcome.claims:
                console.print(table_of(outcome.claims))
            else:
                console.print("No claims found. 没有找到数字。", markup=False)
        text.detach()


def table_of(claims: Iterable[Claim]) -> Table:
    """The claims as a table; background figures are dimmed."""
    areas = load_areas()
    table = Table(box=None, pad_edge=False, header_style="bold cyan")
    for name in ("领域 area", "所计 measure", "原文 as written"):
        table.add_column(name, overflow="fold")
    table.add_column("数值 value", justify="right", no_wrap=True)
    for name in ("时间 period", "地点 place", "状态 status"):
        table.add_column(name, overflow="fold")
    for claim in claims:
        area = areas[claim.area].name_zh if claim.area in areas else ""
        measure = claim.measure or ""
        table.add_row(
            area,
            measure if len(measure) <= _LONGEST_MEASURE else f"{measure[:_LONGEST_MEASURE]}…",
            " ".join(claim.quote.split()),
            normalised(claim),
            claim.period or "",
            claim.place or "",
            _STATUS.get(claim.status, "") if claim.status else "",
            style="dim" if claim.minor else None,
        )
    return table


def normalised(claim: Claim) -> str:
    """The value in base units with its unit, ends of a from–to or range included."""
    if claim.value is None:
        return "—"
    shown = _number(claim.value)
    if claim.from_value is not None:
        shown = f"{_number(claim.from_value)} → {shown}"
    if claim.upper is not None:
        shown = f"{shown} – {_number(claim.upper)}"
    return f"{shown} {claim.unit}".rstrip()


def _number(value: Number) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,f}"
