"""The search: what it finds, for whom, and what it says where it finds nothing."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from shanhai.ledger.models import Finding, Pairing, Report, Role, Statement
from shanhai.web.find.known import indicators_of, places_of

from ..findings.made import take

SignedIn = Callable[..., Client]
Pairings = dict[str, Pairing]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def found(client: Client, q: str, **asked: str) -> str:
    answer = client.get("/find/", {"q": q, **asked})
    assert answer.status_code == 200
    return text(answer)


def titles(page: str) -> list[str]:
    """The titles of the reports that were found."""
    return [unescape(re.sub("<.*?>", "", t)) for t in re.findall(r"<li data-found><h2>(.*?)</h2>", page)]


def hits(page: str) -> set[str]:
    return set(re.findall(r'<mark class="hit">(.*?)</mark>', page))


def test_a_chinese_word_of_two_characters_finds_its_sentences(
    pairings: Pairings, signed_in: SignedIn
) -> None:
    page = found(signed_in(Role.READER), "昌都")

    assert titles(page) == ["昌都市2022年工作回顾", "西河市援昌都市洛隆县工作队2022年工作简报"]
    assert hits(page) == {"昌都"}
    figure = Statement.objects.get(quote="31家")
    assert f'<a class="evidence" href="/room/{figure.report.source.sha256}/#s-{figure.key}">31家</a>' in page


def test_several_words_must_all_be_there(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)

    assert titles(found(client, "昌都 医生")) == ["西河市援昌都市洛隆县工作队2022年工作简报"]
    assert titles(found(client, "昌都医生")) == []
    assert hits(found(client, "昌都 医生")) == {"昌都", "医生"}


def test_numbers_and_latin_words_are_found_beside_chinese(pairings: Pairings, signed_in: SignedIn) -> None:
    take("山阳县GDP回顾\n2022年，山阳县GDP达到3200万元，引进LED企业4家。\n", "led.txt", pairings["one"])
    client = signed_in(Role.READER)

    for query in ("3200", "3200万元", "gdp", "GDP 3200", "led企业", "ＧＤＰ"):
        assert titles(found(client, query)) == ["山阳县GDP回顾"], query
    page = found(client, "3200万元")
    assert '<mark class="hit">3200</mark><mark class="hit">万元</mark></a>' in page


def test_only_sentences_with_figures_where_figures_are_asked_for(
    pairings: Pairings, signed_in: SignedIn
) -> None:
    take("河阴县学校回顾\n河阴县学校很多。河阴县建成学校5所。\n", "school.txt", pairings["one"])
    client = signed_in(Role.READER)

    assert "很多" in found(client, "河阴县 学校")
    page = found(client, "河阴县 学校", kind="figures")
    assert "很多" not in page
    assert ">5所</a>" in page


def test_reports_are_found_by_title(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)

    assert len(titles(found(client, "工作简报 2022", kind="reports"))) == 2
    assert titles(found(client, "引进企业", kind="reports")) == []


def test_places_lead_to_their_facts(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)

    for query in ("昌都", "昌都市", "540300"):
        page = found(client, query, kind="places")
        assert '<a href="/facts/?place=540300"><b>昌都市</b></a>' in page, query
    shown = re.search(r"昌都市</b></a>.*?<p class=\"small\">(\d+) 个事实", page, re.S)
    assert shown
    assert int(shown[1]) > 0


def test_indicators_are_found_by_both_names_words_and_code(pairings: Pairings, signed_in: SignedIn) -> None:
    code, one = next((c, i) for c, i in indicators_of("引进企业"))
    client = signed_in(Role.READER, language="en")

    for query in (one.name_zh, one.name_en.upper(), code, one.words[0].split()[0]):
        assert f'href="/facts/?indicator={code}"' in found(client, query, kind="indicators"), query
    assert one.definition_en in unescape(found(client, code))


def test_a_key_leads_at_once_to_what_it_means(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)
    figure, finding = Statement.objects.first(), Finding.objects.first()
    assert figure
    assert finding
    sha256 = figure.report.source.sha256

    assert client.get("/find/", {"q": figure.key})["Location"] == f"/room/{sha256}/#s-{figure.key}"
    assert client.get("/find/", {"q": finding.key.upper()})["Location"] == f"/findings/{finding.key}/"
    assert client.get("/find/", {"q": sha256})["Location"] == f"/sources/{sha256}/"
    assert "没有找到" in found(client, "0" * 32)


def test_what_belongs_to_another_pairing_is_not_found(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER, pairings["one"])

    for kind in ("", "figures", "reports"):
        assert titles(found(client, "昌都", kind=kind)) == []
    other = Statement.objects.get(quote="7家")
    assert client.get("/find/", {"q": other.key}).status_code == 200
    assert client.get("/find/", {"q": other.report.source.sha256}).status_code == 200
    assert "0 个事实" in found(client, "540300", kind="places")


def test_no_one_searches_without_an_account(pairings: Pairings, client: Client) -> None:
    assert client.get("/find/?q=昌都")["Location"].startswith("/accounts/sign-in")


def test_in_a_public_ledger_anyone_finds_and_who_has_no_role_nothing(
    pairings: Pairings, client: Client, signed_in: SignedIn, settings: Any
) -> None:
    assert titles(found(signed_in(None), "昌都")) == []
    settings.SHANHAI_PUBLIC = True

    assert len(titles(found(client, "昌都"))) == 2


def test_nothing_asked_and_nothing_found_say_what_to_do(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)

    assert "要找什么" in found(client, "")
    assert "要找什么" in found(client, "   ")
    assert "没有找到" in found(client, "南极考察")
    assert "没有找到" in found(client, "！？")
    assert "在全部类别里找" in found(client, "南极考察", kind="figures")


def test_hostile_queries_stay_text(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)

    for query in (
        '"><script>alert(1)</script>',
        "昌都 OR 1=1 --",
        'a" NEAR b*',
        "' OR ''='",
        "（" * 500,
        "%_\\",
    ):
        page = found(client, query)
        assert "<script>alert" not in page
    assert client.get("/find/", {"q": "昌都", "kind": "x"}).status_code == 422
    assert client.get("/find/", {"q": "昌都", "after": "x"}).status_code == 422


def test_private_numbers_are_masked(pairings: Pairings, signed_in: SignedIn) -> None:
    page = found(signed_in(Role.READER), "接待游客")

    assert "13800001111" not in page
    assert "联系电话：13*" in page


def test_a_long_sentence_is_cut_around_what_was_found(pairings: Pairings, signed_in: SignedIn) -> None:
    before, after = ("，".join(f"{half}第{n}项工作稳步推进" for n in range(80)) for half in "前后")
    take(f"长句报告\n{before}，南岭县引进企业6家，{after}。\n", "long.txt", pairings["one"])

    page = found(signed_in(Role.READER), "南岭县")

    assert ">6家</a>" in page
    assert "…" in page
    assert "前第0项" not in page
    assert "后第79项" not in page


def test_pages_follow_each_other(pairings: Pairings, signed_in: SignedIn) -> None:
    for n in range(12):
        take(f"北原县简报第{n}期\n2023年，北原县引进企业{n + 1}家。\n", f"n{n}.txt", pairings["one"])
    client = signed_in(Role.READER)

    first = found(client, "北原县")
    after = re.search(r"after=(\d+)", first)
    assert after
    second = found(client, "北原县", after=after[1])

    assert len(titles(first)) == 10
    assert titles(first) + titles(second) == [f"北原县简报第{n}期" for n in reversed(range(12))]
    assert "12" in first


def test_a_search_asks_the_database_so_often_and_no_more(
    pairings: Pairings, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(Role.READER)
    found(client, "昌都")
    for n in range(8):
        take(f"昌都简报第{n}期\n2023年，昌都引进企业{n + 1}家。\n", f"n{n}.txt")

    with django_assert_max_num_queries(18):
        assert len(titles(found(client, "昌都"))) == 10
    assert Report.objects.count() > 10


def test_the_box_in_the_masthead_searches(pairings: Pairings, signed_in: SignedIn) -> None:
    page = found(signed_in(Role.READER), "昌都")

    assert 'action="/find/"' in page
    assert (
        'name="q" aria-label="检索" placeholder="检索数字、地方、来源" maxlength="100" value="昌都"' in page
    )


@pytest.mark.parametrize("query", ["昌", "a", "\x00", "9" * 99])
def test_odd_queries_know_no_places_or_indicators(query: str) -> None:
    assert places_of(query) == []
    assert indicators_of(query) == []
