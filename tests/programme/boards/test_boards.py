"""What the boards show, worked out another way from the same rows: plain Python and polars over all records."""

import datetime
from collections import Counter, defaultdict
from decimal import Decimal

import polars as pl
import pytest

from shanhai.ledger.models import Pairing
from shanhai.programme.models import Asset, MoneyEvent, Project, Target, Visit
from shanhai.programme.queries.boards import idle, money, pairings, progress, shares, targets
from shanhai.programme.queries.boards.limits import before
from shanhai.programme.queries.boards.progress import Pace
from shanhai.programme.queries.boards.shares import Basis, Changes, Weighed
from shanhai.programme.queries.boards.targets import Course, Why
from shanhai.reasoning.rules.meter import Item, measure

from .register import DAY, made

pytestmark = pytest.mark.django_db
SEEDS = (1, 2, 3)


@pytest.fixture(params=SEEDS)
def pairing(request: pytest.FixtureRequest) -> Pairing:
    made("other", seed=99, projects=10)
    return made("own", seed=request.param)


def test_years_of_money_are_what_its_events_come_to(pairing: Pairing) -> None:
    rows = [
        {"year": e.day.year, "stage": e.stage, "plan": e.plan, "form": e.form, "fen": int(e.amount * 100)}
        for e in MoneyEvent.objects.filter(pairing=pairing, withdrawn=False, currency="CNY")
        if e.day <= datetime.date(2025, 6, 30)
    ]
    frame = pl.DataFrame(rows)
    for wanted in (money.Wanted(), money.Wanted(plan="out"), money.Wanted(plan="in", form="goods")):
        found = money.money_of(pairing.pk, wanted, DAY)
        for year in found.years:
            for stage in money.STAGES:
                told = frame.filter((pl.col("year") == year.year) & (pl.col("stage") == stage))
                for column, value in (("plan", wanted.plan), ("form", wanted.form)):
                    told = told.filter(pl.col(column) == value) if value else told
                assert year.by_stage[stage] * 100 == told["fen"].sum()
    whole = money.money_of(pairing.pk, money.Wanted(), DAY)
    assert whole.total == money.totals([pairing.pk], DAY)[pairing.pk]
    assert sum(t["arrived"] for t in whole.parts.values()) == whole.total["arrived"]


def _pace(p: Project) -> Pace:
    if p.status == "5":
        return Pace.CANCELLED
    if p.ended or p.status in "34":
        return Pace.DONE_LATE if p.ended and p.planned_end and p.ended > p.planned_end else Pace.DONE
    if p.planned_end and p.planned_end < DAY:
        return Pace.LATE
    if p.status == "6" or (p.planned_start and p.planned_start < DAY and not p.started):
        return Pace.SLOW
    if not p.planned_end:
        return Pace.UNDATED
    return Pace.RUNNING if p.started or p.status == "2" else Pace.AHEAD


def test_each_project_stands_to_its_plan_as_its_days_tell(pairing: Pairing) -> None:
    own = [p for p in Project.objects.filter(pairing=pairing) if not p.withdrawn and not p.umbrella]
    expected = Counter(_pace(p) for p in own)
    assert progress.by_pace([pairing.pk], DAY)[pairing.pk] == {pace: expected[pace] for pace in Pace}
    for pace in Pace:
        listed = progress.listed(pairing.pk, DAY, pace)
        assert {p.key for p in listed} == {p.key for p in own if _pace(p) is pace}


def test_idle_money_is_what_came_and_did_not_go_by_age(pairing: Pairing) -> None:
    """Counted here fen by fen of time: what went out by now covers the first arrivals, the rest is idle since it came."""
    events: dict[object, list[MoneyEvent]] = defaultdict(list)
    for event in MoneyEvent.objects.filter(pairing=pairing, withdrawn=False, form="cash"):
        events[event.project_id, event.currency].append(event)
    over: dict[int, Decimal] = {1: Decimal(0), 2: Decimal(0)}
    keys: set[object] = set()
    for key, own in events.items():
        gone = sum((e.amount for e in own if e.stage in ("spent", "returned")), Decimal(0))
        for event in sorted((e for e in own if e.stage == "arrived"), key=lambda e: e.day):
            covered = min(gone, event.amount)
            gone -= covered
            for years in over:
                if event.day < before(DAY, years) and event.amount > covered and key[1] == "CNY":  # type: ignore[index]
                    over[years] += event.amount - covered
            if event.day < before(DAY, 1) and event.amount > covered:
                keys.add(key)
    assert idle.idle_sums([pairing.pk], DAY)[pairing.pk].amounts == over
    listed = idle.told_of(list(idle.idle_money(pairing.pk, DAY)), DAY)
    assert {(one.balance.project_id, one.balance.currency) for one in listed} == keys
    for one in listed:
        for day, _amount in one.lots:
            assert one.events[day]
            assert set(
                MoneyEvent.objects.filter(pairing=pairing, key__in=one.events[day]).values_list(
                    "day", flat=True
                )
            ) == {day}


def test_an_asset_is_idle_as_it_was_last_seen(pairing: Pairing) -> None:
    expected: dict[str, datetime.date | None] = {}
    for asset in Asset.objects.filter(pairing=pairing):
        told = [(datetime.date.min, "", asset.use, asset.since or asset.handed_over)]
        told += [
            (v.day, v.key, v.use, v.day)
            for v in Visit.objects.filter(asset=asset, withdrawn=False, day__lte=DAY)
        ]
        told.sort(key=lambda t: t[:2])
        run = []
        for state in reversed(told):
            if state[2] != "idle":
                break
            run.append(state[3])
        if run:
            expected[asset.key] = run[-1]
    found = idle.idle_assets([pairing.pk], DAY)
    shown = idle.shown_assets(found)
    assert {one.asset.key: one.idle.since for one in shown} == expected
    for one in shown:
        seen = (
            Visit.objects.filter(asset=one.asset, withdrawn=False, day__lte=DAY).order_by("day", "key").last()
        )
        assert one.seen == seen
    for one in found:
        age = 0 if one.since is None else (one.since < before(DAY, 1)) + (one.since < before(DAY, 2))
        assert one.years == age
    assert idle.by_years(found)[pairing.pk][0] == len(expected)


@pytest.mark.parametrize("basis", Basis)
def test_shares_are_those_of_all_projects_one_by_one(pairing: Pairing, basis: Basis) -> None:
    rows = []
    for p in Project.objects.filter(pairing=pairing, withdrawn=False):
        events = MoneyEvent.objects.filter(project=p, withdrawn=False, stage=basis)
        amount = p.planned if basis is Basis.PLANNED else sum((e.amount for e in events), Decimal(0))
        gathers = p.umbrella or Project.objects.filter(parent=p, withdrawn=False).exists()
        if not gathers and p.status != "5" and p.currency == "CNY" and amount:
            rows.append((p, amount))
    meter = shares.meter_of(pairing, basis, day=DAY)
    assert meter.amount == sum(amount for _, amount in rows)
    assert meter.projects == len(rows)
    items: dict[str, list[Item]] = {
        "county_share": [
            Item.told(p.key, a, {"unclassified": None}.get(p.level, p.level in ("county", "below")))
            for p, a in rows
        ],
        "livelihood_share": [
            Item.told(p.key, a, {"unclassified": None}.get(p.livelihood, p.livelihood == "whole"))
            for p, a in rows
            if p.livelihood != "part"
        ]
        + [
            piece
            for p, a in rows
            if p.livelihood == "part"
            for piece in (
                Item.told("", a * p.livelihood_share, True),
                Item.told("", a * (1 - p.livelihood_share), False),
            )
        ],
    }
    assert {s.key for s in meter.shares} == set(items)
    for share in meter.shares:
        assert share.version is not None
        assert share.version.threshold == 80
        reading = measure(items[share.key], 80)
        assert (share.reading.certain, share.reading.possible) == (reading.certain, reading.possible)
        assert share.reading.standing is reading.standing
        assert sorted(w.key for w in share.deciding) == sorted(
            items[share.key][n].name for n in reading.deciding
        )


def test_what_if_drops_classes_and_adds() -> None:
    weighed = [Weighed(key, key, Decimal(100), "county", "whole") for key in "abc"]
    changes = Changes(
        ("a",),
        (Weighed("b", "", Decimal(0), "", "part", Decimal("0.5")),),
        (Weighed("", "", Decimal(7), "below", "none"),),
    )
    told = shares.changed(weighed, changes)
    assert [(w.key, w.amount, w.level, w.livelihood, w.share) for w in told] == [
        ("b", 100, "county", "part", Decimal("0.5")),
        ("c", 100, "county", "whole", None),
        ("", 7, "below", "none", None),
    ]


def test_targets_stand_side_by_side_only_where_they_count_the_same() -> None:
    own = made("own")
    told = targets.standings(list(targets.told([own.pk], 2025).order_by("key")), DAY)
    for one in told:
        assert one.reached == sum(r.value for r in one.target.results.all())
        assert one.course is not Course.OPEN
        passed = Decimal((DAY - one.target.starts).days + 1) / 365
        expected = (
            Course.REACHED
            if one.reached >= 100
            else Course.ON_TIME
            if one.reached >= 100 * passed
            else Course.BEHIND
        )
        assert one.course is expected
    groups = {
        (g.unit, g.definition): ([s.target.key for s in g.standings], g.alone)
        for g in targets.side_by_side(told)
    }
    assert groups == {
        ("人", "含线上"): (["B0", "B1"], None),
        ("人", "不含线上"): (["B2"], Why.ALONE_DEFINITION),
        ("名", "含线上"): (["B3"], Why.ALONE_UNIT),
    }


def test_figures_that_may_not_be_added_are_refused() -> None:
    from shanhai.catalogue.indicators import load_indicators
    from shanhai.programme.models import Result

    def result(first: int, last: int, value: int | None = 5, cumulative: bool = False, **more: int) -> Result:
        year = datetime.date(2025, 1, 1)
        return Result(
            key=f"W{first}{last}{cumulative}",
            starts=year.replace(month=first),
            ends=year.replace(month=last, day=28),
            value=value,
            cumulative=cumulative,
            **more,
        )

    people, rate = load_indicators()["training.people"], load_indicators()["funds.payment_rate"]
    assert targets.put_together(people, [], "人") == (None, Why.NO_RESULT)
    assert targets.put_together(people, [result(1, 3), result(4, 6)], "人") == (10, None)
    assert targets.put_together(people, [result(1, 3, 4, True), result(1, 6, 9, True)], "人") == (9, None)
    assert targets.put_together(people, [result(1, 3), result(1, 6, 9, True)], "人") == (None, Why.MIXED)
    assert targets.put_together(people, [result(1, 4), result(4, 6)], "人") == (None, Why.OVERLAP)
    halves = [result(1, 3, None, numerator=1, denominator=2), result(4, 6, None, numerator=1, denominator=8)]
    assert targets.put_together(rate, halves, "%") == (
        Decimal("20.00"),
        None,
    )  # the mean of ratios would be 31.25
    assert targets.put_together(rate, halves, "分") == (None, Why.NO_RATE)


def test_a_line_of_a_pairing_says_what_its_own_board_says(pairing: Pairing) -> None:
    other = Pairing.objects.get(key="other")
    lines = pairings.lines([other, pairing], DAY)
    assert [line.pairing for line in lines] == [other, pairing]
    own = lines[1]
    assert own.projects == Project.objects.filter(pairing=pairing, withdrawn=False, umbrella=False).count()
    arrived = MoneyEvent.objects.filter(
        pairing=pairing, withdrawn=False, stage="arrived", currency="CNY", day__lt=datetime.date(2025, 7, 1)
    )
    assert own.stages["arrived"] == sum(e.amount for e in arrived)
    assert own.judged == Target.objects.filter(pairing=pairing).count()


def test_lines_take_a_fixed_number_of_queries(django_assert_num_queries: object) -> None:
    several = [made(f"p{n}", seed=n, projects=6) for n in range(4)]
    with django_assert_num_queries(7):  # type: ignore[operator]
        pairings.lines(several, DAY)
