"""Answers: what later reports say of what earlier ones promised."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, islice, takewhile

import msgspec

from shanhai.catalogue.indicators import Direction, load_indicators
from shanhai.catalogue.promises import load_promises
from shanhai.catalogue.sides import load_sides
from shanhai.catalogue.units import load_units
from shanhai.model import CONTENT, Cited, Claim, Kind, PromiseState, Span, Status
from shanhai.reasoning.case import Case
from shanhai.reasoning.comparing.same import differ, place_core, same_place, span_of, team_of
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.promises.due import ends, phrases
from shanhai.reasoning.promises.pledges import Pledge, later
from shanhai.reasoning.sources.fingerprints import alike, shingles, wordless

_SAME_WORDS = 0.5
_SAME_SENTENCE = 0.6
_SUBJECT = 16
"""So many characters before the date name what is promised; what stands before them describes it."""
_SHARED, _LEAST = 0.5, 4
_HEAD = 3
_HELD = 100
"""So many figures of one place, year and indicator, or things of one name, are held against a promise; more are a table."""
_DIGIT = re.compile(r"\d")
_AROUND = frozenset("前后")
"""Behind an act these make it a time (投入使用后), not news."""


class Answer(msgspec.Struct, frozen=True):
    """What one later report says of a promise.

    Attributes:
        state: kept, contradicted or delayed.
        cited: the figure, date or words that say so.
        due: of a delay, the later date.
    """

    state: PromiseState
    cited: Cited
    due: str | None = None


class _Order:
    """Which report comes after which."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.given = {e.doc: i for i, e in enumerate(case.evidence)}
        self.of = {e.doc: e for e in case.evidence}

    def after(self, doc: str, other: str) -> bool:
        """Whether ``doc`` is another release than ``other``, and a later one."""
        if self.case.original[doc] == self.case.original[other]:
            return False
        return later(self.of[doc].date, self.of[other].date, given_later=self.given[doc] > self.given[other])


class Figures:
    """Answers to promised figures: done figures and later promises of the same indicator, unit and place."""

    def __init__(self, case: Case, pledges: list[Pledge]) -> None:
        self.order = _Order(case)
        self.pledges = pledges
        self.again: dict[object, list[int]] = defaultdict(list)
        keys = set()
        for i, pledge in enumerate(pledges):
            if pledge.claim and (key := _key(pledge.claim)):
                keys.add(key)
                self.again[key, pledge.claim.value, pledge.claim.upper].append(i)
        self.done: dict[object, dict[int, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for evidence in case.evidence:
            for claim in evidence.claims:
                if claim.status is Status.DONE and not claim.minor and (time := span_of(claim.period)):
                    key = _key(claim)
                    if key in keys:
                        self.done[key][time[1].year].append(claim)

    def to(self, i: int) -> list[Answer]:
        """The answers to promise number ``i``."""
        pledge = self.pledges[i]
        assert pledge.claim is not None
        key = _key(pledge.claim)
        if key is None:
            return []
        told = [
            Answer(state, Cited.of(claim))
            for claim in islice(self._told(key, pledge.due), _HELD)
            if self.order.after(claim.doc, pledge.doc) and (state := self._state(pledge, claim))
        ]
        again = (self.pledges[j] for j in self.again[key, pledge.claim.value, pledge.claim.upper][:_HELD])
        return told + [Answer(PromiseState.DELAYED, p.cited, p.due) for p in again if self._delays(pledge, p)]

    def _told(self, key: object, due: str | None) -> Iterator[Claim]:
        """The done figures that may answer: those of the year of the due date, all where there is none."""
        years = self.done.get(key, {})
        return chain.from_iterable(years[y] for y in sorted(years) if due is None or y == int(due[:4]))

    def _state(self, pledge: Pledge, told: Claim) -> PromiseState | None:
        """What a done figure makes of a promised one; None where it says nothing of it."""
        promised = pledge.claim
        assert promised is not None
        if not _same_thing(promised, told):
            return None
        fell_short = _falls_short(promised, told)
        if pledge.due is None:
            return None if fell_short else PromiseState.KEPT
        time = span_of(told.period)
        if time is None or time[1].year != int(pledge.due[:4]):
            return None
        if not fell_short:
            return PromiseState.KEPT
        published = self.order.of[told.doc].date
        whole = time[1] >= ends(pledge.due) and (published is None or published >= ends(pledge.due))
        return PromiseState.CONTRADICTED if whole else None

    def _delays(self, pledge: Pledge, again: Pledge) -> bool:
        """Whether the same figure is promised again as of a later deadline; a yearly aim renewed is no delay."""
        one, other = pledge.claim, again.claim
        assert one is not None
        assert other is not None
        if pledge.due is None or again.due is None or ends(again.due) <= ends(pledge.due):
            return False
        if not self.order.after(again.doc, pledge.doc) or (one.value, one.upper) != (
            other.value,
            other.upper,
        ):
            return False
        return pledge.deadline and again.deadline and _same_thing(one, other)


def _key(claim: Claim) -> tuple[object, ...] | None:
    """Under which claims can be about one thing; None where too little is said."""
    if claim.value is None or claim.indicator is None or not (claim.place or claim.party):
        return None
    if claim.kind is Kind.FROM_TO:
        return None
    unit = load_units().converted(1, claim.unit)[1]
    return claim.indicator, unit, claim.kind, place_core(claim.place)


def _same_thing(one: Claim, other: Claim) -> bool:
    if differ(team_of(one), team_of(other)) or not same_place(one.place, other.place):
        return False
    if one.place is None and (one.party is None or other.party is None):
        return False
    mine, theirs = one.definition, other.definition
    parts = ((mine.counted, theirs.counted), (mine.form, theirs.form), (mine.scope, theirs.scope))
    if any(a and b and a != b for a, b in parts):
        return False
    if bool(mine.cumulative) != bool(theirs.cumulative) and (mine.since or theirs.since):
        return False
    return alike(one.measure, other.measure) >= _SAME_WORDS


def _falls_short(promised: Claim, told: Claim) -> bool:
    """Whether what was told as done lies outside what was promised, on the side that is worse."""
    units = load_units()

    def base(amount: object, unit: str) -> object:
        return None if amount is None else units.converted(amount, unit)[0]  # type: ignore[arg-type]  # a Number

    indicator = load_indicators().get(promised.indicator or "")
    down = indicator is not None and indicator.direction is Direction.DOWN
    low, high = base(promised.bounds.low, promised.unit), base(promised.bounds.high, promised.unit)
    told_low, told_high = base(told.bounds.low, told.unit), base(told.bounds.high, told.unit)
    if down or low is None:
        return high is not None and told_low is not None and told_low > high  # type: ignore[operator]  # Numbers
    return told_high is not None and told_high < low  # type: ignore[operator]  # Numbers


class _Subject(msgspec.Struct):
    """What a date was promised for: the stretches of its name, the last of them, and the stage promised."""

    name: set[str]
    head: str
    stage: int


class Acts:
    """Answers to promised dates: sentences of later reports that tell the same thing as finished or opened."""

    def __init__(self, case: Case, pledges: list[Pledge]) -> None:
        self.order = _Order(case)
        self.pledges = pledges
        self.words = load_promises()
        self.subjects: dict[int, _Subject] = {}
        self.heads: dict[str, list[int]] = defaultdict(list)
        for i, pledge in enumerate(pledges):
            subject = self._subject(pledge)
            if subject:
                self.subjects[i] = subject
                if len(self.heads[subject.head]) < _HELD:
                    self.heads[subject.head].append(i)
        self.found: dict[int, list[Answer]] = defaultdict(list)
        if self.heads:
            for evidence in case.evidence:
                for sentence in _sentences(evidence):
                    self._hold(evidence, sentence)
        for i in self.subjects:
            self.found[i] += self._delays(i)

    def to(self, i: int) -> list[Answer]:
        """The answers to promise number ``i``."""
        return self.found.get(i, [])

    def _subject(self, pledge: Pledge) -> _Subject | None:
        """What is promised: the name before the date, else what the act is done to."""
        what, at = (pledge.dated, pledge.dated_at) if pledge.claim else (pledge.what, pledge.at)
        behind = what[at:]
        act = self.words.act.search(behind)
        if act is None:
            return None
        before = what[:at]
        cue = self.words.before.search(before)
        before = before[: cue.start()] if cue else before
        name = self._name(before.rstrip("，,、 ")) or self._name(behind[act.end() :])
        if len(name) < _HEAD + 1:
            return None
        return _Subject(shingles(name, _HEAD), name[-_HEAD:], self.words.stage[act[0]])

    def _name(self, text: str) -> str:
        """The end of the last clause without the words that describe it and the team that speaks; "" where a figure
        stands in it, so that it tells an amount rather than a name.
        """
        clause = max(text.rfind(c) for c in "，,：:；;") + 1
        own = text[clause:]
        start = max([own.rfind("的") + 1, *(own.rfind(t) + len(t) for t in load_sides().teams if t in own)])
        return "" if _DIGIT.search(own[start:]) else wordless(own[start:])[-_SUBJECT:]

    def _hold(self, evidence: Evidence, sentence: Span) -> None:
        """Hold one sentence against all promises whose name may stand in it."""
        assert evidence.report is not None
        text = evidence.report.text
        act = self.words.act.search(text, sentence.start, sentence.end)
        if act is None:
            return
        said = wordless(text[sentence.start : sentence.end])
        told = shingles(said, _HEAD)
        for head in told & self.heads.keys():
            for i in self.heads[head]:
                answer = self._answer(i, evidence, text, sentence, told)
                if answer:
                    self.found[i].append(answer)

    def _answer(self, i: int, evidence: Evidence, text: str, sentence: Span, told: set[str]) -> Answer | None:
        """What a sentence makes of a promised date; None where it says nothing of it, or only wishes."""
        pledge, subject = self.pledges[i], self.subjects[i]
        if not self.order.after(evidence.doc, pledge.doc):
            return None
        shared = len(subject.name & told)
        if shared < min(_LEAST, len(subject.name)) or shared < _SHARED * len(subject.name):
            return None
        at = max(text.find(subject.head, sentence.start, sentence.end), sentence.start)
        start = _clause_start(text, sentence, at)
        act = self._act(text, Span(start, sentence.end), at, subject.stage)
        if act is None:
            return None
        clause, end = _clause_start(text, sentence, act.start()), act.end()
        cited = _cite(evidence, sentence)
        if self.words.delayed.search(text, start, _clause_end(text, sentence, end)):
            due = self._put_off(evidence, text, sentence, pledge)
            return Answer(PromiseState.DELAYED, cited, due) if due else None
        if self.words.not_yet.search(text, clause, end):
            over = evidence.date and pledge.due and evidence.date > ends(pledge.due)
            return Answer(PromiseState.CONTRADICTED, cited) if over else None
        if self.words.hedge.search(text, clause, end):
            return None
        # That a thing is finished says of a figure promised with it only what it tells of the figure.
        kept = pledge.claim is None or _tells(evidence, cited, pledge.claim)
        return Answer(PromiseState.KEPT, cited) if kept else None

    def _act(self, text: str, within: Span, at: int, stage: int) -> re.Match[str] | None:
        """The act that a sentence tells of what is named at a place: the first behind it in its clause (原定8月建成的水厂
        尚未建成), else the first of all; only acts of the promised stage or a later one.
        """
        acts = [
            a
            for a in self.words.act.finditer(text, within.start, within.end)
            if text[a.end() : a.end() + 1] not in _AROUND and self.words.stage[a[0]] >= stage
        ]
        own = _clause_end(text, within, at)
        return next((a for a in acts if at <= a.start() < own), acts[0] if acts else None)

    def _put_off(self, evidence: Evidence, text: str, sentence: Span, pledge: Pledge) -> str | None:
        """The last date of a sentence, where it lies behind the promised one."""
        dues = [p.due for p in phrases(text, sentence.start, sentence.end, evidence.date) if p.due]
        return dues[-1] if dues and pledge.due and ends(dues[-1]) > ends(pledge.due) else None

    def _delays(self, i: int) -> Iterator[Answer]:
        """The same act promised again for later."""
        pledge, subject = self.pledges[i], self.subjects[i]
        for j in self.heads[subject.head]:
            again = self.pledges[j]
            if pledge.due is None or again.due is None or ends(again.due) <= ends(pledge.due):
                continue
            other = self.subjects[j]
            shared = len(subject.name & other.name)
            if other.stage > subject.stage or shared < _SHARED * min(len(subject.name), len(other.name)):
                continue
            if self.order.after(again.doc, pledge.doc):
                yield Answer(PromiseState.DELAYED, again.cited, again.due)


def _clause_start(text: str, sentence: Span, at: int) -> int:
    return max([sentence.start, *(text.rfind(c, sentence.start, at) + 1 for c in "，,；;")])


def _clause_end(text: str, sentence: Span, at: int) -> int:
    return min([sentence.end, *(f for c in "，,；;" if (f := text.find(c, at, sentence.end)) >= 0)])


def _tells(evidence: Evidence, where: Cited, promised: Claim) -> bool:
    """Whether a stretch tells the promised figure as done, to the last digit."""
    first = bisect_left(evidence.claims, where.start, key=lambda c: c.start)
    within = takewhile(lambda c: c.start < where.end, islice(evidence.claims, first, None))
    wanted = (promised.value, promised.upper, promised.unit, promised.kind)
    return any(c.status is Status.DONE and (c.value, c.upper, c.unit, c.kind) == wanted for c in within)


def _sentences(evidence: Evidence) -> Iterator[Span]:
    """The sentences of what speaks for a report."""
    if evidence.report is None:
        return
    spans = iter(evidence.report.sentences)
    span = next(spans, None)
    for passage in evidence.report.passages:
        while span and span.start < passage.end:
            if passage.role in CONTENT:
                yield span
            span = next(spans, None)


def _cite(evidence: Evidence, sentence: Span) -> Cited:
    report = evidence.report
    assert report is not None
    span = report.map.to_source_span(sentence.start, sentence.end)
    return Cited(evidence.doc, span.start, span.end, report.source_text[span.start : span.end])
