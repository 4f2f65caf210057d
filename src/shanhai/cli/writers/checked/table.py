"""The checked draft in the terminal: its numbers in text order, the findings, and what is to be done in one line."""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from shanhai.cli.writers.checked import ATTENTION, Result, needs_attention
from shanhai.cli.writers.streams import opened
from shanhai.model import Cited, Finding, Message, Severity, Span, Verdict
from shanhai.publishing.checked_page.verdicts import FACES
from shanhai.publishing.checked_page.words import CODES, SEVERITIES
from shanhai.publishing.page.masking import masked, private_spans, without_private
from shanhai.reasoning.checked import Checked, Judged
from shanhai.reasoning.evidence import Evidence

_WIDE = 140
"""Columns where nobody's terminal says how many there are."""
_NARROW = 100
"""In fewer columns a list is easier to read than a table."""
_WINDOW = 22
"""Characters of the sentence on each side of a number."""
_MOST_HELD, _MOST_NAMED = 3, 12
"""Figures that are shown beside a number, and below a finding: a clash is named whole, if it is not endless."""
_HERE = "本稿 this draft"
_STYLES = {
    Verdict.DOES_NOT_ADD_UP: "bold red",
    Verdict.DIFFERS: "bold red",
    Verdict.REPEATS: "bold red",
    Verdict.DEFINITION: "yellow",
    Verdict.ROUNDED: "green",
    Verdict.BACKED: "green",
    Verdict.PROMISED: "yellow",
    Verdict.NO_SOURCE: "dim",
}
_SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}


def write(result: Result, output: Path | None) -> None:
    """What a clerk reads from top to bottom."""
    with opened(output) as stream:
        text = io.TextIOWrapper(stream, "utf-8", write_through=True)
        width = _WIDE if output or not Console().is_terminal else None
        console = Console(file=text, width=width, highlight=False)
        for part in _parts(result, console.width):
            console.print(part)
        text.detach()


def _parts(result: Result, width: int) -> Iterator[RenderableType]:
    checked = result.checked
    yield from _head(checked)
    yield ""
    if not checked.judged:
        yield Text("初稿中没有找到数字。No numbers found in the draft.")
    elif width < _NARROW:
        yield from (_entry(judged, checked) for judged in checked.judged)
    else:
        yield _table(checked)
    yield from _findings(checked)
    yield ""
    yield from _summary(result)


def _head(checked: Checked) -> Iterator[Text]:
    draft = checked.draft
    report = draft.report
    yield Text(_clean((report.title if report else None) or draft.doc), style="bold")
    told = [report.source.name, report.publisher, report.date] if report else []
    others = len(checked.evidence) - (draft.doc in checked.evidence)
    against = (
        f"与 {others:,} 份材料核对 held against {others:,} reports"
        if others
        else ("只与自身核对，没有其他材料 held against itself alone; name other reports with --against")
    )
    yield Text(" · ".join([*(_clean(str(one)) for one in told if one), against]), style="dim")


def _table(checked: Checked) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold cyan", padding=(0, 2, 1, 0))
    table.add_column("原文 as written", overflow="fold", ratio=3)
    table.add_column("结论 verdict", overflow="fold", ratio=3)
    table.add_column("所在句 sentence", overflow="fold", ratio=8)
    table.add_column("缘由 why", overflow="fold", ratio=7)
    table.add_column("依据 against what", overflow="fold", ratio=6)
    for judged in checked.judged:
        table.add_row(
            Text(_line(judged.claim.quote)),
            _verdict(judged.verdict),
            _around(judged, checked.draft),
            _said(judged.why, judged.claim.quote),
            Text("\n").join(_held(judged)),
        )
    return table


def _entry(judged: Judged, checked: Checked) -> RenderableType:
    """One number in a narrow terminal."""
    head = Text.assemble((_line(judged.claim.quote), "bold"), "  ", _verdict(judged.verdict))
    below = [_around(judged, checked.draft), _said(judged.why, judged.claim.quote), *_held(judged)]
    return Group(head, Padding(Group(*below), (0, 0, 1, 2), expand=False))


def _verdict(verdict: Verdict) -> Text:
    word = FACES[verdict].word
    return Text(f"{word.zh} {word.en}", style=_STYLES[verdict])


def _around(judged: Judged, draft: Evidence) -> Text:
    """The number with a few words of its sentence on each side."""
    claim = judged.claim
    if draft.report is None:
        return Text(_line(claim.quote), style="bold")
    sentence = draft.mended(claim.sentence)
    quote = draft.mended(Span(claim.start, claim.end))
    quote = Span(quote.start - sentence.start, quote.end - sentence.start)
    text = draft.report.text[sentence.start : sentence.end]
    text = masked(text, private_spans(text, [quote]))
    begin, end = max(0, quote.start - _WINDOW), min(len(text), quote.end + _WINDOW)
    return Text.assemble(
        f"{'…' if begin else ''}{_line(text[begin : quote.start])}",
        (_line(text[quote.start : quote.end]), "bold"),
        f"{_line(text[quote.end : end])}{'…' if end < len(text) else ''}",
    )


def _said(message: Message, *figures: str) -> Text:
    """A message, the English below the Chinese."""
    said = Text(_clean(message.zh, *figures))
    return said.append(f"\n{_clean(message.en, *figures)}", style="dim") if message.en else said


def _held(judged: Judged) -> list[Text]:
    """What the number was held against, what differs first."""
    return [
        *_cited(judged.opposing, "✗ ", "red", judged.claim.doc, _MOST_HELD),
        *_cited(judged.supporting, "✓ ", "green", judged.claim.doc, _MOST_HELD),
    ]


def _cited(cited: Sequence[Cited], sign: str, style: str, draft: str, most: int) -> list[Text]:
    lines = [
        Text.assemble(
            (sign, style), f"{_line(one.quote)}（{_HERE if one.doc == draft else _clean(one.doc)}）"
        )
        for one in cited[:most]
    ]
    more = len(cited) - most
    return [*lines, Text(f"… 还有 {more:,} 处 and {more:,} more", style="dim")] if more > 0 else lines


def _findings(checked: Checked) -> Iterator[RenderableType]:
    """The findings about the draft, the gravest first; then those about the other files alone."""
    doc = checked.draft.doc
    order = list(Severity)

    def place(finding: Finding) -> tuple[bool, int]:
        return all(cited.doc != doc for cited in finding.claims), order.index(finding.severity)

    for finding in sorted(checked.reasoned.findings, key=place):
        yield _finding(finding, doc)


def _finding(finding: Finding, draft: str) -> RenderableType:
    quotes = [cited.quote for cited in finding.claims]
    severity, code = SEVERITIES[finding.severity], CODES[finding.code]
    head = Text.assemble(
        (f"\n{severity.zh} {severity.en}", _SEVERITY_STYLES[finding.severity]), f" · {code.zh} {code.en}"
    )
    below = [_said(finding.message, *quotes)]
    if equation := finding.detail.get("equation"):
        unit = finding.detail.get("unit") or ""
        below.append(Text.assemble("算式 sum: ", (_line(f"{equation} {unit}"), "bold")))
    below += _cited(finding.claims, "· ", "", draft, _MOST_NAMED)
    settles = _said(finding.settles, *quotes)
    if settles.plain.strip():
        below.append(Text("怎样弄清 what settles it: ").append_text(settles))
    return Group(head, Padding(Group(*below), (0, 0, 0, 2), expand=False))


def _summary(result: Result) -> Iterator[Text]:
    """One line with the verdicts, one with what is to be done."""
    checked = result.checked
    counts = Counter(judged.verdict for judged in checked.judged)
    verdicts = [
        Text(f"{FACES[v].word.zh} {FACES[v].word.en} {counts[v]:,}", style=_STYLES[v])
        for v in Verdict
        if counts[v]
    ]
    total = len(checked.judged)
    yield Text.assemble((f"{total:,} 个数 numbers", "bold"), "  ", Text(" · ").join(verdicts))
    if result.unreadable:
        number = len(result.unreadable)
        yield Text(
            f"{number:,} 份材料读不了，没有用上。{number:,} inputs could not be read and were not used.",
            "yellow",
        )
    wrong = sum(counts[v] for v in ATTENTION)
    found = Counter(finding.severity for finding in checked.reasoned.findings)
    if not needs_attention(checked):
        yield Text("没有要处理的问题。Nothing needs attention.", style="bold green")
        return
    yield Text(
        f"需处理：{wrong:,} 个数，{found[Severity.ERROR]:,} 处错，{found[Severity.WARNING]:,} 处疑。"
        f"Needs attention: numbers {wrong:,}, errors {found[Severity.ERROR]:,}, warnings {found[Severity.WARNING]:,}.",
        style="bold red",
    )


def _clean(text: str, *figures: str) -> str:
    """Text from outside for a terminal, identity and telephone numbers masked but for what stands in ``figures``."""
    return without_private(_line(text), figures)


def _line(text: str) -> str:
    """The text in one line, without control characters, which a terminal would obey."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())
