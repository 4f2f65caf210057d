"""The parts of the result, the most urgent first; a part without content is left out."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from shanhai.cli.writers.checked import ATTENTION
from shanhai.cli.writers.checked.table.entries import Sentences, clean, line, quotes, said, to_do
from shanhai.cli.writers.checked.table.folding import Folded
from shanhai.model import Cited, Code, Finding, Message, Severity, Verdict
from shanhai.publishing.checked_page.verdicts import FACES
from shanhai.publishing.checked_page.words import CODES, SEVERITIES
from shanhai.reasoning.checked import Checked, Judged

_MOST_HELD, _MOST_NAMED = 3, 12
"""Sentences that are shown beside a number, and below a finding: a clash is named whole, if it is not endless."""
STYLES = {
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
_HANGING = 2
"""Columns by which the further lines of a paragraph stand in."""
_WEIGH = (Verdict.DEFINITION, Verdict.PROMISED)
_BACKED = (Verdict.ROUNDED, Verdict.BACKED)
_TO_DO = frozenset({Code.RULE_OPEN, Code.PROMISE_DUE, Code.UNVERIFIABLE})
"""Notes that ask for something, so that what would settle them is shown too."""


def sections(checked: Checked) -> Iterator[RenderableType]:
    """All parts, each below its heading."""
    sentences = Sentences(checked)
    grave = _graver(checked)
    yield from _needing(checked, grave, sentences)
    yield from _weighed(checked, sentences)
    yield from _bare(checked, sentences)
    yield from _backed(checked, sentences)
    yield from _notes(checked)


def _graver(checked: Checked) -> list[Finding]:
    """The findings that are more than notes: those about the draft first, of these the gravest."""
    order = list(Severity)
    grave = [f for f in checked.reasoned.findings if f.severity is not Severity.INFO]
    return sorted(grave, key=lambda f: (not _names(f, checked.draft.doc), order.index(f.severity)))


def _needing(checked: Checked, grave: Sequence[Finding], sentences: Sentences) -> Iterator[RenderableType]:
    """What needs work: the findings with their figures, then numbers that no such finding names."""
    told = {cited for finding in grave for cited in finding.claims}
    left = [j for j in checked.judged if j.verdict in ATTENTION and Cited.of(j.claim) not in told]
    if grave or left:
        yield _heading("要处理", "Needs work", "bold red")
    entries = [_finding(f, sentences) for f in grave] + [_number(j, sentences) for j in left]
    yield from _apart(entries)


def _finding(finding: Finding, sentences: Sentences) -> RenderableType:
    figures = [cited.quote for cited in finding.claims]
    severity, code = SEVERITIES[finding.severity], CODES[finding.code]
    head = Text.assemble(
        (f"{severity.zh} {severity.en}", _SEVERITY_STYLES[finding.severity]), f" · {code.zh} {code.en}"
    )
    below = [said(finding.message, figures)]
    equation = finding.detail.get("equation")
    if equation and line(str(equation)) not in finding.message.zh:
        below.append(
            Text.assemble("算式 sum: ", (line(f"{equation} {finding.detail.get('unit') or ''}"), "bold"))
        )
    below += sentences.lines(finding.claims, _MOST_NAMED)
    if finding.settles.zh:
        below.append(to_do(finding.settles, figures))
    return Group(head, _below(*below))


def _number(judged: Judged, sentences: Sentences) -> RenderableType:
    """One number with its reason and what it was held against."""
    own = Cited.of(judged.claim)
    face = FACES[judged.verdict]
    head = Text.assemble(
        (quotes([own]), "bold"), "  ", (f"{face.word.zh} {face.word.en}", STYLES[judged.verdict])
    )
    below = []
    if (around := sentences.around([own])) is not None:
        below.append(around)
    decisive = [
        f for f in judged.findings if judged.verdict is Verdict.DEFINITION and f.code is Code.NOT_COMPARABLE
    ]
    below += [said(f.message, [c.quote for c in f.claims]) for f in decisive] or [
        said(judged.why, [own.quote])
    ]
    below += sentences.lines(judged.opposing, _MOST_HELD, "✗ ", "red")
    below += sentences.lines(judged.supporting, _MOST_HELD, "✓ ", "green")
    below.append(to_do(Message(face.todo.zh, face.todo.en)))
    return Group(head, _below(*below))


def _weighed(checked: Checked, sentences: Sentences) -> Iterator[RenderableType]:
    """What its writer has to weigh."""
    for verdict in _WEIGH:
        found = [j for j in checked.judged if j.verdict is verdict]
        if found:
            yield _heading(FACES[verdict].word.zh, FACES[verdict].word.en, STYLES[verdict], len(found))
        yield from _apart([_number(j, sentences) for j in found])


def _bare(checked: Checked, sentences: Sentences) -> Iterator[RenderableType]:
    """The numbers without source: the reason once, then each sentence once."""
    bare = [Cited.of(j.claim) for j in checked.judged if j.verdict is Verdict.NO_SOURCE]
    if not bare:
        return
    word = FACES[Verdict.NO_SOURCE].word
    yield _heading(word.zh, word.en, "bold", len(bare))
    for finding in checked.reasoned.findings:
        if _of_sources(finding, Code.UNVERIFIABLE):
            yield _below(said(finding.message), to_do(finding.settles))
    lines = []
    for ones in sentences.together(bare):
        around = sentences.around(ones)
        lines.append(
            Text.assemble("· ", (quotes(ones), "bold"), "" if around is None else "：", around or "")
        )
    yield _below(*lines)


def _backed(checked: Checked, sentences: Sentences) -> Iterator[RenderableType]:
    """The numbers that other material tells too, a line each."""
    backed = [j for j in checked.judged if j.verdict in _BACKED]
    if not backed:
        return
    yield _heading("有据", "backed", "bold green", len(backed))
    yield _below(*(_backing(judged) for judged in backed))


def _backing(judged: Judged) -> Text:
    own = line(judged.claim.quote)
    docs = list(dict.fromkeys(clean(c.doc) for c in judged.supporting))
    whose = "、".join(docs[:2]) + (f" 等 {len(docs)} 份 and {len(docs) - 2} more" if len(docs) > 2 else "")
    if judged.verdict is Verdict.ROUNDED and judged.supporting:
        whose += f"：{line(judged.supporting[0].quote)}（取整后相符 agrees when rounded）"
    return Text.assemble(("✓ ", "green"), (own, "bold"), f" ← {whose}")


def _notes(checked: Checked) -> Iterator[RenderableType]:
    """What is only to be known, and not told above."""
    told = {Cited.of(j.claim) for j in checked.judged if j.verdict is Verdict.DEFINITION}
    notes = [
        f
        for f in checked.reasoned.findings
        if f.severity is Severity.INFO
        and not _of_sources(f, Code.ADDS_UP)
        and not _of_sources(f, Code.UNVERIFIABLE)
        and not (f.code is Code.NOT_COMPARABLE and told.intersection(f.claims))
    ]
    if notes:
        yield _heading("另请知悉", "For information", "bold cyan", len(notes))
    for finding in notes:
        figures = [cited.quote for cited in finding.claims]
        code = CODES[finding.code]
        parts = [
            Text.assemble((f"{code.zh} {code.en}", "cyan"), "：").append_text(said(finding.message, figures))
        ]
        if finding.code in _TO_DO and finding.settles.zh:
            parts.append(to_do(finding.settles, figures))
        yield _below(*parts)


def _of_sources(finding: Finding, code: Code) -> bool:
    """Whether a finding says of many numbers at once what their verdicts say too."""
    return finding.code is code and finding.detail.get("check") == "sources"


def _names(finding: Finding, doc: str) -> bool:
    return any(cited.doc == doc for cited in finding.claims)


def _apart(entries: Sequence[RenderableType]) -> Iterator[RenderableType]:
    """The entries with an empty line between them."""
    for number, entry in enumerate(entries):
        if number:
            yield ""
        yield entry


def _heading(zh: str, en: str, style: str, number: int | None = None) -> Text:
    return Text(f"\n{zh} {en}" + ("" if number is None else f" · {number:,}"), style=style)


def _below(*lines: Text) -> RenderableType:
    return Padding(Group(*(Folded(text, _HANGING) for text in lines)), (0, 0, 0, 2), expand=False)
