"""Decisions by form: what is stored, what is refused beside its field, what two reviewers see of one another."""

from typing import Any

import msgspec
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shanhai.ledger.actions.review import decide
from shanhai.ledger.actors import Actor
from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import Decision, Review, Role, Statement
from shanhai.model import Claim

from ..conftest import Account
from .conftest import BRIEF, Held, Stored
from .filling import filled

HTMX = {"HX-Request": "true"}
LI = Actor.command_line("李")


@pytest.fixture
def held(stored: Stored) -> Held:
    return stored()


@pytest.fixture
def client(signed_in: Any) -> Client:
    found: Client = signed_in(Role.REVIEWER)
    return found


def opened(client: Client, address: str, **asked: str) -> HttpResponse:
    answer = client.get(address, asked, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    return answer


def claim(statement: Statement) -> Claim:
    return claim_of(statement, "简报")


def test_an_accepted_figure_gives_way_to_the_next_that_waits(client: Client, held: Held) -> None:
    key, following = held.figure("12个").key, held.figure("86名").key
    answer = client.post(held.address("12个", "accept"), {"seen": held.seen("12个")}, headers=HTMX)
    text = answer.content.decode()
    assert f'data-statement="{following}"' in text
    assert "已采纳“12个”" in text
    assert f"{key}&quot;: &quot;accepted" in text
    assert "已审 1 / 6" in text
    assert held.figure("12个").state == "accepted"


def test_without_a_script_a_decision_leads_on_to_the_next_figure(client: Client, held: Held) -> None:
    answer = client.post(held.address("12个", "accept"), {"seen": held.seen("12个")})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{held.path}?s={held.figure('86名').key}"


def test_the_last_decision_of_a_report_leads_to_the_next_report(
    client: Client, held: Held, stored: Stored
) -> None:
    other = stored(BRIEF.replace("3200", "3300"), "二.txt")
    for quote in held.quotes():
        answer = client.post(held.address(quote, "accept"), {"seen": held.seen(quote)}, headers=HTMX)
    text = answer.content.decode()
    assert "这份报告已审核完" in text
    assert f'href="{other.path}"' in text


def test_a_figure_is_rejected_for_one_of_the_usual_reasons(client: Client, held: Held) -> None:
    answer = client.post(
        held.address("12个", "reject"),
        {"seen": held.seen("12个"), "quick": "重复读取", "reason": ""},
        headers=HTMX,
    )
    assert answer.status_code == 200
    assert Review.objects.get().reason == "重复读取"
    assert Statement.objects.get(quote="12个").state == "rejected"


def test_a_rejection_without_a_reason_is_asked_for_one(client: Client, held: Held) -> None:
    answer = client.post(
        held.address("12个", "reject"), {"seen": held.seen("12个"), "reason": " "}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "请写明理由" in answer.content.decode()
    assert not Review.objects.exists()


def test_a_correction_keeps_what_was_not_changed(client: Client, held: Held) -> None:
    before = claim(held.figure("3200万元"))
    form = opened(client, held.address("3200万元", "correct"))
    data = filled(form, f0_period="2023-06", f0_indicator="funds.in_plan", reason="文中说的是上半年")
    answer = client.post(held.address("3200万元", "correct"), data, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    after = claim(held.figure("3200万元"))
    assert (after.period, after.indicator) == ("2023-06", "funds.in_plan")
    assert (after.value, after.bounds, after.sentence, after.digits, after.measure) == (
        before.value,
        before.bounds,
        before.sentence,
        before.digits,
        before.measure,
    )
    assert Statement.objects.get(state="replaced").superseded_by == held.figure("3200万元")


def test_both_versions_stand_side_by_side_on_the_card(client: Client, held: Held) -> None:
    form = opened(client, held.address("86名", "correct"))
    client.post(held.address("86名", "correct"), filled(form, f0_value="68", reason="手误"), headers=HTMX)
    text = opened(client, held.address("86名")).content.decode()
    assert "机器读取" in text
    assert "正好 86 名" in text
    assert "正好 68 名" in text
    assert "手误" in text


WRONG = [
    ("f0_value", "八十六", "不是数"),
    ("f0_value", "", "请写数值"),
    ("f0_place", "西\x1b藏", "看不见的字符（U+001B）"),
    ("f0_place", "\u202e西藏", "看不见的字符（U+202E）"),
    ("f0_measure", "销\x0b售", "看不见的字符（U+000B）"),
    ("f0_low", "900", "范围"),
    ("f0_period", "去年", "不是时间"),
    ("f0_indicator", "没有这样的指标", "没有这个指标"),
    ("f0_since", "2021-13", "不是日期"),
    ("f0_kind", "from_to", "起始值"),
    ("f0_upper", "5", "区间上限"),
    ("f0_words", "不在文中的99名", "文中没有"),
    ("f0_words", "甲市", "没有数字"),
    ("f0_start", "99999", "不在原文"),
    ("f0_start", "-5", "不在原文"),
    ("f0_end", "x", "没有选定原文"),
    ("f0_area", "nonsense", "nonsense"),
    ("reason", "", "请写明理由"),
]


@pytest.mark.parametrize(("field", "value", "told"), WRONG)
def test_what_is_wrong_is_told_and_nothing_is_stored(
    client: Client, held: Held, field: str, value: str, told: str
) -> None:
    form = opened(client, held.address("86名", "correct"))
    more = {"f0_words": ""} if field in ("f0_start", "f0_end") else {}
    data = filled(form, **{"reason": "试", **more, field: value})
    answer = client.post(held.address("86名", "correct"), data, headers=HTMX)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Review.objects.exists()


def test_a_correction_that_changes_nothing_is_told_so(client: Client, held: Held) -> None:
    form = opened(client, held.address("86名", "correct"))
    answer = client.post(held.address("86名", "correct"), filled(form, reason="无"), headers=HTMX)
    assert answer.status_code == 422
    assert "没有什么可改" in answer.content.decode()


def test_bounds_follow_wording_unless_they_are_told(client: Client, held: Held) -> None:
    form = opened(client, held.address("86名", "correct"))
    client.post(held.address("86名", "correct"), filled(form, f0_approx="over", reason="超"), headers=HTMX)
    over = claim(held.figure("86名"))
    assert over.bounds.low == 86
    assert not over.bounds.low_closed
    form = opened(client, held.address("86名", "correct"))
    data = filled(form, f0_low="80", f0_high="90", f0_closed="low", reason="明确范围")
    assert client.post(held.address("86名", "correct"), data, headers=HTMX).status_code == 200
    told = claim(held.figure("86名")).bounds
    assert (told.low, told.high, told.low_closed, told.high_closed) == (80, 90, True, False)


@pytest.mark.parametrize("seen", ["", "x", "0" * 32, f"{'0' * 32}:", f"{'0' * 32}:abc", f"{'g' * 32}:1"])
def test_a_forged_sight_is_refused(client: Client, held: Held, seen: str) -> None:
    answer = client.post(held.address("86名", "accept"), {"seen": seen}, headers=HTMX)
    assert answer.status_code == 422
    assert not Review.objects.exists()


def test_a_form_about_another_reports_figure_is_refused(client: Client, held: Held, stored: Stored) -> None:
    other = stored(BRIEF.replace("3200", "3300"), "二.txt")
    answer = client.post(held.address("86名", "accept"), {"seen": other.seen("3300万元")}, headers=HTMX)
    assert answer.status_code == 422
    answer = client.get(
        f"{held.path}merge/", {"s": [held.figure("86名").key, other.figure("3300万元").key]}, headers=HTMX
    )
    assert answer.status_code == 404
    data = {"seen": [held.seen("86名"), other.seen("3300万元")], "reason": "试"}
    assert client.post(f"{held.path}merge/", data, headers=HTMX).status_code == 404
    assert not Review.objects.exists()


def test_another_reports_decision_cannot_be_undone_here(client: Client, held: Held, stored: Stored) -> None:
    other = stored(BRIEF.replace("3200", "3300"), "二.txt")
    review = decide(other.row, Decision.ACCEPT, {other.figure("86名").key: None}, actor=LI)
    assert client.post(f"{held.path}undo/{review.pk}/", headers=HTMX).status_code == 404
    assert other.figure("86名").state == "accepted"


def test_a_split_proposes_the_parts_and_stores_them(client: Client, stored: Stored) -> None:
    held = stored("简报\n全年培训教师3至5名。\n", "二.txt")
    (quote,) = held.quotes()
    form = opened(client, held.address(quote, "split"))
    data = filled(
        form,
        f0_words="3",
        f0_value="3",
        f0_upper="",
        f0_unit="名",
        f1_words="5名",
        f1_value="5",
        f1_upper="",
        f1_unit="名",
        reason="是两个数",
    )
    answer = client.post(held.address(quote, "split"), data, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    standing = Statement.objects.filter(report=held.row, state="accepted").order_by("start")
    assert [(s.quote, s.value) for s in standing] == [("3", 3), ("5名", 5)]


def test_a_split_takes_as_many_parts_as_are_asked_for_and_keeps_what_was_typed(
    client: Client, held: Held
) -> None:
    form = opened(client, held.address("12个", "split"))
    data = filled(form, f1_value="7", reason="多个", more="1")
    grown = client.post(held.address("12个", "split"), data, headers=HTMX)
    again = filled(grown)
    assert again["parts"] == ["3"]
    assert again["f1-value"] == ["7"]
    assert again["reason"] == ["多个"]
    again["less"] = ["1"]
    assert filled(client.post(held.address("12个", "split"), again, headers=HTMX))["parts"] == ["2"]
    assert not Review.objects.exists()


def test_figures_are_merged_over_all_their_words(client: Client, held: Held) -> None:
    keys = [held.figure(q).key for q in ("12个", "86名")]
    form = client.get(f"{held.path}merge/", {"s": keys}, headers=HTMX)
    data = filled(form, f0_value="12", f0_unit="个", f0_upper="", reason="合在一起")
    answer = client.post(f"{held.path}merge/", data, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    assert held.figure("12个，培训医生86名").state == "accepted"
    assert set(Statement.objects.filter(state="replaced").values_list("key", flat=True)) == set(keys)


@pytest.mark.parametrize("chosen", [["12个"], []])
def test_a_merge_of_fewer_than_two_is_refused(client: Client, held: Held, chosen: list[str]) -> None:
    keys = [held.figure(q).key for q in chosen]
    assert client.get(f"{held.path}merge/", {"s": keys}, headers=HTMX).status_code == 422


def test_a_figure_that_the_reader_missed_is_added_where_it_was_marked(client: Client, held: Held) -> None:
    at = BRIEF.index("2023年，")
    form = opened(client, f"{held.path}add/", start=str(at), end=str(at + 4))
    data = filled(form, f0_value="2023", f0_unit="年", f0_indicator="", reason="")
    answer = client.post(f"{held.path}add/", data, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    added = Statement.objects.get(origin="review")
    assert (added.quote, added.start, added.value) == ("2023", at, 2023)
    assert f'id="s-{added.key}"' in answer.content.decode()


def test_words_that_stand_once_are_found_and_several_are_asked_about(client: Client, held: Held) -> None:
    once = opened(client, f"{held.path}add/", words="转移就业310")
    assert filled(once)["f0-words"] == ["转移就业310"]
    several = opened(client, f"{held.path}add/", words="2023").content.decode()
    assert several.count("<li>") == 2
    none = opened(client, f"{held.path}add/", words="没有的话").content.decode()
    assert "文中没有“没有的话”" in none


@pytest.mark.parametrize(
    ("start", "end"),
    [("0", "99999"), ("5", "2"), ("0", "2"), ("20", "60")],
    ids=["far", "turned", "words", "two"],
)
def test_a_forged_place_is_refused(client: Client, held: Held, start: str, end: str) -> None:
    answer = client.get(f"{held.path}add/", {"start": start, "end": end}, headers=HTMX)
    assert answer.status_code == 422


def test_where_a_figure_stands_already_the_form_says_so(client: Client, held: Held) -> None:
    text = opened(client, f"{held.path}add/", words="培训医生86名").content.decode()
    assert "这里已有数字" in text


def test_indicators_are_found_by_name_in_either_language(client: Client) -> None:
    for typed in ("培训专业", "specialists trained", "training.specialists", ""):
        text = client.get("/room/indicators/", {"q": typed}).content.decode()
        assert "<option" in text
    assert "<option" not in client.get("/room/indicators/", {"q": "绝无此名"}).content.decode()


def test_the_last_decision_is_undone_and_its_figure_shown_again(client: Client, held: Held) -> None:
    client.post(held.address("12个", "accept"), {"seen": held.seen("12个")}, headers=HTMX)
    answer = client.post(f"{held.path}undo/", headers=HTMX)
    text = answer.content.decode()
    assert f'data-statement="{held.figure("12个").key}"' in text
    assert held.figure("12个").state == "open"
    assert "已撤销" in text
    again = client.post(f"{held.path}undo/", headers=HTMX)
    assert again.status_code == 422
    assert "没有可以撤销的决定" in again.content.decode()


def test_only_ones_own_last_decision_is_undone_by_the_key(client: Client, held: Held) -> None:
    client.post(held.address("12个", "accept"), {"seen": held.seen("12个")}, headers=HTMX)
    decide(held.row, Decision.ACCEPT, {held.figure("86名").key: None}, actor=LI)
    client.post(f"{held.path}undo/", headers=HTMX)
    assert held.figure("12个").state == "open"
    assert held.figure("86名").state == "accepted"


def test_an_undone_correction_leaves_one_mark_and_both_decisions(client: Client, held: Held) -> None:
    form = opened(client, held.address("86名", "correct"))
    client.post(held.address("86名", "correct"), filled(form, f0_value="68", reason="手误"), headers=HTMX)
    corrected = held.figure("86名").key
    number = Review.objects.get().pk
    assert "撤销这项决定" in opened(client, f"{held.path}history/").content.decode()
    assert client.post(f"{held.path}undo/{number}/", headers=HTMX).status_code == 200
    page = client.get(held.path).content.decode()
    assert f'id="s-{corrected}"' not in page
    assert held.figure("86名").value == 86
    assert "撤销这项决定" not in opened(client, f"{held.path}history/").content.decode()
    assert client.post(f"{held.path}undo/{number}/", headers=HTMX).status_code == 422


def test_a_second_acceptance_is_told_who_was_first(client: Client, held: Held) -> None:
    seen = held.seen("86名")
    decide(held.row, Decision.REJECT, {held.figure("86名").key: None}, actor=LI, reason="是编号")
    key = seen.partition(":")[0]
    answer = client.post(f"{held.path}{key}/accept/", {"seen": seen}, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "cli:李" in text
    assert "是编号" in text
    assert Statement.objects.get(key=key).state == "rejected"


def test_a_correction_that_comes_second_keeps_what_was_typed_and_can_be_sent_again(
    client: Client, held: Held
) -> None:
    address = held.address("86名", "correct")
    mine = filled(opened(client, address), f0_value="68", reason="看错了行")
    before = claim(held.figure("86名"))
    decide(
        held.row,
        Decision.CORRECT,
        {held.figure("86名").key: None},
        actor=LI,
        claims=[msgspec.structs.replace(before, period="2022")],
        reason="是上一年",
    )
    answer = client.post(address, mine, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "cli:李" in text
    assert "是上一年" in text
    again = filled(answer)
    assert again["f0-value"] == ["68"]
    assert again["reason"] == ["看错了行"]
    theirs = held.figure("86名")
    assert again["seen"] == [f"{theirs.key}:{theirs.review_id}"]
    assert client.post(held.address("86名", "correct"), again, headers=HTMX).status_code == 200
    assert held.figure("86名").value == 68
    assert Statement.objects.get(key=theirs.key).state == "replaced"


def test_a_correction_of_what_was_rejected_meanwhile_can_be_sent_as_an_addition(
    client: Client, held: Held
) -> None:
    address = held.address("86名", "correct")
    mine = filled(opened(client, address), f0_value="68", reason="看错了行")
    decide(held.row, Decision.REJECT, {held.figure("86名").key: None}, actor=LI, reason="重复读取")
    answer = client.post(address, mine, headers=HTMX)
    assert answer.status_code == 409
    assert f'action="{held.path}add/"' in answer.content.decode()
    again = filled(answer)
    assert "seen" not in again
    assert client.post(f"{held.path}add/", again, headers=HTMX).status_code == 200
    assert held.figure("86名").value == 68


def test_a_merge_that_comes_second_keeps_what_was_typed(client: Client, held: Held) -> None:
    form = client.get(
        f"{held.path}merge/", {"s": [held.figure(q).key for q in ("12个", "86名")]}, headers=HTMX
    )
    mine = filled(form, f0_value="98", reason="合计")
    decide(held.row, Decision.REJECT, {held.figure("86名").key: None}, actor=LI, reason="重复读取")
    answer = client.post(f"{held.path}merge/", mine, headers=HTMX)
    assert answer.status_code == 409
    again = filled(answer)
    assert again["f0-value"] == ["98"]
    assert again["seen"] == [held.seen("12个")]


def test_a_form_for_what_was_rejected_is_refused(client: Client, held: Held) -> None:
    address = held.address("86名", "correct")
    decide(held.row, Decision.REJECT, {held.figure("86名").key: None}, actor=LI, reason="重复读取")
    assert client.get(address, headers=HTMX).status_code == 422


def test_a_form_that_did_not_come_from_our_page_is_refused(held: Held, account: Account) -> None:
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(account(Role.REVIEWER))
    assert forger.post(held.address("86名", "accept"), {"seen": held.seen("86名")}).status_code == 403
    assert forger.post(f"{held.path}undo/").status_code == 403
    assert held.figure("86名").state == "open"


def test_a_decision_asks_as_little_of_a_long_report_as_of_a_short_one(client: Client, stored: Stored) -> None:
    short = stored()
    long = stored(
        BRIEF + "".join(f"第{n}季度培训{n + 20}人，到位资金{n + 30}万元。\n" for n in range(1, 60)), "长.txt"
    )
    asked = []
    for one in (short, long):
        for quote in ("12个", "86名"):
            with CaptureQueriesContext(connection) as queries:
                answer = client.post(one.address(quote, "accept"), {"seen": one.seen(quote)}, headers=HTMX)
            assert answer.status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 50
