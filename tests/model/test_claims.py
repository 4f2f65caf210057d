"""A claim whose quote does not hold its digits cannot be made."""

import msgspec
import pytest

from shanhai.model import Approx, Bounds, Claim, InvariantBroken, Kind, Span, numerals


def claim(**changes: object) -> Claim:
    made = Claim(
        "doc",
        10,
        17,
        "１.6萬(wà",
        16000,
        "人",
        Approx.EXACT,
        Kind.LEVEL,
        Bounds(),
        Span(0, 30),
        digits="16万",
    )
    return msgspec.structs.replace(made, **changes) if changes else made


def test_full_width_digits_and_traditional_numerals_are_the_same_numerals() -> None:
    assert claim().quote == "１.6萬(wà"


@pytest.mark.parametrize(
    "changes",
    [{"digits": "17万"}, {"digits": "1.6万"}, {"digits": ""}, {"end": 18}, {"quote": "２.6萬(wà"}],
)
def test_other_digits_or_another_length_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvariantBroken):
        claim(**changes)


def test_a_page_number_inside_the_quote_is_not_among_its_digits() -> None:
    quote = "31%提\n- 1 -\n升到46%"
    made = claim(start=0, end=len(quote), quote=quote, digits="3146", skipped=(Span(4, 11),))
    assert numerals(made.quote) == "31146"


def test_bounds_say_which_ends_belong_to_them() -> None:
    bounds = Bounds(2_000_000, 3_000_000, high_closed=False)
    assert bounds.holds(2_000_000)
    assert not bounds.holds(3_000_000)
    assert str(bounds) == "[2000000, 3000000)"
    assert Bounds().holds(-1)
