"""From the numbers of a checked draft to comments and the page at its end."""

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from shanhai.model import Cited, Code, Finding, Message, Verdict
from shanhai.publishing.checked_page.told import Told
from shanhai.publishing.checked_page.verdicts import FACES
from shanhai.publishing.commented_docx import words
from shanhai.publishing.commented_docx.blocks import Block, Table, Text, Title
from shanhai.publishing.commented_docx.comments import Note
from shanhai.publishing.commented_docx.sources import Sources
from shanhai.publishing.commented_docx.words import both
from shanhai.publishing.page.figures import with_unit
from shanhai.publishing.page.masking import without_private
from shanhai.reasoning.checked import Checked, Judged


def notes(checked: Checked) -> list[Note]:
    """A comment for each number that needs one."""
    sources = Sources(checked)
    return [
        Note(one.claim.start, one.claim.end, tuple(_paragraphs(one, firsts, sources)))
        for one, firsts in _sharing(checked)
    ]


def _sharing(checked: Checked) -> Iterator[tuple[Judged, list[Judged]]]:
    """The numbers that need a comment with the findings that each tells itself, and where the rest is told."""
    told = Told(checked.judged)
    for number, judged in enumerate(checked.judged, 1):
        if FACES[judged.verdict].noted:
            places = [(finding, told.elsewhere(finding, number, judged)) for finding in judged.findings]
            own = tuple(finding for finding, first in places if first is None)
            firsts = dict.fromkeys(first for _, first in places if first is not None)
            yield msgspec.structs.replace(judged, findings=own), [checked.judged[n - 1] for n in firsts]


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
    rows: dict[tuple[int, int], list[Judged]] = {}
    for one, firsts in _sharing(checked):
        if one.verdict is Verdict.ROUNDED:
            continue  # it has its comment, but may stay as it is
        together = firsts[0] if firsts and not one.findings else one
        rows.setdefault((together.claim.start, together.claim.end), []).append(one)
    if not rows:
        yield Text(both(words.NOTHING))
        return
    head = tuple(map(both, (words.ORDER, words.QUOTE, words.VERDICT, words.TODO)))
    sources = Sources(checked)
    told = (_row(number, row, sources) for number, row in enumerate(rows.values(), 1))
    yield Table((8, 40, 17, 35), (head, *told))


def _row(number: int, together: Sequence[Judged], sources: Sources) -> tuple[str, ...]:
    """The figures of one clash, or one figure, with the sentence of the first."""
    first = together[0]
    quotes = "、".join(dict.fromkeys(one.claim.quote for one in together))
    word = FACES[first.verdict].word
    return (
        f"{number:,}",
        f"{quotes}\n{sources.sentence(Cited.of(first.claim))}",
        f"{word.zh}\n{word.en}",
        "\n".join(_said(_to_do(first)[0], first)),
    )


def _paragraphs(judged: Judged, firsts: Sequence[Judged], sources: Sources) -> Iterator[str]:
    yield both(FACES[judged.verdict].word)
    for told in _unique([judged.why, *(finding.message for finding in judged.findings)]):
        yield from _said(told, judged)
    yield from _register(judged)
    for line in dict.fromkeys(map(_sum, judged.findings)):
        if line:
            yield f"{both(words.SUM)}：{line}"
    yield from sources.lines(judged.opposing, words.AGAINST)
    yield from sources.lines(judged.supporting, words.FOR)
    yield from sources.lines(_others(judged), words.TOGETHER)
    for first in firsts:
        quote = first.claim.quote
        yield from (words.SHARED[0].format(quote), words.SHARED[1].format(quote))
    for settles in [] if firsts and not judged.findings else _to_do(judged):
        chinese, *english = _said(settles, judged)
        yield f"{words.SETTLES.zh}：{chinese}"
        yield from (f"{words.SETTLES.en}: {line}" for line in english)


def _register(judged: Judged) -> Iterator[str]:
    """What the register says, where nothing has told it yet, and its records."""
    answer = judged.register
    if answer is None:
        return
    if answer.why not in (judged.why, *(finding.message for finding in judged.findings)):
        yield from (f"{words.REGISTER.zh}：{answer.why.zh}", f"{words.REGISTER.en}: {answer.why.en}")
    if answer.records:
        more = f"（{answer.count:,}）" if answer.count > len(answer.records) else ""
        yield f"{both(words.RECORDS)}：{'、'.join(one.key for one in answer.records)}{more}"


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
    asking = (f for f in judged.findings if f.code is not Code.ADDS_UP and f.settles.zh)
    return _unique(f.settles for f in asking) or [Message(todo.zh, todo.en)]


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
