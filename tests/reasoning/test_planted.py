"""Planted programmes: what fits raises no alarm; a spoilt figure is in the clash that is found, the smallest one.

Every seed gives one text. ``FOUND`` says how much of what is spoilt must be found in each form: where a spoilt
figure happens to make up another sum (of 18, 77, 28 and 28 the first three are 123), nobody sees a fault.
"""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from itertools import chain
from random import Random

import pytest

from shanhai import find_claims, read
from shanhai.model import Code, Finding
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.reason import reason

from .planted.figures import Planted, smallest, spoilt
from .planted.forms import FORMS
from .planted.tables import TABLES

ALARMS = {Code.DOES_NOT_ADD_UP, Code.CONTRADICTED, Code.IMPLAUSIBLE, Code.RECYCLED}
CLASHES = {Code.DOES_NOT_ADD_UP, Code.CONTRADICTED}
SEEDS = range(120)
FOUND = 0.97
Form = Callable[[Random], Planted]
ALL: tuple[Form, ...] = (*FORMS, *TABLES)
forms = pytest.mark.parametrize("form", ALL, ids=lambda f: f.__name__)


def _evidence(doc: str, text: str) -> Evidence:
    report = read(text.encode(), name=f"{doc}.md")
    return Evidence(doc, tuple(find_claims(report)), report)


@lru_cache(1 << 12)
def _findings(text: str, before: str = "") -> tuple[Finding, ...]:
    earlier = [_evidence("before", before)] if before else []
    return reason([*earlier, _evidence("now", text)], seconds=60).findings


def _alarms(text: str, before: str = "") -> list[str]:
    return [f"{f.code}: {f.message.zh}" for f in _findings(text, before) if f.code in ALARMS]


def _naming(text: str, start: int, end: int, before: str = "") -> list[Finding]:
    """The clashes that name the figure between two places of the text."""
    return [
        f
        for f in _findings(text, before)
        if f.code in CLASHES and any(c.doc == "now" and c.start < end and start < c.end for c in f.claims)
    ]


@forms
def test_what_fits_raises_no_alarm(form: Form) -> None:
    texts = {(p.text, p.before) for p in (form(Random(seed)) for seed in SEEDS)}
    wrong = {text: alarms for text, before in texts if (alarms := _alarms(text, before))}
    assert wrong == {}


@forms
def test_what_fits_is_shown_to_fit(form: Form) -> None:
    planted = [form(Random(seed)) for seed in SEEDS]
    told = [p for p in planted if not p.before]
    held = sum(any(f.code is Code.ADDS_UP for f in _findings(p.text)) for p in told)
    assert held >= FOUND * len(told)


@forms
def test_a_spoilt_figure_is_in_the_clash(form: Form) -> None:
    missed = []
    for seed in SEEDS:
        random = Random(seed)
        bad, number = spoilt(form(random), random)
        start = bad.start(number)
        if not _naming(bad.text, start, start + len(str(bad.amounts[number])), bad.before):
            missed.append((seed, bad.text, str(bad.amounts[number])))
    assert len(missed) <= (1 - FOUND) * len(SEEDS), missed


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.__name__)
def test_the_clash_of_a_single_relation_is_the_smallest(form: Form) -> None:
    tried, larger = 0, []
    for seed in SEEDS:
        random = Random(seed)
        bad, number = spoilt(form(random), random)
        if len(bad.ties) > 1:
            continue
        start = bad.start(number)
        found = _naming(bad.text, start, start + len(str(bad.amounts[number])), bad.before)
        tried += bool(found)
        if found and {len(f.claims) for f in found} != {smallest(bad)}:
            larger.append((seed, bad.text, smallest(bad), [[c.quote for c in f.claims] for f in found]))
    assert larger == []
    assert tried or form.__name__ in ("two_breakdowns", "counts_and_money")


def _programme(random: Random) -> list[Planted]:
    """Several pieces that tell of different things, so that no two of them speak of the same."""
    told: set[str] = set()
    pieces = []
    for form in random.sample(ALL, len(ALL)):
        piece = form(random)
        subjects = {p[-4:] for p in piece.pieces if isinstance(p, str) and len(p) >= 4} | {piece.form[:5]}
        if not piece.before and not subjects & told:
            told |= subjects
            pieces.append(piece)
    return pieces


def _text(pieces: list[Planted]) -> tuple[str, list[int]]:
    """A report of the pieces, and where each of them begins."""
    text, starts = "# 2023年工作总结\n", []
    for piece in pieces:
        text += "\n"
        starts.append(len(text))
        text += piece.text + "\n"
    return text, starts


@pytest.mark.parametrize("seed", range(100))
def test_a_whole_programme_holds_until_a_figure_is_spoilt(seed: int) -> None:
    random = Random(seed)
    pieces = _programme(random)
    assert len(pieces) >= 4
    assert _alarms(_text(pieces)[0]) == []

    at = random.randrange(len(pieces))
    bad, number = spoilt(pieces[at], random)
    text, starts = _text([*pieces[:at], bad, *pieces[at + 1 :]])
    start = starts[at] + bad.start(number)
    own = range(starts[at], starts[at] + len(bad.text))
    found = _naming(text, start, start + len(str(bad.amounts[number])))
    assert found
    assert all(c.start in own for c in chain.from_iterable(f.claims for f in found))


def test_every_form_has_many_wordings() -> None:
    wordings: Counter[str] = Counter()
    for form in FORMS:
        wordings[form.__name__] = len({form(Random(seed)).phrasing for seed in range(400)})
    assert min(wordings.values()) >= 6
