"""Plain text and Markdown: the source text is the decoded text, and blocks cover what is not blank."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.model import EmptyInput, TooLarge
from shanhai.reading.extracted import BlockKind, Extracted, Limits
from shanhai.reading.formats.plain import extract

P, H, R = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ROW
NAVIGATION, HIDDEN = BlockKind.NAVIGATION, BlockKind.HIDDEN
MARKDOWN_BITS = st.sampled_from(
    [
        "# ",
        "\n",
        "\n\n",
        "|",
        "---",
        "- ",
        "```",
        "<!--",
        "-->",
        "项目",
        "35个",
        "[a](b)",
        " ",
        "\t",
        "===",
        "\\|",
        "\r\n",
    ]
)


def said(extracted: Extracted) -> list[tuple[BlockKind, str]]:
    return [(block.kind, extracted.text[block.start : block.end]) for block in extracted.blocks]


def markdown(text: str) -> Extracted:
    return extract(text.encode(), "年报.md", Limits())


def test_every_line_that_is_not_blank_is_a_block() -> None:
    text = "\ufeff标题\r\n\r\n\u3000\u3000第一段。\n \t\n第二段，35个。\r旧式换行\u2028行分隔"
    extracted = extract(text.encode(), "简报.txt", Limits())
    assert extracted.text == text.removeprefix("\ufeff")
    assert said(extracted) == [
        (P, "标题"),
        (P, "第一段。"),
        (P, "第二段，35个。"),
        (P, "旧式换行"),
        (P, "行分隔"),
    ]
    assert (extracted.media_type, extracted.encoding) == ("text/plain", "utf-8")


def test_signs_of_markdown_mean_nothing_in_plain_text() -> None:
    extracted = extract("# 总述\n|a|b|\n".encode("gb18030"), "简报.txt", Limits())
    assert said(extracted) == [(P, "# 总述"), (P, "|a|b|")]


@given(st.text(max_size=300))
def test_blocks_cover_what_is_not_blank(text: str) -> None:
    covered(text, "a.txt")


@given(st.lists(MARKDOWN_BITS, max_size=40).map("".join))
def test_blocks_of_markdown_cover_what_is_not_blank(text: str) -> None:
    covered(text, "a.md")


def covered(text: str, name: str) -> None:
    try:
        extracted = extract(text.encode("utf-8", "replace"), name, Limits())
    except EmptyInput:
        assert not text.strip("\ufeff").strip()
        return
    at = 0
    for block in extracted.blocks:
        assert not extracted.text[at : block.start].strip()
        assert block.start < block.end
        assert not set("\r\n") & set(extracted.text[block.start : block.end])
        assert all(block.start <= c.start <= c.end <= block.end for c in block.cells)
        at = block.end
    assert not extracted.text[at:].strip()


def test_headings_and_list_items_of_markdown() -> None:
    text = "# 年报 #\n\n正文#1。\n\n总述\n====\n\n- 项目35个\n1. 投资2.71亿元\n#不是标题\n\n---\n\n> 引文\n"
    assert said(markdown(text)) == [
        (H, "# 年报 #"),
        (P, "正文#1。"),
        (H, "总述"),
        (NAVIGATION, "===="),
        (P, "- 项目35个"),
        (P, "1. 投资2.71亿元"),
        (P, "#不是标题"),
        (NAVIGATION, "---"),
        (P, "> 引文"),
    ]


def test_tables_of_markdown() -> None:
    text = "| 项目 | 万元 |\n|:--|--:|\n| 学校 \\| 一期 | 12 |\n|  | 3 |\n\n"
    text += "县 | 人\n--- | ---\n安多 | 5\n\n甲|乙\n"
    extracted = markdown(text)
    cells = [
        (b.table, [extracted.text[c.start : c.end] for c in b.cells]) for b in extracted.blocks if b.kind is R
    ]
    assert cells == [
        (0, ["项目", "万元"]),
        (0, ["学校 \\| 一期", "12"]),
        (0, ["", "3"]),
        (1, ["县", "人"]),
        (1, ["安多", "5"]),
    ]
    assert said(extracted)[1] == (NAVIGATION, "|:--|--:|")
    assert said(extracted)[-1] == (P, "甲|乙")


def test_front_matter_says_what_the_report_is() -> None:
    extracted = markdown("---\ntitle: '2023年总结'\nauthor: 办公室\ndate: 2024-03-01\ntags: x\n---\n正文")
    assert (extracted.title, extracted.author, extracted.published) == ("2023年总结", "办公室", "2024-03-01")
    assert [kind for kind, _ in said(extracted)] == [NAVIGATION] * 6 + [P]


def test_the_first_top_heading_is_the_title_where_nothing_else_says_it() -> None:
    assert markdown("## 二级\n\n# 2023年总结 #\n\n# 另一章").title == "2023年总结"
    assert markdown("正文").title == ""


def test_comments_are_hidden_and_code_is_left_alone() -> None:
    text = "<!-- 草稿\n12 -->\n正文\n```python\n# 注释\n```\n# 标题\n"
    assert said(markdown(text)) == [
        (HIDDEN, "<!-- 草稿"),
        (HIDDEN, "12 -->"),
        (P, "正文"),
        (NAVIGATION, "```python"),
        (P, "# 注释"),
        (NAVIGATION, "```"),
        (H, "# 标题"),
    ]


def test_links_are_measured() -> None:
    assert [b.linked for b in markdown("[首页](/)\n\n正文\n\n前[页](u)\n").blocks] == [
        1.0,
        0.0,
        pytest.approx(6 / 7),
    ]


def test_an_empty_text() -> None:
    with pytest.raises(EmptyInput):
        extract("\u3000\r\n\t".encode("utf-16"), "空.txt", Limits())


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_limits_are_kept(name: str) -> None:
    with pytest.raises(TooLarge):
        extract(b"1234567890\n" * 20, name, Limits(characters=100))
    with pytest.raises(TooLarge):
        extract(b"1\n" * 500_001, name, Limits())
    with pytest.raises(TooLarge):
        extract(b"|1|2|3|\n" * 10, "a.md", Limits(cells=20))


@pytest.mark.parametrize(
    "line", ["#" * 200_000, "# " + "#" * 200_000 + "x", "[" * 200_000 + "](", "|" * 100_000, "- " * 99_999]
)
def test_endless_lines_are_read_at_once(line: str) -> None:
    assert said(markdown(line + "\n后"))[-1][1] == "后"
