"""Figures in their sentences, and messages, as lines for a terminal."""

import re
from collections.abc import Iterator, Sequence

from rich.text import Text

from shanhai.model import Cited, Message, Span
from shanhai.publishing.page.masking import masked, private_spans, without_private
from shanhai.reasoning.checked import Checked
from shanhai.reasoning.evidence import Evidence

HERE = "本稿 this draft"
_WINDOW = 24
"""Characters of the sentence on each side of a figure."""
_LONGEST = 120
"""Characters of a sentence with several figures that are shown."""
_IN_WORD = re.compile(r"[0-9A-Za-z.,%]{2}")
_SPACE = re.compile(r"\s+")


class Sentences:
    """The sentences that figures stand in, of the draft and of its evidence."""

    def __init__(self, checked: Checked) -> None:
        self._evidence = checked.evidence
        self._draft = checked.draft.doc
        self._of: dict[str, dict[tuple[int, int], Span]] = {}

    def together(self, cited: Sequence[Cited]) -> list[tuple[Cited, ...]]:
        """The figures, those of one sentence put together, in the order of the first of each."""
        found: dict[tuple[str, Span], list[Cited]] = {}
        for one in dict.fromkeys(cited):
            found.setdefault((one.doc, self._sentence(one)), []).append(one)
        return [tuple(sorted(ones)) for ones in found.values()]

    def lines(self, cited: Sequence[Cited], most: int, sign: str = "· ", style: str = "") -> Iterator[Text]:
        """A line for each sentence: its figures, whose they are unless all are the draft's, and what stands around."""
        together = self.together(cited)
        others = any(one.doc != self._draft for one in cited)
        for ones in together[:most]:
            whose = HERE if ones[0].doc == self._draft else clean(ones[0].doc)
            told = Text.assemble((sign, style), (quotes(ones), "bold"), f"（{whose}）" if others else "")
            around = self.around(ones)
            yield told if around is None else Text.assemble(told, "：", around)
        if more := sum(map(len, together[most:])):
            yield Text(f"… 还有 {more:,} 处 and {more:,} more", style="dim")

    def around(self, ones: Sequence[Cited]) -> Text | None:
        """What stands around the figures of one sentence; None where the report is not at hand."""
        evidence = self._evidence.get(ones[0].doc)
        if evidence is None or evidence.report is None:
            return None
        sentence = evidence.mended(self._sentence(ones[0]))
        figures = [evidence.mended(Span(one.start, one.end)) for one in ones]
        figures = [Span(f.start - sentence.start, f.end - sentence.start) for f in figures]
        text = evidence.report.text[sentence.start : sentence.end]
        text = masked(text, private_spans(text, figures))
        begin = max(0, figures[0].start - _WINDOW)
        end = min(len(text), figures[-1].end + _WINDOW, max(begin + _LONGEST, figures[0].end + _WINDOW))
        begin, end = _whole(text, begin, end)
        shown = Text("…" if text[:begin].strip() else "")
        at = begin
        for figure in (f for f in figures if f.end <= end):
            shown.append(_run(text[at : figure.start])).append(_run(text[figure.start : figure.end]), "bold")
            at = figure.end
        shown.append(_run(text[at:end])).append("…" if text[end:].strip() else "")
        shown.rstrip()
        return shown

    def _sentence(self, one: Cited) -> Span:
        """The sentence around a figure; around a date that is no figure, its line."""
        evidence = self._evidence.get(one.doc)
        if evidence is None:
            return Span(one.start, one.end)
        known = self._of.get(one.doc)
        if known is None:
            known = self._of[one.doc] = {(c.start, c.end): c.sentence for c in evidence.claims}
        return known.get((one.start, one.end)) or _line_around(one, evidence)


def _whole(text: str, begin: int, end: int) -> tuple[int, int]:
    """A stretch that does not cut a figure or a word in Latin letters: 026年 would be read as a year."""
    while begin > 0 and _IN_WORD.fullmatch(text[begin - 1 : begin + 1]):
        begin -= 1
    while end < len(text) and _IN_WORD.fullmatch(text[end - 1 : end + 1]):
        end += 1
    return begin, end


def _line_around(one: Cited, evidence: Evidence) -> Span:
    if evidence.report is None:
        return Span(one.start, one.end)
    text = evidence.report.source_text
    end = text.find("\n", one.end)
    return Span(text.rfind("\n", 0, one.start) + 1, len(text) if end < 0 else end)


def quotes(ones: Sequence[Cited]) -> str:
    """The figures as they are written, each once."""
    return "、".join(dict.fromkeys(line(one.quote) for one in ones))


def said(message: Message, figures: Sequence[str] = ()) -> Text:
    """A message, the English below the Chinese."""
    told = Text(clean(message.zh, figures))
    return told.append(f"\n{clean(message.en, figures)}", style="dim") if message.en else told


def to_do(message: Message, figures: Sequence[str] = ()) -> Text:
    """What is to be done, marked with an arrow."""
    told = said(message, figures)
    return Text("→ ").append_text(Text("\n  ").join(told.split("\n")))


def clean(text: str, figures: Sequence[str] = ()) -> str:
    """Text from outside for a terminal, identity and telephone numbers masked but for what stands in ``figures``."""
    return without_private(line(text), figures)


def line(text: str) -> str:
    """The text in one line, without control characters, which a terminal would obey."""
    return _run(text).strip()


def _run(text: str) -> str:
    """A stretch of text in one line; cells of a table have a bar between them."""
    spaced = _SPACE.sub(" ", text.replace("\t", " | "))
    return "".join(c for c in spaced if c.isprintable())
