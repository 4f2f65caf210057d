"""The queue of findings and one finding: what is shown to whom, and what can be done."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from shanhai.ledger.actions import findings as actions
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.review import decide
from shanhai.ledger.models import Decision, Entry, Finding, FindingWork, Membership, Pairing, Role, Statement
from shanhai.publishing.page.words import Word
from shanhai.web.findings.arithmetic import exact
from shanhai.web.findings.words import spelled

from .made import CLERK, LATER, NOON, take, wrong

SignedIn = Callable[..., Client]
Pairings = dict[str, Pairing]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def seen(client: Client, finding: Finding) -> str:
    """How the work stands, as the page tells it to its forms."""
    found = re.search(r'name="seen" value="(\w*)"', text(client.get(f"/findings/{finding.key}/")))
    return found[1] if found else ""


def test_the_queue_begins_with_the_most_severe_and_counts_each(
    pairings: Pairings, signed_in: SignedIn
) -> None:
    page = text(signed_in(Role.REVIEWER).get("/findings/"))

    order = re.findall(r'class="badge severity-(\w+)"', page)
    assert order == sorted(order, key=["error", "warning", "info"].index)
    counts = [int(n) for n in re.findall(r'<span class="soft">(\d+)</span></a>', page)]
    assert counts[0] == sum(counts[1:]) == len(order)
    assert "15 + 12" in page


def test_the_address_narrows_the_queue(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.REVIEWER)

    def rows(**asked: str) -> int:
        return text(client.get("/findings/", asked)).count("data-row")

    whole = Finding.objects.count()
    assert rows() == whole
    assert rows(severity="error") == 2
    assert rows(severity="error", pairing="two") == 1
    assert rows(code="promise_due") == Finding.objects.filter(code="promise_due").count() == 1
    assert rows(check="arithmetic") == Finding.objects.filter(check_name="arithmetic").count()
    assert rows(q="18 + 14") == 1
    assert rows(q="18 没有的词") == 0
    assert rows(work="settled") == rows(who="~me") == 0
    assert rows(who="~none", work="all") == whole


def test_what_is_no_choice_is_refused_by_name(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.REVIEWER)

    for asked in (
        {"code": "x"},
        {"severity": "<b>"},
        {"work": "x"},
        {"check": "x"},
        {"who": "nobody"},
        {"after": "9"},
    ):
        assert client.get("/findings/", asked).status_code == 422, asked
    assert client.get("/findings/", {"pairing": "none"}).status_code == 404
    assert "&lt;b&gt;" in text(client.get("/findings/", {"severity": "<b>"}))


def test_a_page_asks_the_database_so_often_and_no_more(
    pairings: Pairings, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(Role.OFFICE)
    client.get("/findings/")
    finding = wrong()

    for address in ("/findings/", f"/findings/{finding.key}/", "/findings/promises/"):
        with django_assert_max_num_queries(24):
            client.get(address)


def test_a_finding_shows_its_sum_its_sentences_and_what_would_settle_it(
    pairings: Pairings, signed_in: SignedIn
) -> None:
    finding = wrong()

    page = text(signed_in(Role.READER).get(f"/findings/{finding.key}/"))

    figure = Statement.objects.get(quote="25个")
    assert f'href="/room/{figure.report.source.sha256}/#s-{figure.key}"><mark>25个</mark>' in page
    assert page.count("<blockquote>") == 1  # the three figures stand in one sentence
    assert "15 + 12" in page
    assert finding.settles_zh in page
    assert "/facts/one/" in page
    assert "settle/" not in page


def test_a_finding_is_told_in_the_readers_language(pairings: Pairings, signed_in: SignedIn) -> None:
    finding = wrong()

    page = text(signed_in(Role.REVIEWER, language="en").get(f"/findings/{finding.key}/"))

    assert finding.message_en in page.replace("&gt;", ">")
    assert "What would settle it" in page
    assert finding.message_zh not in page


@pytest.mark.parametrize("role", [None, Role.READER, Role.REPORTER])
def test_who_may_not_settle_cannot(pairings: Pairings, signed_in: SignedIn, role: Role | None) -> None:
    client, finding = signed_in(role), wrong()

    answers = [
        client.post(f"/findings/{finding.key}/settle/", {"because": "已核实", "seen": ""}),
        client.post(f"/findings/{finding.key}/reopen/", {"seen": ""}),
        client.post(f"/findings/{finding.key}/assign/", {"to": "", "seen": ""}),
    ]

    assert {a.status_code for a in answers} == {403 if role else 404}
    assert not FindingWork.objects.exists()


def test_a_reviewer_settles_but_does_not_assign(pairings: Pairings, signed_in: SignedIn) -> None:
    client, finding = signed_in(Role.REVIEWER), wrong()

    assert client.post(f"/findings/{finding.key}/assign/", {"to": "reviewer", "seen": ""}).status_code == 403
    assert (
        client.post(f"/findings/{finding.key}/settle/", {"because": "已核实", "seen": ""}).status_code == 302
    )


def test_what_belongs_to_another_pairing_is_not_there(pairings: Pairings, signed_in: SignedIn) -> None:
    client, other = signed_in(Role.OFFICE, pairings["two"]), wrong("one")

    for what in ("", "settle/", "reopen/", "assign/"):
        ask = client.post if what else client.get
        assert ask(f"/findings/{other.key}/{what}").status_code == 404
    assert "15 + 12" not in text(client.get("/findings/?work=all"))
    assert client.get("/findings/?pairing=one").status_code == 404
    assert client.get(f"/findings/{'0' * 32}/").status_code == 404
    assert client.get("/findings/x/").status_code == 404


def test_no_one_comes_in_without_an_account(pairings: Pairings, client: Client) -> None:
    for address in ("/findings/", f"/findings/{wrong().key}/", "/findings/promises/"):
        assert client.get(address)["Location"].startswith("/accounts/sign-in")


def test_a_finding_is_settled_with_a_reason_and_opened_again(pairings: Pairings, signed_in: SignedIn) -> None:
    client, finding = signed_in(Role.REVIEWER), wrong()
    address = f"/findings/{finding.key}/"

    refused = client.post(f"{address}settle/", {"because": " ", "seen": ""})
    assert refused.status_code == 422
    assert "请写明因何解决" in text(refused)

    client.post(f"{address}settle/", {"because": "查过台账，<b>已更正</b>", "seen": ""})
    page = text(client.get(address))
    assert "查过台账，&lt;b&gt;已更正&lt;/b&gt;" in page
    assert "最近一次重建后仍然存在" in page
    assert finding.key not in text(client.get("/findings/"))
    assert finding.key in text(client.get("/findings/?work=settled"))

    client.post(f"{address}reopen/", {"reason": "更正稿仍有误", "seen": seen(client, finding)})
    page = text(client.get(address))
    assert not FindingWork.objects.get().settled
    assert page.index("更正稿仍有误") < page.index("查过台账")  # what was done last comes first
    assert [e.by for e in Entry.objects.filter(subject=f"finding:{finding.key}")] == ["reviewer"] * 2


def test_who_comes_second_sees_the_conflict_and_loses_nothing(
    pairings: Pairings, signed_in: SignedIn
) -> None:
    client, finding = signed_in(Role.OFFICE), wrong()
    before = seen(client, finding)
    actions.settle(finding, "另一人先处理", before, actor=CLERK, at=NOON)

    answer = client.post(f"/findings/{finding.key}/settle/", {"because": "我的说明", "seen": before})

    assert answer.status_code == 409
    assert "cli:clerk 已于 2024-03-01 20:00 处理过该问题" in text(answer)
    assert FindingWork.objects.get().because == "另一人先处理"

    answer = client.post(f"/findings/{finding.key}/assign/", {"to": "office", "seen": before})
    assert answer.status_code == 409


def test_what_was_typed_stays_when_someone_assigned_it_meanwhile(
    pairings: Pairings, signed_in: SignedIn, account: Callable[..., User]
) -> None:
    client, finding = signed_in(Role.REVIEWER), wrong()
    actions.assign(finding, account(Role.OFFICE), "", actor=CLERK)

    answer = client.post(f"/findings/{finding.key}/settle/", {"because": "写了很长的说明", "seen": ""})

    assert answer.status_code == 409
    assert ">写了很长的说明</textarea>" in text(answer)


def test_a_finding_is_given_to_who_can_see_it_and_taken_back(
    pairings: Pairings, signed_in: SignedIn, account: Callable[..., User]
) -> None:
    client, finding = signed_in(Role.OFFICE), wrong("one")
    account(Role.REVIEWER, pairings["one"], name="li")
    account(Role.REVIEWER, pairings["two"], name="zhao")
    address = f"/findings/{finding.key}/assign/"

    refused = client.post(address, {"to": "zhao", "seen": ""})
    assert refused.status_code == 422
    assert "没有可以分派的账号“zhao”" in text(refused)

    client.post(address, {"to": "li", "seen": ""})
    assert FindingWork.objects.get().assigned_to == User.objects.get(username="li")
    assert finding.key in text(client.get("/findings/?who=li"))
    assert finding.key not in text(client.get("/findings/?who=~none"))

    client.post(address, {"to": "", "seen": seen(client, finding)})
    assert FindingWork.objects.get().assigned_to is None
    assert "收回分派" in text(client.get(f"/findings/{finding.key}/"))


def test_after_a_deed_no_one_is_sent_to_another_site(pairings: Pairings, signed_in: SignedIn) -> None:
    client, finding = signed_in(Role.REVIEWER), wrong()
    form = {"because": "已核实", "seen": "", "next": "https://example.org/"}

    assert client.post(f"/findings/{finding.key}/settle/", form)["Location"] == f"/findings/{finding.key}/"

    form = {"seen": seen(client, finding), "next": "/findings/?q=x#f-1"}
    assert client.post(f"/findings/{finding.key}/reopen/", form)["Location"] == "/findings/?q=x#f-1"


def test_a_forged_form_does_nothing(pairings: Pairings, account: Callable[..., User]) -> None:
    client, finding = Client(enforce_csrf_checks=True), wrong()
    client.force_login(account(Role.OFFICE))

    assert client.post(f"/findings/{finding.key}/settle/", {"because": "x", "seen": ""}).status_code == 403
    assert client.get(f"/findings/{finding.key}/settle/").status_code == 405
    assert not FindingWork.objects.exists()


def test_a_finding_whose_cause_vanished_keeps_what_was_done(
    pairings: Pairings, signed_in: SignedIn, account: Callable[..., User]
) -> None:
    finding = wrong("one")
    actions.settle(finding, "笔误", "", actor=CLERK)
    figure = Statement.objects.get(quote="25个")
    decide(figure.report, Decision.REJECT, {figure.key: None}, actor=CLERK, reason="笔误")
    rebuild(pairings["one"], actor=CLERK, at=NOON)
    client = signed_in(Role.REVIEWER)

    page = text(client.get(f"/findings/{finding.key}/"))
    assert "不再提出的问题" in page
    assert "笔误" in page

    client.force_login(account(Role.ADMINISTRATOR, pairings["two"], name="of two"))
    assert client.get(f"/findings/{finding.key}/").status_code == 404


def test_facts_older_than_the_newest_sources_are_told(
    pairings: Pairings, signed_in: SignedIn, account: Callable[..., User]
) -> None:
    client = signed_in(Role.OFFICE)
    assert "事实与问题已包含全部来源" in text(client.get("/findings/"))
    actions.settle(wrong("two"), "已核实", "", actor=CLERK)
    assert "事实与问题已包含全部来源" in text(client.get("/findings/"))

    take(LATER.replace("15家", "16家").replace("2022", "2023"), "one-2023.txt", pairings["one"])
    assert "重建事实与问题" in text(client.get("/findings/"))

    other = Client()
    other.force_login(account(Role.OFFICE, pairings["two"], name="of two"))
    assert "重建事实与问题" not in text(other.get("/findings/"))


def test_an_empty_ledger_says_what_to_do(db: None, signed_in: SignedIn) -> None:
    client = signed_in(Role.REVIEWER)

    assert "还没有问题" in text(client.get("/findings/"))
    assert "没有符合条件的问题" in text(client.get("/findings/?q=x"))
    assert "还没有承诺" in text(client.get("/findings/promises/"))


def test_promises_tell_who_said_what_by_when(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)

    page = text(client.get("/findings/promises/"))
    figure = Statement.objects.get(quote="2所")
    assert "2023-12" in page or "2023年底" in page
    assert f"/room/{figure.report.source.sha256}/#s-{figure.key}" in page
    assert "青山县人民政府办公室" in page
    assert "学校" in text(client.get("/findings/promises/?state=due"))
    assert "没有符合条件的承诺" in text(client.get("/findings/promises/?state=kept"))
    assert client.get("/findings/promises/?state=x").status_code == 422
    assert client.get("/findings/promises/?after=x~1").status_code == 422


def test_promises_of_another_pairing_are_not_shown(pairings: Pairings, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER, pairings["two"])

    assert "学校" not in text(client.get("/findings/promises/"))


def test_pages_of_promises_follow_each_other_without_gaps(pairings: Pairings, signed_in: SignedIn) -> None:
    from shanhai.ledger.queries.promises import PromiseFilter, promises

    told = "计划2024年建成学校3所。计划2025年6月底前培训教师40名。力争引进企业9家。预计2024年5月完成投资300万元。"
    take(f"东川市援青山县工作队计划\n发布时间：2023年5月6日\n{told}\n", "plan.txt", pairings["one"])
    rebuild(pairings["one"], actor=CLERK, at=NOON)

    whole = promises(CLERK, PromiseFilter()).rows
    found, after = [], ""
    for _ in whole:
        page = promises(CLERK, PromiseFilter(), after, 1)
        found += page.rows
        after = page.after
    assert found == list(whole)
    assert after == ""
    days = [p.due_by for p in whole if p.due_by]
    assert days == sorted(days)
    assert [p.due_by for p in whole][: len(days)] == days


def test_numbers_of_the_arithmetic_are_numbers_again() -> None:
    stored = json.loads(
        '{"told": "1.50", "unit": "2", "other_period": "2021", "values": {"since": ["2021"]}}'
    )

    found = {key: exact(value, key) for key, value in stored.items()}

    assert str(found["told"]) == "1.50"
    assert not isinstance(found["told"], str)
    assert found["unit"] == "2"
    assert found["other_period"] == "2021"
    assert found["values"] == {"since": ["2021"]}


def test_english_labels_begin_with_a_capital() -> None:
    from django.utils.translation import override

    with override("en"):
        assert spelled(Word("算不拢", "does not add up")) == "Does not add up"


def test_a_role_taken_away_takes_the_page_away(pairings: Pairings, signed_in: SignedIn) -> None:
    client, finding = signed_in(Role.REVIEWER), wrong()
    assert client.get(f"/findings/{finding.key}/").status_code == 200

    Membership.objects.all().delete()

    assert client.get(f"/findings/{finding.key}/").status_code == 404
