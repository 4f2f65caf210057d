"""The definition card (口径): what exactly a figure counts, as far as the text says."""

import re
from datetime import date
from functools import cache

from shanhai.catalogue.definitions import load_definitions
from shanhai.catalogue.units import load_units
from shanhai.claims.meaning.period import When
from shanhai.claims.meaning.setting import Setting
from shanhai.model import Definition, Quantity

_SCOPE_REACH = 60


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], dict[str, str]]]:
    """For each part of the card a pattern of all its words, and what each word tells."""
    words = load_definitions()
    found = {}
    for part in ("stage", "form", "cumulative", "scope"):
        tells = {word: value for value, known in getattr(words, part).items() for word in known}
        longest_first = sorted(map(re.escape, tells), key=len, reverse=True)
        found[part] = re.compile("|".join(longest_first)), tells
    return found


def definition_of(text: str, figure: Quantity, setting: Setting, when: When | None) -> Definition:
    """The card of one figure; each part None where the text does not say."""
    units = load_units()
    kind = units.kind_of.get(figure.unit)
    begin = setting.clause_start
    since = when.since if when else None
    cumulative = _tells(text, "cumulative", begin, figure.start, figure.start)
    return Definition(
        counted=units.same_as.get(figure.unit, figure.unit) if kind and units.kinds[kind].whole else None,
        stage=_tells(text, "stage", begin, figure.start, setting.phrase_end),
        form=_tells(text, "form", begin, figure.start, setting.phrase_end) if kind == "money" else None,
        cumulative={"true": True, "false": False}.get(cumulative or "", True if since else None),
        since=_first_day(since),
        scope=_tells(
            text,
            "scope",
            max(setting.sentence_start, figure.start - _SCOPE_REACH),
            figure.start,
            figure.start,
        ),
    )


def _tells(text: str, part: str, begin: int, at: int, end: int) -> str | None:
    """What the last word before ``at`` tells, or the first behind it."""
    pattern, tells = _patterns()[part]
    before = list(pattern.finditer(text, begin, at))
    found = before[-1] if before else pattern.search(text, at, end)
    return tells[found[0]] if found else None


def _first_day(since: str | None) -> date | None:
    if not since:
        return None
    parts = [int(p) for p in since.split("-")] + [1, 1]
    return date(parts[0], parts[1], parts[2])
