"""A small register for the pages: two pairings, one with a term, a team, a member, projects, money, assets, targets, work."""

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.records import Told, context_of, put
from shanhai.programme.kinds import KINDS

CLERK = Actor.command_line("clerk")
RECORDS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("arrange", "A1", {"mode": "对口支援", "since": "2010-01-01"}),
    ("term", "P10", {"batch": "10", "phase": "第一阶段", "starts": "2022-07-20", "ends": "2025-07-19"}),
    ("team", "T10", {"name": "第十批工作队", "term": "P10"}),
    ("post", "G1", {"name": "人民医院副院长", "team": "T10", "profession": "医生", "receiving_unit": "县人民医院"}),
    (
        "member",
        "Y1",
        {
            "name": "孟青禾", "team": "T10", "post": "G1", "profession": "医生", "sending_unit": "东川市中心医院",
            "starts": "2022-07-20",
        },
    ),
    (
        "project",
        "QS-01",
        {
            "name": "青山乡镇卫生院改扩建", "area": "医疗卫生", "term": "P10", "team": "T10", "level": "乡村级",
            "livelihood": "全部民生", "delivery": "交支票", "status": "实施中", "planned": "1200000",
            "planned_start": "2023-03-01", "planned_end": "2024-10-31", "started": "2023-03-15",
            "builder": "县卫生健康委员会",
        },
    ),
    ("project", "QS-02", {"name": "青山门诊楼设备", "area": "医疗卫生", "parent": "QS-01", "planned": "300000"}),
    (
        "money",
        "E1",
        {
            "day": "2023-05-10", "stage": "到位", "amount": "600000", "plan": "计划内", "project": "QS-01",
            "counterparty": "东川市财政局",
        },
    ),
    ("money", "E2", {"day": "2023-09-01", "stage": "支出", "amount": "150000.50", "plan": "计划内", "project": "QS-01"}),
    ("money", "E3", {"day": "2024-02-01", "stage": "到位", "amount": "200000", "plan": "计划内", "project": "QS-01"}),
    ("cofunding", "C1", {"project": "QS-01", "funder": "青山县财政", "share": "30%"}),
    ("asset", "Z1", {"project": "QS-01", "name": "门诊楼", "value": "900000", "handed_over": "2024-11-20"}),
    ("visit", "V1", {"asset": "Z1", "day": "2025-03-12", "use": "部分使用", "by": "巡查组", "note": "三层空置"}),
    (
        "target",
        "B1",
        {"indicator": "training.people", "unit": "人", "starts": "2023-01-01", "ends": "2024-12-31", "target": "60",
         "project": "QS-01"},
    ),
    ("result", "W1", {"target": "B1", "starts": "2023-01-01", "ends": "2023-12-31", "value": "42"}),
    (
        "activity",
        "D1",
        {"sort": "培训", "name": "青山乡镇医护急救培训", "day": "2023-08-14", "project": "QS-01", "member": "Y1",
         "counts": "参训人数 42；天数 3"},
    ),
)  # fmt: skip


def registered() -> Pairing:
    """The pairing ``one`` with its register; ``two`` has an empty one."""
    one, _ = Pairing.objects.get_or_create(
        key="one", defaults={"name_zh": "东川援青山", "sending": "东川市", "receiving": "青山县"}
    )
    Pairing.objects.get_or_create(
        key="two", defaults={"name_zh": "西河援洛隆", "sending": "西河市", "receiving": "洛隆县"}
    )
    for kind, key, told in RECORDS:
        enter(one, kind, key, told)
    return one


def enter(pairing: Pairing, kind: str, key: str, told: dict[str, str]) -> None:
    """Enter a record as a form would read it."""
    context, known = context_of(pairing), KINDS[kind]
    values = {name: known.field(name).value.read(text, context) for name, text in told.items()}
    put(known, pairing, Told(key, values, "青办发〔2023〕4号"), actor=CLERK)
