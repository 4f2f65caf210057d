"""The terminal's tables: plain columns that stay straight under Chinese text."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from bench.results import Figure, Measurement, Target


def of_figures(measurement: Measurement) -> str:
    """A measurement with its figures and notes."""
    head = ("", "median", "best", "unit", "ratio", "to", "")
    rows = [head, *map(_figure, measurement.figures)]
    return "\n".join(
        [f"\n{measurement.title}", *_columns(rows), *(f"  · {note}" for note in measurement.notes)]
    )


def of_targets(targets: Iterable[Target]) -> str:
    """All targets beside what was measured."""
    head = ("", "target", "measured", "unit", "")
    return "\n".join(["\nTargets 目标", *_columns([head, *map(_target, targets)])])


def _figure(figure: Figure) -> Sequence[str]:
    best = "" if figure.best is None else _number(figure.best)
    ratio = "" if figure.ratio is None else f"{figure.ratio:.3g}"
    return figure.what, _number(figure.value), best, figure.unit, ratio, figure.of, figure.note


def _target(target: Target) -> Sequence[str]:
    sign = "≤" if target.most else "≥"
    told = "reached 达到" if target.reached else "not reached 未达到"
    return target.what, f"{sign} {_number(target.bound)}", _number(target.measured), target.unit, told


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.3g}"


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(map(_padded, row, widths)).rstrip() for row in rows]


def _padded(cell: str, width: int) -> str:
    space = " " * (width - cell_len(cell))
    number = cell[:1].isdigit() and cell.replace(",", "").replace(".", "").replace("e-", "").isdigit()
    return space + cell if number else cell + space
