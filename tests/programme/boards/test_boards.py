"""What the boards show, worked out another way from the same rows: plain Python and polars over all records."""

import datetime
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from shanhai.ledger.models import Pairing
from shanhai.model import Bounds
from shanhai.programme.models import Asset, Balance, CoFunding, MoneyEvent, Project, Target, Term, Visit
from shanhai.programme.queries.boards import idle, money, pairings, progress, targets
from shanhai.programme.queries.boards.limits import before
from shanhai.programme.queries.boards.progress import Pace
from shanhai.programme.queries.boards.targets import Alone, Course
from shanhai.programme.shares.held import Basis
from shanhai.programme.shares.reading import Meters, Scope, meters, stored, supposed
from shanhai.programme.shares.refused import refused, told_of
from shanhai.programme.shares.what_if import Added, Change, Dropped, Reclassified
from shanhai.programme.targets.standing import standing
from shanhai.reasoning.rules.meter import Item, Standing, measure

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


def _told(pairing: Pairing, basis: Basis, projects: list[Project]) -> list[tuple[Project, Decimal, Decimal]]:
    """Each project that counts, with what is its own at least and at most: worked out project by project."""
    rows = {p.pk: p for p in projects}
    parts = {pk: [p for p in rows.values() if p.parent_id == pk] for pk in rows}

    def amount(p: Project) -> Decimal | None:
        if basis is Basis.PLANNED:
            return p.planned
        events = MoneyEvent.objects.filter(project=p, withdrawn=False, stage=str(basis), currency=p.currency)
        return sum((e.amount for e in events), Decimal(0)) or None

    def counts(p: Project) -> bool:
        cancelled = basis is Basis.PLANNED and p.status == "5"
        return amount(p) is not None and not p.umbrella and not cancelled

    def carries(p: Project) -> bool:
        return any((counts(q) and amount(q)) or carries(q) for q in parts[p.pk])

    def others(p: Project) -> list[CoFunding]:
        own = list(CoFunding.objects.filter(project=p, withdrawn=False))
        above = rows.get(p.parent_id)
        return own or (others(above) if above else [])

    found = []
    for p in rows.values():
        if counts(p) and not carries(p) and p.currency == "CNY":
            funders = others(p)
            high = amount(p) * (1 - sum(f.share or 0 for f in funders))
            found.append((p, Decimal(0) if any(f.share is None for f in funders) else high, high))
    return found


def _readings(told: list[tuple[Project, Decimal, Decimal]]) -> dict[str, tuple[list[Item], Any]]:
    """The general meter over all projects one by one."""
    items: dict[str, list[Item]] = {"county_share": [], "livelihood_share": []}
    for p, low, high in told:
        amount = Bounds(low, high)
        level = (0, 1) if p.level == "unclassified" else (int(p.level in ("county", "below")),) * 2
        share = {"whole": (1, 1), "none": (0, 0), "unclassified": (0, 1), "part": (p.livelihood_share,) * 2}
        items["county_share"].append(Item(p.key, amount, *map(Decimal, level)))
        items["livelihood_share"].append(Item(p.key, amount, *map(Decimal, share[p.livelihood])))
    return {key: (own, measure(own, 80)) for key, own in items.items()}


def _same(found: Meters, told: list[tuple[Project, Decimal, Decimal]]) -> None:
    assert (found.total.certain, found.total.possible) == (sum(t[1] for t in told), sum(t[2] for t in told))
    assert found.total.projects == len(told)
    readings = _readings(told)
    assert {m.key for m in found.meters} == set(readings)
    for meter in found.meters:
        items, plain = readings[meter.key]
        assert meter.weighed is not None
        assert meter.weighed.version.threshold == 80
        assert (meter.certain, meter.possible, meter.standing) == (
            plain.certain,
            plain.possible,
            plain.standing,
        )
        assert len(meter.deciding) <= len(plain.deciding)  # the general one stops looking after so many sets
        if meter.deciding:
            keys = {found.named[pk].key for pk in meter.deciding}
            chosen = [
                Item(i.name, i.amount, part, part) if i.name in keys else i
                for i in items
                for part in [i.possible if meter.settles is Standing.MET else i.certain]
            ]
            assert measure(chosen, 80).standing is meter.settles


@pytest.mark.parametrize("basis", Basis)
def test_shares_are_those_of_all_projects_one_by_one(pairing: Pairing, basis: Basis) -> None:
    projects = list(Project.objects.filter(pairing=pairing, withdrawn=False))
    told = _told(pairing, basis, projects)
    found = meters(Scope(pairing, basis), DAY, DAY)
    _same(found, told)
    first = Term.objects.get(pairing=pairing)
    _same(meters(Scope(pairing, basis, term=first), DAY, DAY), told)


@pytest.mark.parametrize("basis", Basis)
def test_what_is_refused_and_what_is_added_are_all_there_is(pairing: Pairing, basis: Basis) -> None:
    """By polars over the rows that are kept: nothing is lost between what counts and what is refused."""
    found = meters(Scope(pairing, basis), DAY, DAY)
    balances = Balance.objects.filter(pairing=pairing)
    rows = (
        [(p.currency, p.planned or 0) for p in Project.objects.filter(pairing=pairing, withdrawn=False)]
        if basis is Basis.PLANNED
        else [
            (b.currency, getattr(b, basis))
            for b in balances
            if b.project is None or (not b.project.withdrawn and b.project.currency == b.currency)
        ]
    )
    fen = pl.DataFrame({"currency": [r[0] for r in rows], "fen": [int(r[1] * 100) for r in rows]})
    whole = dict(fen.group_by("currency").agg(pl.col("fen").sum()).iter_rows())
    told: dict[str, Decimal] = defaultdict(Decimal)
    told["CNY"] = found.total.certain
    for one in found.refused:
        told[one.currency] += one.amount or 0
        if one.projects:
            listed = refused(found.scope, one.why)
            each = [r for r in told_of(found.scope, one.why, listed) if r.currency == one.currency]
            assert len(each) == one.projects
            assert sum(r.amount or 0 for r in each) == (one.amount or 0)
    assert {k: v * 100 for k, v in told.items() if v} == {k: v for k, v in whole.items() if v}


@pytest.mark.parametrize("basis", Basis)
def test_what_if_is_what_the_register_would_come_to(pairing: Pairing, basis: Basis) -> None:
    """Each supposition, and all of them, as if the projects were so: worked out anew from all of them."""
    projects = list(Project.objects.filter(pairing=pairing, withdrawn=False))
    scope = Scope(pairing, basis)
    standing = stored(scope)
    parts = [p for p in projects if p.parent_id]
    dropped, classed = parts[0], projects[7]
    changes: list[Change] = [
        Dropped(dropped.key),
        Reclassified(classed.key, level="province", livelihood="part", livelihood_share=Decimal("0.2")),
        Added("", Decimal(1_000_000), "county", "none"),
    ]
    kept = [p for p in projects if p.pk != dropped.pk]
    for p in kept:
        if p.pk == classed.pk:
            p.level, p.livelihood, p.livelihood_share = "province", "part", Decimal("0.2")
    told = _told(pairing, basis, kept)
    more = Project(key="", level="county", livelihood="none")
    found = meters(scope, DAY, DAY, supposed(scope, standing, changes))
    _same(found, [*told, (more, Decimal(1_000_000), Decimal(1_000_000))])
    before = meters(scope, DAY, DAY, supposed(scope, standing, []))
    assert before.meters == meters(scope, DAY, DAY).meters


def test_targets_stand_side_by_side_only_where_they_count_the_same() -> None:
    own = made("own")
    told = targets.judged(list(targets.told([own.pk], 2025).order_by("key")), DAY)
    for one in told:
        reached = sum(r.value for r in one.target.results.all())
        assert one.standing.value == reached
        passed = Fraction((DAY - one.target.starts).days + 1, 365)
        in_time = Course.ON_TIME if reached >= 100 * passed else Course.BEHIND
        assert one.course is (Course.REACHED if reached >= 100 else in_time)
    groups = {
        (g.unit, g.definition): ([s.target.key for s in g.members], g.alone)
        for g in targets.side_by_side(told)
    }
    assert groups == {
        ("人", "含线上"): (["B0", "B1"], None),
        ("人", "不含线上"): (["B2"], Alone.DEFINITION),
        ("名", "含线上"): (["B3"], Alone.UNIT),
    }


def test_a_target_of_the_boards_is_the_register_s_own(pairing: Pairing) -> None:
    """Cumulative figures, overlaps and a baseline: the board says what ``targets.standing`` says, to the day."""
    first, second, *_ = Target.objects.filter(pairing=pairing).order_by("key")
    first.results.filter(key__endswith="-2").update(cumulative=True, value="77")
    second.results.filter(key__endswith="-2").update(starts="2025-03-01")
    Target.objects.filter(pk=first.pk).update(baseline="54")
    told = {one.target.key: one for one in targets.judged(list(targets.told([pairing.pk], 2025)), DAY)}
    assert told[first.key].standing.value == 77  # not the sum
    assert told[first.key].course is Course.ON_TIME  # 23 of the way of 46 is a half
    assert told[second.key].standing.value is None  # periods that overlap are never added
    assert told[second.key].course is Course.OPEN
    for one in told.values():
        alone = standing(one.target, DAY)
        assert (one.standing.shown(), one.standing.rolled.left_out) == (
            alone.shown(),
            alone.rolled.left_out,
        )
    day_before = targets.judged(list(targets.told([pairing.pk], 2025)), datetime.date(2025, 6, 27))
    assert {o.until for o in day_before if o.target.key == first.key} == {datetime.date(2025, 3, 28)}


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
    with django_assert_num_queries(8):  # type: ignore[operator]
        pairings.lines(several, DAY)
