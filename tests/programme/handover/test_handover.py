"""Everything open is proposed, completed, signed; a signed list stays as it is."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed, NotPossible
from shanhai.ledger.models import Finding, FindingWork, Pairing
from shanhai.programme.actions.handover import propose, sign
from shanhai.programme.actions.records import Told, bring_back, put, withdraw
from shanhai.programme.handover.listing import hash_of, matters_of
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Handover, OpenMatter
from shanhai.publishing.printed import handover_page

TODAY = datetime.date(2025, 7, 1)


@pytest.fixture
def clerk() -> Actor:
    return Actor.command_line("clerk")


@pytest.fixture
def pairing(db: None) -> Pairing:
    return Pairing.objects.create(
        key="dong-xue", name_zh="东江对口支援雪山", sending="东江市", receiving="雪山县"
    )


@pytest.fixture
def handover(pairing: Pairing, clerk: Actor) -> Handover:
    fill(pairing, clerk)
    return Handover.objects.get()


def fill(pairing: Pairing, actor: Actor) -> None:
    """Two terms; of each sort of thing one that is open and one that is not."""

    def make(kind: str, key: str, **values: Any) -> Any:
        return put(KINDS[kind], pairing, Told(key, values), actor=actor)

    def on(text: str) -> datetime.date:
        return datetime.date.fromisoformat(text)

    ninth = make("term", "P9", batch=9, starts=on("2022-07-01"), ends=on("2025-06-30"))
    tenth = make("term", "P10", batch=10, starts=on("2025-07-01"), ends=on("2028-06-30"))
    old = make("team", "T9", name="第九批", term=ninth)
    new = make("team", "T10", name="第十批", term=tenth)
    person = {"profession": "doctor", "sending_unit": "市中心医院", "receiving_unit": "县医院"}
    make("member", "Y1", name="欧阳青山", team=old, starts=on("2022-07-20"), **person)
    make(
        "member",
        "Y2",
        name="司徒江月",
        team=old,
        starts=on("2022-07-20"),
        **{**person, "receiving_unit": "县中学"},
    )
    make("member", "Y3", name="上官云", team=new, starts=on("2025-07-05"), **person)
    clinic = make(
        "project", "X1", name="卫生院改扩建", area="health", status="2", planned_end=on("2025-12-31")
    )
    done = make("project", "X2", name="农田水利", area="agriculture", status="4")
    paid = {"plan": "in", "day": on("2024-05-01")}
    make("money", "E1", project=clinic, stage="committed", amount=Decimal(900), **paid)
    make("money", "E2", project=clinic, stage="arrived", amount=Decimal(600), **paid)
    make("money", "E3", project=done, stage="arrived", amount=Decimal(70), **paid)
    make("money", "E4", project=done, stage="spent", amount=Decimal(70), **paid)
    idle = make("asset", "Z1", project=done, name="泵房", use="in_use")
    make("visit", "V1", asset=idle, day=on("2025-01-05"), use="idle")
    used = make("asset", "Z2", project=done, name="水渠", use="idle")
    make("visit", "V2", asset=used, day=on("2025-01-05"), use="in_use")
    said = {"area": "health", "said_by": "县卫生局", "day": on("2025-01-01")}
    need = make("need", "N1", side="asked", summary="缺儿科医生一名", **said)
    offer = make("need", "N2", side="offered", summary="可派儿科医生", state="met", **said)
    make("match", "L1", need=need, offer=offer, day=on("2025-02-01"), state="agreed")
    make("activity", "D1", sort="agreement", name="医共体协议", day=on("2023-01-01"), stage="in_force")
    make("activity", "D2", sort="agreement", name="旧协议", day=on("2022-01-01"), stage="ended")
    make("activity", "D3", sort="mentoring", name="外科带教", day=on("2024-01-01"), stage="under_way")
    for key, settled in (("a" * 32, False), ("b" * 32, True)):
        Finding.objects.create(
            key=key, pairing=pairing, code="SH101", severity="error", check_name="sums",
            message_zh="合计对不上", message_en="The sum is off", settles_zh="", settles_en="",
        )  # fmt: skip
        FindingWork.objects.create(
            key=key, settled=settled, by="x", at=datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
        )
    make("handover", "H1", from_term=ninth, to_term=tenth)


OPEN = {
    ("project:X1", "未完项目"),
    ("project:X1", "闲置资金"),
    ("project:X1", "下达未到位"),
    ("asset:Z1", "闲置资产"),
    (f"finding:{'a' * 32}", "未决问题"),
    ("need:N1", "未落实需求"),
    ("match:L1", "未完对接"),
    ("activity:D1", "履行中的协议"),
    ("activity:D3", "进行中的带教"),
    ("member:Y2", "岗位无人接任"),
}


def listed(handover: Handover) -> set[tuple[str, str]]:
    return {(m.about, m.summary.partition("：")[0]) for m in matters_of(handover)}


def signed(pairing: Pairing, clerk: Actor, handover: Handover) -> Handover:
    propose(pairing, "H1", actor=clerk, day=TODAY)
    for m in matters_of(handover):
        put(KINDS["matter"], pairing, Told(m.key, {"note": "材料在办公室"}), actor=clerk)
    day = datetime.date(2025, 7, 2)
    return sign(pairing, "H1", day=day, given_by="欧阳青山", taken_by="上官云", actor=clerk)


def test_all_that_is_open_is_proposed_and_nothing_else(
    pairing: Pairing, handover: Handover, clerk: Actor
) -> None:
    assert propose(pairing, "H1", actor=clerk, day=TODAY) == len(OPEN)
    assert listed(handover) == OPEN
    assert not any("司徒江月" in m.summary for m in matters_of(handover))
    idle = next(m for m in matters_of(handover) if m.summary.startswith("闲置资金"))
    assert "600.00元，最早一笔2024-05-01到位" in idle.summary


def test_gathering_again_adds_what_is_new_and_not_what_was_taken_off(
    pairing: Pairing, handover: Handover, clerk: Actor
) -> None:
    propose(pairing, "H1", actor=clerk, day=TODAY)
    withdraw(KINDS["matter"], pairing, matters_of(handover)[0].key, actor=clerk, why="已办完")
    put(KINDS["project"], pairing, Told("X3", {"name": "新学校", "area": "education"}), actor=clerk)
    assert propose(pairing, "H1", actor=clerk, day=TODAY) == 1
    assert ("project:X3", "未完项目") in listed(handover)
    assert ("project:X1", "未完项目") not in listed(handover)


def test_a_list_is_signed_when_each_matter_has_someone_or_a_note(
    pairing: Pairing, handover: Handover, clerk: Actor
) -> None:
    told: dict[str, Any] = {"day": TODAY, "given_by": "甲", "taken_by": "乙", "actor": clerk}
    with pytest.raises(NotPossible, match="empty"):
        sign(pairing, "H1", **told)
    propose(pairing, "H1", actor=clerk, day=TODAY)
    with pytest.raises(NotPossible, match="10 matters"):
        sign(pairing, "H1", **told)
    with pytest.raises(NotPossible, match="names"):
        sign(pairing, "H1", **told | {"taken_by": " "})
    with pytest.raises(NotAllowed):
        sign(pairing, "H1", **told | {"actor": Actor("nobody")})
    assert Handover.objects.get().signed == ""


def test_a_signed_list_stays_as_it_is_but_for_what_becomes_of_a_matter(
    pairing: Pairing, handover: Handover, clerk: Actor
) -> None:
    propose(pairing, "H1", actor=clerk, day=TODAY)
    off = matters_of(handover)[0].key
    withdraw(KINDS["matter"], pairing, off, actor=clerk, why="已办完")
    closed = signed(pairing, clerk, handover)
    matter = matters_of(handover)[0]
    changes: list[Any] = [
        lambda: put(KINDS["matter"], pairing, Told(matter.key, {"note": "改了"}), actor=clerk),
        lambda: put(
            KINDS["matter"], pairing, Told("", {"handover": closed, "summary": "添一项"}), actor=clerk
        ),
        lambda: withdraw(KINDS["matter"], pairing, matter.key, actor=clerk, why="拿下"),
        lambda: bring_back(KINDS["matter"], pairing, off, actor=clerk),
        lambda: put(KINDS["handover"], pairing, Told("H1", {"taken_by": "别人"}), actor=clerk),
        lambda: withdraw(KINDS["handover"], pairing, "H1", actor=clerk, why="不要了"),
        lambda: propose(pairing, "H1", actor=clerk, day=TODAY),
        lambda: signed(pairing, clerk, handover),
    ]
    for change in changes:
        with pytest.raises(NotPossible) as refused:
            change()
        assert "已于2025-07-02签字" in refused.value.zh
    put(KINDS["matter"], pairing, Told(matter.key, {"state": "taken"}), actor=clerk)
    now = Handover.objects.get()
    assert now.signed == hash_of(now) == closed.signed


def test_the_printed_list_has_the_hash_and_tells_a_draft(
    pairing: Pairing, handover: Handover, clerk: Actor
) -> None:
    draft = handover_page(handover).decode()
    assert "未签字的草稿" in draft
    closed = signed(pairing, clerk, handover)
    page = handover_page(closed).decode()
    assert closed.signed in page
    assert "2025-07-02签字" in page
    assert page == handover_page(closed).decode()
    OpenMatter.objects.filter(about="asset:Z1").update(summary="换了内容")
    assert "清单与签字时不同" in handover_page(closed).decode()
