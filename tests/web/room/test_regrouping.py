"""Figures split, merged and added by form."""

import pytest
from django.test import Client

from shanhai.ledger.models import Review, Statement

from .conftest import BRIEF, Held, Stored
from .filling import HTMX, filled, opened


def test_a_split_proposes_the_parts_and_stores_them(reviewer: Client, stored: Stored) -> None:
    held = stored("简报\n全年培训教师3至5名。\n", "二.txt")
    (quote,) = held.quotes()
    form = opened(reviewer, held.address(quote, "split"))
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
    answer = reviewer.post(held.address(quote, "split"), data, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    standing = Statement.objects.filter(report=held.row, state="accepted").order_by("start")
    assert [(s.quote, s.value) for s in standing] == [("3", 3), ("5名", 5)]


def test_a_split_takes_as_many_parts_as_are_asked_for_and_keeps_what_was_typed(
    reviewer: Client, held: Held
) -> None:
    form = opened(reviewer, held.address("12个", "split"))
    data = filled(form, f1_value="7", reason="多个", more="1")
    grown = reviewer.post(held.address("12个", "split"), data, headers=HTMX)
    again = filled(grown)
    assert again["parts"] == ["3"]
    assert again["f1-value"] == ["7"]
    assert again["reason"] == ["多个"]
    again["less"] = ["1"]
    assert filled(reviewer.post(held.address("12个", "split"), again, headers=HTMX))["parts"] == ["2"]
    assert not Review.objects.exists()


def test_figures_are_merged_over_all_their_words(reviewer: Client, held: Held) -> None:
    keys = [held.figure(q).key for q in ("12个", "86名")]
    form = reviewer.get(f"{held.path}merge/", {"s": keys}, headers=HTMX)
    data = filled(form, f0_value="12", f0_unit="个", f0_upper="", reason="合在一起")
    answer = reviewer.post(f"{held.path}merge/", data, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    assert held.figure("12个，培训医生86名").state == "accepted"
    assert set(Statement.objects.filter(state="replaced").values_list("key", flat=True)) == set(keys)


@pytest.mark.parametrize("chosen", [["12个"], []])
def test_a_merge_of_fewer_than_two_is_refused(reviewer: Client, held: Held, chosen: list[str]) -> None:
    keys = [held.figure(q).key for q in chosen]
    assert reviewer.get(f"{held.path}merge/", {"s": keys}, headers=HTMX).status_code == 422


def test_a_figure_that_the_reader_missed_is_added_where_it_was_marked(reviewer: Client, held: Held) -> None:
    at = BRIEF.index("2023年，")
    form = opened(reviewer, f"{held.path}add/", start=str(at), end=str(at + 4))
    data = filled(form, f0_value="2023", f0_unit="年", f0_indicator="", reason="")
    answer = reviewer.post(f"{held.path}add/", data, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    added = Statement.objects.get(origin="review")
    assert (added.quote, added.start, added.value) == ("2023", at, 2023)
    assert f'id="s-{added.key}"' in answer.content.decode()


def test_words_that_stand_once_are_found_and_several_are_asked_about(reviewer: Client, held: Held) -> None:
    once = opened(reviewer, f"{held.path}add/", words="转移就业310")
    assert filled(once)["f0-words"] == ["转移就业310"]
    several = opened(reviewer, f"{held.path}add/", words="2023").content.decode()
    assert several.count("<li>") == 2
    none = opened(reviewer, f"{held.path}add/", words="没有的话").content.decode()
    assert "文中没有“没有的话”" in none


@pytest.mark.parametrize(
    ("start", "end"),
    [("0", "99999"), ("5", "2"), ("0", "2"), ("20", "60")],
    ids=["far", "turned", "words", "two"],
)
def test_a_forged_place_is_refused(reviewer: Client, held: Held, start: str, end: str) -> None:
    answer = reviewer.get(f"{held.path}add/", {"start": start, "end": end}, headers=HTMX)
    assert answer.status_code == 422


def test_where_a_figure_stands_already_the_form_says_so(reviewer: Client, held: Held) -> None:
    text = opened(reviewer, f"{held.path}add/", words="培训医生86名").content.decode()
    assert "这里已有数字" in text


def test_indicators_are_found_by_name_in_either_language(reviewer: Client) -> None:
    for typed in ("培训专业", "specialists trained", "training.specialists", ""):
        text = reviewer.get("/room/indicators/", {"q": typed}).content.decode()
        assert "<option" in text
    assert "<option" not in reviewer.get("/room/indicators/", {"q": "绝无此名"}).content.decode()
