"""Recycled numbers: the same telling figure, or a whole sentence with its figures, told for another year or by another team."""

import datetime
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import groupby

import msgspec

from shanhai.catalogue.indicators import Adds, load_indicators
from shanhai.catalogue.recycled import load_recycled
from shanhai.catalogue.units import load_units
from shanhai.model import Cited, Claim, Code, Finding, Message, Severity, Span, Status
from shanhai.reasoning.case import Case
from shanhai.reasoning.comparing.same import apart, differ, same_place, same_team, span_of, team_of
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.sources.fingerprints import (
    FigureKey,
    alike,
    figure_key,
    likeness,
    shingles,
    significant,
    wordless,
)

CHECK = "recycled"

_KEPT = 16
"""So many tellings of one figure are kept to hold others against: a figure told more often is a commonplace."""
_SENTENCE = 0.8
_SHORTEST = 8
_SEVERAL, _DIGITS = 3, 6
"""A sentence of figures none of which is telling needs so many, with so many significant digits together."""
_SHARED = 2
"""So many figures two sentences must share where not all of them are the same."""
_WORDS = 0.6
"""So far the words that say what is counted agree, where the indicator does; without one they agree more."""
_MORE_WORDS = 0.75
_MANY_DIGITS = 5
_LENGTHS = 4
"""Periods are held against each other when neither is so many times longer: a year against a day is the day of telling."""
_CLAUSE = 40
_SHOWN = 60


class _Telling(msgspec.Struct, gc=False):
    """One figure, or one sentence with its figures, told by one report."""

    evidence: Evidence
    claims: Sequence[Claim]
    keys: tuple[FigureKey, ...]
    time: tuple[datetime.date, datetime.date] | None
    team: str | None
    company: frozenset[FigureKey] = frozenset()
    pairs: set[str] | None = None

    @property
    def claim(self) -> Claim:
        """The most telling figure, of those that say their period if any do."""
        return max(self.claims, key=lambda c: (c.period is not None, significant(c.value)))


def find(case: Case) -> Iterator[Finding]:
    """The recycled sentences and figures of a case, each held against its earliest telling."""
    given = {e.doc: i for i, e in enumerate(case.evidence)}
    ordered = sorted(case.evidence, key=lambda e: (e.date or datetime.date.max, given[e.doc]))
    search = _Search(case)
    for evidence in ordered:
        claims = [c for c in evidence.claims if c.status is not Status.EXPECTED and c.repeats is None]
        known = [(c, key) for c in claims if not c.minor and (key := figure_key(c))]
        if evidence.report is not None:
            for _, group in groupby(known, key=lambda k: k[0].sentence):
                yield from search.sentence(evidence, list(group))
        for _, group in groupby(sorted(known, key=lambda k: k[0].sentence), key=lambda k: k[0].sentence):
            yield from search.figures_of(evidence, list(group))


class _Search:
    """What has been told so far, by its figures."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.words = load_recycled()
        self.ratio = {u for u, kind in load_units().kind_of.items() if kind == "ratio"}
        self.sentences: dict[Hashable, list[_Telling]] = defaultdict(list)
        self.holding: dict[FigureKey, list[_Telling]] = defaultdict(list)
        self.figures: dict[FigureKey, list[_Telling]] = defaultdict(list)
        self.found: set[tuple[str, str, FigureKey]] = set()

    def sentence(self, evidence: Evidence, known: list[tuple[Claim, FigureKey]]) -> Iterator[Finding]:
        """Hold a sentence against those told before with the same figures."""
        keys = tuple(key for _, key in known)
        results = [key for claim, key in known if not self._lasts(evidence, claim)]
        digits = sum(significant(key.value) for key in results)
        if not any(map(_telling, results)) and (len(results) < _SEVERAL or digits < _DIGITS):
            return
        listed = self.sentences[keys]
        claims = [claim for claim, _ in known]
        told = _Telling(evidence, claims, keys, _time(claims), team_of(claims[0]))
        marks = [key for key in results if _telling(key)]
        partly = [b for key in marks for b in self.holding[key] if _mostly(b.keys, keys)]
        for before in [*listed, *partly]:
            if self._copies(before, told):
                continue
            how = self._other(before, told, self._apart(before, told))
            if how and self._alike(before, told) >= _SENTENCE:
                self.found |= {(before.evidence.doc, evidence.doc, key) for key in keys}
                yield _finding(before, told, how, "sentence")
                break
        for kept in (listed, *(self.holding[key] for key in marks)):
            if len(kept) < _KEPT:
                kept.append(told)

    def figures_of(self, evidence: Evidence, known: list[tuple[Claim, FigureKey]]) -> Iterator[Finding]:
        """Hold the telling figures of a sentence against their earlier tellings."""
        telling = [(c, key) for c, key in known if _telling(key) and not self._stays(evidence, c)]
        if not telling:
            return
        team = next((t for c, _ in known if (t := team_of(c))), None)
        company = frozenset(k for c, k in known if not self._lasts(evidence, c))
        for claim, key in telling:
            told = _Telling(evidence, (claim,), (key,), _time((claim,)), team_of(claim) or team, company)
            yield from self._figure(told, key)

    def _figure(self, told: _Telling, key: FigureKey) -> Iterator[Finding]:
        """Hold one telling figure against its earlier tellings."""
        evidence, claim, listed = told.evidence, told.claim, self.figures[key]
        for before in listed:
            if self._copies(before, told) or not _same_measure(before.claim, claim):
                continue
            how = self._other(before, told, self._apart(before, told))
            if not how or not self._tied(before, told, how):
                continue
            if (before.evidence.doc, evidence.doc, key) not in self.found:
                self.found.add((before.evidence.doc, evidence.doc, key))
                yield _finding(before, told, how, "figure")
            break
        if len(listed) < _KEPT:
            listed.append(told)

    def _copies(self, one: _Telling, other: _Telling) -> bool:
        return self.case.original[one.evidence.doc] == self.case.original[other.evidence.doc]

    def _stays(self, evidence: Evidence, claim: Claim) -> bool:
        """Whether it is no wonder to meet the figure again: it lasts, is a rate, or the baseline of another."""
        indicator = load_indicators().get(claim.indicator or "")
        if claim.unit in self.ratio or (indicator is not None and indicator.adds is Adds.RATIO):
            return True
        before = (claim.measure or "") + _before(evidence, claim)
        return bool(self.words.baseline.search(before)) or self._lasts(evidence, claim)

    def _lasts(self, evidence: Evidence, claim: Claim) -> bool:
        """Whether a figure may well be the same next year: a stock, an area, a project's total."""
        indicator = load_indicators().get(claim.indicator or "")
        if indicator is not None and indicator.adds not in (Adds.SUM, Adds.RATIO):
            return True
        return bool(self.words.lasting.search((claim.measure or "") + _before(evidence, claim)))

    def _apart(self, one: _Telling, other: _Telling) -> bool:
        """Whether the times of two tellings are both known, of like length, and do not meet."""
        a, b = one.time, other.time
        if a is None or b is None:
            return False
        short, long = sorted(((a[1] - a[0]).days + 1, (b[1] - b[0]).days + 1))
        return (a[1] < b[0] or b[1] < a[0]) and long <= _LENGTHS * short

    def _other(self, one: _Telling, other: _Telling, apart_in_time: bool) -> str | None:
        """In what two tellings differ: period or party; None where in nothing that is stated."""
        if differ(one.team, other.team):
            return None if one.claim.area in self.words.shared else "party"
        return "period" if apart_in_time else None

    def _alike(self, one: _Telling, other: _Telling) -> float:
        """How far two sentences agree, words of time left out."""
        for telling in (one, other):
            if telling.pairs is None:
                text = telling.evidence.sentence_of(telling.claims[0])
                words = wordless(self.words.period.sub("", text))
                telling.pairs = shingles(words, 2) if len(words) >= _SHORTEST else set()
        assert one.pairs is not None
        assert other.pairs is not None
        return likeness(one.pairs, other.pairs)

    def _tied(self, one: _Telling, other: _Telling, how: str) -> bool:
        """Whether more than the figure itself ties two tellings: several figures that are told beside it both times in
        whatever order, one place, one team, or very many digits."""
        a, b = one.claim, other.claim
        if apart(a.place, b.place):
            return False
        shared = one.company & other.company
        if len(shared) >= _SEVERAL and sum(map(_telling, shared)) >= _SHARED:
            return True
        one_place = a.place is not None and same_place(a.place, b.place)
        if how == "party":
            return one_place
        return one_place or same_team(one.team, other.team) or significant(a.value) >= _MANY_DIGITS


def _mostly(one: Sequence[FigureKey], other: Sequence[FigureKey]) -> bool:
    """Whether two sentences tell several of the same figures, and few that differ."""
    shared = len(set(one) & set(other))
    return shared >= _SHARED and shared * 3 >= max(len(one), len(other)) * 2


def _telling(key: FigureKey) -> bool:
    return max(map(significant, (key.value, key.upper, key.from_value))) >= 3


def _time(claims: Sequence[Claim]) -> tuple[datetime.date, datetime.date] | None:
    """The time that figures are told for; from its start where they add up, None where that is not said."""
    claim = next((c for c in claims if c.period), None)
    time = span_of(claim.period) if claim else None
    if claim is None or time is None:
        return None
    if claim.definition.since:
        return min(claim.definition.since, time[0]), time[1]
    return None if claim.definition.cumulative and len(claims) == 1 else time


def _same_measure(one: Claim, other: Claim) -> bool:
    if one.indicator and other.indicator and one.indicator != other.indicator:
        return False
    least = _WORDS if one.indicator and one.indicator == other.indicator else _MORE_WORDS
    return alike(one.measure, other.measure) >= least


def _before(evidence: Evidence, claim: Claim) -> str:
    """What stands before a figure in its clause; "" where the report is not at hand."""
    report = evidence.report
    if report is None:
        return ""
    start = evidence.mended(Span(claim.start, claim.end)).start
    text = report.text[max(0, start - _CLAUSE) : start]
    return text[max(text.rfind(c) for c in "，；。！？\n;,") + 1 :]


def _finding(before: _Telling, told: _Telling, how: str, kind: str) -> Finding:
    """The finding that names both tellings, the later first."""
    one, other = told.claim, before.claim
    value, other_value = (one.period, other.period) if how == "period" else (told.team, before.team)
    label_zh, label_en = ("时间", "time") if how == "period" else ("单位", "team")
    thing_zh, thing_en = ("整句", "whole sentence") if kind == "sentence" else ("数字", "figure")
    return Finding(
        Code.RECYCLED,
        Severity.WARNING,
        Message(
            f"同一{thing_zh}“{one.quote}”用于不同{label_zh}：《{one.doc}》（{value}）“{_shown(told)}”；"
            f"《{other.doc}》（{other_value}）“{_shown(before)}”。",
            f"The same {thing_en} “{one.quote}” is told for another {label_en}: {one.doc} ({value}) “{_shown(told)}”; "
            f"{other.doc} ({other_value}) “{_shown(before)}”.",
        ),
        (*map(Cited.of, told.claims), *map(Cited.of, before.claims)),
        {
            "check": CHECK,
            "kind": kind,
            how: value,
            f"other_{how}": other_value,
            "other_doc": other.doc,
        },
        Message(
            "查明该数字属于哪一年、哪支队伍的原始台账，另一处更正或注明出处。",
            "The original records that show which year and which team the figure belongs to; the other to be corrected or sourced.",
        ),
    )


def _shown(telling: _Telling) -> str:
    """The sentence, shortened around its figure."""
    text = telling.evidence.sentence_of(telling.claim).replace("\n", "")
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
