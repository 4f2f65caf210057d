"""Numerals: known forms, forms that are none, and an independent library's numerals read back."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.claims.numerals import arabic, chinese

READ = {
    "三": 3, "两": 2, "十": 10, "十二": 12, "二十": 20, "三十二": 32, "一百二": 120, "一百零五": 105,
    "一千零五": 1005, "一万一千": 11000, "三千六": 3600, "一万二": 12000, "两万五千": 25000, "二〇二四": 2024,
    "一亿二千万": 120_000_000, "十六点四": Decimal("16.4"), "三点五万": 35000, "五十三万四千": 534000,
}  # fmt: skip
SIDE_BY_SIDE = {
    "四五": (4, 5),
    "七八百": (700, 800),
    "十七八": (17, 18),
    "三四十": (30, 40),
    "一百二三十": (120, 130),
}
VAGUE = {
    "几十": (20, 99),
    "十几": (11, 19),
    "数百": (200, 999),
    "二十几": (21, 29),
    "几百万": (2_000_000, 9_999_999),
}
NO_NUMBER = ["三五", "一一", "点五", "十百", "二三四十", "五三"]


@pytest.mark.parametrize(("written", "value"), READ.items())
def test_a_chinese_numeral_is_its_value(written: str, value: object) -> None:
    numeral = chinese(written)
    assert numeral is not None
    assert numeral.value == value


@pytest.mark.parametrize(("written", "ends"), SIDE_BY_SIDE.items())
def test_two_digits_side_by_side_are_a_range(written: str, ends: tuple[int, int]) -> None:
    numeral = chinese(written)
    assert numeral is not None
    assert (numeral.value, numeral.upper) == ends


@pytest.mark.parametrize(("written", "ends"), VAGUE.items())
def test_a_vague_numeral_has_ends_and_no_value(written: str, ends: tuple[int, int]) -> None:
    numeral = chinese(written)
    assert numeral is not None
    assert numeral.value is None
    assert (numeral.low, numeral.high) == ends


@pytest.mark.parametrize("written", NO_NUMBER)
def test_characters_that_make_no_number_are_refused(written: str) -> None:
    assert chinese(written) is None


@given(st.integers(1, 10**16 - 1))
def test_numerals_written_by_another_library_are_read_back(number: int) -> None:
    numeral = chinese(cn2an.an2cn(number, "low"))
    assert numeral is not None
    assert numeral.value == number


@given(st.integers(0, 10**12), st.integers(0, 4))
def test_arabic_numerals_know_their_places(number: int, decimals: int) -> None:
    written = f"{Decimal(number).scaleb(-decimals):f}" if decimals else str(number)
    numeral = arabic(written)
    assert numeral.value == Decimal(written)
    assert numeral.place == (Decimal(1).scaleb(-decimals) if decimals else 1)
    if number and not decimals:
        assert number % int(numeral.step) == 0
        assert number % (int(numeral.step) * 10) != 0


def test_thousands_separators_are_no_digits() -> None:
    assert arabic("1,234,567").value == 1_234_567
