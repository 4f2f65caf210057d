"""From the numbers of a checked draft to comments and the page at its end."""

from collections import Counter
from collections.abc import Iterator, Sequence

from shanhai.model import Cited, Finding, Message, Verdict
from shanhai.publishing.checked_page.verdicts import FACES
from shanhai.publishing.commented_docx import words
from shanhai.publishing.commented_docx.blocks import Block, Table, Text, Title
from shanhai.publishing.commented_docx.comments import Note
from shanhai.publishing.commented_docx.sources import Sources
from shanhai.publishing.commented_docx.words import both
from shanhai.publishing.page.figures import with_unit
from shanhai.publishing.page.masking import without_private
from shanhai.reasoning.checked import Checked, Judged


def noted(checked: Checked) -> list[Judged]:
    """The numbers that need a comment, in text order."""
    return [judged for judged in checked.judged if FACES[judged.verdict].noted]


def notes(checked: Checked) -> list[Note]:
    """A comment for each number that needs one."""
    sources = Sources(checked)
    return [
        Note(judged.claim.start, judged.claim.end, tuple(_paragraphs(judged, sources)))
        for judged in noted(checked)
    ]


def summary(checked: Checked) -> Iterator[Block]:
    """The page at the end: what it is, how many numbers of each verdict, those that need work."""
    yield Title(both(words.TITLE))
    yield from map(Text, (*words.ADDED, *words.ATTRIBUTED))
    yield Text(both(words.COUNTS), bold=True)
    counts = Counter(judged.verdict for judged in checked.judged)
    rows = [(both(FACES[verdict].word), f"{counts[verdict]:,}") for verdict in Verdict if counts[verdict]]
    head = (both(words.VERDICT), both(words.NUMBERS))
    yield Table((60, 40), (head, *rows, (both(words.ALL), f"{len(checked.judged):,}")))
    yield from _list(checked)


def _list(checked: Checked) -> Iterator[Block]:
    yield Text(both(words.LIST), bold=True)
    found = noted(checked)
    if not found:
        yield Text(both(words.NOTHING))
        return
    sources = Sources(checked)
    head = tuple(map(both, (words.ORDER, words.QUOTE, words.VERDICT, words.TODO)))
    rows = (
        (
            f"{number:,}",
            f"{judged.claim.quote}\n{sources.sentence(Cited.of(judged.claim))}",
            f"{FACES[judged.verdict].word.zh}\n{FACES[judged.verdict].word.en}",
            "\n".join(_said(_to_do(judged)[0], judged)),
        )
        for number, judged in enumerate(found, 1)
    )
    yield Table((8, 40, 17, 35), (head, *rows))


def _paragraphs(judged: Judged, sources: Sources) -> Iterator[str]:
    yield both(FACES[judged.verdict].word)
    for told in _unique([judged.why, *(finding.message for finding in judged.findings)]):
        yield from _said(told, judged)
    for line in dict.fromkeys(map(_sum, judged.findings)):
        if line:
            yield f"{both(words.SUM)}：{line}"
    yield from sources.lines(judged.opposing, words.AGAINST)
    yield from sources.lines(judged.supporting, words.FOR)
    yield from sources.lines(_others(judged), words.TOGETHER)
    for settles in _to_do(judged):
        chinese, *english = _said(settles, judged)
        yield f"{words.SETTLES.zh}：{chinese}"
        yield from (f"{words.SETTLES.en}: {line}" for line in english)


def _said(message: Message, judged: Judged) -> list[str]:
    """A message's lines, the Chinese first; private numbers are masked, figures that are claims are none."""
    figures = {judged.claim.quote, *(one.quote for one in _cited(judged))}
    return [without_private(text, sorted(figures)) for text in (message.zh, message.en) if text]


def _sum(finding: Finding) -> str:
    """The arithmetic of a finding as one line; "" where it has none."""
    line = " ".join(str(finding.detail.get("equation") or "").split())
    unit = str(finding.detail.get("unit") or "")
    return line if not line or line.endswith(unit) else with_unit(line, unit)


def _to_do(judged: Judged) -> list[Message]:
    """What would settle it as the findings say; what the verdict asks for where they do not."""
    todo = FACES[judged.verdict].todo
    return _unique(f.settles for f in judged.findings if f.settles.zh) or [Message(todo.zh, todo.en)]


def _cited(judged: Judged) -> Iterator[Cited]:
    yield from (*judged.opposing, *judged.supporting)
    for finding in judged.findings:
        yield from finding.claims


def _others(judged: Judged) -> Sequence[Cited]:
    """What the findings name and neither supports nor opposes the number."""
    told = {*judged.opposing, *judged.supporting, Cited.of(judged.claim)}
    return [one for one in dict.fromkeys(_cited(judged)) if one not in told]


def _unique(messages: "Iterator[Message] | Sequence[Message]") -> list[Message]:
    return list(dict.fromkeys(messages))
