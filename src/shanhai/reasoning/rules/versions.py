"""Which version of a rule may hold: by the receiving place and the time that a figure is about."""

import datetime

from shanhai.catalogue.places import load_gazetteer
from shanhai.catalogue.rules import Rule, RuleVersion, code_of
from shanhai.catalogue.sides import load_sides
from shanhai.model import Claim, Report, Sides

Days = tuple[str | None, str | None]
"""The first and the last time, each an ISO year, month or day; None where open."""


def codes_of(name: str | None) -> tuple[str, ...]:
    """The codes of the place that a written name means and of all above it, nearest first.

    None of them where the name is unknown, or may mean places that do not lie in one another.
    """
    if not name:
        return ()
    places = load_gazetteer()
    chains = [
        (r.code, *(a.code for a in places.ancestors(r.code))) for r in places.named(name) if r.ends is None
    ] or [(r.code, *(a.code for a in places.ancestors(r.code))) for r in places.named(name)]
    if not chains:
        return ()
    shared = set(chains[0]).intersection(*chains[1:])
    # 兵团 means a dozen cities of one region: what they share is known, which of them is not.
    return tuple(c for c in chains[0] if c in shared)


def receiving(claim: Claim, sides: Sides | None) -> tuple[str, tuple[str, ...]]:
    """The receiving place that a share is about, with its codes: the claim's own where it is assisted, or the report's.

    A claim that names only what lies around the report's receiving place gives way to the report, which says more.
    Where no receiving place is known, an assisted place that the report was taken to come from is the receiving one:
    那曲市援藏资金使用情况.
    """
    own = codes_of(claim.place)
    of_report = codes_of(sides.receiving) if sides else ()
    assisted = set(load_sides().assisted)
    if claim.place and own and assisted & set(own) and not set(own) < set(of_report):
        return claim.place, own
    if sides and sides.receiving and of_report:
        return sides.receiving, of_report
    if sides and sides.sending and not sides.receiving:
        of_sending = codes_of(sides.sending)
        if assisted & set(of_sending):
            return sides.sending, of_sending
    return "", ()


def versions_for(rule: Rule, codes: tuple[str, ...], time: Days) -> tuple[RuleVersion, ...]:
    """The versions that may hold at the place for the time; those of the nearest place only."""
    for code in codes:
        placed = [v for v in rule.versions if code in {code_of(w) for w in v.where}]
        if placed:
            return tuple(v for v in placed if _overlap((v.since, v.until), time))
    return ()


def time_of(claim: Claim, report: Report | None) -> Days:
    """The time that a share is about; without one of its own, the year of the report's date and the year before it."""
    if claim.period:
        first, _, last = claim.period.partition("/")
        return first or None, (last or first) or None
    if report is None or report.date is None:
        return None, None
    day: datetime.date = report.date
    return str(day.year - 1), day.isoformat()


def _overlap(one: Days, other: Days) -> bool:
    """Whether two times share a day, as far as their precision tells."""
    return _not_after(one[0], other[1]) and _not_after(other[0], one[1])


def _not_after(first: str | None, last: str | None) -> bool:
    """Whether a time that begins with ``first`` may begin before one ends that ends with ``last``."""
    if first is None or last is None:
        return True
    precision = min(len(first), len(last))
    return first[:precision] <= last[:precision]
