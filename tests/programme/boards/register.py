"""A small register with everything that boards tell apart, by chance of a seed; rows go in at once, derived rows follow."""

import datetime
from decimal import Decimal
from random import Random

from shanhai.ledger.models import Pairing
from shanhai.programme.derived import renew_all
from shanhai.programme.models import Asset, CoFunding, MoneyEvent, Project, Result, Target, Team, Term, Visit

DAY = datetime.date(2025, 6, 30)
_STAGES = ("promised", "committed", "arrived", "arrived", "arrived", "paid_on", "spent", "spent", "returned")


def made(key: str, seed: int = 1, projects: int = 40) -> Pairing:
    """A pairing and its register."""
    chance = Random(seed)
    pairing = Pairing.objects.create(
        key=key,
        name_zh=f"甲援{key}",
        name_en=f"Pair {key}",
        sending="重庆市",
        receiving="昌都市",
        receiving_code="540300",
    )
    term = Term.objects.create(pairing=pairing, key="P1", batch=1, starts=_day(chance, 3000), ends=DAY)
    teams = [Team.objects.create(pairing=pairing, key=f"T{n}", name=f"第{n}组", term=term) for n in (1, 2)]
    rows: list[Project] = []
    for n in range(projects):
        rows.append(_project(chance, pairing, teams[n % 2], n, rows))
    for n, project in enumerate(rows[::4]):
        CoFunding.objects.create(
            pairing=pairing,
            key=f"C{n}",
            project=project,
            funder=f"县{n}",
            share=chance.choice((None, "0.3", "0.125", "1")),
            withdrawn=chance.random() < 0.1,
        )
    _money(chance, pairing, rows)
    for n, project in enumerate(rows[::2]):
        asset = Asset.objects.create(
            pairing=pairing,
            key=f"Z{n}",
            project=project,
            name=f"资产{n}",
            use=chance.choice(("idle", "in_use", "partly")),
            since=chance.choice((None, _day(chance, 1500))),
            handed_over=_day(chance, 1500),
        )
        for visit in range(chance.randint(0, 3)):
            Visit.objects.create(
                pairing=pairing,
                key=f"V{n}-{visit}",
                asset=asset,
                day=_day(chance, 1400),
                use=chance.choice(("idle", "in_use")),
                withdrawn=chance.random() < 0.1,
            )
    _targets(chance, pairing, teams)
    renew_all(pairing)
    return pairing


def _day(chance: Random, back: int) -> datetime.date:
    return DAY - datetime.timedelta(days=chance.randint(-100, back))


def _project(chance: Random, pairing: Pairing, team: Team, n: int, before: list[Project]) -> Project:
    start = chance.choice((None, _day(chance, 1500)))
    end = chance.choice((None, start + datetime.timedelta(days=300) if start else _day(chance, 900)))
    started = chance.choice((None, start, _day(chance, 1200)))
    ended = started + datetime.timedelta(days=400) if started and chance.random() < 0.4 else None
    status = chance.choice(("3", "4")) if ended else chance.choice(("2", "2", "6", "5")) if started else "1"
    part = chance.choice(("whole", "whole", "none", "part", "unclassified"))
    return Project.objects.create(
        pairing=pairing,
        key=f"X{n}",
        name=f"项目{n}",
        area="health",
        term=team.term,
        team=team,
        parent=chance.choice(before) if before and chance.random() < 0.15 else None,
        umbrella=chance.random() < 0.08,
        withdrawn=chance.random() < 0.05,
        level=chance.choice(("below", "county", "county", "prefecture", "unclassified")),
        livelihood=part,
        livelihood_share="0.35" if part == "part" else None,
        status=status,
        planned_start=start,
        planned_end=end,
        started=started,
        ended=ended,
        planned=chance.choice((None, *(Decimal(chance.randint(1, 90_000_000)) / 100 for _ in range(6)))),
        currency="USD" if chance.random() < 0.05 else "CNY",
    )


def _money(chance: Random, pairing: Pairing, projects: list[Project]) -> None:
    MoneyEvent.objects.bulk_create(
        MoneyEvent(
            pairing=pairing,
            key=f"E{n}",
            project=(project := chance.choice([*projects, None])),
            stage=chance.choice(_STAGES),
            plan=chance.choice(("in", "in", "out")),
            form=chance.choice(("cash", "cash", "goods")),
            amount=Decimal(chance.randint(1, 10_000_000)) / 100,
            currency=project.currency if project else "CNY",
            day=_day(chance, 1800),
            withdrawn=chance.random() < 0.05,
        )
        for n in range(len(projects) * 9)
    )


def _targets(chance: Random, pairing: Pairing, teams: list[Team]) -> None:
    for n, team in enumerate(teams * 2):
        target = Target.objects.create(
            pairing=pairing,
            key=f"B{n}",
            indicator="training.people",
            unit=("人", "人", "人", "名")[n],
            team=team,
            starts=datetime.date(2025, 1, 1),
            ends=datetime.date(2025, 12, 31),
            target=Decimal(100),
            definition=("含线上", "含 线上", "不含线上", "含线上")[n],
        )
        for quarter in (1, 2):
            Result.objects.create(
                pairing=pairing,
                key=f"W{n}-{quarter}",
                target=target,
                starts=datetime.date(2025, 3 * quarter - 2, 1),
                ends=datetime.date(2025, 3 * quarter, 28),
                value=Decimal(chance.randint(5, 60)),
            )
