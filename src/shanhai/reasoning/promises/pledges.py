"""Pledges: the figures and dates of one report that are told as yet to come, with their due dates."""

import datetime
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

import msgspec

from shanhai.catalogue.promises import load_promises
from shanhai.catalogue.status import load_status
from shanhai.model import CONTENT, Cited, Claim, Role, Span, Status
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.promises.due import Phrase, ends, phrases

_PART = re.compile(r"[；;。！？\n]")
_CLAUSE = re.compile(r"，|(?<!\d),|,(?!\d)|：|(?<!\d):")
_LEAST_WORDS = 5
"""A clause with fewer characters before its date or figure does not say what is promised; the one before it does."""
_LONGEST = 80
_REACH = 300
_CUE = 8
_PARTS_FOLLOW = "其中"
_NO_RESULT = (None, "planned", "agreed")
_RESULTS = 3
"""A report without a date that tells so many figures of a time as done tells its results."""


class Pledge(msgspec.Struct, frozen=True):
    """One promise of a report, before anything later is held against it.

    Attributes:
        doc: the report.
        cited: the figure, or the date where no figure is promised.
        what: the words that say what is promised.
        due: ISO date, month or year; None where no date is given.
        claim: the figure; None for a date alone.
        at: where the date or figure stands in ``what``.
        deadline: whether the date is told as one by which it is to come about.
        dated: of a figure, the clause of the date that it is due by; "" where no date is told for it.
        dated_at: where the date stands in ``dated``.
    """

    doc: str
    cited: Cited
    what: str
    due: str | None
    claim: Claim | None
    at: int
    deadline: bool = False
    dated: str = ""
    dated_at: int = 0


class _Part(msgspec.Struct):
    """A sentence up to a semicolon: its clauses, the dates told in it, and its expected figures."""

    clauses: list[Span]
    phrases: list[Phrase]
    figures: list[tuple[Span, Claim]]

    def clause_at(self, at: int) -> int:
        """The number of the clause that holds a position."""
        return max(0, bisect_right(self.clauses, at, key=lambda c: c.start) - 1)

    def told(self, start: int, end: int) -> list[Phrase]:
        """The dates that begin in a stretch."""
        first = bisect_left(self.phrases, start, key=lambda p: p.start)
        return self.phrases[first : bisect_left(self.phrases, end, key=lambda p: p.start)]

    def counts(self, span: Span) -> bool:
        """Whether an expected figure begins in a stretch."""
        first = bisect_left(self.figures, span.start, key=lambda f: f[0].start)
        return first < len(self.figures) and self.figures[first][0].start < span.end

    def reach(self, at: int) -> int:
        """How far back words speak for what stands at a position."""
        return max(self.clauses[0].start, at - _REACH)


def pledges_of(evidence: Evidence) -> Iterator[Pledge]:
    """The promises of one report, in text order.

    Figures that are background (两省市) and those told before in the same report are no promises of their own.
    """
    expected = [
        c for c in evidence.claims if c.status is Status.EXPECTED and not c.minor and c.repeats is None
    ]
    if evidence.report is None:
        for claim in expected:
            yield Pledge(evidence.doc, Cited.of(claim), claim.measure or claim.quote, None, claim, 0)
        return
    yield from _Reader(evidence, expected).read()


class _Reader:
    """Reads one report."""

    def __init__(self, evidence: Evidence, expected: list[Claim]) -> None:
        report = evidence.report
        assert report is not None
        self.report, self.text, self.told = report, report.text, evidence.date
        self.words = load_promises()
        placed = [(evidence.mended(Span(c.start, c.end)), c) for c in expected]
        self.figures = sorted(placed, key=lambda f: f[0])
        self.starts = [f[0].start for f in self.figures]
        done = [c for c in evidence.claims if c.status is Status.DONE and not c.minor]
        self.done_in = {c.sentence for c in done if c.definition.stage not in _NO_RESULT}
        self.done_of = Counter(c.period for c in done)
        title = report.title or ""
        self.plan = bool(load_status().document.search(title))

    def read(self) -> Iterator[Pledge]:
        """All promises, in text order."""
        sentences = iter(self.report.sentences)
        sentence = next(sentences, None)
        for passage in self.report.passages:
            while sentence and sentence.start < passage.end:
                if passage.role in CONTENT:
                    yield from self._row(sentence) if passage.role is Role.TABLE else self._sentence(sentence)
                sentence = next(sentences, None)

    def _row(self, row: Span) -> Iterator[Pledge]:
        """The promises of a table's row.

        A row without a date to come that only its table's head tells as planned is no promise by itself: the table tells
        the plan that results are held against.
        """
        cues = load_status().cue.finditer(self.text, row.start, row.end)
        said = self.plan or any(m["sentence"] or m["paragraph"] for m in cues)
        for span, claim in self._within(row):
            due = self._period(claim, row)
            if due is not None or said:
                yield self._pledge(row, span, due, claim)

    def _within(self, span: Span) -> list[tuple[Span, Claim]]:
        return self.figures[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def _sentence(self, sentence: Span) -> Iterator[Pledge]:
        figures = self._within(sentence)
        if not figures and not self.words.hint.search(self.text, sentence.start, sentence.end):
            return
        dates = list(phrases(self.text, sentence.start, sentence.end, self.told))
        if not figures and not dates:
            return
        for span in _split(self.text, sentence, _PART):
            part = _Part(
                _split(self.text, span, _CLAUSE),
                [p for p in dates if span.start <= p.start < span.end],
                [f for f in figures if span.start <= f[0].start < span.end],
            )
            found = [*self._figures(part, sentence), *self._dates(part)]
            yield from sorted(found, key=lambda p: p.cited.start)

    def _figures(self, part: _Part, sentence: Span) -> Iterator[Pledge]:
        for span, claim in part.figures:
            if self._told_as_done(part, span) or self._part_of_promised(span, claim, sentence):
                continue
            phrase = self._date_of(part, span)
            due = phrase.due if phrase else None
            if phrase is None and not self._conditional(part, span):
                due = self._period(claim, sentence)
            if due is None and self._told_plan(part, span, claim):
                continue
            pledge = self._pledge(part, span, due, claim, bool(phrase and phrase.deadline))
            yield self._dated(pledge, part, phrase) if phrase else pledge

    def _dated(self, pledge: Pledge, part: _Part, phrase: Phrase) -> Pledge:
        """The pledge with the clause that tells its date, which names what is to be finished by then."""
        clause = part.clauses[part.clause_at(phrase.start)]
        return msgspec.structs.replace(
            pledge, dated=self.text[clause.start : clause.end], dated_at=phrase.start - clause.start
        )

    def _part_of_promised(self, figure: Span, claim: Claim, sentence: Span) -> bool:
        """Whether the figure is one of the parts, behind 其中, of a figure that the sentence promises."""
        reach = max(sentence.start, figure.start - _REACH)
        cut = self.text.rfind(_PARTS_FOLLOW, reach, figure.start)
        if cut < 0 or self.words.hedge.search(self.text, cut, figure.start):
            return False
        return any(
            total.unit == claim.unit
            and total.value is not None
            and claim.value is not None
            and total.value >= claim.value
            for _, total in self._within(Span(reach, cut))
        )

    def _told_plan(self, part: _Part, figure: Span, claim: Claim) -> bool:
        """Whether the figure is the plan that results are held against, told with them or of a time gone by."""
        own = part.clauses[part.clause_at(figure.start)]
        if not self.words.told_plan.search(self.text, own.start, figure.start):
            return False
        if claim.sentence in self.done_in:
            return True
        if claim.period is None:
            return False
        if self.told is not None:
            return ends(claim.period.rsplit("/", 1)[-1]) <= self.told
        return not self.plan and self.done_of[claim.period] >= _RESULTS

    def _told_as_done(self, part: _Part, figure: Span) -> bool:
        """Whether the figure's own clause says that it has come about (已完成投资1.4亿元，务必…)."""
        own = part.clauses[part.clause_at(figure.start)]
        done = [m.end() for m in self.words.done.finditer(self.text, own.start, figure.start)]
        return bool(done) and not self.words.hedge.search(self.text, done[-1], figure.start)

    def _conditional(self, part: _Part, figure: Span) -> bool:
        """Whether the figure stands behind a condition (投产后) or tells an old plan (原定)."""
        start = part.reach(figure.start)
        return bool(
            self.words.condition.search(self.text, start, figure.start)
            or self.words.past.search(self.text, start, figure.end)
        )

    def _date_of(self, part: _Part, figure: Span) -> Phrase | None:
        """The date told for a figure: the last before it, back to a condition; else one behind it in its clause."""
        reach = part.reach(figure.start)
        if self.words.past.search(self.text, reach, figure.end):
            return None
        at = part.clause_at(figure.start)
        for i in range(at, part.clause_at(reach) - 1, -1):
            clause = part.clauses[i]
            end = min(clause.end, figure.start)
            if self.words.then.search(self.text, clause.start, end):
                return self._last(part, reach, end)
            condition = self.words.condition.search(self.text, clause.start, end)
            if condition:
                return self._of_condition(part, reach, condition)
            found = self._last(part, clause.start, end)
            if found is None and i == at:
                found = self._first(part, figure.start, clause.end)
            if found is not None:
                return found
        return None

    def _of_condition(self, part: _Part, reach: int, condition: re.Match[str]) -> Phrase | None:
        """The date told before a condition for just what the condition asks (2025年6月投产，投产后)."""
        phrase = self._last(part, reach, condition.start())
        act = self.words.act.match(self.text, condition.start())
        if phrase is None or act is None:
            return None
        clause = part.clauses[part.clause_at(phrase.start)]
        dated = self.words.act.search(self.text, phrase.end, clause.end)
        return phrase if dated and dated[0] == act[0] and clause.end <= condition.start() else None

    def _last(self, part: _Part, start: int, end: int) -> Phrase | None:
        return next((p for p in reversed(part.told(start, end)) if self._comes(p)), None)

    def _first(self, part: _Part, start: int, end: int) -> Phrase | None:
        return next((p for p in part.told(start, end) if self._comes(p)), None)

    def _comes(self, phrase: Phrase) -> bool:
        """Whether a date lies after the report, or may: a year told in a report without a date."""
        if phrase.due is None:
            return False
        return self.told is None or ends(phrase.due) > self.told

    def _period(self, claim: Claim, sentence: Span) -> str | None:
        """The figure's own period where it ends after the report; without a date only one that is surely its own."""
        if claim.period is None:
            return None
        due = claim.period.rsplit("/", 1)[-1]
        if self.told is not None:
            return due if ends(due) > self.told else None
        own = self.plan or due[:4] in self.text[sentence.start : sentence.end]
        return due if own and "/" not in claim.period else None

    def _dates(self, part: _Part) -> Iterator[Pledge]:
        """The dates to come in clauses that promise no figure."""
        for phrase in part.phrases:
            at = part.clause_at(phrase.start)
            clause = part.clauses[at]
            if part.counts(clause):
                continue
            alone = phrase.end == clause.end
            after = part.clauses[at + 1] if alone and at + 1 < len(part.clauses) else None
            if after and part.counts(Span(after.start, part.clauses[-1].end)):
                continue
            if self._promised(phrase, clause, after):
                span = Span(clause.start, after.end if after else clause.end)
                old = self.words.past.search(self.text, part.reach(phrase.start), phrase.end)
                due = None if old or not self._comes(phrase) else phrase.due
                yield self._pledge(part, Span(phrase.start, phrase.end), due, None, True, span)

    def _promised(self, phrase: Phrase, clause: Span, after: Span | None) -> bool:
        """Whether a date is told as one to come: by the words right beside it, or as a deadline ahead."""
        words, text = self.words, self.text
        if phrase.due is not None and not self._comes(phrase):
            return False
        last = after.end if after else clause.end
        if words.done.search(text, clause.start, last) or text[last - 1] == "了":
            return False
        if words.title.search(text, clause.start, last):
            return False
        start = max(clause.start, phrase.start - _CUE)
        if words.before.search(text, start, phrase.start) or words.behind.match(text, phrase.end, last):
            return True
        if after and words.hedge.search(text, after.start, after.end):
            return phrase.deadline
        return phrase.deadline and text[phrase.end - 1] == "前" and (phrase.due is not None or not self.told)

    def _pledge(
        self,
        part: _Part | Span,
        cited: Span,
        due: str | None,
        claim: Claim | None,
        deadline: bool = False,
        around: Span | None = None,
    ) -> Pledge:
        start, end = self._words(part, cited, around)
        quote = self.report.map.to_source_span(cited.start, cited.end)
        source = Cited(
            self.report.doc, quote.start, quote.end, self.report.source_text[quote.start : quote.end]
        )
        what = self.text[start:end].replace("\n", "")
        named = Cited.of(claim) if claim else source
        return Pledge(self.report.doc, named, what.strip(), due, claim, cited.start - start, deadline)

    def _words(self, part: _Part | Span, cited: Span, around: Span | None) -> tuple[int, int]:
        """The clause that says what is promised, with those before it where it says too little."""
        if isinstance(part, Span):
            return part.start, min(part.end, part.start + _LONGEST)
        at = part.clause_at(cited.start)
        start, end = part.clauses[at].start, around.end if around else part.clauses[at].end
        while at > 0 and cited.start - start < _LEAST_WORDS + 2 and end - start < _LONGEST:
            at -= 1
            start = part.clauses[at].start
        return start, min(end, start + 2 * _LONGEST)


def _split(text: str, span: Span, sign: re.Pattern[str]) -> list[Span]:
    """The stretches between signs that hold anything."""
    found = []
    start = span.start
    for m in sign.finditer(text, span.start, span.end):
        if m.start() > start:
            found.append(Span(start, m.start()))
        start = m.end()
    if span.end > start:
        found.append(Span(start, span.end))
    return found


def later(one: datetime.date | None, other: datetime.date | None, *, given_later: bool) -> bool:
    """Whether ``one`` was published after ``other``: by their dates, else by the order in which they were given."""
    if one is None or other is None or one == other:
        return given_later
    return one > other
