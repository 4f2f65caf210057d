"""The pages of facts: filters, one fact, series and comparison; other people's facts; bad addresses; both languages."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from shanhai.ledger.models import Fact, Pairing, Role, Statement

from .conftest import COUNTIES, of

Enter = Callable[..., Client]
FIRMS = "industry.firms_brought"
pytestmark = pytest.mark.django_db
Filled = dict[str, Pairing]


def html(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_an_empty_ledger_says_what_to_do(signed_in: Enter) -> None:
    page = html(signed_in(Role.READER), "/facts/")

    assert "还没有事实" in page
    assert 'href="/sources/"' in page


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ("", 21),
        ("pairing=west", 11),
        ("place=洛隆县", 3),
        ("place=西藏自治区", 21),
        ("place=昌都市", 17),
        ("area=industry&pairing=west", 6),
        (f"indicator={FIRMS}&since=2014&until=2016", 3),
        ("clash=1", 1),
        ("grade=D", 1),
    ],
)
def test_filters_narrow_and_stand_in_the_form(
    filled: Filled, signed_in: Enter, filters: str, number: int
) -> None:
    page = html(signed_in(Role.READER), f"/facts/?{filters}")

    assert f"共 {number} 项事实" in page
    assert page.count('<td data-label="时间"') == number
    if filters.startswith("clash"):
        assert 'name="clash" value="1" checked' in page


def test_a_filter_that_cannot_be_read_is_told_and_kept(filled: Filled, signed_in: Enter) -> None:
    page = html(signed_in(Role.READER), "/facts/?place=市中区&since=23&grade=Z&indicator=no.such")

    assert "有几个同名的地方，请选一个。" in page
    assert "请写四位年份，如 2023。" in page
    assert "没有“Z”" in page
    assert 'value="市中区"' in page
    assert "四川省乐山市市中区" in page
    assert "请先改正上面标出的筛选" in page
    assert "<tbody>" not in page


def test_the_list_sorts_and_pages_by_its_address(filled: Filled, signed_in: Enter) -> None:
    client = signed_in(Role.READER)
    page = html(client, "/facts/?order=-value")

    assert 'aria-sort="descending"' in page
    assert page.index("240 人") < page.index("12 家")
    assert html(client, "/facts/?after=1~x", 422)
    assert "没有符合筛选的事实" in html(client, "/facts/?place=海南省")


def test_lists_ask_a_fixed_number_of_queries(
    filled: Filled, signed_in: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(Role.READER)
    fact = of("洛隆县")
    subjects = "&".join(f"place={county}" for county in COUNTIES)
    for address, most in (
        ("/facts/", 8),
        (f"/facts/west/{fact.key}/", 16),
        (f"/facts/series/?indicator={FIRMS}&place=540300", 6),
        (f"/facts/compare/?indicator={FIRMS}&{subjects}", 10),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_a_fact_shows_value_grade_definition_and_sentences_one_step_away(
    filled: Filled, signed_in: Enter
) -> None:
    fact = Fact.objects.get(place="洛隆县", indicator=FIRMS, low="4")
    page = html(signed_in(Role.READER), f"/facts/west/{fact.key}/")

    for telling in fact.tellings.select_related("statement__report__source"):
        source = telling.statement.report.source
        assert f'href="/room/{source.sha256}/#s-{telling.statement.key}"' in page
    assert "洛隆县人民政府办公室" in page
    assert "人民网" in page
    assert "2023-02-20" in page
    assert "有别的说法与它矛盾，最高评C级。" in page
    assert "洛隆县计划引进企业" in page  # what cannot be compared with it
    assert "阶段：此处 未写明，彼处 计划" in page
    assert "同一件事说法不一" in page
    assert page.count('<svg class="facts-interval') == 2


def test_telephone_numbers_are_masked(filled: Filled, signed_in: Enter) -> None:
    statement = Statement.objects.filter(report__doc="洛隆县-又", quote="9家").get()
    fact = statement.facts.get()

    client = signed_in(Role.READER)

    assert "13812345678" not in html(client, f"/facts/west/{fact.key}/")
    answer = client.get(f"/facts/west/{fact.key}/statements.csv")
    exported = b"".join(answer)  # type: ignore[call-overload]  # read to its end it is closed
    assert b"13812345678" not in exported


def test_series_join_codes_and_tell_the_break(filled: Filled, signed_in: Enter) -> None:
    page = html(signed_in(Role.READER), f"/facts/series/?indicator={FIRMS}&place=昌都市")

    assert "2014年起，昌都地区（542100）改为昌都市（540300）" in page
    for value in (12, 15, 18, 21, 24):
        assert f"{value} 家" in page


def test_series_keep_definitions_apart(filled: Filled, signed_in: Enter) -> None:
    page = html(signed_in(Role.READER), f"/facts/series/?indicator={FIRMS}&place=洛隆县")

    assert "口径不同的分成 2 条线" in page
    assert "<h2>计划</h2>" in page


def test_five_are_compared_and_the_sixth_is_told(filled: Filled, signed_in: Enter) -> None:
    client = signed_in(Role.READER)
    five = "&".join(f"place={of(county).place_code}" for county in COUNTIES)

    page = html(client, f"/facts/compare/?indicator={FIRMS}&{five}")

    for value in (4, 7, 10, 13, 16):
        assert f"{value} 家" in page
    assert "口径不同，不列入上表" in page
    assert "阶段：上表 未写明，此处 计划" in page
    assert "没有列入：昌都市" in html(
        client, f"/facts/compare/?indicator={FIRMS}&{five}&place=昌都市&pairing=west"
    ).replace("西河援藏东", "")


def test_ticked_facts_become_a_comparison(filled: Filled, signed_in: Enter) -> None:
    client = signed_in(Role.READER)
    ticked = "&".join(f"fact=west/{of(county).key}" for county in COUNTIES[:2])

    answer = client.get(f"/facts/compare/?{ticked}")

    assert answer.headers["Location"] == f"/facts/compare/?indicator={FIRMS}&place=540329&place=540330"
    jobs = Fact.objects.get(place="洛隆县", indicator="employment.jobs_filled")
    assert "一次只能比较一个指标" in html(client, f"/facts/compare/?{ticked}&fact=west/{jobs.key}")


def test_teams_and_pairings_are_subjects_too(filled: Filled, signed_in: Enter) -> None:
    Fact.objects.filter(place="边坝县", indicator=FIRMS).update(party="西河工作队")

    page = html(signed_in(Role.READER), f"/facts/compare/?indicator={FIRMS}&party=西河工作队&pairing=west")

    assert "西河工作队" in page
    assert "西河援藏东" in page
    assert "7 家" in page


@pytest.mark.parametrize("address", ["series/", "compare/"])
@pytest.mark.parametrize(
    "asked", ["", "?indicator=x", f"?indicator={FIRMS}&place=没有这里", "?line=-1&since=x", "?pairing=-"]
)
def test_incomplete_addresses_say_what_to_choose(
    filled: Filled, signed_in: Enter, address: str, asked: str
) -> None:
    page = html(signed_in(Role.READER), f"/facts/{address}{asked}")

    assert 'name="indicator"' in page
    assert ("请写四位年份" in page) == ("since" in asked)
    assert ("不是一个地方的名称" in page) == ("没有这里" in asked)


def test_other_pairings_facts_are_not_there(filled: Filled, signed_in: Enter) -> None:
    client = signed_in(Role.READER, filled["west"])
    hidden = Fact.objects.filter(pairing=filled["east"])[0]

    assert "共 11 项事实" in html(client, "/facts/")
    for address in (
        f"east/{hidden.key}/",
        f"east/{hidden.key}/statements.csv",
        "?pairing=east",
        "list.csv?pairing=east",
    ):
        html(client, f"/facts/{address}", 404)
    assert "没有这个指标的年份数字" in html(client, f"/facts/series/?indicator={FIRMS}&place=540300")
    html(client, f"/facts/compare/?indicator={FIRMS}&pairing=east", 404)
    html(client, f"/facts/compare/?fact=east/{hidden.key}", 404)


def test_who_has_no_role_sees_nothing_and_strangers_sign_in(filled: Filled, signed_in: Enter) -> None:
    assert "还没有事实" in html(signed_in(None), "/facts/")
    assert Client().get("/facts/").status_code == 302


def test_places_and_teams_are_offered_while_typing(filled: Filled, signed_in: Enter) -> None:
    Fact.objects.filter(place="边坝县").update(party="西河工作队")
    client = signed_in(Role.READER)

    assert '<option value="西藏自治区昌都市洛隆县 540329">' in html(client, "/facts/places/?place=洛隆")
    assert '<option value="西河工作队">' in html(client, "/facts/parties/?party=工作")
    assert "option" not in html(client, "/facts/parties/?party=工")


def test_pages_are_told_in_english(filled: Filled, signed_in: Enter) -> None:
    client = signed_in(Role.READER, language="en")
    fact = of("洛隆县")

    assert "What all statements about one thing support together" in html(client, "/facts/")
    page = html(client, f"/facts/west/{fact.key}/")
    assert "What the reports say" in page
    assert "Other claims about the same thing contradict it; C at best." in page
    assert "Joined over changes of code" in html(client, f"/facts/series/?indicator={FIRMS}&place=540300")
