"""A small register with a record of each kind, and files as people send them."""

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.records import Told, context_of, put
from shanhai.programme.kinds import KINDS, Kind
from shanhai.programme.models import Record
from shanhai.programme.sheets.preview import Preview, preview
from shanhai.programme.sheets.rows import Read, read_rows
from shanhai.reading.grids import read_grids

CLERK = Actor.command_line("clerk")
NOON = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)

RECORDS: Sequence[tuple[str, str, Mapping[str, str]]] = (
    ("arrange", "A1", {"mode": "对口支援", "since": "1995-01-01"}),
    ("term", "P9", {"batch": "9", "starts": "2019-07-20", "ends": "2022-07-19"}),
    ("term", "P10", {"batch": "10", "phase": "第一阶段", "starts": "2022-07-20", "ends": "2025-07-19"}),
    ("team", "T10", {"name": "第十批工作队", "term": "P10"}),
    ("team", "T10-1", {"name": "医疗组", "term": "P10", "parent": "T10"}),
    ("post", "G1", {"name": "副院长", "team": "T10", "profession": "医生", "receiving_unit": "县人民医院"}),
    (
        "member",
        "Y1",
        {
            "name": "甲",
            "team": "T10",
            "post": "G1",
            "profession": "医生",
            "sending_unit": "市中心医院",
            "starts": "2022-07-20",
        },
    ),
    (
        "assess",
        "K1",
        {"member": "Y1", "form": "年度考核", "starts": "2023-01-01", "ends": "2023-12-31", "result": "称职"},
    ),
    ("honour", "R1", {"name": "先进集体", "team": "T10", "level": "地市级", "day": "2023-07-01"}),
    ("project", "ZX-001", {"name": "民生工程", "area": "医疗卫生", "umbrella": "是"}),
    (
        "project",
        "ZX-012",
        {
            "name": "卫生院改扩建",
            "area": "医疗卫生",
            "term": "P10",
            "parent": "ZX-001",
            "livelihood": "部分民生",
            "livelihood_share": "35%",
            "status": "实施中",
            "planned": "1200000",
            "planned_start": "2023-03-01",
            "started": "2023-03-15",
            "places": "洛隆县孜托镇；边坝县",
        },
    ),
    ("cofunding", "C1", {"project": "ZX-012", "funder": "县财政", "share": "30%"}),
    ("asset", "Z1", {"project": "ZX-012", "name": "门诊楼", "value": "1150000", "use": "在用"}),
    ("visit", "V1", {"asset": "Z1", "day": "2025-06-12", "use": "闲置", "note": "门锁着"}),
    (
        "money",
        "E1",
        {
            "day": "2023-05-10",
            "stage": "到位",
            "amount": "600000",
            "plan": "计划内",
            "project": "ZX-012",
            "counterparty": "市财政局",
        },
    ),
    (
        "target",
        "B1",
        {
            "indicator": "training.people",
            "unit": "人",
            "starts": "2022-07-20",
            "ends": "2025-07-19",
            "target": "1200",
        },
    ),
    (
        "result",
        "W1",
        {
            "target": "B1",
            "starts": "2022-07-20",
            "ends": "2022-12-31",
            "value": "310",
            "breakdown": "女 200；男 110",
        },
    ),
    (
        "activity",
        "D1",
        {
            "sort": "培训",
            "name": "急救培训",
            "day": "2023-08-14",
            "places": "洛隆县",
            "team": "T10",
            "counts": "参训人数 42；天数 3",
        },
    ),
    (
        "need",
        "N1",
        {
            "side": "受援方所需",
            "summary": "缺医生",
            "area": "医疗卫生",
            "said_by": "县卫健委",
            "day": "2023-03-01",
        },
    ),
    (
        "need",
        "N2",
        {
            "side": "支援方所能",
            "summary": "派医生",
            "area": "医疗卫生",
            "said_by": "市卫健委",
            "day": "2023-03-01",
        },
    ),
    ("match", "L1", {"need": "N1", "offer": "N2", "day": "2023-04-01"}),
    ("handover", "H1", {"from_term": "P9", "to_term": "P10", "day": "2022-07-20"}),
    ("matter", "M1", {"handover": "H1", "summary": "消防验收尚未完成", "successor": "Y1"}),
)


def pairing(key: str = "one") -> Pairing:
    """A pairing whose receiving place is a prefecture of Tibet."""
    return Pairing.objects.create(
        key=key,
        name_zh="东川援昌都",
        sending="重庆市",
        receiving="昌都市",
        sending_code="500000",
        receiving_code="540300",
    )


def enter(one: Pairing, kind: str, key: str, told: Mapping[str, Any], evidence: str | None = None) -> Record:
    """A record from what a person writes."""
    context = context_of(one)
    values = {name: KINDS[kind].field(name).value.read(text, context) for name, text in told.items()}
    return put(KINDS[kind], one, Told(key, values, evidence), actor=CLERK, at=NOON)


def fill(one: Pairing) -> None:
    """A record of each kind."""
    for kind, key, told in RECORDS:
        enter(one, kind, key, told, evidence=f"文〔2023〕{key}号")


def book(*rows: Sequence[Any], title: str = "表", change: Any = None) -> bytes:
    """A workbook of one sheet; ``change(sheet)`` does what rows cannot tell."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    return saved(made)


def saved(made: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def rows_of(data: bytes, kind: str, name: str = "表.xlsx", *, hidden: bool = False) -> Read:
    """What reading makes of a file."""
    return read_rows(read_grids(data, name), KINDS[kind], hidden=hidden)


def previewed(
    data: bytes, kind: str, one: Pairing, name: str = "表.xlsx", *, hidden: bool = False
) -> Preview:
    """What a file would change."""
    return preview(rows_of(data, kind, name, hidden=hidden), KINDS[kind], one, actor=CLERK)


def everything(one: Pairing) -> dict[str, list[tuple[str, int, dict[str, Any]]]]:
    """All records of a pairing."""

    def told(kind: Kind) -> list[tuple[str, int, dict[str, Any]]]:
        found = kind.model._default_manager.filter(pairing=one).order_by("pk")
        return [(r.key, r.revision, kind.plain(kind.values_of(r)) | {"evidence": r.evidence}) for r in found]

    return {name: told(kind) for name, kind in KINDS.items()}
