"""A ledger that holds something in every table, made through the actions."""

import datetime

import msgspec
from django.contrib.auth.models import User
from django.db import transaction

from ledger.conftest import NOON, arrival
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import Arrival, receive
from shanhai.ledger.actions.review import decide, undo
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import (
    Collection,
    Decision,
    FindingWork,
    Membership,
    Pairing,
    Progress,
    Report,
    Role,
    Statement,
    Upload,
    UploadedFile,
)

FIRST = "2021年工作情况\n2021年投入援助资金3200万元,实施项目12个,培训医生86名。\n其中产业资金1800万元,民生资金1400万元。\n"
SECOND = "2022年工作情况\n2022年计划投入援助资金3500万元,已到位2100万元,选派教师24名,转移就业310人。\n"
THIRD = "帮扶简报\n2023年消费帮扶销售额450万元,建成高标准农田2000亩。\n"


def fill(clerk: Actor) -> None:
    """Fill the ledger."""
    pairing = _pairing(clerk)
    later = NOON + datetime.timedelta(days=1)
    first = receive(arrival(FIRST, "甲.txt", "/in/甲.txt"), actor=clerk, pairing=pairing, at=NOON)
    receive(arrival(SECOND, "乙.txt"), actor=clerk, pairing=pairing, at=NOON)
    receive(arrival(THIRD, "丙.txt", "https://example.org/丙"), actor=clerk, at=NOON)
    receive(arrival(THIRD, "丙(副本).txt"), actor=clerk, at=later)
    receive(Arrival(b"\x00\x01\xff", "坏.bin", fault="无法读取 cannot be read"), actor=clerk, at=later)
    _review(clerk, later)
    _people(clerk, pairing)
    collection = Collection.objects.create(key="audit-2024", name="2024年审计")
    collection.sources.add(first.source)
    upload = Upload.objects.create(by=clerk.name, at=NOON, pairing=pairing)
    UploadedFile.objects.create(
        upload=upload,
        position=0,
        name="甲.txt",
        size=first.source.size,
        progress=Progress.READ,
        source=first.source,
    )
    UploadedFile.objects.create(upload=upload, position=1, name="戊.txt", size=9)
    FindingWork.objects.create(
        key="0" * 32, assigned_to=User.objects.get(), settled=True, because="已核对", by=clerk.name, at=NOON
    )
    for subject in ("collection:audit-2024", f"upload:{upload.pk}", f"finding:{'0' * 32}"):
        with transaction.atomic():
            record(clerk, "keep", subject, at=NOON, new={"what": "test"}, why="为测试")
    for one in (pairing, None):
        rebuild(one, actor=clerk, on=datetime.date(2024, 3, 1), at=NOON)


@transaction.atomic
def _pairing(clerk: Actor) -> Pairing:
    pairing = Pairing.objects.create(
        key="jia-yi", name_zh="甲市对口支援乙县", name_en="Jia for Yi", sending="甲市", receiving="乙县"
    )
    record(clerk, "pairing", "pairing:jia-yi", at=NOON, new={"key": "jia-yi"})
    return pairing


@transaction.atomic
def _people(clerk: Actor, pairing: Pairing) -> None:
    user = User.objects.create_user("li", "li@example.org", "a long password", date_joined=NOON)
    Membership.objects.create(user=user, role=Role.REVIEWER, pairing=pairing)
    Membership.objects.create(user=user, role=Role.READER)
    record(clerk, "account", "account:li", at=NOON, new={"role": "reviewer"})


def _review(clerk: Actor, at: datetime.datetime) -> None:
    report = Report.objects.select_related("source").order_by("pk").first()
    assert report is not None
    money, projects, doctors, *_ = Statement.objects.filter(report=report).order_by("start")
    decide(report, Decision.ACCEPT, {projects.key: None}, actor=clerk, at=at)
    wrong = decide(report, Decision.REJECT, {doctors.key: None}, actor=clerk, reason="看错了", at=at)
    undo(wrong, actor=clerk, at=at)
    corrected = msgspec.structs.replace(claim_of(money, report.doc), measure="援助资金总额")
    decide(report, Decision.CORRECT, {money.key: None}, actor=clerk, claims=[corrected], reason="写全", at=at)
