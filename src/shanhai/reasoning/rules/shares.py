"""Shares that a report states of rules' money, and which rule each is meant by.

The words of the sentence decide, not the indicator alone: in 民生、县及县以下资金分别占比80.79%和85.86% each figure
belongs to the name at its place in the list.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from shanhai.catalogue.promises import any_of
from shanhai.catalogue.rules import Rule, load_rule_words
from shanhai.model import Claim, Kind, Report, Span
from shanhai.reasoning.rules.wholes import of_money

_SENTENCE_SIGN = re.compile("[，。；：！？,;:\n（）()]")
_AND = re.compile("[、和及与或兼以]+")
"""What stands between the names of a list; where it joins two names before one figure, the figure is of both together."""
_BETWEEN_FIGURES = re.compile(r"\s*[、和及与，,]?\s*(?:以及)?\s*")
_BARE_SHARE = re.compile("占(?:比|总[额量数]|全部|其中|总投资|到|了)?(?:的|为|达)?")
_RESPECTIVELY = "分别"


class Stated(msgspec.Struct, frozen=True):
    """A share that a report states.

    Attributes:
        claim: the figure.
        rules: keys of the rules that it is held against.
        together: whether it is told of the money of several rules at once, so that it says nothing sure of each.
    """

    claim: Claim
    rules: tuple[str, ...]
    together: bool = False


class _Named(msgspec.Struct, frozen=True):
    key: str
    start: int
    end: int


def stated_shares(claims: Sequence[Claim], report: Report | None, rules: Mapping[str, Rule]) -> list[Stated]:
    """The shares among claims that some rule speaks of, in text order; those that could be meant otherwise are left out."""
    by_indicator = {rule.indicator: key for key, rule in rules.items()}
    # A share of a rule's money may be read as that money, or as another share of it; then only words can say which
    # rule is meant.
    named = {code for rule in rules.values() for code in (*rule.money, *rule.read_as)}
    codes = {*by_indicator, *named} if report is not None else set(by_indicator)
    shares = [
        c
        for c in claims
        if c.indicator in codes
        and c.unit == "%"
        and c.kind in (Kind.SHARE, Kind.LEVEL)
        and c.value is not None
        and c.repeats is None
    ]
    if not shares:
        return []
    if report is None:
        return _by_indicator(shares, by_indicator)
    words = _Words.of(rules)
    told = _by_sentence(claims)
    found: list[Stated] = []
    for span, group in _by_sentence(shares).items():
        own = [c for c in group if of_money(c, told[span], report, surely=c.indicator not in by_indicator)]
        found += _SentenceReader(report, told[span], span, words).read(own, by_indicator)
    return found


def _by_indicator(shares: Sequence[Claim], keys: Mapping[str, str]) -> list[Stated]:
    """Without the text the indicator decides, but not where a sentence tells several: their order is not seen."""
    told = [c.sentence for c in shares]
    return [Stated(c, (keys[c.indicator or ""],)) for c in shares if told.count(c.sentence) == 1]


def _by_sentence(claims: Sequence[Claim]) -> dict[Span, list[Claim]]:
    groups: dict[Span, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.sentence, []).append(claim)
    return groups


class _Words(msgspec.Struct, frozen=True):
    """The words that name shares, those of what no rule counts, and the rule of each of the first."""

    names: re.Pattern[str]
    outside: re.Pattern[str]
    keys: dict[str, str]

    @classmethod
    def of(cls, rules: Mapping[str, Rule]) -> "_Words":
        keys = {word: key for key, rule in rules.items() for word in rule.named_by}
        outside = {w for rule in rules.values() for w in rule.outside} - keys.keys()
        return cls(re.compile(any_of(keys)), re.compile(any_of(outside) or "(?!)"), keys)


class _SentenceReader:
    """One sentence with its figures."""

    def __init__(
        self,
        report: Report,
        claims: Sequence[Claim],
        sentence: Span,
        words: _Words,
    ) -> None:
        self.mended = report.map.to_mended_span
        self.text = report.text
        self.span = self.mended(sentence.start, sentence.end)
        self.names, self.outside, self.keys = words.names, words.outside, words.keys
        self.figures = [self.mended(c.start, c.end) for c in claims]
        self.units = [c.unit for c in claims]

    def read(self, shares: Sequence[Claim], by_indicator: Mapping[str, str]) -> list[Stated]:
        """What each share is held against."""
        found = []
        for claim in shares:
            stated = self._in_list(claim)
            if stated is None:
                stated = self._in_clause(claim, by_indicator)
            if stated is not None and stated.rules:
                found.append(stated)
        return found

    def _in_list(self, claim: Claim) -> Stated | None:
        """The name at the figure's place in a list with 分别; None where the figure is in no such list."""
        run, at = self._run(self.mended(claim.start, claim.end))
        if len(run) < 2:
            return None
        head = self.text[self._before(run[0]) : run[0].start]
        cut = head.rfind(_RESPECTIVELY)
        if cut < 0:
            return None
        listed = head[:cut]
        for sign in reversed(list(_SENTENCE_SIGN.finditer(listed))):
            if self._found(listed[sign.end() :], 0):
                listed = listed[sign.end() :]
                break
        items = self._items(listed)
        if len(items) != len(run):
            return Stated(claim, ())
        return Stated(claim, items[at])

    def _items(self, listed: str) -> list[tuple[str, ...]]:
        """The members of a list, each with the rules that it names; 和 inside a name does not part it."""
        masked = self.names.sub(lambda m: "名" * len(m[0]), listed)
        cuts = [0, *(p for m in _AND.finditer(masked) for p in m.span()), len(listed)]
        return [
            self._keys(listed[a:b]) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if listed[a:b].strip()
        ]

    def _in_clause(self, claim: Claim, by_indicator: Mapping[str, str]) -> Stated | None:
        """The rules named before the figure in its clause, or behind it; else what its indicator says."""
        place = self.mended(claim.start, claim.end)
        before = self.text[self._clause_start(place) : place.start]
        if _AND.fullmatch(before.rstrip()[-1:]):
            # What ends with 、 or 和 belongs to the figure before it: 八成用于民生、八成用于基层.
            before = ""
        stated = self._named(claim, before) or self._of_amount(claim, place, before)
        if stated is None:
            stated = self._named(claim, self.text[place.end : self._clause_end(place)])
        if stated is None:
            stated = self._before_bracket(claim, place, before) or self._in_row(claim, place)
        if stated is not None:
            return stated
        if self.outside.search(before) or self._bracketed(place, before) is not None:
            return None
        in_sentence = {n.key for n in self._found(self.text[self.span.start : self.span.end], 0)}
        key = by_indicator.get(claim.indicator or "")
        return Stated(claim, (key,)) if key is not None and in_sentence <= {key} else None

    def _of_amount(self, claim: Claim, place: Span, before: str) -> Stated | None:
        """The rules named with the amount right before the figure (用于民生1.98亿元、占82.5%)."""
        at = self.figures.index(place)
        if at == 0 or not _BARE_SHARE.fullmatch(before.strip("、 ")):
            return None
        amount = self.figures[at - 1]
        if not _BARE_SHARE.fullmatch(self.text[amount.end : place.start].strip("、，, ")):
            return None
        name = self.text[self._clause_start(amount) : amount.start]
        # Of what no rule counts (市本级3500万元，占17.5%) no rule speaks.
        return Stated(claim, ()) if self.outside.search(name) else self._named(claim, name)

    def _before_bracket(self, claim: Claim, place: Span, before: str) -> Stated | None:
        """The rules named right before a bracket that holds nothing but the share (保民生（占比82.35%）)."""
        named = self._bracketed(place, before)
        return None if named is None else self._named(claim, named)

    def _bracketed(self, place: Span, before: str) -> str | None:
        """What stands right before the bracket that holds nothing but the share; None where it is in no such one."""
        at = place.start - len(before) - 1
        if at <= self.span.start or self.text[at] not in "（(":
            return None
        if before.strip() and not _BARE_SHARE.fullmatch(before.strip()):
            return None
        return self.text[self._clause_start(Span(at, at)) : at].rpartition("、")[2]

    def _in_row(self, claim: Claim, place: Span) -> Stated | None:
        """In a table the rules that row and column name, which the measure tells together."""
        if "|" not in self.text[self.span.start : place.start]:
            return None
        return self._named(claim, claim.measure or "")

    def _named(self, claim: Claim, text: str) -> Stated | None:
        named = self._found(text, 0)
        if not named:
            return None
        keys = self._keys(text)
        gaps = [text[a.end : b.start] for a, b in pairwise(named) if a.key != b.key]
        joined = any(_AND.match(gap) or _AND.fullmatch(gap[-1:]) for gap in gaps)
        each = any(w in text[named[-1].end :] for w in load_rule_words().each)
        return Stated(claim, keys, together=joined and not each)

    def _keys(self, text: str) -> tuple[str, ...]:
        """The rules that a text names; none where it names what no rule counts as well (县及县以下的产业资金)."""
        if self.outside.search(self.names.sub("名", text)):
            return ()
        return tuple(dict.fromkeys(n.key for n in self._found(text, 0)))

    def _found(self, text: str, offset: int) -> list[_Named]:
        return [
            _Named(self.keys[m[0]], m.start() + offset, m.end() + offset) for m in self.names.finditer(text)
        ]

    def _run(self, place: Span) -> tuple[list[Span], int]:
        """The figures joined to this one by nothing but signs and 和, and its number among them."""
        at = self.figures.index(place)
        first = last = at
        while first > 0 and self._joined(first - 1):
            first -= 1
        while last + 1 < len(self.figures) and self._joined(last):
            last += 1
        return self.figures[first : last + 1], at - first

    def _joined(self, i: int) -> bool:
        gap = self.text[self.figures[i].end : self.figures[i + 1].start]
        return self.units[i] == self.units[i + 1] and _BETWEEN_FIGURES.fullmatch(gap) is not None

    def _before(self, place: Span) -> int:
        """Where the figure before this one ends, or the sentence begins."""
        return max([self.span.start, *(f.end for f in self.figures if f.end <= place.start)])

    def _clause_start(self, place: Span) -> int:
        start = self._before(place)
        signs = list(_SENTENCE_SIGN.finditer(self.text, start, place.start))
        return signs[-1].end() if signs else start

    def _clause_end(self, place: Span) -> int:
        end = min([self.span.end, *(f.start for f in self.figures if f.start >= place.end)])
        sign = _SENTENCE_SIGN.search(self.text, place.end, end)
        return sign.start() if sign else end
