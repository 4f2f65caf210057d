"""The sentence behind a cited figure as one line of plain text, with who reported it and when."""

from collections.abc import Iterator, Sequence
from typing import Final

from shanhai.model import Cited, Claim, Span
from shanhai.publishing.commented_docx.words import HERE, NO_DATE, NO_TEXT, NOBODY, ON, REPORTED, both, more
from shanhai.publishing.page.excerpts import after, before
from shanhai.publishing.page.masking import without_private
from shanhai.publishing.page.words import Word
from shanhai.reasoning.checked import Checked
from shanhai.reasoning.evidence import Evidence

_MOST: Final = 4
"""Sentences that a comment shows of one sort; a figure that a thousand reports repeat is told by a few and a count."""


class Sources:
    """Finds the sentences of cited figures."""

    def __init__(self, checked: Checked) -> None:
        self._draft = checked.draft.doc
        self._evidence = {**checked.evidence, self._draft: checked.draft}
        self._claims: dict[str, dict[tuple[int, int], Claim]] = {}

    def lines(self, cited: Sequence[Cited], label: Word) -> Iterator[str]:
        """A line for each of the first few of ``cited``: label, who reported it, when, and the sentence."""
        for one in cited[:_MOST]:
            yield f"{both(label)} · {self._by(one)}：{self.sentence(one)}"
        if len(cited) > _MOST:
            yield f"{both(label)} · {more(len(cited) - _MOST)}"

    def sentence(self, cited: Cited) -> str:
        """The sentence around a figure in quotation marks, private numbers masked, far ends cut off."""
        evidence = self._evidence.get(cited.doc)
        claim = self._claim(evidence, cited) if evidence else None
        if evidence is None or evidence.report is None or claim is None:
            return f"“{cited.quote}”（{both(NO_TEXT)}）"
        text = evidence.report.text
        quote = evidence.mended(Span(cited.start, cited.end))
        around = evidence.mended(claim.sentence)
        told = text[quote.start : quote.end]
        said = f"{before(text, around, quote)}{told}{after(text, around, quote)}".replace("\t", " | ")
        return f"“{without_private(' '.join(said.split()), (told,))}”"

    def _claim(self, evidence: Evidence, cited: Cited) -> Claim | None:
        if evidence.doc not in self._claims:
            self._claims[evidence.doc] = {(one.start, one.end): one for one in evidence.claims}
        return self._claims[evidence.doc].get((cited.start, cited.end))

    def _by(self, cited: Cited) -> str:
        if cited.doc == self._draft:
            return both(HERE)
        evidence = self._evidence.get(cited.doc)
        publisher = evidence.publisher if evidence else None
        date = evidence.date if evidence else None
        who = f"{both(REPORTED)} {without_private(publisher)}" if publisher else both(NOBODY)
        when = f"{both(ON)} {date.isoformat()}" if date else both(NO_DATE)
        return f"{who}，{when}，《{without_private(cited.doc)}》"
