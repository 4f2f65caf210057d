"""Injected spam, and real lines that look like it."""

import pytest

from shanhai.model import CONTENT, Role
from shanhai.reading.sift import Line, sift

from .made_page import AT_END, LIKE, MIDDLE, PAGE, SPAM, lines_of, verdict_on, verdicts


class TestSpam:
    @pytest.mark.parametrize("spam", SPAM)
    def test_spam_in_the_tail_is_set_apart(self, spam: str) -> None:
        found = verdict_on(spam, len(PAGE))
        assert found.role is Role.SPAM
        assert found.reason

    @pytest.mark.parametrize("spam", SPAM)
    def test_spam_in_the_middle_is_set_apart(self, spam: str) -> None:
        assert verdict_on(spam, MIDDLE).role is Role.SPAM

    @pytest.mark.parametrize("spam", SPAM)
    def test_spam_at_the_top_is_set_apart(self, spam: str) -> None:
        assert verdict_on(spam, 0).role is Role.SPAM

    @pytest.mark.parametrize("like", LIKE)
    @pytest.mark.parametrize("at", [MIDDLE, AT_END])
    def test_real_lines_that_look_like_spam_are_kept(self, like: str, at: int) -> None:
        assert verdict_on(like, at).role in CONTENT

    @pytest.mark.parametrize("spam", SPAM)
    def test_spam_takes_nothing_with_it(self, spam: str) -> None:
        # given a page with spam behind it
        found = verdicts([*PAGE, spam])
        # then every line of the report has the role that it has without
        assert found[: len(PAGE)] == verdicts(PAGE)

    def test_two_lines_of_spam_of_which_one_is_too_short_to_tell(self) -> None:
        found = verdicts(
            [*PAGE, "时时彩平台|北京赛车pk10|重庆时时彩|彩票网站", "幸运飞艇|快三走势图|澳门银河|巴黎人"]
        )
        assert [verdict.role for verdict in found[-2:]] == [Role.SPAM, Role.SPAM]

    @pytest.mark.parametrize("closed", [True, False])
    def test_titles_one_below_the_other(self, closed: bool) -> None:
        spam = [
            "时时彩平台注册送彩金",
            "北京赛车开奖直播",
            "澳门银河娱乐城官网",
            "特码资料大全",
            "幸运飞艇计划软件",
        ]
        page = PAGE if closed else PAGE[:-1]
        assert {verdict.role for verdict in verdicts([*page, *spam])[-5:]} == {Role.SPAM}

    def test_short_lines_at_the_end_that_are_about_the_subject(self) -> None:
        slogans = [
            "坚持人民至上、生命至上",
            "守护群众平安",
            "提高政治站位，增强责任意识，提升执行能力",
            "把帮扶进行到底",
        ]
        assert {verdict.role for verdict in verdicts([*PAGE[:-1], *slogans])[-4:]} <= CONTENT

    def test_simplified_spam_under_a_traditional_page(self) -> None:
        # given a page whose source is in traditional script, and below it a list whose source is not
        text, lines = lines_of(
            [*PAGE, "另类视频网站,香蕉在线28,福利片在线观看中文,在线视频一区"], traditional=0.3
        )
        lines[-1] = Line(lines[-1].start, lines[-1].end, traditional=0.0)
        # then the script is among the reasons
        found = sift(text, lines)[-1]
        assert found.role is Role.SPAM
        assert "script" in found.reason

    def test_a_table_drawn_with_bars(self) -> None:
        table = ["县名 | 项目数 | 资金", "洛隆县 | 53 | 27100", "边坝县 | 12 | 3400"]
        assert [verdict.role for verdict in verdicts([*PAGE[:-1], *table])[-3:]] == [Role.TABLE] * 3

    def test_a_markdown_table(self) -> None:
        table = ["| 县 | 项目 | 资金 |", "| --- | --- | --- |", "| 洛隆县 | 53 | 27100 |"]
        found = verdicts([*PAGE[:MIDDLE], *table, *PAGE[MIDDLE:]])
        assert [verdict.role for verdict in found[MIDDLE : MIDDLE + 3]] == [Role.TABLE] * 3
