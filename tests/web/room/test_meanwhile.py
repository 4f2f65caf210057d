"""Decisions taken back, and decisions that come second: what two reviewers see of one another."""

import msgspec
from django.test import Client

from shanhai.ledger.actions.review import decide
from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import Decision, Review, Statement

from .conftest import BRIEF, LI, Held, Stored
from .filling import HTMX, filled, opened


def test_the_last_decision_is_undone_and_its_figure_shown_again(reviewer: Client, held: Held) -> None:
    reviewer.post(held.address("12个", "accept"), {"seen": held.seen("12个")}, headers=HTMX)
    answer = reviewer.post(f"{held.path}undo/", headers=HTMX)
    text = answer.content.decode()
    assert f'data-statement="{held.figure("12个").key}"' in text
    assert held.figure("12个").state == "open"
    assert "已撤销" in text
    again = reviewer.post(f"{held.path}undo/", headers=HTMX)
    assert again.status_code == 422
    assert "没有可以撤销的决定" in again.content.decode()


def test_only_ones_own_last_decision_is_undone_by_the_key(reviewer: Client, held: Held) -> None:
    reviewer.post(held.address("12个", "accept"), {"seen": held.seen("12个")}, headers=HTMX)
    decide(held.row, Decision.ACCEPT, {held.figure("86名").key: None}, actor=LI)
    reviewer.post(f"{held.path}undo/", headers=HTMX)
    assert held.figure("12个").state == "open"
    assert held.figure("86名").state == "accepted"


def test_an_undone_correction_leaves_one_mark_and_both_decisions(reviewer: Client, held: Held) -> None:
    form = opened(reviewer, held.address("86名", "correct"))
    reviewer.post(held.address("86名", "correct"), filled(form, f0_value="68", reason="手误"), headers=HTMX)
    corrected = held.figure("86名").key
    number = Review.objects.get().pk
    assert "撤销这项决定" in opened(reviewer, f"{held.path}history/").content.decode()
    assert reviewer.post(f"{held.path}undo/{number}/", headers=HTMX).status_code == 200
    page = reviewer.get(held.path).content.decode()
    assert f'id="s-{corrected}"' not in page
    assert held.figure("86名").value == 86
    assert "撤销这项决定" not in opened(reviewer, f"{held.path}history/").content.decode()
    assert reviewer.post(f"{held.path}undo/{number}/", headers=HTMX).status_code == 422


def test_another_reports_decision_cannot_be_undone_here(reviewer: Client, held: Held, stored: Stored) -> None:
    other = stored(BRIEF.replace("3200", "3300"), "二.txt")
    review = decide(other.row, Decision.ACCEPT, {other.figure("86名").key: None}, actor=LI)
    assert reviewer.post(f"{held.path}undo/{review.pk}/", headers=HTMX).status_code == 404
    assert other.figure("86名").state == "accepted"


def test_a_second_acceptance_is_told_who_was_first(reviewer: Client, held: Held) -> None:
    seen = held.seen("86名")
    decide(held.row, Decision.REJECT, {held.figure("86名").key: None}, actor=LI, reason="是编号")
    key = seen.partition(":")[0]
    answer = reviewer.post(f"{held.path}{key}/accept/", {"seen": seen}, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "cli:李" in text
    assert "是编号" in text
    assert Statement.objects.get(key=key).state == "rejected"


def test_a_correction_that_comes_second_keeps_what_was_typed_and_can_be_sent_again(
    reviewer: Client, held: Held
) -> None:
    address = held.address("86名", "correct")
    mine = filled(opened(reviewer, address), f0_value="68", reason="看错了行")
    before = claim_of(held.figure("86名"), "简报")
    decide(
        held.row,
        Decision.CORRECT,
        {held.figure("86名").key: None},
        actor=LI,
        claims=[msgspec.structs.replace(before, period="2022")],
        reason="是上一年",
    )
    answer = reviewer.post(address, mine, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "cli:李" in text
    assert "是上一年" in text
    again = filled(answer)
    assert again["f0-value"] == ["68"]
    assert again["reason"] == ["看错了行"]
    theirs = held.figure("86名")
    assert again["seen"] == [f"{theirs.key}:{theirs.review_id}"]
    assert reviewer.post(held.address("86名", "correct"), again, headers=HTMX).status_code == 200
    assert held.figure("86名").value == 68
    assert Statement.objects.get(key=theirs.key).state == "replaced"


def test_a_correction_of_what_was_rejected_meanwhile_can_be_sent_as_an_addition(
    reviewer: Client, held: Held
) -> None:
    address = held.address("86名", "correct")
    mine = filled(opened(reviewer, address), f0_value="68", reason="看错了行")
    decide(held.row, Decision.REJECT, {held.figure("86名").key: None}, actor=LI, reason="重复读取")
    answer = reviewer.post(address, mine, headers=HTMX)
    assert answer.status_code == 409
    assert f'action="{held.path}add/"' in answer.content.decode()
    again = filled(answer)
    assert "seen" not in again
    assert reviewer.post(f"{held.path}add/", again, headers=HTMX).status_code == 200
    assert held.figure("86名").value == 68


def test_a_merge_that_comes_second_keeps_what_was_typed(reviewer: Client, held: Held) -> None:
    form = reviewer.get(
        f"{held.path}merge/", {"s": [held.figure(q).key for q in ("12个", "86名")]}, headers=HTMX
    )
    mine = filled(form, f0_value="98", reason="合计")
    decide(held.row, Decision.REJECT, {held.figure("86名").key: None}, actor=LI, reason="重复读取")
    answer = reviewer.post(f"{held.path}merge/", mine, headers=HTMX)
    assert answer.status_code == 409
    again = filled(answer)
    assert again["f0-value"] == ["98"]
    assert again["seen"] == [held.seen("12个")]


def test_a_form_for_what_was_rejected_is_refused(reviewer: Client, held: Held) -> None:
    address = held.address("86名", "correct")
    decide(held.row, Decision.REJECT, {held.figure("86名").key: None}, actor=LI, reason="重复读取")
    assert reviewer.get(address, headers=HTMX).status_code == 422
