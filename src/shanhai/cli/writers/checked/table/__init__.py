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

_ALONE = {
    False: (
        "没有给出其他材料，只核对了文中各数之间的关系；用 --against 给出材料。"
        "Held against itself alone; name other reports with --against.",
        "dim",
    ),
    True: (
        "给出的材料都读不了，只核对了文中各数之间的关系。"
        "None of the material given could be read; held against itself alone.",
        "bold yellow",
    ),
}
"""What a draft is told that was held against nothing else; by whether other inputs were given."""


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
    yield from map(Folded, _head(result))
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


def _head(result: Result) -> Iterator[Text]:
    checked = result.checked
    draft = checked.draft
    report = draft.report
    yield Text(clean((report.title if report else None) or draft.doc), style="bold")
    told = [report.source.name, report.publisher, report.date] if report else []
    shown = [clean(str(one)) for one in told if one]
    others = len(checked.evidence) - (draft.doc in checked.evidence)
    if others:
        shown.append(f"与 {others:,} 份材料核对 held against {_many(others, 'other report')}")
    yield Text(" · ".join(shown), style="dim")
    if not others:
        yield Text(*_ALONE[bool(result.unreadable)])


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
        bare = sum(judged.verdict is Verdict.NO_SOURCE for judged in checked.judged)
        if bare:
            return Text(
                f"没有发现差错，但有 {bare:,} 个数没有来源。"
                f"No faults found, but {_many(bare, 'number')} without a source.",
                style="bold yellow",
            )
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
