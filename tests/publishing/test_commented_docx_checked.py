"""A checked draft as a Word document: what its comments and its last page say."""

import pytest

from shanhai import find_claims, read
from shanhai.claims.contract import as_line
from shanhai.model import UnreadableInput
from shanhai.publishing.commented_docx import write_commented

from .checked_drafts import checked, commented, opened, written
from .word_drafts import marked, parts, restored, saved


def notes() -> dict[str, str]:
    """For each commented quote what its comment says."""
    _, made = commented()
    said = {comment.comment_id: comment.text for comment in opened(made).comments}
    return {quote: said[key] for key, quote in marked(made).items()}


def test_numbers_that_need_it_are_commented_and_no_others() -> None:
    assert list(notes()) == ["2.7亿元", "35个", "120个", "1200人", "18场", "500人"]


def test_a_comment_says_verdict_reason_and_what_to_do_in_both_languages() -> None:
    lines = notes()["18场"].split("\n")
    assert lines[0] == "疑似旧数 repeats another period"
    assert lines[1:3] == ["18场：repeats的缘由。", "Why it is repeats."]
    assert lines[3].startswith("怎样了结：")
    assert lines[4].startswith("What would settle it: ")
    assert len(lines) == 5


def test_a_clash_shows_its_arithmetic_its_other_figures_and_what_settles_it() -> None:
    lines = notes()["120个"].split("\n")
    assert "算式 sum：40 + 90 ≠ 120 个" in lines
    together = [line for line in lines if line.startswith("一同涉及 together with · 本稿 this draft：")]
    assert len(together) == 2
    assert all("其中第一批40个，第二批90个" in line for line in together)
    assert lines[-2:] == ["怎样了结：看哪一批写错。", "What would settle it: See which phase is wrong."]
    assert lines.count("120个：does_not_add_up的缘由。") == 1


def test_what_it_differs_from_is_attributed_and_private_numbers_are_masked() -> None:
    lines = [line for line in notes()["35个"].split("\n") if line.startswith("相左 against")]
    assert len(lines) == 2
    assert all("日期 on 2023-12-05，《简报》：“" in line for line in lines)
    assert "全年实施项目33个" in lines[0]
    assert "13800001111" not in "".join(lines)


def test_the_last_page_counts_and_lists_what_needs_work() -> None:
    source, made = commented()
    document = opened(made)
    counts, work = document.tables[-2:]
    told = {row.cells[0].text: row.cells[1].text for row in counts.rows}
    assert told["算不拢 does not add up"] == "1"
    assert told["有据 backed"] == "1"
    assert told["合计 all"] == str(len(checked(source).judged))
    assert [row.cells[1].text.split("\n")[0] for row in work.rows[1:]] == [
        quote for quote in notes() if quote != "2.7亿元"
    ]
    assert [row.cells[0].text for row in work.rows[1:]] == list("12345")
    assert work.rows[2].cells[3].text == "看哪一批写错。\nSee which phase is wrong."
    assert any("不代表认可" in p.text for p in document.paragraphs)


def test_a_draft_that_needs_no_work_says_so_and_gets_no_comments() -> None:
    source = saved(opened(saved(written())))
    held = checked(source)
    quiet = type(held)(held.draft, (), held.reasoned, held.evidence)
    made = write_commented(source, quiet)
    assert "word/comments.xml" not in parts(made)
    assert any(p.text.startswith("没有要处理的数字。") for p in opened(made).paragraphs)


def test_the_draft_itself_is_as_it_was() -> None:
    # given
    source, made = commented()
    before, after = read(source, name="总结.docx"), read(made, name="总结.docx")
    length = len(before.source_text)
    # then
    assert restored(made, summary=True) == restored(source)
    assert after.source_text[:length] == before.source_text
    assert [as_line(c) for c in find_claims(after) if c.end <= length] == [
        as_line(c) for c in find_claims(before)
    ]
    assert write_commented(source, checked(source)) == made


def test_another_file_than_the_one_that_was_checked_is_refused() -> None:
    source = saved(written())
    other = written()
    other.add_paragraph("又及。")
    with pytest.raises(UnreadableInput, match="not the one that was checked"):
        write_commented(saved(other), checked(source))
