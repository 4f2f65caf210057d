"""What reading passes over for speed changes nothing: each shortcut beside the long way round."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.reading import mend as mending
from shanhai.reading.extracted import Limits
from shanhai.reading.formats import html
from shanhai.reading.formats.html import cut
from shanhai.reading.mend import breaks, mend

PIECES = (
    *("投入资金", "扶贫", "网(wǎng)", "12", "2023", "３５", "％", "万元", "6·3", "1.", "第3页", "—", "（", "）", "“", "”", "，", "。", "、"),
    *("；", "?", "？", "\ufffd", "□", "\u200b", " ", "\u3000", "\t", "\n", "\n\n", "|", "一是", "來源", "錕斤拷", "的对口支援帮扶工作队员们"),
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
ELEMENTS = (
    "p",
    "a href=x",
    "li",
    "b",
    "td",
    "tr",
    "table",
    "center",
    "h2",
    "nav",
    "div hidden",
    "i style=font-size:0",
)
MARKUP = st.lists(
    st.sampled_from((*PIECES, "<img>", "<br>", *(f"<{e}>" for e in ELEMENTS), *(f"</{e.split()[0]}>" for e in ELEMENTS))),
    max_size=40,
).map("".join)  # fmt: skip


@given(TEXTS)
def test_text_without_signs_of_damage_has_none(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mending, "signs_in", lambda _: (True, True, True, True))
        searched = mend(text)
    assert mend(text) == searched


@given(TEXTS)
def test_lines_that_are_whole_at_first_sight_run_on_nowhere(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(breaks, "_WHOLE_LINES", re.compile(""))
        looked_at = breaks.broken(text)
    assert breaks.broken(text) == looked_at


@given(MARKUP)
def test_lines_that_are_one_link_are_cut_like_all_others(markup: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cut, "LINK", re.compile("(?!)"))
        taken_apart = html.extract(markup, "x.html", Limits())
    assert html.extract(markup, "x.html", Limits()) == taken_apart


@pytest.mark.parametrize("text", ["项目于2023 50万元到位。", "截至2020 300户搬迁。", "到2023 50%已完成。"])
def test_a_space_behind_a_year_keeps_numbers_apart(text: str) -> None:
    assert mend(text).text == text


@pytest.mark.parametrize(
    ("text", "joined"),
    [("到位资金12 500万元。", "到位资金12500万元。"), ("共2023 万元。", "共2023万元。")],
)
def test_other_spaces_inside_figures_do_not(text: str, joined: str) -> None:
    assert mend(text).text == joined
