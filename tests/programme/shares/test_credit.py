"""Nothing is added twice, and nothing that is another's; what was refused is told."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from shanhai.catalogue.rules import Must, RuleVersion, load_rules
from shanhai.ledger.errors import NotPossible
from shanhai.model import Bounds
from shanhai.programme.models import Level, Livelihood, Status
from shanhai.programme.shares.classes import CLASSES, grassroots, livelihood
from shanhai.programme.shares.credit import Refused, Why, decide
from shanhai.programme.shares.held import Basis, Funder, Held
from shanhai.programme.shares.meter import Meter
from shanhai.programme.shares.meter import read as read_total
from shanhai.programme.shares.sums import Group, Total, exchanged, refusals, sums_of
from shanhai.programme.shares.what_if import Added, Dropped, Reclassified, changed
from shanhai.reasoning.rules.meter import Item, Standing, measure

COUNTY = load_rules()["county_share"]
AT_80 = next(v for v in COUNTY.versions if v.threshold == 80 and v.must is Must.AT_LEAST)


def project(number: int, amount: int | str | None, **told: object) -> Held:
    exact = None if amount is None else Decimal(amount)
    return Held(number, f"X{number}", f"项目{number}", exact, **told)  # type: ignore[arg-type]


class One(msgspec.Struct, frozen=True):
    """A project's amount as it may be added."""

    project: Held
    low: Decimal
    high: Decimal


class Credit(msgspec.Struct, frozen=True):
    """What is added one by one, and what is refused."""

    counted: tuple[One, ...]
    refused: tuple[Refused, ...]
    total: Total

    @property
    def certain(self) -> Decimal:
        assert sum(c.low for c in self.counted) == self.total.certain
        return self.total.certain

    @property
    def possible(self) -> Decimal:
        assert sum(c.high for c in self.counted) == self.total.possible
        return self.total.possible


def credit(projects: Iterable[Held], basis: Basis) -> Credit:
    decided = decide(projects, basis)
    counted = tuple(
        One(d.project, *Group.of(d).range_of(d.project.amount))
        for d in decided
        if d.why is None and d.project.currency == "CNY"
    )
    return Credit(counted, tuple(r for d in decided for r in d.refused("CNY")), Total.of(decided, "CNY"))


def read(found: Credit, *told: object) -> Meter:
    return read_total(found.total, *told)


def keys(meter: Meter) -> list[str]:
    return [f"X{number}" for number in meter.deciding]


def counted(found: Credit) -> dict[str, tuple[Decimal, Decimal]]:
    return {c.project.key: (c.low, c.high) for c in found.counted}


def refused(found: Credit) -> list[tuple[str, str, Decimal | None]]:
    return [(r.key, r.why.value, r.amount) for r in found.refused]


class TestCredit:
    def test_parent_is_not_added_beside_its_parts(self) -> None:
        found = credit([project(1, 100), project(2, 40, parent=1), project(3, 30, parent=1)], Basis.PLANNED)
        assert (found.certain, found.possible) == (70, 70)
        assert refused(found) == [("X1", "parent", 100)]
        assert found.refused[0].by == ("X2", "X3")

    def test_grandparent_whose_part_only_gathers(self) -> None:
        told = [project(1, 100), project(2, 90, parent=1, umbrella=True), project(3, 30, parent=2)]
        found = credit(told, Basis.PLANNED)
        assert counted(found) == {"X3": (30, 30)}
        assert refused(found) == [("X1", "parent", 100), ("X2", "umbrella", 90)]

    def test_parent_counts_where_no_part_tells_an_amount(self) -> None:
        found = credit([project(1, 100), project(2, None, parent=1)], Basis.PLANNED)
        assert counted(found) == {"X1": (100, 100)}
        assert refused(found) == [("X2", "no_amount", None)]

    def test_umbrella_is_never_added(self) -> None:
        assert credit([project(1, 100, umbrella=True)], Basis.PLANNED).possible == 0

    def test_own_share_only(self) -> None:
        others = (Funder("县财政", Decimal("0.3")),)
        found = credit([project(1, 100, others=others)], Basis.PLANNED)
        assert counted(found) == {"X1": (70, 70)}
        assert refused(found) == [("X1", "others_share", 30)]

    def test_unknown_share_is_left_out_of_what_is_certain(self) -> None:
        others = (Funder("县财政", Decimal("0.3")), Funder("企业", None))
        found = credit([project(1, 100, others=others)], Basis.PLANNED)
        assert (found.certain, found.possible) == (0, 70)
        assert refused(found) == [("X1", "others_share", 30), ("X1", "unknown_share", 70)]
        assert "企业" in found.refused[1].said()[0]

    def test_part_has_the_share_of_the_project_above(self) -> None:
        above = project(1, 100, others=(Funder("县财政", Decimal("0.5")),))
        own = project(3, 20, parent=1, others=(Funder("县财政", Decimal("0.1")),))
        assert counted(credit([above, project(2, 80, parent=1), own], Basis.PLANNED)) == {
            "X2": (40, 40),
            "X3": (18, 18),
        }

    def test_other_currency_and_cancelled(self) -> None:
        told = [project(1, 5, currency="USD"), project(2, 7, status=Status.CANCELLED)]
        assert refused(credit(told, Basis.PLANNED)) == [("X1", "currency", 5), ("X2", "cancelled", 7)]
        assert refused(credit(told, Basis.SPENT)) == [("X1", "currency", 5)]

    def test_every_reason_is_said_in_both_languages(self) -> None:
        told = credit([project(1, 5, currency="USD")], Basis.PLANNED).refused[0]
        for why in Why:
            zh, en = type(told)(told.key, told.name, told.amount, told.currency, why, ("甲",)).said()
            assert zh.endswith("。")
            assert en.endswith(".")

    def test_projects_in_a_circle_end(self) -> None:
        assert credit([project(1, 5, parent=2), project(2, 5, parent=1)], Basis.PLANNED).possible == 0


shares = st.none() | st.integers(1, 100).map(lambda n: Decimal(n) / 100)


@st.composite
def forests(draw: st.DrawFn) -> list[Held]:
    """Random trees, in which a project may gather, be cancelled, be funded by others, or tell no amount."""
    found = []
    for number in range(1, draw(st.integers(1, 9)) + 1):
        share = draw(shares)
        part = draw(st.sampled_from(list(Livelihood)))
        found.append(
            project(
                number,
                draw(st.none() | st.integers(0, 1000)),
                parent=draw(st.none() | st.integers(1, number - 1)) if number > 1 else None,
                umbrella=draw(st.integers(0, 5)) == 0,
                status=draw(st.sampled_from([Status.IMPLEMENTATION, Status.CANCELLED, Status.CLOSED])),
                others=() if draw(st.booleans()) else (Funder("县财政", share),),
                level=draw(st.sampled_from(list(Level))),
                livelihood=part,
                livelihood_share=Decimal("0.25") if part is Livelihood.PART else None,
            )
        )
    return found


@given(forests(), st.sampled_from(list(Basis)), st.randoms(use_true_random=False))
@hypothesis_settings(max_examples=150)
def test_no_total_counts_a_project_twice(projects: list[Held], basis: Basis, random) -> None:
    """On no way from a project up to the top two amounts are added; what is not added is refused, to the last fen."""
    found = credit(projects, basis)
    above = {p.id: p.parent for p in projects}
    adding = {c.project.id for c in found.counted if c.high}
    for number in adding:
        while (number := above[number]) is not None:
            assert number not in adding
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for one in found.counted:
        assert 0 <= one.low <= one.high <= one.project.amount
        amounts[one.project.key] += one.low
    assert (found.certain, found.possible) == (
        sum(c.low for c in found.counted),
        sum(c.high for c in found.counted),
    )
    told: dict[Why, Decimal] = defaultdict(Decimal)
    for one in found.refused:
        told[one.why] += one.amount or 0
    assert {r.why: r.amount or 0 for r in refusals(found.total)} == told
    for one in found.refused:
        amounts[one.key] += one.amount or 0
    assert amounts == {p.key: p.amount or 0 for p in projects}
    mixed = projects[:]
    random.shuffle(mixed)
    again = credit(mixed, basis)
    assert (again.counted, again.refused, again.total.sums) == (
        found.counted,
        found.refused,
        found.total.sums,
    )


@given(forests(), forests())
@hypothesis_settings(max_examples=50)
def test_sums_without_some_projects_and_with_others(one: list[Held], other: list[Held]) -> None:
    before, after = decide(one, Basis.PLANNED), decide(other, Basis.PLANNED)
    whole = sums_of([*before, *after])
    assert exchanged(whole, sums_of(before), {}) == sums_of(after)
    assert exchanged(sums_of(before), {}, sums_of(after)) == whole


@given(forests(), st.sampled_from(sorted(CLASSES)), st.sampled_from(list(Must)))
@hypothesis_settings(max_examples=100)
def test_meter_reads_what_the_general_meter_reads_of_each_project(
    projects: list[Held], indicator: str, must: Must
) -> None:
    found = credit(projects, Basis.PLANNED)
    rule = next(r for r in load_rules().values() if r.indicator == indicator)
    items = [
        Item(c.project.key, Bounds(c.low, c.high), *CLASSES[indicator].part(c.project)) for c in found.counted
    ]
    version = RuleVersion(AT_80.where, AT_80.threshold, must, AT_80.source)
    plain = measure(items, version.threshold, must)
    told = read(found, "rule", rule, [version])
    assert (told.certain, told.possible, told.standing) == (plain.certain, plain.possible, plain.standing)
    assert len(told.deciding) == len(plain.deciding)
    if told.deciding:
        settled = [
            Item(i.name, i.amount, part, part)
            for i in items
            for part in [i.possible if told.settles is Standing.MET else i.certain]
        ]
        chosen = [s if s.name in keys(told) else i for s, i in zip(settled, items, strict=True)]
        assert measure(chosen, version.threshold, must).standing is told.settles


class TestMeter:
    def test_open_names_what_decides(self) -> None:
        told = [
            project(1, 75, level=Level.COUNTY),
            project(2, 10, level=Level.PREFECTURE),
            project(3, 10),
            project(4, 5),
        ]
        meter = read(credit(told, Basis.PLANNED), "county_share", COUNTY, [AT_80])
        assert (meter.certain, meter.possible, meter.standing) == (75, 90, Standing.OPEN)
        assert (keys(meter), meter.settles) == (["X3"], Standing.MET)
        assert meter.unsettled == 2
        assert meter.margin is None

    def test_margin(self) -> None:
        told = [project(1, 90, level=Level.BELOW), project(2, 10, level=Level.PROVINCE)]
        assert read(credit(told, Basis.PLANNED), "county_share", COUNTY, [AT_80]).margin == 10

    def test_versions_that_disagree_leave_it_open(self) -> None:
        hard = RuleVersion(AT_80.where, Decimal(95), Must.OVER, AT_80.source)
        told = [project(1, 90, level=Level.BELOW), project(2, 10, level=Level.PROVINCE)]
        meter = read(credit(told, Basis.PLANNED), "county_share", COUNTY, [AT_80, hard])
        assert meter.standing is Standing.OPEN
        assert meter.weighed is not None
        assert meter.weighed.why_open == "versions"

    def test_without_a_version_there_is_no_verdict(self) -> None:
        meter = read(credit([project(1, 90, level=Level.BELOW)], Basis.PLANNED), "county_share", COUNTY, [])
        assert (meter.certain, meter.standing) == (100, None)

    def test_without_money(self) -> None:
        meter = read(credit([], Basis.PLANNED), "county_share", COUNTY, [AT_80])
        assert (meter.certain, meter.standing, meter.deciding) == (None, Standing.OPEN, ())

    @pytest.mark.parametrize(
        ("told", "least", "most"),
        [
            (project(1, 1, level=Level.COUNTY), 1, 1),
            (project(1, 1, level=Level.BELOW), 1, 1),
            (project(1, 1, level=Level.PREFECTURE), 0, 0),
            (project(1, 1), 0, 1),
        ],
    )
    def test_grassroots(self, told: Held, least: int, most: int) -> None:
        assert grassroots(told) == (least, most)

    @pytest.mark.parametrize(
        ("told", "least", "most"),
        [
            (project(1, 1, livelihood=Livelihood.WHOLE), 1, 1),
            (project(1, 1, livelihood=Livelihood.NONE), 0, 0),
            (project(1, 1), 0, 1),
            (project(1, 1, livelihood=Livelihood.PART), 0, 1),
            (
                project(1, 1, livelihood=Livelihood.PART, livelihood_share=Decimal("0.4")),
                Decimal("0.4"),
                Decimal("0.4"),
            ),
        ],
    )
    def test_livelihood(self, told: Held, least: Decimal, most: Decimal) -> None:
        assert livelihood(told) == (least, most)


class TestWhatIf:
    def test_add_drop_reclassify(self) -> None:
        told = [project(1, 70, level=Level.COUNTY), project(2, 30)]
        changes = [Added("新项目", Decimal(50), Level.BELOW), Reclassified("X2", level=Level.PROVINCE)]
        meter = read(credit(changed(told, changes), Basis.PLANNED), "county_share", COUNTY, [AT_80])
        assert (meter.certain, meter.possible) == (80, 80)
        meter = read(credit(changed(told, [Dropped("X2")]), Basis.PLANNED), "c", COUNTY, [AT_80])
        assert meter.certain == 100

    def test_dropping_a_part_lets_its_parent_count(self) -> None:
        told = [project(1, 70), project(2, 30, parent=1)]
        assert credit(changed(told, [Dropped("X2")]), Basis.PLANNED).certain == 70

    def test_project_that_is_not_there(self) -> None:
        with pytest.raises(NotPossible, match="X9"):
            changed([project(1, 70)], [Dropped("X9")])
