"""The list of sources: what it shows to whom, filters, orders, pages, bad requests."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.models import Collection, Pairing, Role, Source

from .conftest import BRIEF, NOON, arrival, clerk

Enter = Callable[..., Client]
TITLES = {
    "brief": "东川市援青山县工作队2023年工作简报",
    "review": "东川市援青山县工作队三年回顾",
    "news": "西河援洛隆见闻",
    "scan": "扫描.pdf",
}


def shown(page: str) -> set[str]:
    return {name for name, title in TITLES.items() if f">{title}</a>" in page}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"brief", "review", "news", "scan"}),
        ("pairing=qing", {"brief", "review"}),
        ("pairing=-", {"scan"}),
        ("words=青山县", {"brief", "review"}),
        ("words=青山县+回顾", {"review"}),
        ("publisher=日报", {"news"}),
        ("publisher_kind=press", {"news"}),
        ("publisher_kind=official", {"brief", "review"}),
        ("since=2024-01-06", {"review"}),
        ("until=2023-01-01", {"news"}),
        ("by=wang", {"news"}),
        ("received_since=2024-03-02", {"brief", "news", "scan"}),
        ("received_until=2024-03-01", {"brief", "review"}),
        ("received_since=2024-03-02&by=wang", {"news"}),
        ("state=waiting", {"brief", "review", "news"}),
        ("state=done", set()),
        ("state=refused", {"scan"}),
        ("collection=audit", {"news"}),
        ("words=没有这样的", set()),
    ],
)
def test_filters_narrow(received: dict[str, Source], signed_in: Enter, query: str, names: set[str]) -> None:
    Collection.objects.create(key="audit", name="审计").sources.add(received["news"])

    page = signed_in(Role.READER).get(f"/sources/?{query}").content.decode()

    assert shown(page) == names


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("-received", "scan"),
        ("received", "brief"),
        ("-date", "review"),
        ("date", "news"),
        ("-figures", "brief"),
    ],
)
def test_orders(received: dict[str, Source], signed_in: Enter, order: str, first: str) -> None:
    page = signed_in(Role.READER).get(f"/sources/?order={order}").content.decode()

    places = {name: page.index(f">{title}</a>") for name, title in TITLES.items()}
    assert min(places, key=places.__getitem__) == first


@pytest.mark.parametrize(
    "query",
    [
        "since=gestern",
        "page=zwei",
        "page=-4",
        "page=999999",
        "state=x",
        "pairing=nirgends",
        "until=0000-00-00",
    ],
)
def test_what_is_not_understood_is_left_out_and_said(
    received: dict[str, Source], signed_in: Enter, query: str
) -> None:
    answer = signed_in(Role.READER).get(f"/sources/?{query}")

    assert answer.status_code == 200
    assert len(shown(answer.content.decode())) == 4
    if not query.startswith(("order", "page")):
        assert "▲" in answer.content.decode()


def test_the_same_file_under_another_name_is_one_source(
    received: dict[str, Source], signed_in: Enter
) -> None:
    page = signed_in(Role.READER).get("/sources/?words=简报").content.decode()

    assert page.count("同一文件另收到1次") == 1


def test_a_copy_of_a_release_is_told(
    received: dict[str, Source], pairings: dict[str, Pairing], signed_in: Enter
) -> None:
    copied = BRIEF.replace("发布时间：2024-01-05", "发布时间：2024-01-09").replace("。\n", "。（转载）\n")
    copy = receive(arrival(copied, "转载.txt"), actor=clerk, pairing=pairings["qing"], at=NOON).source
    rebuild(pairings["qing"], actor=clerk, at=NOON)
    client = signed_in(Role.READER)

    listed = client.get("/sources/?words=转载").content.decode()
    alone = client.get(f"/sources/{copy.sha256}/").content.decode()
    original = client.get(f"/sources/{received['brief'].sha256}/").content.decode()

    assert "副本" in listed
    assert f'href="/sources/{received["brief"].sha256}/"' in listed
    assert "算作同一个来源" in alone
    assert "算作同一个来源" not in original


def test_others_pairings_do_not_show(
    received: dict[str, Source], pairings: dict[str, Pairing], signed_in: Enter
) -> None:
    client = signed_in(Role.REVIEWER, pairings["luo"])

    page = client.get("/sources/").content.decode()

    assert shown(page) == {"news"}
    assert "东川" not in page
    assert shown(client.get("/sources/?pairing=qing").content.decode()) == {"news"}


def test_nobody_comes_in_without_an_account(received: dict[str, Source], settings: object) -> None:
    answer = Client().get("/sources/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/sign-in")


def test_a_page_costs_the_same_for_few_and_for_many(
    received: dict[str, Source], pairings: dict[str, Pairing], signed_in: Enter
) -> None:
    from django.db import connection

    client = signed_in(Role.OFFICE)
    client.get("/sources/")
    with CaptureQueriesContext(connection) as few:
        client.get("/sources/")
    for n in range(60):
        text = f"第{n}期简报\n\n2023年培训教师{n + 10}名。\n"
        receive(arrival(text, f"{n}.txt"), actor=clerk, pairing=pairings["qing"], at=NOON)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/sources/?order=-waiting").content.decode()

    assert len(many) <= len(few)
    assert "64份来源" in page
    assert "page=2" in page


def test_empty_lists_say_what_to_do(db: None, signed_in: Enter) -> None:
    assert "/sources/upload/" in signed_in(Role.REPORTER).get("/sources/").content.decode()
    reader = signed_in(Role.READER).get("/sources/").content.decode()
    assert "请联系管理员" in reader
    assert "/sources/upload/" not in reader
