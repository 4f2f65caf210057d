"""One statement held against the register. What is not comparable is told before what differs; nothing is guessed."""

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from shanhai.catalogue.cards import unspecific
from shanhai.catalogue.indicators import load_indicators
from shanhai.catalogue.sides import load_sides
from shanhai.catalogue.units import load_units
from shanhai.claims.numerals import arabic, chinese
from shanhai.model import Kind
from shanhai.programme.matching import wording
from shanhai.programme.matching.items import Chosen, stem
from shanhai.programme.matching.narrowing import choose, is_within
from shanhai.programme.matching.smallest import MOST, fewest
from shanhai.programme.matching.told import (
    Days,
    Frame,
    Item,
    Matched,
    Measure,
    Reading,
    Said,
    Verdict,
    Way,
)
from shanhai.programme.matching.wording import Why
from shanhai.reasoning.comparing.same import differ

_BATCH = re.compile("第([一二三四五六七八九十百]+|\\d+)批")
_SLACK = datetime.timedelta(days=45)
"""A team arrives and leaves in the weeks around its term's dates."""
_SAYS_SOMETHING = 2
"""So many characters are a word of their own."""
_NEAR = datetime.timedelta(days=92)
"""Records so near the period's ends are looked at when something is missing."""


def match(said: Said, measures: Sequence[Measure], frame: Frame) -> Matched:
    """What the register says to a statement.

    Args:
        said: the statement.
        measures: what of the register its indicator is held against, the best first.
        frame: the pairing.
    """
    if said.kind is not Kind.LEVEL:
        return _unlike(wording.not_level(said))
    if said.expected and not any(r.items for m in measures for r in m.readings):
        return _absent(wording.no_target(said))
    if not measures:
        return _absent(wording.not_kept(said))
    held = [m for m in measures if any(r.items for r in m.readings)]
    if not held:
        return _absent(wording.none_of_kind(said))
    fitting = [m for m in held if _unit_fits(said.unit, m.unit)]
    if not fitting:
        return _unlike(wording.other_unit(said, held[0].unit))
    found = [_against(said, m, frame) for m in fitting]
    return next((f for f in found if f.verdict is not Verdict.ABSENT), found[0])


def _unit_fits(told: str, unit: str) -> bool:
    if unit:
        return load_units().comparable(told, unit)
    return load_units().kind_of.get(told, "") not in {"money", "ratio", "people", "person_times", "divisions"}


def _against(said: Said, measure: Measure, frame: Frame) -> Matched:
    why = _obstacle(said, measure, frame)
    if why is not None:
        return _unlike(why)
    cases = [
        _Case(reading, about, days, choose(said, reading, days, frame))
        for reading in measure.readings
        if reading.items
        for about, days in _periods(said, reading, frame)
    ]
    full = [case for case in cases if case.chosen.count]
    if not full:
        return _absent(wording.none_there(said))
    if measure.part or measure.timeless:
        return _part(said, full, frame)
    return _decided(said, full, cases, frame)


class _Case(msgspec.Struct, frozen=True):
    """One way to understand the statement, and the records that it then speaks of."""

    reading: Reading
    about: Why | None
    days: Days | None
    chosen: Chosen


def _periods(said: Said, reading: Reading, frame: Frame) -> list[tuple[Why | None, Days | None]]:
    """The days that a statement may count: since when a figure adds up is often not told."""
    if said.days is None or reading.way is not Way.DAY:
        return [(None, said.days)]
    first, last = said.days
    if said.since:
        return [(None, (said.since, last))]
    if not said.cumulative:
        return [(None, said.days)]
    begins = frame.begins or reading.items.earliest or first
    if begins >= first:
        return [(None, said.days)]
    return [(wording.within(said.days), said.days), (wording.since(begins), (begins, last))]


def _obstacle(said: Said, measure: Measure, frame: Frame) -> Why | None:
    """Why a statement cannot be held against anything; None where it can."""
    if said.days is None and not measure.timeless:
        return wording.no_period()
    if said.code and said.code not in frame.whole and not (frame.receiving and is_within(said.code, frame)):
        wider = frame.receiving and stem(frame.receiving).startswith(stem(said.code))
        return wording.wider_place(said) if wider else wording.other_place(said)
    if said.place and not said.code:
        return wording.unknown_place(said)
    batch = _BATCH.search(said.party)
    if batch is not None:
        return _batch(said, batch[1], frame)
    if said.scope in ("one_group", "one_county") and said.party not in frame.teams:
        return wording.unknown_group(said)
    if (
        said.party
        and said.party not in frame.teams
        and frame.sending
        and differ(said.party, f"{frame.sending}工作队")
    ):
        return wording.other_party(said)
    return None


def is_meant(said: Said, frame: Frame) -> bool:
    """Whether a statement says that it is about this pairing, by its place or its team."""
    if said.code and (said.code in frame.whole or is_within(said.code, frame)):
        return True
    if said.party in frame.teams:
        return True
    return bool(said.party and frame.sending and not differ(said.party, f"{frame.sending}工作队"))


def _batch(said: Said, written: str, frame: Frame) -> Why | None:
    numeral = arabic(written) if written.isdecimal() else chinese(written)
    number = int(numeral.value) if numeral is not None and numeral.value is not None else 0
    term = frame.terms.get(number)
    if term is None:
        return wording.unknown_batch(said)
    days = said.days
    if days and (days[0] < term[0] - _SLACK or days[1] > term[1] + _SLACK):
        return wording.beyond_term(said, term)
    return None


def _decided(said: Said, full: list[_Case], cases: list[_Case], frame: Frame) -> Matched:
    """The verdict where the whole of what an indicator counts is meant."""
    by_name = _named(said, full)
    if by_name is not None and _inside(said, by_name):
        return _backed(said, by_name, full[0], by_name=True)
    first = full[0].days[0] if full[0].days else None
    partial = (
        first is not None
        and full[0].reading.way is Way.DAY
        and not all(_above(said, c.chosen.low) for c in full)
    )
    if partial and first and frame.begins and first < frame.begins:
        return _only_part(said, full[0].chosen, frame.begins)
    inside = [case for case in cases if case.chosen.count and _inside(said, case.chosen)]
    if len(inside) == len(cases):
        return _backed(said, inside[0].chosen, inside[0])
    outside = [case for case in cases if _outside(said, case.chosen)]
    if len(outside) == len(cases) and len({(c.chosen.low, c.chosen.high) for c in cases}) == 1:
        if by_name is not None or _more_is_said(said, frame):
            return _unlike(wording.narrower(said), outside[0].chosen)
        return _differs(said, outside[0], frame)
    if len(cases) == 1:
        return _unlike(wording.unplaced(said, cases[0].chosen), cases[0].chosen)
    return _unlike(wording.several(said, [(c.reading, c.about, c.chosen) for c in cases]), cases[0].chosen)


def _part(said: Said, full: list[_Case], frame: Frame) -> Matched:
    """The verdict where only a part of what the register counts is meant, which it knows by names at best."""
    case = full[0]
    chosen = case.chosen.named(said.core)
    if chosen is not None:
        if _inside(said, chosen):
            return _backed(said, chosen, case, by_name=True)
        if chosen.is_of_one:
            return _differs(said, msgspec.structs.replace(case, chosen=chosen), frame)
    low = said.bounds.low
    if low is not None and all(c.chosen.high < low for c in full):
        return _differs(said, case, frame)
    return _unlike(wording.not_parted(said), None)


def _named(said: Said, full: list[_Case]) -> Chosen | None:
    """The records that a statement names, where these are not all."""
    if len(full) != 1:
        return None
    chosen = full[0].chosen
    found = chosen.named(said.core)
    return found if found is not None and found.count < chosen.count else None


def _more_is_said(said: Said, frame: Frame) -> bool:
    """Whether a statement says more of what it counts than the indicator's own words do (教育 of all the money)."""
    indicator = load_indicators().get(said.indicator)
    words = {word for word in (indicator.words if indicator else ()) if " " not in word}
    plain = (
        unspecific().sub("", indicator.words[0]) if indicator and indicator.words else ""
    )  # its plainest name
    words |= {plain} if len(plain) >= _SAYS_SOMETHING else set()
    words |= {*load_sides().programme, *load_sides().teams, said.place, frame.sending, frame.sending[:-1]} - {
        ""
    }
    left = said.core
    for word in sorted(words, key=lambda w: (-len(w), w)):
        left = left.replace(word, "")
    return len(left) >= _SAYS_SOMETHING


def _inside(said: Said, chosen: Chosen) -> bool:
    return said.bounds.holds(chosen.low) and said.bounds.holds(chosen.high)


def _above(said: Said, figure: Decimal) -> bool:
    high = said.bounds.high
    return high is not None and figure >= high and not said.bounds.holds(figure)


def _below(said: Said, figure: Decimal) -> bool:
    low = said.bounds.low
    return low is not None and figure <= low and not said.bounds.holds(figure)


def _outside(said: Said, chosen: Chosen) -> bool:
    return _above(said, chosen.low) or _below(said, chosen.high)


def _backed(said: Said, chosen: Chosen, case: _Case, *, by_name: bool = False) -> Matched:
    why = wording.backed(said, chosen, case.days, by_name)
    return Matched(Verdict.BACKED, why.zh, why.en, chosen.low, None, chosen.sure(), count=chosen.sure_count)


def _differs(said: Said, case: _Case, frame: Frame) -> Matched:
    chosen, low, high = case.chosen, said.bounds.low, said.bounds.high
    if _above(said, chosen.low):
        figure = chosen.low
        least, most = (None if end is None else figure - end for end in (high, low))
        explains = _explaining([chosen], least, most)
    else:
        figure = chosen.high
        least, most = (None if end is None else end - figure for end in (low, high))
        explains = _explaining(_just_beside(said, case, frame), least, most, apart_from=chosen)
    by = figure - said.value
    why = wording.differs(said, figure, by, explains, case.days)
    return Matched(Verdict.DIFFERS, why.zh, why.en, figure, by, chosen.all(), explains, chosen.count)


def _just_beside(said: Said, case: _Case, frame: Frame) -> list[Chosen]:
    """Records of the same place and team that the period leaves out by not more than three months."""
    if case.days is None:
        return []
    first, last = case.days
    day = datetime.timedelta(days=1)
    near = msgspec.structs.replace(case.reading, way=Way.DAY)
    beside = ((first - _NEAR, first - day), (last + day, last + _NEAR))
    return [choose(said, near, days, frame) for days in beside]


def _explaining(
    among: Sequence[Chosen], least: Decimal | None, most: Decimal | None, apart_from: Chosen | None = None
) -> tuple[Item, ...]:
    """The one or two records that come to a difference; only they are fetched."""
    if sum(chosen.sure_count for chosen in among) > MOST:
        return ()
    told = [(chosen, p) for chosen in among for p in chosen.positions()]
    if apart_from is not None:
        told = [(chosen, p) for chosen, p in told if not apart_from.holds(chosen, p)]
    amounts = [chosen.amount(p) for chosen, p in told]
    found = [told[at] for at in fewest(amounts, least, most)]
    items = [item for chosen, p in found for item in chosen.items([p])]
    return tuple(items) if all(i.kind for i in items) else ()


def _only_part(said: Said, chosen: Chosen, begins: datetime.date) -> Matched:
    why = wording.only_part(said, chosen, begins)
    return Matched(Verdict.ABSENT, why.zh, why.en, chosen.low, None, chosen.sure(), count=chosen.sure_count)


def _unlike(why: Why, chosen: Chosen | None = None) -> Matched:
    if chosen is None:
        return Matched(Verdict.UNLIKE, why.zh, why.en)
    return Matched(Verdict.UNLIKE, why.zh, why.en, chosen.low, None, chosen.all(), count=chosen.count)


def _absent(why: Why) -> Matched:
    return Matched(Verdict.ABSENT, why.zh, why.en)
