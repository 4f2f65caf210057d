"""Roll-up by rule, with the faults that other systems had with cumulative figures, each as a test."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from shanhai.catalogue.indicators import Adds, Direction, Indicator, load_indicators
from shanhai.programme.targets.progress import progress
from shanhai.programme.targets.rolling import Figure, Rolled, by_period, roll_up
from shanhai.programme.targets.together import Own, put_together, series

TRAINED = load_indicators()["training.people"]
TEACHERS = next(i for i in load_indicators().values() if i.adds is Adds.LAST and i.over == ("places",))
SURVIVAL = load_indicators()["ecology.survival_rate"]
PRICES = load_indicators()["economy.fuel_prices"]


def indicator(adds: Adds, *over: str) -> Indicator:
    parts = {"numerator": "a", "denominator": "b"} if adds is Adds.RATIO else {}
    return Indicator("甲", "A", "甲", "a", ("people",), adds, Direction.UP, ("甲",), (), over, **parts)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def of_year(
    key: str, year: int, value: int | str | None, *, cumulative: bool = False, **parts: int
) -> Figure:
    told = {name: Decimal(part) for name, part in parts.items()}
    number = None if value is None else Decimal(value)
    return Figure(key, day(f"{year}-01-01"), day(f"{year}-12-31"), number, cumulative=cumulative, **told)


def of(key: str, starts: str, ends: str, value: int, *, cumulative: bool = False) -> Figure:
    return Figure(key, day(starts), day(ends), Decimal(value), cumulative=cumulative)


def codes(rolled: Rolled) -> list[str]:
    return [n.code for n in (*rolled.left_out, *rolled.notes)]


class TestFaultsOfOthers:
    """akvo-rsr #5194, #5211, #5212, #5241 and #2867."""

    def test_summary_over_cumulative_periods_is_not_their_sum(self) -> None:
        """#5194: the summary of cumulative periods was not worked out as cumulative."""
        told = [of_year("W1", 2021, 50, cumulative=True), of_year("W2", 2022, 80, cumulative=True)]
        rolled = roll_up(TRAINED, told, day("2021-01-01"))
        assert rolled.value == 80
        assert rolled.used == ("W2",)
        assert rolled.period == (day("2021-01-01"), day("2022-12-31"))
        assert [n.keys for n in rolled.left_out] == [("W1",)]

    def test_over_all_owners_the_last_cumulative_of_each_counts(self) -> None:
        """#5211: the aggregated value over all periods was the sum of the periods."""
        north = [of_year("W1", 2021, 50, cumulative=True), of_year("W2", 2022, 80, cumulative=True)]
        south = [of_year("W3", 2021, 30, cumulative=True), of_year("W4", 2022, 45, cumulative=True)]
        owners = [Own("甲", roll_up(TRAINED, north)), Own("乙", roll_up(TRAINED, south))]
        assert put_together(TRAINED, owners).value == 125

    def test_total_does_not_fall_because_one_has_not_yet_told(self) -> None:
        """#5212: an owner without a figure made the aggregated value decrease from one period to the next."""
        north = [of_year("W1", 2021, 50, cumulative=True), of_year("W2", 2022, 60, cumulative=True)]
        south = [of_year("W3", 2021, 30, cumulative=True)]
        first, second = series(TRAINED, {"甲": north, "乙": south}).values()
        assert first.value == 80
        assert (second.value, second.known, second.missing) == (None, 60, ("乙",))

    def test_later_figure_of_an_earlier_period_changes_no_later_period(self) -> None:
        """#5241: an update of the first period was carried over the second into the third."""
        told = [of_year("W1", 2021, 50, cumulative=True), of_year("W2", 2022, 80, cumulative=True)]
        before = by_period(told)
        late = by_period([*told, of_year("W3", 2021, 55, cumulative=True)])
        second = (day("2022-01-01"), day("2022-12-31"))
        assert late[second] == before[second]
        assert (day("2023-01-01"), day("2023-12-31")) not in late
        assert roll_up(TRAINED, [*told, of_year("W3", 2021, 55, cumulative=True)]).value == 80

    def test_total_by_period_and_over_all_come_from_one_computation(self) -> None:
        """#2867: screen and report engine computed different totals. Both take this one."""
        told = {"甲": [of_year("W1", 2021, 50), of_year("W2", 2022, 60)], "乙": [of_year("W3", 2021, 7)]}
        whole = put_together(TRAINED, [Own(k, roll_up(TRAINED, f)) for k, f in told.items()])
        assert whole.value == sum(t.known or 0 for t in series(TRAINED, told).values()) == 117


class TestSum:
    def test_periods_are_added(self) -> None:
        rolled = roll_up(TRAINED, [of_year("W2", 2022, 60), of_year("W1", 2021, "50.5")])
        assert (rolled.value, rolled.used, codes(rolled)) == (Decimal("110.5"), ("W1", "W2"), [])

    def test_missing_period_is_told_and_not_filled(self) -> None:
        rolled = roll_up(TRAINED, [of_year("W1", 2021, 50), of_year("W2", 2023, 60)], day("2020-01-01"))
        assert rolled.value == 110
        assert [n.zh[:21] for n in rolled.notes] == ["2020-01-01至2020-12-31", "2022-01-01至2022-12-31"]

    def test_periods_that_overlap_are_refused(self) -> None:
        told = [of("W1", "2023-01-01", "2023-06-30", 5), of("W2", "2023-06-01", "2023-12-31", 5)]
        rolled = roll_up(TRAINED, told)
        assert rolled.value is None
        assert "W1" in rolled.left_out[0].zh
        assert codes(rolled) == ["overlap"]

    def test_two_figures_of_one_period_are_refused(self) -> None:
        assert roll_up(TRAINED, [of_year("W1", 2021, 5), of_year("W2", 2021, 5)]).value is None

    def test_quarter_within_the_year_is_not_added_again(self) -> None:
        rolled = roll_up(TRAINED, [of_year("W1", 2023, 50), of("W2", "2023-04-01", "2023-06-30", 20)])
        assert (rolled.value, codes(rolled)) == (50, ["within"])

    def test_parts_that_exceed_their_whole_are_told(self) -> None:
        rolled = roll_up(TRAINED, [of_year("W1", 2023, 50), of("W2", "2023-04-01", "2023-06-30", 51)])
        assert codes(rolled) == ["within", "parts exceed"]

    def test_cumulative_that_falls_is_told(self) -> None:
        told = [of_year("W1", 2021, 50, cumulative=True), of_year("W2", 2022, 40, cumulative=True)]
        rolled = roll_up(TRAINED, told)
        assert rolled.value == 40
        assert "falls" in codes(rolled)

    def test_period_figures_are_not_added_to_a_cumulative_one(self) -> None:
        told = [of_year("W1", 2021, 50, cumulative=True), of_year("W2", 2021, 9), of_year("W3", 2022, 7)]
        rolled = roll_up(TRAINED, told)
        assert (rolled.value, codes(rolled)) == (50, ["within", "after"])

    def test_two_cumulative_figures_to_one_day_that_differ_are_refused(self) -> None:
        told = [of_year("W1", 2021, 50, cumulative=True), of_year("W2", 2021, 40, cumulative=True)]
        assert (roll_up(TRAINED, told).value, codes(roll_up(TRAINED, told))) == (None, ["rivals"])

    def test_nothing_told_is_no_zero(self) -> None:
        assert roll_up(TRAINED, []) == Rolled()


class TestOtherRules:
    def test_last(self) -> None:
        rolled = roll_up(TEACHERS, [of_year("W1", 2021, 50), of_year("W2", 2022, 40)])
        assert (rolled.value, codes(rolled)) == (40, ["earlier"])

    def test_peak(self) -> None:
        told = [of_year("W1", 2021, 50), of_year("W2", 2022, 40)]
        assert roll_up(indicator(Adds.PEAK, "periods"), told).value == 50

    def test_ratio_is_worked_out_from_its_parts(self) -> None:
        told = [
            of_year("W1", 2021, None, numerator=90, denominator=100),
            of_year("W2", 2022, None, numerator=1, denominator=10),
        ]
        rolled = roll_up(indicator(Adds.RATIO, "places", "periods"), told)
        assert (rolled.numerator, rolled.denominator) == (91, 110)
        assert rolled.value is not None
        assert abs(Fraction(rolled.value) - Fraction(91, 110)) < Fraction(1, 10**28)

    def test_ratio_that_may_not_be_added_over_periods_is_the_last(self) -> None:
        told = [
            of_year("W1", 2021, None, numerator=90, denominator=100),
            of_year("W2", 2022, None, numerator=1, denominator=10),
        ]
        assert roll_up(indicator(Adds.RATIO, "places"), told).value == Decimal("0.1")

    def test_never(self) -> None:
        told = [of_year("W1", 2021, 8), of_year("W2", 2022, 9)]
        assert (roll_up(PRICES, told).value, codes(roll_up(PRICES, told))) == (None, ["never"])
        assert roll_up(PRICES, told[:1]).value == 8


class TestTogether:
    def test_an_owner_of_which_nothing_is_known(self) -> None:
        told = put_together(TRAINED, [Own("甲", Rolled(Decimal(5))), Own("乙", Rolled())])
        assert (told.value, told.known, told.missing) == (None, 5, ("乙",))

    @pytest.mark.parametrize(
        ("one", "other", "code"),
        [
            (Own("甲", Rolled(Decimal(5)), "人"), Own("乙", Rolled(Decimal(5)), "人次"), "units"),
            (Own("甲", Rolled(Decimal(5)), "人", "线上"), Own("乙", Rolled(Decimal(5)), "人"), "definitions"),
        ],
    )
    def test_what_is_not_comparable_is_not_added(self, one: Own, other: Own, code: str) -> None:
        told = put_together(TRAINED, [one, other])
        assert (told.value, [n.code for n in told.left_out]) == (None, [code])

    def test_over_what_the_catalogue_does_not_name(self) -> None:
        told = put_together(TEACHERS, [Own("甲", Rolled(Decimal(5))), Own("乙", Rolled(Decimal(5)))], "teams")
        assert (told.value, [n.code for n in told.left_out]) == (None, ["never"])

    def test_ratios_of_places(self) -> None:
        rate = indicator(Adds.RATIO, "places")
        owners = [
            Own(k, roll_up(rate, [of_year("W", 2021, None, numerator=n, denominator=d)]))
            for k, n, d in (("甲", 90, 100), ("乙", 1, 10))
        ]
        told = put_together(rate, owners)
        assert (told.numerator, told.denominator) == (91, 110)

    def test_greatest_of_peaks(self) -> None:
        told = put_together(
            indicator(Adds.PEAK), [Own("甲", Rolled(Decimal(5))), Own("乙", Rolled(Decimal(9)))]
        )
        assert (told.value, told.used) == (9, ("乙",))


@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(1, 12), st.integers(0, 1000)), min_size=1, max_size=7),
    st.randoms(use_true_random=False),
)
@hypothesis_settings(max_examples=150)
def test_no_day_is_counted_twice_and_order_does_not_matter(periods, random) -> None:
    """A sum is there only if its periods share no day; it is the same in whatever order results come."""
    figures = []
    for number, (first, last, value) in enumerate(periods):
        if last > first:
            starts = datetime.date(2023, first + 1, 1)
            ends = datetime.date(2023 + last // 12, last % 12 + 1, 1) - datetime.timedelta(1)
            figures.append(Figure(f"W{number}", starts, ends, Decimal(value)))
    rolled = roll_up(TRAINED, figures)
    mixed = figures[:]
    random.shuffle(mixed)
    assert roll_up(TRAINED, mixed) == rolled
    used = [f for f in figures if f.key in rolled.used]
    days = [f.starts + datetime.timedelta(n) for f in used for n in range((f.ends - f.starts).days + 1)]
    assert len(days) == len(set(days))
    if rolled.value is None:
        assert not used
        assert not figures or [n.code for n in rolled.left_out] == ["overlap"]
    else:
        assert rolled.value == sum(f.value or 0 for f in used)
        told = {key for note in rolled.left_out for key in note.keys}
        assert told == {f.key for f in figures} - set(rolled.used)


class TestProgress:
    @pytest.mark.parametrize(
        ("direction", "baseline", "target", "value", "share", "met"),
        [
            (Direction.UP, 0, 200, 150, "75.0", False),
            (Direction.UP, 100, 200, 150, "50.0", False),
            (Direction.UP, 100, 200, 90, "-10.0", False),
            (Direction.UP, None, 200, 250, "125.0", True),
            (Direction.UP, 0, 3, 2, "66.6", False),
            (Direction.UP, 0, 100000, 99999, "99.9", False),
            (Direction.DOWN, 10, 5, 6, "80.0", False),
            (Direction.DOWN, 10, 5, 4, "120.0", True),
            (Direction.DOWN, None, 5, 4, None, True),
            (Direction.UP, 200, 100, 150, None, True),
            (Direction.UP, 100, 100, 100, None, True),
            (Direction.NONE, 0, 100, 50, None, None),
            (Direction.UP, 0, 100, None, None, None),
        ],
    )
    def test_progress(self, direction, baseline, target, value, share, met) -> None:
        exact = [None if n is None else Decimal(n) for n in (baseline, target, value)]
        told = progress(direction, *exact)
        assert (told.share, told.met) == (None if share is None else Decimal(share), met)
        assert (told.share is None) == bool(told.zh)
        assert told.from_baseline is (baseline is not None or value is None or direction is Direction.NONE)
