"""Numbers as reviewers type them: what is read, what is refused, what they commit to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.model import Approx, Bounds, Kind, Number
from shanhai.web.room.numbers import committed, typed, writings, written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("33", 33),
        ("1,200", 1200),
        ("１２００", 1200),
        ("1 200", 1200),
        ("2.71亿", 271_000_000),
        ("3200万", 32_000_000),
        ("0.5", Decimal("0.5")),
        ("-3.5", Decimal("-3.5")),
        ("−3.5", Decimal("-3.5")),
        ("+8", 8),
        (".5", Decimal("0.5")),
        ("0", 0),
    ],
)
def test_numbers_that_are_read(text: str, value: Number) -> None:
    assert typed(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "三十", "12个", "1.2.3", "--5", "1e9", "NaN", "inf", "约5", "5%", "1/2", "9" * 30, "=1+1", "0x1F"],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        typed(text)


@given(st.integers(-(10**15), 10**15) | st.decimals("-1e9", "1e9", places=4))
def test_each_way_of_writing_a_number_reads_back(value: Number) -> None:
    assert all(typed(text) == value for text in writings(typed(written(value))))


@pytest.mark.parametrize(
    ("text", "approx", "unit", "bounds"),
    [
        ("33", Approx.EXACT, "名", Bounds(33, 33)),
        ("2.71亿", Approx.EXACT, "元", Bounds(270_500_000, 271_500_000, high_closed=False)),
        ("200", Approx.NEARLY, "名", Bounds(None, 200, high_closed=False)),
    ],
)
def test_a_typed_number_commits_as_the_reader_would_say(
    text: str, approx: Approx, unit: str, bounds: Bounds
) -> None:
    found = committed(text, approx, unit, Kind.LEVEL)
    assert found.holds(typed(text)) is (approx is not Approx.NEARLY)
    assert (found.high, found.high_closed) == (bounds.high, bounds.high_closed)
