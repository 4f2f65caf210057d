"""A register of 50,000 projects and 2 million money events, made in a minute or two by bulk inserts.

The same in every run. Balances, flows and what totals add are derived by SQL, in one statement each, and not by the register's
own code: so that filling is quick, and so that what the boards show can be held against another way of adding.
"""

import datetime
from random import Random
from typing import Any

PAIRINGS = 20
EVENTS_OF_PROJECT = 40
DAY = datetime.date(2026, 6, 30)
_FIRST = datetime.date(2016, 1, 1)
_LEVELS = ("below",) * 9 + ("county",) * 7 + ("prefecture",) * 2 + ("province", "unclassified")
_PART = 4
_LIVELIHOODS = ("whole",) * 16 + ("none", "none", "part", "unclassified")


def fill(projects: int) -> int:
    """Fill the ledger that Django is set up for, which is empty; how many money events it has then.

    One pairing in twenty has a quarter of all projects, as a province's own register would.
    """
    from django.db import connection

    from shanhai.programme.models import MoneyEvent

    pairings = _pairings()
    teams = _teams(pairings)
    _projects(projects, teams)
    _ties()
    _events()
    _derived()
    _assets()
    _targets(teams)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return MoneyEvent.objects.count()


def _pairings() -> list[Any]:
    from shanhai.ledger.models import Pairing

    return [
        Pairing.objects.create(
            key=f"r{n:03}",
            name_zh=f"甲{n}援乙{n}",
            sending=f"甲{n}市",
            receiving=f"乙{n}县",
            receiving_code="540300",
        )
        for n in range(PAIRINGS)
    ]


def _teams(pairings: list[Any]) -> list[Any]:
    from shanhai.programme.models import Team, Term

    terms = [
        Term(pairing=p, key=f"P{n}", batch=n, starts=_FIRST.replace(year=2016 + 3 * n), ends=_FIRST.replace(year=2019 + 3 * n))
        for p in pairings
        for n in range(4)
    ]  # fmt: skip
    Term.objects.bulk_create(terms)
    return Team.objects.bulk_create(
        Team(pairing_id=t.pairing_id, key=f"T{t.batch}-{n}", name=f"第{t.batch}批第{n}组", term=t)
        for t in terms
        for n in range(3)
    )


def _projects(number: int, teams: list[Any]) -> None:
    from shanhai.programme.models import Project

    chance = Random(6)
    by_pairing: dict[int, list[Any]] = {}
    for team in teams:
        by_pairing.setdefault(team.pairing_id, []).append(team)
    pairings = sorted(by_pairing)

    def one(n: int) -> Any:
        pairing = pairings[0] if n % 4 == 0 else pairings[1 + n % (len(pairings) - 1)]
        team = by_pairing[pairing][n % len(by_pairing[pairing])]
        start = _FIRST + datetime.timedelta(days=chance.randint(0, 3900))
        end = start + datetime.timedelta(days=chance.randint(150, 700))
        begun = start + datetime.timedelta(days=chance.choice((0, 10, 60, 300)))
        done = end + datetime.timedelta(days=chance.choice((-30, 0, 0, 20, 400)))
        ended = done if done <= DAY and chance.random() < 0.97 else None
        started = begun if begun <= DAY and (ended or chance.random() < 0.9) else None
        return Project(
            pairing_id=pairing,
            key=f"X{n}",
            name=f"第{n}号项目",
            area="health",
            term_id=team.term_id,
            team=team,
            level=chance.choice(_LEVELS),
            livelihood=(livelihood := chance.choice(_LIVELIHOODS)),
            livelihood_share="0.5" if livelihood == "part" else None,
            status="4" if ended else "2" if started else "1",
            planned_start=start,
            planned_end=end,
            started=started,
            ended=max(ended, started) if ended and started else None,
            planned=chance.randint(20, 1300) * 15_000,
            places=[["540300", ""]],
        )

    Project.objects.bulk_create((one(n) for n in range(number)), batch_size=2_000)


def _ties() -> None:
    """One project in ten of the largest pairing is a part of another; others fund one in twenty-five, some by an unknown
    share."""
    from shanhai.programme.models import CoFunding, Project

    told = Project.objects.order_by("pk").values_list("pk", "pairing")
    rows = [(number, pk, pairing) for number, (pk, pairing) in enumerate(told)]
    ids = {number: pk for number, pk, _ in rows}
    parts = [
        Project(pk=pk, parent_id=ids[number - 4])
        for number, pk, _ in rows
        if number % 40 == _PART and number - 4 in ids
    ]
    Project.objects.bulk_update(parts, ["parent"], batch_size=500)
    CoFunding.objects.bulk_create(
        CoFunding(
            pairing_id=pairing,
            key=f"C{number}",
            project_id=pk,
            funder="县财政",
            share=None if number % 100 == 0 else "0.3",
        )
        for number, pk, pairing in rows
        if number % 25 == 0
    )


def _events() -> None:
    """Forty a project: promised, committed, eight that arrive, thirty spent; of one project in ten the half stays idle."""
    from django.db import connection

    from shanhai.programme.models import MoneyEvent

    columns = [str(f.column) for f in MoneyEvent._meta.concrete_fields if f.column != "id"]
    day = (
        "p.planned_start + n.n * 14"
        if connection.vendor == "postgresql"
        else "date(p.planned_start, '+' || (n.n * 14) || ' days')"
    )
    stage = "CASE WHEN n.n = 0 THEN 'promised' WHEN n.n = 1 THEN 'committed' WHEN n.n % 5 = 2 THEN 'arrived' ELSE 'spent' END"
    amount = (
        "CASE WHEN n.n < 2 THEN p.planned WHEN n.n % 5 = 2 THEN p.planned / 10 "
        "WHEN p.id % 10 = 0 THEN p.planned / 80 ELSE p.planned * 2 / 75 END"
    )
    told = {
        "pairing_id": "p.pairing_id", "key": "'E' || (p.id * 100 + n.n)", "revision": "1", "withdrawn": "false",
        "evidence": "''", "project_id": "p.id", "team_id": "p.team_id", "stage": stage, "plan": "'in'", "form": "'cash'",
        "amount": amount, "currency": "'CNY'", "day": day, "counterparty": "''", "what": "''",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_numbers (n integer PRIMARY KEY)")
        cursor.executemany("INSERT INTO bench_numbers VALUES (%s)", [(n,) for n in range(EVENTS_OF_PROJECT)])
        cursor.execute(
            f"INSERT INTO {MoneyEvent._meta.db_table} ({', '.join(columns)}) "
            f"SELECT {', '.join(told[c] for c in columns)} FROM programme_project p CROSS JOIN bench_numbers n "
            "ORDER BY p.id, n.n"
        )
        cursor.execute("DROP TABLE bench_numbers")


def _derived() -> None:
    """Balances and flows by SQL. What went out is taken from the oldest arrivals: a lot is idle by as much as all that
    came up to it is above all that went out, at most by itself."""
    from django.db import connection

    stages = ("promised", "committed", "arrived", "paid_on", "spent", "returned")
    sums = ", ".join(f"coalesce(sum(CASE WHEN stage = '{s}' THEN amount END), 0) AS {s}" for s in stages)
    if connection.vendor == "postgresql":
        fen = "left_over::bigint"
        amount = f"({fen} / 100) || '.' || lpad(({fen} % 100)::text, 2, '0')"
        lot = f"json_build_array(to_char(day, 'YYYY-MM-DD'), {amount})"
        lots, month, least = f"jsonb_agg({lot} ORDER BY day)", "date_trunc('month', day)::date", "least"
        none = "'[]'::jsonb"
    else:
        lot = "json_array(day, printf('%%d.%%02d', left_over / 100, left_over %% 100))"
        lots, month, least, none = (
            f"json_group_array(json({lot}))",
            "date(day, 'start of month')",
            "min",
            "'[]'",
        )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO programme_balance (pairing_id, project_id, currency, {", ".join(stages)}, idle, idle_since, idle_until,
                idle_lots)
            WITH summed AS (
                SELECT pairing_id, project_id, currency, {sums} FROM programme_moneyevent GROUP BY 1, 2, 3
            ), came AS (
                SELECT project_id, day, amount,
                       sum(amount) OVER (PARTITION BY project_id ORDER BY day ROWS UNBOUNDED PRECEDING) AS until
                FROM programme_moneyevent WHERE stage = 'arrived'
            ), left_lots AS (
                SELECT c.project_id, c.day, {least}(c.amount, c.until - s.spent - s.returned) AS left_over
                FROM came c JOIN summed s ON s.project_id = c.project_id
                WHERE c.until > s.spent + s.returned ORDER BY c.project_id, c.day
            ), idle AS (
                SELECT project_id, sum(left_over) AS idle, min(day) AS since, max(day) AS until, {lots} AS lots FROM left_lots GROUP BY 1
            )
            SELECT s.*, coalesce(i.idle, 0), i.since, i.until, coalesce(i.lots, {none})
            FROM summed s LEFT JOIN idle i ON i.project_id = s.project_id
            """,
            [] if connection.vendor != "postgresql" else None,
        )
        cursor.execute(
            "INSERT INTO programme_flow (pairing_id, month, stage, plan, form, currency, amount, events) "
            f"SELECT pairing_id, {month}, stage, plan, form, currency, sum(amount), count(*) "
            "FROM programme_moneyevent GROUP BY 1, 2, 3, 4, 5, 6"
        )
        _countables(cursor)


def _countables(cursor: Any) -> None:
    """What totals may add: parts instead of their parents, the pairing's own share, which parts have from above."""
    same = "pairing_id, term_id, currency, level, livelihood, livelihood_share, planned"
    came = ", ".join(
        f"CASE WHEN coalesce(b.{stage}, 0) = 0 THEN 'no_amount' WHEN k.parent_id IS NOT NULL THEN 'parent' ELSE '' END"
        for stage in ("arrived", "spent")
    )
    cursor.execute(
        f"""
        INSERT INTO programme_countable
            (project_id, {same}, arrived, spent, planned_why, arrived_why, spent_why, own, unsure)
        SELECT p.id, {", ".join(f"p.{column}" for column in same.split(", "))}, nullif(b.arrived, 0), nullif(b.spent, 0),
               CASE WHEN k.parent_id IS NOT NULL THEN 'parent' ELSE '' END, {came},
               CASE WHEN coalesce(own.share, above.share) IS NULL THEN '1' ELSE '0.7' END,
               coalesce(own.id, above.id) IS NOT NULL AND coalesce(own.share, above.share) IS NULL
        FROM programme_project p
        LEFT JOIN programme_balance b ON b.project_id = p.id AND b.currency = p.currency
        LEFT JOIN (SELECT DISTINCT parent_id FROM programme_project WHERE parent_id IS NOT NULL) k ON k.parent_id = p.id
        LEFT JOIN programme_cofunding own ON own.project_id = p.id
        LEFT JOIN programme_cofunding above ON own.id IS NULL AND above.project_id = p.parent_id
        """
    )


def _assets() -> None:
    """An asset for every third project, every seventh of them idle as its last visit found it."""
    from shanhai.programme.models import Asset, Project, Visit

    rows = (
        Project.objects.filter(ended__isnull=False)
        .order_by("pk")
        .values_list("pk", "pairing", "key", "ended")
    )
    Asset.objects.bulk_create(
        (
            Asset(
                pairing_id=pairing, key=f"Z{key}", project_id=pk, name="资产", handed_over=ended, since=ended
            )
            for pk, pairing, key, ended in list(rows)[::3]
        ),
        batch_size=2_000,
    )
    assets = Asset.objects.order_by("pk").values_list("pk", "pairing", "key", "handed_over")
    Visit.objects.bulk_create(
        (
            Visit(
                pairing_id=pairing,
                key=f"V{key}-{n}",
                asset_id=pk,
                day=(day + datetime.timedelta(days=90 * n)).isoformat(),
                use="idle" if number % 7 == 0 else "in_use",
            )
            for number, (pk, pairing, key, day) in enumerate(assets)
            if day
            for n in (1, 2)
        ),
        batch_size=2_000,
    )


def _targets(teams: list[Any]) -> None:
    from shanhai.programme.models import Result, Target

    codes = (("training.people", "人"), ("health.people_treated", "人次"), ("employment.placed", "人"))
    targets = Target.objects.bulk_create(
        Target(
            pairing_id=team.pairing_id,
            key=f"B{team.pk}-{year}-{n}",
            indicator=code,
            unit=unit,
            team=team,
            starts=datetime.date(year, 1, 1),
            ends=datetime.date(year, 12, 31),
            target="400",
            definition=f"口径{team.pk % 2}",
        )
        for team in teams
        for year in range(2016, 2027)
        for n, (code, unit) in enumerate(codes)
    )
    Result.objects.bulk_create(
        (
            Result(
                pairing_id=t.pairing_id,
                key=f"W{t.pk}-{q}",
                target=t,
                starts=datetime.date(t.starts.year, 3 * q + 1, 1),
                ends=datetime.date(t.starts.year, 3 * q + 3, 28),
                value=str(60 + (t.pk + q) % 80),
            )
            for t in targets
            for q in range(4)
        ),
        batch_size=2_000,
    )
