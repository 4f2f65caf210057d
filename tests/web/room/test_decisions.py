"""Decisions by form: what is stored, what is refused beside its field."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import Review, Role, Statement

from ..conftest import Account
from .conftest import BRIEF, Held, Stored
from .filling import HTMX, filled, opened


def test_an_accepted_figure_gives_way_to_the_next_that_waits(reviewer: Client, held: Held) -> None:
    key, following = held.figure("12个").key, held.figure("86名").key
    answer = reviewer.post(held.address("12个", "accept"), {"seen": held.seen("12个")}, headers=HTMX)
    text = answer.content.decode()
    assert f'data-statement="{following}"' in text
    assert "已采纳“12个”" in text
    assert f"{key}&quot;: &quot;accepted" in text
    assert "已审 1 / 6" in text
    assert held.figure("12个").state == "accepted"


def test_without_a_script_a_decision_leads_on_to_the_next_figure(reviewer: Client, held: Held) -> None:
    answer = reviewer.post(held.address("12个", "accept"), {"seen": held.seen("12个")})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{held.path}?s={held.figure('86名').key}"


def test_the_last_decision_of_a_report_leads_to_the_next_report(
    reviewer: Client, held: Held, stored: Stored
) -> None:
    other = stored(BRIEF.replace("3200", "3300"), "二.txt")
    for quote in held.quotes():
        answer = reviewer.post(held.address(quote, "accept"), {"seen": held.seen(quote)}, headers=HTMX)
    text = answer.content.decode()
    assert "这份报告已审核完" in text
    assert f'href="{other.path}"' in text


def test_a_figure_is_rejected_for_one_of_the_usual_reasons(reviewer: Client, held: Held) -> None:
    answer = reviewer.post(
        held.address("12个", "reject"),
        {"seen": held.seen("12个"), "quick": "重复读取", "reason": ""},
        headers=HTMX,
    )
    assert answer.status_code == 200
    assert Review.objects.get().reason == "重复读取"
    assert Statement.objects.get(quote="12个").state == "rejected"


def test_a_rejection_without_a_reason_is_asked_for_one(reviewer: Client, held: Held) -> None:
    answer = reviewer.post(
        held.address("12个", "reject"), {"seen": held.seen("12个"), "reason": " "}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "请写明理由" in answer.content.decode()
    assert not Review.objects.exists()


def test_a_correction_keeps_what_was_not_changed(reviewer: Client, held: Held) -> None:
    before = claim_of(held.figure("3200万元"), "简报")
    form = opened(reviewer, held.address("3200万元", "correct"))
    data = filled(form, f0_period="2023-06", f0_indicator="funds.in_plan", reason="文中说的是上半年")
    answer = reviewer.post(held.address("3200万元", "correct"), data, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    after = claim_of(held.figure("3200万元"), "简报")
    assert (after.period, after.indicator) == ("2023-06", "funds.in_plan")
    assert (after.value, after.bounds, after.sentence, after.digits, after.measure) == (
        before.value,
        before.bounds,
        before.sentence,
        before.digits,
        before.measure,
    )
    assert Statement.objects.get(state="replaced").superseded_by == held.figure("3200万元")


def test_both_versions_stand_side_by_side_on_the_card(reviewer: Client, held: Held) -> None:
    form = opened(reviewer, held.address("86名", "correct"))
    reviewer.post(held.address("86名", "correct"), filled(form, f0_value="68", reason="手误"), headers=HTMX)
    text = opened(reviewer, held.address("86名")).content.decode()
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
    reviewer: Client, held: Held, field: str, value: str, told: str
) -> None:
    form = opened(reviewer, held.address("86名", "correct"))
    more = {"f0_words": ""} if field in ("f0_start", "f0_end") else {}
    data = filled(form, **{"reason": "试", **more, field: value})
    answer = reviewer.post(held.address("86名", "correct"), data, headers=HTMX)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Review.objects.exists()


def test_a_correction_that_changes_nothing_is_told_so(reviewer: Client, held: Held) -> None:
    form = opened(reviewer, held.address("86名", "correct"))
    answer = reviewer.post(held.address("86名", "correct"), filled(form, reason="无"), headers=HTMX)
    assert answer.status_code == 422
    assert "没有什么可改" in answer.content.decode()


def test_bounds_follow_wording_unless_they_are_told(reviewer: Client, held: Held) -> None:
    form = opened(reviewer, held.address("86名", "correct"))
    reviewer.post(held.address("86名", "correct"), filled(form, f0_approx="over", reason="超"), headers=HTMX)
    over = claim_of(held.figure("86名"), "简报")
    assert over.bounds.low == 86
    assert not over.bounds.low_closed
    form = opened(reviewer, held.address("86名", "correct"))
    data = filled(form, f0_low="80", f0_high="90", f0_closed="low", reason="明确范围")
    assert reviewer.post(held.address("86名", "correct"), data, headers=HTMX).status_code == 200
    told = claim_of(held.figure("86名"), "简报").bounds
    assert (told.low, told.high, told.low_closed, told.high_closed) == (80, 90, True, False)


@pytest.mark.parametrize("seen", ["", "x", "0" * 32, f"{'0' * 32}:", f"{'0' * 32}:abc", f"{'g' * 32}:1"])
def test_a_forged_sight_is_refused(reviewer: Client, held: Held, seen: str) -> None:
    answer = reviewer.post(held.address("86名", "accept"), {"seen": seen}, headers=HTMX)
    assert answer.status_code == 422
    assert not Review.objects.exists()


def test_a_form_about_another_reports_figure_is_refused(reviewer: Client, held: Held, stored: Stored) -> None:
    other = stored(BRIEF.replace("3200", "3300"), "二.txt")
    answer = reviewer.post(held.address("86名", "accept"), {"seen": other.seen("3300万元")}, headers=HTMX)
    assert answer.status_code == 422
    answer = reviewer.get(
        f"{held.path}merge/", {"s": [held.figure("86名").key, other.figure("3300万元").key]}, headers=HTMX
    )
    assert answer.status_code == 404
    data = {"seen": [held.seen("86名"), other.seen("3300万元")], "reason": "试"}
    assert reviewer.post(f"{held.path}merge/", data, headers=HTMX).status_code == 404
    assert not Review.objects.exists()


def test_a_form_that_did_not_come_from_our_page_is_refused(held: Held, account: Account) -> None:
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(account(Role.REVIEWER))
    assert forger.post(held.address("86名", "accept"), {"seen": held.seen("86名")}).status_code == 403
    assert forger.post(f"{held.path}undo/").status_code == 403
    assert held.figure("86名").state == "open"


def test_a_decision_asks_as_little_of_a_long_report_as_of_a_short_one(
    reviewer: Client, stored: Stored
) -> None:
    short = stored()
    long = stored(
        BRIEF + "".join(f"第{n}季度培训{n + 20}人，到位资金{n + 30}万元。\n" for n in range(1, 60)), "长.txt"
    )
    asked = []
    for one in (short, long):
        for quote in ("12个", "86名"):
            with CaptureQueriesContext(connection) as queries:
                answer = reviewer.post(one.address(quote, "accept"), {"seen": one.seen(quote)}, headers=HTMX)
            assert answer.status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 50
