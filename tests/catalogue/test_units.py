"""Units: what may follow a numeral, what may be compared, and what is converted."""

from decimal import Decimal
from pathlib import Path

import pytest

from shanhai.catalogue.files import decode
from shanhai.catalogue.units import UnitKind, load_units
from shanhai.model import CatalogueError

COMPARABLE = [("人", "名"), ("亩", "公顷"), ("公里", "千米"), ("公斤", "吨"), ("度", "千瓦时"), ("元", "元")]
NOT_COMPARABLE = [
    ("人", "人次"),
    ("元", "美元"),
    ("个", "所"),
    ("户", "人"),
    ("亩", "公里"),
    ("度", "千瓦"),
    ("%", "百分点"),
]


@pytest.mark.parametrize(("one", "other"), COMPARABLE)
def test_units_of_one_thing_may_be_compared(one: str, other: str) -> None:
    assert load_units().comparable(one, other)
    assert load_units().comparable(other, one)


@pytest.mark.parametrize(("one", "other"), NOT_COMPARABLE)
def test_units_of_different_things_may_not(one: str, other: str) -> None:
    assert not load_units().comparable(one, other)
    assert not load_units().comparable(other, one)


def test_measures_are_converted_exactly() -> None:
    units = load_units()
    assert units.converted(Decimal("2.5"), "公顷") == (25_000, "平方米")
    assert units.converted(3, "吨") == (3000, "公斤")
    assert units.converted(7, "名") == (7, "人")
    hectares, _ = units.converted(15, "亩")
    assert round(hectares) == 10_000


def test_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "people.yaml"
    file.write_text("name_zh: 人\nname_en: people\nwhole: true\nunit: [人]\n", "utf-8")
    with pytest.raises(CatalogueError, match="unit"):
        decode(file, UnitKind)
