"""The first page: what it shows to whom, of which ledger; every number leads to a list or a sentence."""

import datetime
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shanhai import find_claims, read
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import Arrival, receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Fact, FactStatement, Finding, Pairing, Role, Statement
from shanhai.web.home import pictures

from ..register.made import registered

Enter = Callable[..., Client]
NOON = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)
TEXTS = {
    "yu": "北京援玉树工作队2022年工作简报\n来源：玉树州人民政府办公室　发布时间：2023-01-05\n\n"
    "2022年，玉树州引进企业12家，带动就业300人。援建项目25个，其中卫生项目15个、教育项目12个。\n",
    "ding": "上海援日喀则工作回顾\n来源：日喀则日报　发布时间：2023-06-05\n\n"
    "2022年，日喀则市引进企业31家，接待游客2.5万人次。计划2023年底前建成学校2所。\n",
}
clerk = Actor.command_line("clerk")


@pytest.fixture
def pairings(db: None) -> dict[str, Pairing]:
    return {
        key: Pairing.objects.create(
            key=key, name_zh=f"{one}援{other}", name_en=f"{key} pair", sending=one, receiving=other
        )
        for key, one, other in (("yu", "北京市", "玉树藏族自治州"), ("ding", "上海市", "日喀则市"))
    }


@pytest.fixture
def filled(pairings: dict[str, Pairing]) -> dict[str, Pairing]:
    for key, text in TEXTS.items():
        data = text.encode()
        report = read(data, name=f"{key}.txt")
        receive(
            Arrival(data, f"{key}.txt", "", report, find_claims(report)),
            actor=clerk,
            pairing=pairings[key],
            at=NOON,
        )
        rebuild(pairings[key], actor=clerk, at=NOON)
    return pairings


def drawn(page: str, name: str) -> dict[str, Any]:
    """What a picture of the page is drawn from."""
    figure = page[page.index(f'id="{name}"') :]
    found = re.search(r'<script type="application/json">(.*?)</script>', figure, re.DOTALL)
    assert found is not None
    options: dict[str, Any] = json.loads(found[1])["series"][0]
    return options


def test_an_empty_ledger_says_what_to_do_first(db: None, signed_in: Enter) -> None:
    reporter = signed_in(Role.REPORTER).get("/").content.decode()
    reader = signed_in(Role.READER).get("/").content.decode()
    nobody = signed_in(None).get("/").content.decode()

    assert 'href="/sources/upload/"' in reporter
    assert "上传第一份来源" in reporter
    assert "/sources/upload/" not in reader
    assert "还没有您能看到的来源" in reader
    assert "还没有角色" in nobody


def test_a_register_without_reports_leads_to_its_board(db: None, signed_in: Enter) -> None:
    one = registered()
    office = signed_in(Role.OFFICE, one).get("/").content.decode()
    elsewhere = Pairing.objects.create(key="far", name_zh="另一对", sending="甲", receiving="乙")
    other = signed_in(Role.READER, elsewhere).get("/").content.decode()

    assert "账本是空的" not in office
    assert f'<a href="/boards/{one.key}/">' in office
    assert f'<a href="/register/{one.key}/project/">2</a>' in office
    assert "80.00" in office, "what arrived, in ten thousand yuan"
    assert f"/boards/{one.key}/" not in other


def test_what_needs_doing_leads_to_its_list(filled: dict[str, Pairing], signed_in: Enter) -> None:
    page = signed_in(Role.OFFICE).get("/").content.decode()

    waiting = Statement.objects.filter(state="open", minor=False).count()
    errors = Finding.objects.filter(severity="error").count()
    assert waiting > 0
    assert errors > 0
    assert f'<a href="/sources/?state=waiting&amp;order=-waiting">{waiting}</a>' in page
    assert f'<a href="/findings/?severity=error">{errors}</a>' in page
    assert '<a href="/findings/?code=promise_due">1</a>' in page


def test_headline_figures_lead_to_fact_and_sentence(filled: dict[str, Pairing], signed_in: Enter) -> None:
    page = signed_in(Role.READER).get("/").content.decode()

    shown = [f for f in Fact.objects.select_related("pairing") if f"/facts/{f.pairing.key}/{f.key}/" in page]  # type: ignore[union-attr]
    assert 0 < len(shown) <= 8
    for fact in shown:
        telling = FactStatement.objects.filter(fact=fact, supports=True).order_by("pk").first()
        assert telling is not None
        source = telling.statement.report.source.sha256
        assert f'href="/room/{source}/#s-{telling.statement.key}"' in page
    assert page.count('class="badge grade-') == len(shown)


def test_flows_are_counts_of_figures_and_say_so(filled: dict[str, Pairing], signed_in: Enter) -> None:
    page = signed_in(Role.READER).get("/").content.decode()

    told = {(link["source"], link["target"]): link for link in drawn(page, "flows")["links"]}
    of_yu = Statement.objects.filter(pairing=filled["yu"], state="open", minor=False).count()
    assert told["北京市", "玉树藏族自治州"]["value"] == of_yu
    assert told["北京市", "玉树藏族自治州"]["href"] == "/sources/?pairing=yu"
    assert "不是金额" in page


def test_areas_and_years_are_counted_and_lead_to_facts(filled: dict[str, Pairing], signed_in: Enter) -> None:
    page = signed_in(Role.READER).get("/").content.decode()

    cells = drawn(page, "areas")["data"]
    dated = Statement.objects.filter(minor=False, year__isnull=False).exclude(area="").count()
    assert sum(cell["value"][2] for cell in cells) == dated
    for cell in cells:
        assert cell["href"].startswith("/facts/?area=")
        assert cell["href"].replace("&", "&amp;") in page[page.index('id="areas"') :]


def test_places_are_points_without_borders(filled: dict[str, Pairing], signed_in: Enter) -> None:
    page = signed_in(Role.READER).get("/").content.decode()

    (point,) = [p for p in drawn(page, "places")["data"] if p["name"].startswith("日喀则市")]
    lon, lat, n = point["value"]
    assert 88 < lon < 90
    assert 29 < lat < 30
    assert n == Statement.objects.filter(place="日喀则市", minor=False).count()
    assert point["href"] == "/facts/?place=540200"
    assert '<a href="/facts/?place=540200">西藏自治区日喀则市</a>' in page


def test_a_pairings_own_people_see_only_their_own(filled: dict[str, Pairing], signed_in: Enter) -> None:
    page = signed_in(Role.REVIEWER, filled["ding"]).get("/").content.decode()

    assert "上海援日喀则工作回顾" in page
    assert "玉树" not in page
    assert "/yu/" not in page
    assert "pairing=yu" not in page


def test_it_speaks_english(filled: dict[str, Pairing], signed_in: Enter) -> None:
    page = signed_in(Role.READER, language="en").get("/").content.decode()

    assert "What needs doing" in page
    assert "yu pair" in page
    assert "今天要做的" not in page


def test_the_public_sees_it_where_the_ledger_is_open(filled: dict[str, Pairing], settings: Any) -> None:
    assert Client().get("/").status_code == 302
    settings.SHANHAI_PUBLIC = True

    page = Client().get("/").content.decode()

    assert "上海援日喀则工作回顾" in page
    assert "/sources/upload/" not in page
    assert "/sources/rebuild" not in page


def test_a_page_costs_the_same_for_few_and_for_many(filled: dict[str, Pairing], signed_in: Enter) -> None:
    client = signed_in(Role.OFFICE)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for n in range(30):
        data = f"第{n}期简报\n\n2023年培训教师{n + 10}名，引进企业{n + 2}家。\n".encode()
        report = read(data, name=f"{n}.txt")
        receive(
            Arrival(data, f"{n}.txt", "", report, find_claims(report)),
            actor=clerk,
            pairing=filled["yu"],
            at=NOON,
        )
    rebuild(filled["yu"], actor=clerk, at=NOON)
    client.get("/")
    with CaptureQueriesContext(connection) as many:
        client.get("/")

    assert len(many) <= len(few)
    assert len(many) <= 32


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_written_here(db: None, signed_in: Enter, method: str) -> None:
    assert getattr(signed_in(Role.OFFICE), method)("/").status_code == 405


def test_one_place_that_sends_and_receives_makes_no_circle() -> None:
    from shanhai.ledger.queries.home import Flow

    there = Pairing(key="a", name_zh="a", sending="甲市", receiving="乙市")
    back = Pairing(key="b", name_zh="b", sending="乙市", receiving="甲市")

    picture = pictures.flows([Flow(there, 3, 0), Flow(back, 2, 0)])

    assert picture is not None
    series = picture.options["series"][0]
    names = [node["name"] for node in series["data"]]
    assert len(set(names)) == 4
    assert all(link["source"] != link["target"].strip("\u200b") for link in series["links"])


def test_years_stand_in_a_row_and_old_ones_in_the_table_only() -> None:
    picture = pictures.areas_and_years(
        {("health", 1998): 4, ("health", 2019): 2, ("health", 2023): 1, ("", None): 5}
    )

    assert picture is not None
    assert picture.options["xAxis"]["data"] == [str(y) for y in range(2009, 2024)]
    assert [cell.text for cell in picture.rows[0]][-1] == "4"


def test_nothing_told_draws_nothing() -> None:
    assert pictures.areas_and_years({}) is None
    assert pictures.flows([]) is None
    assert pictures.places({}) is None
    assert pictures.places({"000000": 3}) is not None
