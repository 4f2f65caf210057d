"""How the results page writes figures, names things, hides private numbers, and looks."""

import re
from decimal import Decimal

import pytest

from shanhai.catalogue.areas import load_areas
from shanhai.model import CONTENT, Approx, Bounds, DamageKind, Kind, Role, Status
from shanhai.publishing.page.figures import bounds, number, quantity
from shanhai.publishing.page.frame import STYLES, embedded
from shanhai.publishing.page.masking import without_private
from shanhai.publishing.page.words import APPROX, DAMAGE, KINDS, ROLES, STATUS

from .building import claim, report
from .colours import contrast, one


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (1234567, "1,234,567"),
        (-38, "−38"),
        (Decimal("1234.50"), "1,234.50"),
        (Decimal("0.1"), "0.1"),
        pytest.param(10**5000, "1.000000E+5000", id="more digits than Python writes"),
        (Decimal("1E-400"), "1.000000E−400"),
    ],
)
def test_numbers(value: int | Decimal, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    ("interval", "shown"),
    [
        (Bounds(), ""),
        (Bounds(33, 33), "= 33"),
        (Bounds(low=8000), "≥ 8,000"),
        (Bounds(low=80, low_closed=False), "> 80"),
        (Bounds(high=200, high_closed=False), "< 200"),
        (Bounds(high=200), "≤ 200"),
        (Bounds(2_000_000, 3_000_000, True, False), "[2,000,000,\u20023,000,000)"),
        (Bounds(1, 2, False, True), "(1,\u20022]"),
    ],
)
def test_bounds(interval: Bounds, shown: str) -> None:
    assert bounds(interval) == shown


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({"unit": "人"}, "5 人"),
        ({"unit": "%", "kind": Kind.CHANGE}, "+5%"),
        ({"unit": "百分点", "kind": Kind.POINTS}, "+5 百分点"),
        ({"unit": "元", "upper": 6000}, "5–6,000 元"),
        ({"unit": "", "from_value": 2, "kind": Kind.FROM_TO}, "2 → 5"),
        ({"unit": "人", "value": None}, ""),
    ],
)
def test_quantities(more: dict[str, object], shown: str) -> None:
    assert quantity(claim(report("5人"), "5人", **{"value": 5, **more})) == shown


@pytest.mark.parametrize(
    "text",
    [
        "投资13812345678.5元",
        "编号20240307000112345",
        "2019-2021",
        "0.138123456789",
        "13812345678901",
        "共1234567人",
    ],
)
def test_other_numbers_are_not_taken_for_private_ones(text: str) -> None:
    assert without_private(text) == text


def test_everything_that_can_be_shown_has_a_name_in_both_languages() -> None:
    assert set(KINDS) == set(Kind)
    assert set(APPROX) == set(Approx)
    assert set(STATUS) == set(Status)
    assert set(DAMAGE) == set(DamageKind)
    assert set(ROLES) == set(Role) - CONTENT
    for table in (KINDS, APPROX, STATUS, DAMAGE, ROLES):
        assert all(word.zh and word.en for word in table.values())


def test_claims_can_be_told_apart_and_read_in_both_schemes() -> None:
    css = embedded(STYLES)
    rules = {m[1]: m.groups()[1:] for m in re.finditer(
        r"\.((?:area|kind)-[a-z_]+) \{ --tint: (\S+); --line: (\S+); --tint-dark: (\S+); --line-dark: (\S+); --stroke: (\S+); \}", css
    )}  # fmt: skip
    assert set(rules) == {f"area-{a}" for a in load_areas()} | {f"kind-{k.value}" for k in Kind}
    (paper, ink), (dark, pale) = ((one(css, "--paper", i), one(css, "--ink", i)) for i in (0, 1))
    for tint, line, tint_dark, line_dark, _ in rules.values():
        pairs = [
            (ink, tint),
            (line, tint),
            (line, paper),
            (pale, tint_dark),
            (line_dark, tint_dark),
            (line_dark, dark),
        ]
        assert min(contrast(a, b) for a, b in pairs) >= 4.5
    areas = [rule for name, rule in rules.items() if name.startswith("area-")]
    assert len({rule[0] for rule in areas}) == len({rule[1] for rule in areas}) == 16


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("name", ["--ink", "--soft", "--sea", "--ochre", "--warn"])
def test_text_colours_can_be_read_on_every_ground(name: str, scheme: int) -> None:
    css = embedded(STYLES)
    grounds = [one(css, ground, scheme) for ground in ("--paper", "--raised", "--sunk")]
    assert min(contrast(one(css, name, scheme), ground) for ground in grounds) >= 4.5
