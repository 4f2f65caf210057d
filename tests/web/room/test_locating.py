"""Places that a person points at: source characters, whatever mending did to them."""

import pytest

from shanhai import read
from shanhai.model import Report
from shanhai.web.room.locating import NoPlace, occurrences, proposed, quantities_within, stretch

GLOSSED = "工作简报\n今年培訓(péixùn)醫生８６名，投入資金(zījīn)3200萬元。\n另有志愿者5人。\n"


@pytest.fixture
def glossed() -> Report:
    return read(GLOSSED.encode(), name="简报.txt")


def test_a_place_is_told_in_source_characters_and_begins_and_ends_with_text(glossed: Report) -> None:
    at = glossed.source_text.index("８６名")
    place = stretch(glossed, at, at + 3)
    assert (place.start, place.end, place.quote, place.digits) == (at, at + 3, "８６名", "86")
    assert glossed.source_text[place.sentence.start : place.sentence.end].startswith("今年")


def test_what_mending_removed_belongs_to_a_quote_that_goes_over_it(glossed: Report) -> None:
    start = glossed.source_text.index("資金")
    place = stretch(glossed, start, glossed.source_text.index("萬元") + 2)
    assert (place.quote, place.digits) == ("資金(zījīn)3200萬元", "3200万")


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (-1, 4, "不在原文"),
        (4, 4, "不在原文"),
        (0, 100_000, "不在原文"),
        (9, 5, "不在原文"),
        (0, 4, "没有数字"),
    ],
)
def test_what_is_no_place_is_refused(glossed: Report, start: int, end: int, why: str) -> None:
    with pytest.raises(NoPlace, match=why):
        stretch(glossed, start, end)


def test_a_place_over_two_paragraphs_is_refused(glossed: Report) -> None:
    start, end = glossed.source_text.index("3200"), glossed.source_text.index("5人") + 2
    with pytest.raises(NoPlace, match="跨了段落"):
        stretch(glossed, start, end)


def test_a_place_that_is_too_long_is_refused() -> None:
    report = read(("投入资金" + "很多" * 400 + "3200万元。\n").encode(), name="长.txt")
    with pytest.raises(NoPlace, match="太长"):
        stretch(report, 0, len(report.source_text) - 1)


def test_words_are_found_as_the_page_shows_them_with_or_without_blanks(glossed: Report) -> None:
    (found,) = occurrences(glossed, "医生 86名")
    assert glossed.source_text[found.start : found.end] == "醫生８６名"
    assert occurrences(glossed, "没有的话") == []
    assert occurrences(glossed, "  ") == []


def test_occurrences_after_a_place_come_first() -> None:
    report = read("培训5人。\n选派5人。\n来访5人。\n".encode(), name="三.txt")
    first, second, third = (i for i, c in enumerate(report.source_text) if c == "5")
    assert [s.start for s in occurrences(report, "5人", near=second)] == [second, third, first]


def test_the_reader_proposes_value_unit_and_meaning(glossed: Report) -> None:
    at = glossed.source_text.index("3200")
    claim = proposed(glossed, stretch(glossed, at, at + 6))
    assert claim is not None
    assert (claim.value, claim.unit, claim.area, claim.quote) == (32_000_000, "元", "funds", "3200萬元")


def test_a_part_of_a_figure_is_read_with_the_figures_meaning() -> None:
    report = read("全年培训教师、医生5名。\n".encode(), name="简报.txt")
    at = report.source_text.index("5")
    claim = proposed(report, stretch(report, at, at + 1))
    assert claim is not None
    assert (claim.quote, claim.value) == ("5", 5)


def test_the_quantities_of_words_are_their_parts(glossed: Report) -> None:
    start, end = glossed.source_text.index("８６"), glossed.source_text.index("萬元") + 2
    assert [p.quote for p in quantities_within(glossed, start, end)] == ["８６名", "3200萬元"]
