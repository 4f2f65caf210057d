"""Place and party: which place a figure is about, and who did it."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache

import ahocorasick_rs
import msgspec

from shanhai.catalogue.places import load_gazetteer
from shanhai.catalogue.sides import load_sides
from shanhai.claims.meaning.setting import Setting
from shanhai.model import CONTENT, Passage, Report

_PARTY = r"第[一二三四五六七八九十]+批(?:第[一二三四五六七八九十]+期)?[㐀-鿿“”]{0,10}?(?:TEAMS)"
_NO_INSTITUTION = re.compile("[籍的在和与赴到为对向从把将帮助支持给]")
_INSTITUTION_REACH = 14
_IN_TITLE = 3
_ALONE = 0.7
_LEAST_SHARE = 0.4
_PARTED = re.compile("[；;\\d]")
_THERE = frozenset("在赴到来往于入驻")
_INSTITUTIONS_OF = {
    "health": ("医院", "卫生院", "中心"),
    "education": ("中学", "小学", "学校", "幼儿园", "学院", "大学"),
    "industry": ("园区", "产业园", "工业园"),
}


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A place named in the text."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    assisting: bool


class _Finders(msgspec.Struct, frozen=True):
    places: ahocorasick_rs.AhoCorasick
    names: tuple[str, ...]
    codes: dict[str, tuple[str, ...]]
    assisting: re.Pattern[str]
    party: re.Pattern[str]
    programme: re.Pattern[str]
    institution: re.Pattern[str]


@cache
def _finders() -> _Finders:
    gazetteer, sides = load_gazetteer(), load_sides()
    codes = dict(gazetteer.names())
    names = (*codes, *gazetteer.decoys())
    teams = "|".join(sides.teams)
    ends = "|".join(sides.institutions)
    return _Finders(
        ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        names,
        codes,
        re.compile(f"(?:省|市|自治区|州|县|区)?(?:{'|'.join(sides.assisting_after)})"),
        re.compile(_PARTY.replace("TEAMS", teams)),
        re.compile("|".join(sides.programme)),
        re.compile(f"[㐀-鿿]{{0,{_INSTITUTION_REACH}}}?(?:{ends})(?!生)"),
    )


def _clearest(named: dict[str, int], codes: dict[str, tuple[str, ...]]) -> str | None:
    """The name of the place that these names are about: the prefecture, unless one county stands out."""
    by_code: Counter[str] = Counter()
    for name, weight in named.items():
        by_code[codes[name][0]] += weight
    if not by_code:
        return None
    prefectures = [c for c in by_code if c.endswith("00")]
    code, weight = by_code.most_common(1)[0]
    if prefectures and weight < _ALONE * sum(by_code.values()):
        code = max(prefectures, key=lambda c: by_code[c])
    return max((n for n in named if codes[n][0] == code), key=lambda n: (named[n], n))


def _around_one_place(named: Counter[str], codes: dict[str, tuple[str, ...]]) -> str | None:
    """The place that the named ones lie in or are; None where they are scattered over several prefectures."""
    around: Counter[str] = Counter()
    for name, weight in named.items():
        around[codes[name][0][:4]] += weight
    prefecture, weight = next(iter(around.most_common(1)), ("", 0))
    if not weight or weight < _LEAST_SHARE * sum(around.values()):
        return None
    return _clearest({n: w for n, w in named.items() if codes[n][0][:4] == prefecture}, codes)


def _in_title_marks(text: str, at: int) -> bool:
    """Whether ``at`` lies in the title of a work (《玛纳斯》)."""
    opened = text.rfind("《", max(0, at - 20), at)
    return opened >= 0 and text.find("》", opened, at) < 0


class PlaceReader:
    """Reads places and parties of a report's figures.

    Args:
        report: the report; only what speaks for it is read.

    Attributes:
        receiving, sending: the names of the two sides as the report writes them; None where it is not clear.
        party: the team that the report as a whole speaks of.
    """

    def __init__(self, report: Report) -> None:
        self.text = text = report.text
        self.finders = _finders()
        self.mentions = self._find([p for p in report.passages if p.role in CONTENT])
        self.starts = [m.start for m in self.mentions]
        self.codes = {m.name: m.codes for m in self.mentions}
        self.receiving, self.sending = self._sides(report.title or "")
        self.province = self.codes[self.receiving][0][:2] if self.receiving else None
        self.parties = [(m.start(), self._named(m)) for m in self.finders.party.finditer(text)]
        self.party_starts = [start for start, _ in self.parties]
        self.party = self._main_party()

    def _find(self, content: Sequence[Passage]) -> list[Mention]:
        finders, text = self.finders, self.text
        begins = [p.start for p in content]
        found = []
        for number, start, end in finders.places.find_matches_as_indexes(text):
            name = finders.names[number]
            codes = finders.codes.get(name)
            at = bisect_right(begins, start) - 1
            if codes and at >= 0 and start < content[at].end and not _in_title_marks(text, start):
                assisting = bool(finders.assisting.match(text, end))
                found.append(Mention(start, end, name, codes, assisting))
        return found

    def _sides(self, title: str) -> tuple[str | None, str | None]:
        """The most named place of an assisted province, and the most named one of any other province.

        A prefecture counts with its counties; a province stands for itself where no place in it is named. A text
        that is not about such a programme has no sides.
        """
        if not self.finders.programme.search(self.text):
            return None, None
        assisted = {code[:2] for code in load_sides().assisted}
        named: Counter[str] = Counter()
        provinces: Counter[str] = Counter()
        sending: Counter[str] = Counter()
        for mention in self.mentions:
            weight = _IN_TITLE if mention.name in title else 1
            if mention.assisting or mention.codes[0][:2] not in assisted:
                sending[mention.name] += weight
            elif mention.codes[0].endswith("0000"):
                provinces[mention.name] += weight
            else:
                named[mention.name] += weight
        receiving = _around_one_place(named, self.codes) or next(
            (n for n, _ in provinces.most_common(1)), None
        )
        own = self.codes[receiving][0][:2] if receiving else ""
        others = (n for n, _ in sending.most_common() if self.codes[n][0][:2] != own)
        return receiving, next(others, None)

    def _named(self, team: re.Match[str]) -> str:
        """The team with the place that sent it, where that stands right before."""
        before = self.mentions[bisect_left(self.starts, team.start()) - 1] if self.mentions else None
        if before and before.end <= team.start() and team.start() - before.end <= 1:
            return self.text[before.start : team.end()]
        return team[0]

    def _main_party(self) -> str | None:
        told = Counter(name for _, name in self.parties)
        return max(told, key=lambda name: (told[name], len(name)), default=None)

    def place_of(self, setting: Setting, area: str) -> str | None:
        """The place that a figure is about: an institution or place named in its sentence, else the report's.

        The sending side is the place only where something is or goes there (在渝, 赴辽宁); several counties named
        together stand for the place around them.
        """
        first = bisect_left(self.starts, setting.sentence_start)
        last = bisect_left(self.starts, setting.start)
        near = [m for m in self.mentions[first:last] if self._is_scene(m)]
        if not near:
            return self.receiving
        mention = near[-1]
        ends = _INSTITUTIONS_OF.get(area)
        if ends:
            institution = self.finders.institution.match(self.text, mention.start, setting.start)
            if institution and institution[0].endswith(ends) and not _NO_INSTITUTION.search(institution[0]):
                return institution[0]
        together = self._together(near)
        if len({m.codes[0] for m in together if not m.codes[0].endswith("00")}) > 1:
            return self.receiving
        return mention.name

    def _together(self, near: Sequence[Mention]) -> list[Mention]:
        """The last mention and those before it that no figure and no semicolon part from it."""
        found = [near[-1]]
        for mention in reversed(near[:-1]):
            if _PARTED.search(self.text, mention.end, found[-1].start):
                break
            found.append(mention)
        return found

    def _is_scene(self, mention: Mention) -> bool:
        """Whether something is told to be at a named place."""
        there = self.text[mention.start - 1 : mention.start] in _THERE
        if mention.assisting and not there:
            return False
        return there or self.province is None or mention.codes[0][:2] == self.province

    def party_of(self, setting: Setting) -> str | None:
        """The team named last before a figure in its sentence, else the report's."""
        first = bisect_left(self.party_starts, setting.sentence_start)
        last = bisect_right(self.party_starts, setting.start)
        return self.parties[last - 1][1] if last > first else self.party
