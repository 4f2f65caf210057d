"""The checked draft in the terminal: what needs work first and in full, then the rest in short.

A number is told of once: where a finding names it, with that finding; those without source share one reason.
"""

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, RenderableType
from rich.text import Text

from shanhai.cli.writers.checked import ATTENTION, Result, needs_attention
from shanhai.cli.writers.checked.table.entries import clean
from shanhai.cli.writers.checked.table.folding import Folded
from shanhai.cli.writers.checked.table.sections import STYLES, sections
from shanhai.cli.writers.streams import opened
from shanhai.model import Severity, Verdict
from shanhai.publishing.checked_page.verdicts import FACES
from shanhai.reasoning.checked import Checked

_WIDE = 140
"""Columns where nobody's terminal says how many there are."""


def write(result: Result, output: Path | None) -> None:
    """What a clerk reads from top to bottom."""
    shown = output is None and Console().is_terminal
    with opened(output) as stream:
        text = io.TextIOWrapper(stream, "utf-8", write_through=True)
        console = Console(file=text, width=None if shown else _WIDE, highlight=False)
        for part in _parts(result):
            if shown:
                console.print(part)
            else:
                with console.capture() as printed:
                    console.print(part)
                text.write("".join(f"{line.rstrip()}\n" for line in printed.get().splitlines()))
        text.detach()


def _parts(result: Result) -> Iterator[RenderableType]:
    checked = result.checked
    yield from map(Folded, _head(checked))
    if checked.judged:
        yield Folded(_counts(checked))
    else:
        yield Text("初稿中没有找到数字。No numbers found in the draft.")
    yield Folded(_asked(checked))
    yield from sections(checked)
    yield ""
    if result.unreadable:
        number = len(result.unreadable)
        yield Text(
            f"{number:,} 份材料读不了，没有用上。"
            f"{_many(number, 'input')} could not be read and {'was' if number == 1 else 'were'} not used.",
            "yellow",
        )
    yield Folded(_asked(checked))


def _head(checked: Checked) -> Iterator[Text]:
    draft = checked.draft
    report = draft.report
    yield Text(clean((report.title if report else None) or draft.doc), style="bold")
    told = [report.source.name, report.publisher, report.date] if report else []
    others = len(checked.evidence) - (draft.doc in checked.evidence)
    against = (
        f"与 {others:,} 份材料核对 held against {_many(others, 'other report')}"
        if others
        else (
            "只与自身核对，没有其他材料；用 --against 给出 held against itself alone; name other reports with --against"
        )
    )
    yield Text(" · ".join([*(clean(str(one)) for one in told if one), against]), style="dim")


def _counts(checked: Checked) -> Text:
    """How many numbers have which verdict."""
    counts = Counter(judged.verdict for judged in checked.judged)
    verdicts = [
        Text(f"{FACES[v].word.zh} {FACES[v].word.en} {counts[v]:,}", style=STYLES[v])
        for v in Verdict
        if counts[v]
    ]
    total = len(checked.judged)
    told = Text(f"{total:,} 个数 {'number' if total == 1 else 'numbers'}", style="bold")
    return Text.assemble(told, "：", Text(" · ").join(verdicts))


def _asked(checked: Checked) -> Text:
    """What is to be done, in one line."""
    if not needs_attention(checked):
        return Text("没有要处理的问题。Nothing needs attention.", style="bold green")
    wrong = sum(judged.verdict in ATTENTION for judged in checked.judged)
    found = Counter(finding.severity for finding in checked.reasoned.findings)
    errors, warnings = found[Severity.ERROR], found[Severity.WARNING]
    return Text(
        f"要处理：{wrong:,} 个数；错 {errors:,} 处，疑 {warnings:,} 处。"
        f"Needs attention: {_many(wrong, 'number')}; {_many(errors, 'error')}, {_many(warnings, 'warning')}.",
        style="bold red",
    )


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
