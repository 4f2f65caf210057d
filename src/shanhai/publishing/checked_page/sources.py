"""The sentences behind a result: each cited figure with what stands around it, who reported it, and when."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from shanhai.model import Cited, Claim, Span
from shanhai.publishing.checked_page.words import plain
from shanhai.publishing.page.escaping import escape
from shanhai.publishing.page.excerpts import after, before
from shanhai.publishing.page.masking import masked, private_spans
from shanhai.publishing.page.words import Word, both
from shanhai.reasoning.checked import Checked
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.register import Kept

_MOST = 6
"""Sentences that one list shows; a figure that a thousand reports repeat is told by the first few and a count."""

SENTENCES = Word("原句", "sentences")
_REPORTED = Word("据", "reported by")
_ON = Word("日期", "on")
_IN = Word("文件", "in")
_NOBODY = Word("发布者未说明", "publisher not stated")
_NO_DATE = Word("日期未说明", "date not stated")
_HERE = Word("本稿", "this draft")
_NO_TEXT = Word("原文不在手，只有数字。", "The text is not at hand, only the figure.")


class Sources:
    """Finds the sentence of each cited figure."""

    def __init__(
        self,
        checked: Checked,
        address: Callable[[Cited], str] | None = None,
        record: Callable[[Kept], str] | None = None,
    ) -> None:
        """``address`` and ``record`` say where a cited figure's sentence and a record are opened, "" where nowhere."""
        self._address = address
        self.record = record
        self._draft = checked.draft.doc
        self._evidence = {**checked.evidence, self._draft: checked.draft}
        self._claims: dict[str, dict[tuple[int, int], Claim]] = {}
        self._numbers = {
            (c.start, c.end): n
            for n, c in enumerate(sorted(checked.draft.claims, key=lambda c: (c.start, c.end)), 1)
        }

    def number(self, cited: Cited) -> int | None:
        """The number in the page of a figure of the draft; None for all others."""
        return self._numbers.get((cited.start, cited.end)) if cited.doc == self._draft else None

    def list_of(self, cited: Sequence[Cited], side: str) -> str:
        """Cited figures, each in its sentence; ``side`` (for, against, with) says how they are coloured."""
        items = "".join(self._item(one, side) for one in cited[:_MOST])
        more = len(cited) - _MOST
        rest = Word(f"还有 {more:,} 处", f"and {more:,} more")
        return f'<ul class="told">{items}</ul>' + (f'<p class="rest">{both(rest)}</p>' if more > 0 else "")

    def folded(self, cited: Sequence[Cited]) -> str:
        """The same as a fold that a reader opens; "" where nothing is cited."""
        if not cited:
            return ""
        return (
            f'<details class="evidence"><summary>{both(SENTENCES)} <b>{len(cited):,}</b></summary>'
            f"{self.list_of(cited, 'with')}</details>\n"
        )

    def links(self, cited: Iterable[Cited]) -> str:
        """Figures of the draft as links to where they stand."""
        found = sorted({(n, c.quote) for c in cited if (n := self.number(c)) is not None})
        return " ".join(
            f'<a class="figure" href="#text-{n}" data-n="{n}"><bdi>{escape(quote)}</bdi></a>'
            for n, quote in found
        )

    def _item(self, cited: Cited, side: str) -> str:
        return f'<li><blockquote class="{side}">{self._sentence(cited)}</blockquote>{self._by(cited)}</li>'

    def _sentence(self, cited: Cited) -> str:
        evidence = self._evidence.get(cited.doc)
        if evidence is None or evidence.report is None:
            return f'<mark class="c said">{escape(cited.quote)}</mark> <span class="soft">{both(_NO_TEXT)}</span>'
        text, quote = self._around(evidence, cited)
        text = masked(text, private_spans(text, [quote]))
        whole = Span(0, len(text))
        return (
            f"{escape(before(text, whole, quote))}"
            f'<mark class="c said">{escape(text[quote.start : quote.end])}</mark>{escape(after(text, whole, quote))}'
        )

    def _around(self, evidence: Evidence, cited: Cited) -> tuple[str, Span]:
        """The sentence around a cited stretch, and where in it the stretch lies."""
        assert evidence.report is not None
        written, quote = evidence.report.text, evidence.mended(Span(cited.start, cited.end))
        claim = self._claim(evidence, cited)
        if claim is not None:
            span, text = evidence.mended(claim.sentence), evidence.sentence_of(claim)
        else:
            span = _sentence_at(evidence.report.sentences, quote)
            text = written[span.start : span.end].strip()
        raw = written[span.start : span.end]
        begin = span.start + len(raw) - len(raw.lstrip())
        start = min(max(quote.start - begin, 0), len(text))
        return text, Span(start, min(max(quote.end - begin, start), len(text)))

    def _claim(self, evidence: Evidence, cited: Cited) -> Claim | None:
        if evidence.doc not in self._claims:
            self._claims[evidence.doc] = {(c.start, c.end): c for c in evidence.claims}
        return self._claims[evidence.doc].get((cited.start, cited.end))

    def _by(self, cited: Cited) -> str:
        if cited.doc == self._draft:
            number = self.number(cited)
            here = both(_HERE)
            link = f'<a href="#text-{number}" data-n="{number}">{here}</a>' if number else here
            return f'<p class="by">{link}</p>'
        evidence = self._evidence.get(cited.doc)
        publisher = evidence.publisher if evidence else None
        date = evidence.date if evidence else None
        who = f"{both(_REPORTED)} <b>{plain(publisher)}</b>" if publisher else both(_NOBODY)
        when = f"{both(_ON)} <b>{date.isoformat()}</b>" if date else both(_NO_DATE)
        doc = f"<bdi><b>{plain(cited.doc)}</b></bdi>"
        if self._address and (address := self._address(cited)):
            doc = f'<a class="to-room" href="{escape(address)}">{doc}</a>'
        return f'<p class="by"><span>{who}</span> <span>{when}</span> <span>{both(_IN)} {doc}</span></p>'


def _sentence_at(sentences: Sequence[Span], quote: Span) -> Span:
    i = bisect_right(sentences, quote.start, key=lambda s: s.start) - 1
    return sentences[i] if i >= 0 and sentences[i].end >= quote.end else quote
