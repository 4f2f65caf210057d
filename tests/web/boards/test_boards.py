"""The boards as pages: who sees what, numbers as the queries tell them, state in the address, a fixed number of queries."""

import csv
import html
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shanhai.ledger.models import Pairing, Role
from shanhai.programme.models import Project, Target
from shanhai.programme.queries.boards import idle, money, progress
from shanhai.programme.queries.boards.progress import Pace
from shanhai.programme.shares.credit import Why
from shanhai.programme.shares.held import Basis
from shanhai.programme.shares.reading import Scope, meters
from shanhai.programme.shares.refused import refused, told_of
from shanhai.programme.targets.standing import standing
from shanhai.web.boards.words import REFUSALS

from ...programme.boards.register import DAY, made

pytestmark = pytest.mark.django_db
Enter = Callable[..., Client]
ON = {"day": DAY.isoformat()}
PARTS = ("", "progress/", "idle/", "shares/")


def page(client: Client, address: str, **asked: object) -> str:
    """A page that answers."""
    answer = client.get(address, {**ON, **asked})
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return answer.content.decode()


@pytest.fixture
def own(db: None) -> Pairing:
    return made("own")


def test_the_leaders_board_shows_what_the_register_comes_to(own: Pairing, signed_in: Enter) -> None:
    shown = page(signed_in(Role.READER, own), "/boards/own/")

    told = money.money_of(own.pk, money.Wanted(), DAY).total["arrived"]
    assert f'title="{told:,.2f}元"' in shown
    assert f"{told / 10_000:,.2f}" in shown
    over = idle.idle_sums([own.pk], DAY)[own.pk].amounts[1]
    assert f'title="{over:,.2f}元"' in shown
    late = progress.by_pace([own.pk], DAY)[own.pk][Pace.LATE]
    assert f"逾期未完 <b>{late}</b>" in shown
    assert "/register/own/money/E" in shown
    assert "/register/own/asset/Z" in shown


@pytest.mark.parametrize("part", PARTS)
def test_each_part_takes_a_fixed_number_of_queries(signed_in: Enter, part: str) -> None:
    made("small", seed=3, projects=8)
    made("large", seed=4, projects=60)
    client = signed_in(Role.OFFICE)
    counts = []
    for key in ("small", "large", "small"):
        with CaptureQueriesContext(connection) as queries:
            page(client, f"/boards/{key}/{part}")
        counts.append(len(queries))
    assert counts[1] <= 32
    assert abs(counts[1] - counts[2]) <= 2  # an empty list asks for nothing more


@pytest.mark.parametrize("part", PARTS)
def test_other_peoples_boards_are_not_there(own: Pairing, signed_in: Enter, part: str) -> None:
    other = Pairing.objects.create(key="other", name_zh="别的", sending="甲", receiving="乙")
    client = signed_in(Role.OFFICE, other)
    assert client.get(f"/boards/own/{part}").status_code == 404
    assert client.get(f"/boards/none/{part}").status_code == 404


def test_the_sending_office_sees_its_own_pairings_only(own: Pairing, signed_in: Enter) -> None:
    other = made("other", seed=5, projects=5)
    client = signed_in(Role.READER, other)
    for address in ("/boards/", "/boards/targets/"):
        shown = page(client, address)
        assert "甲援other" in shown
        assert "甲援own" not in shown
    rows = b"".join(client.get("/boards/pairings.csv", ON).streaming_content).decode("utf-8-sig")
    assert "甲援other" in rows
    assert "甲援own" not in rows
    for table in ("pairings", "targets"):
        answer = client.get(f"/boards/{table}.xlsx", ON)
        assert b"".join(answer.streaming_content).startswith(b"PK")
        assert client.get(f"/boards/{table}.exe", ON).status_code == 404


def test_without_a_role_nothing_is_there(own: Pairing, signed_in: Enter) -> None:
    shown = page(signed_in(None), "/boards/")
    assert "甲援own" not in shown
    assert "请联系管理员" in shown


def test_the_yearly_table_says_what_may_be_compared(own: Pairing, signed_in: Enter) -> None:
    answer = signed_in(Role.OFFICE).get("/boards/targets.csv", {**ON, "year": "2025"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = {
        row["目标记录"].split("/")[-2]: row for row in csv.DictReader(io.StringIO(text)) if row["目标记录"]
    }
    assert {key: row["可比性"] for key, row in rows.items() if key in ("B0", "B1", "B2", "B3")} == {
        "B0": "可比（第1组）",
        "B1": "可比（第1组）",
        "B2": "不可比：口径与其他队伍不同",
        "B3": "不可比：口径相同而单位不同",
    }


def test_a_supposition_moves_into_the_address_and_changes_nothing(own: Pairing, signed_in: Enter) -> None:
    client = signed_in(Role.READER)
    project = Project.objects.filter(
        pairing=own, withdrawn=False, umbrella=False, planned__gt=Decimal(0)
    ).first()
    assert project is not None
    answer = client.get(
        "/boards/own/shares/", {**ON, "do": "drop", "project": project.key, "basis": "planned"}
    )
    assert answer.status_code == 302
    assert f"drop={project.key}" in answer.url
    assert "do=" not in answer.url
    shown = client.get(answer.url).content.decode()
    assert f"不做 {project.key} {project.name}" in shown
    assert Project.objects.get(pk=project.pk).withdrawn is False

    answer = client.get(
        answer.url + f"&do=class&project={project.key}&level=below&livelihood=part&share=40%25"
    )
    assert f"class={project.key}%3Abelow%3Apart%3A0.4" in answer.url
    answer = client.get(answer.url + "&do=add&amount=120万元&level=county&livelihood=whole")
    shown = client.get(answer.url).content.decode()
    assert "120.00 万元：县级，全部民生" in shown


@pytest.mark.parametrize("basis", Basis)
def test_what_a_total_refused_stands_beside_it_project_by_project(
    own: Pairing, signed_in: Enter, basis: Basis
) -> None:
    client = signed_in(Role.READER)
    whole = page(client, "/boards/own/shares/", basis=basis)
    found = meters(Scope(own, basis), DAY, DAY)
    assert {r.why for r in found.refused} >= {Why.UMBRELLA, Why.PARENT, Why.OTHERS_SHARE, Why.UNKNOWN_SHARE}
    for one in found.refused:
        assert str(REFUSALS[one.why]) in whole
        if one.amount:
            assert f'title="{one.amount:,.2f}元"' in whole
        if not one.projects:
            continue
        listed = page(client, "/boards/own/shares/", basis=basis, refused=one.why).partition('id="refused"')[
            2
        ]
        for told in told_of(found.scope, one.why, refused(found.scope, one.why)[:25]):
            assert f"/register/own/project/{told.key}/" in listed
            assert told.said()[0] in html.unescape(listed)
    assert 'id="refused"' not in page(client, "/boards/own/shares/", refused="no_project")


def test_a_target_without_a_figure_says_why_and_one_with_says_what_it_left_out(
    own: Pairing, signed_in: Enter
) -> None:
    first, second, *_ = Target.objects.filter(pairing=own).order_by("key")
    first.results.filter(key__endswith="-2").update(cumulative=True, value="77")
    second.results.filter(key__endswith="-2").update(starts="2025-03-01")
    client = signed_in(Role.OFFICE)
    shown = page(client, "/boards/targets/", year=2025)
    text = b"".join(client.get("/boards/targets.csv", {**ON, "year": "2025"}).streaming_content)
    rows = {
        row["目标记录"].split("/")[-2]: row
        for row in csv.DictReader(io.StringIO(text.decode("utf-8-sig")))
        if row["目标记录"]
    }
    assert rows["B0"]["完成值"] == "77"
    for target, column in ((first, "未加的与提示"), (second, "没有完成值的原因")):
        note = standing(target, DAY).rolled.left_out[0].zh
        assert note in html.unescape(shown)
        assert rows[target.key][column].startswith(note)


def test_a_target_whose_indicator_is_not_in_the_catalogue_is_told_and_not_added(
    own: Pairing, signed_in: Enter
) -> None:
    Target.objects.filter(pairing=own).update(indicator="gone.away")
    client = signed_in(Role.OFFICE, own)

    assert "目录里没有指标“gone.away”" in page(
        client, "/boards/targets/", year=DAY.year, indicator="gone.away"
    )
    text = b"".join(client.get("/boards/targets.csv", {**ON, "year": "2025"}).streaming_content)
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert {row["指标代码"] for row in rows} == {"gone.away"}
    assert {(row["完成值"], row["没有完成值的原因"]) for row in rows} == {
        ("", "目录里没有这个指标，完成情况不合计。")
    }


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"do": "drop", "project": "没有"}, "台账中没有编号为“没有”的项目"),
        ({"do": "class", "project": "X1"}, "请选择受益层级或民生属性"),
        ({"do": "class", "project": "X1", "livelihood": "part"}, "部分民生须写民生占比"),
        ({"do": "class", "project": "X1", "livelihood": "part", "share": "140%"}, "不是0至100%之间的比例"),
        ({"do": "add", "amount": "约5", "level": "county", "livelihood": "whole"}, "不是确切的数"),
        ({"do": "add", "amount": "5"}, "新增项目须选受益层级和民生属性"),
    ],
)
def test_what_cannot_be_supposed_is_told_beside_its_field(
    own: Pairing, signed_in: Enter, asked: dict[str, str], fault: str
) -> None:
    Project.objects.filter(pairing=own, key="X1").update(withdrawn=False)
    assert fault in page(signed_in(Role.READER), "/boards/own/shares/", **asked)


def test_addresses_written_by_hand_do_no_harm(own: Pairing, signed_in: Enter) -> None:
    client = signed_in(Role.READER)
    assert client.get("/boards/own/", {"day": "2025-02-30"}).status_code == 422
    for asked in (
        {"class": "X1:nowhere:whole:"},
        {"class": "X1:below:part:"},
        {"add": "-5:below:whole:"},
        {"add": "x", "basis": "x", "term": "x", "drop": "x"},
        {"refused": "x", "drop": "X1", "class": "X1:below:whole:"},
        {"refused": "parent", "page": "x"},
        {"page": "x", "pace": "x", "years": "x", "plan": "x", "currency": "x", "year": "99999"},
    ):
        for part in PARTS:
            page(client, f"/boards/own/{part}", **asked)
        page(client, "/boards/targets/", **asked)


def test_an_empty_register_says_what_to_do_next(signed_in: Enter, db: None) -> None:
    Pairing.objects.create(key="new", name_zh="新", sending="甲", receiving="乙")
    client = signed_in(Role.OFFICE)
    for part in PARTS:
        page(client, f"/boards/new/{part}")
    assert "台账还是空的" in page(client, "/boards/new/")
    assert "这一年没有登记队伍的目标" in page(client, "/boards/targets/")


def test_in_english_nothing_chinese_is_left_of_ours(own: Pairing, signed_in: Enter) -> None:
    client = signed_in(Role.READER, language="en")
    shown = page(client, "/boards/own/")
    for word in ("逾期", "闲置", "到位", "万元"):
        assert word not in shown.split("<main")[1].split("</main>")[0]
