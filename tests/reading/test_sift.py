"""Sifting: which lines of a page are the report, and which stand beside it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.model import CONTENT, Role
from shanhai.reading.extracted import BlockKind
from shanhai.reading.sift import Line, sift

from .made_page import AT_END, BODY, BYLINE, LIKE, MIDDLE, PAGE, SPAM, TITLE, lines_of, verdict_on, verdicts

HEAD = """
首页 > 新闻中心 > 援建动态 > 正文
您当前所在位置：首页>>帮扶工作>>工作动态
发布日期：2024-03-05 10:22　浏览次数：235 次　字体：【大 中 小】
来源：青原县人民政府网　作者：李梅　发布时间：2024-03-05
2024年03月05日 10:22 来源：东海日报
信息来源:县乡村振兴局  发布时间:2024/3/5 9:00:00 点击数:1024
【字号：大 中 小】
[打印] [关闭] [收藏]
记者 王小明 通讯员 李大山
分享到：
作者：张三 摄影：李四
索引号：000014349/2024-00012
发文字号：青政发〔2024〕5号
阅读：1.3万
无障碍 | 关怀版 | 登录
(2024年3月5日)
A+ A-
English | 繁体 | 藏文
来源丨东海发布
编辑丨李梅
新华社东海3月5日电
青原县融媒体中心 | 2024-03-05 10:22
第9期（总第126期）
tibet.cn
http://www.example.com【东海经济网】2024-08-29
副标题:
正在加载
""".strip().split("\n")
TAIL = """
（责任编辑：王芳　校对：李强）
[责任编辑: 王芳 ]
初审：王芳 复审：李强 终审：赵敏
（记者 王小明）
上一篇：公司3个集体获评先进
相关链接：国家乡村振兴局 | 贵州省乡村振兴局 | 12345热线
版权所有：青原县人民政府 未经允许不得转载
主办单位：青原县人民政府办公室
网站标识码：6300000012
青ICP备05001234号-1
地址：青原县解放路1号 邮编：810000
电话：0971-1234567 传真：0971-1234568
联系我们 | 网站地图 | 法律声明
您是第 1234567 位访问者
扫一扫在手机打开当前页
长按二维码关注我们
点赞 25 在看 13
返回顶部
【打印】【关闭】
声明：本网转载文章仅为传播信息之目的，如有侵权请联系删除。
特别声明：以上文章内容仅代表作者本人观点，不代表本网观点或立场。
举报电话：12377
（联系电话：0971-5044321）
报：省对口支援工作领导小组办公室
青原县工作队办公室 2024年3月5日印发
联系人：方敏　电话：0971-6421357　　（共印80份）
Copyright 2015-2024 example.gov.cn All Rights Reserved
标签：帮扶 产业 医疗
[1] [2] [3] 下一页
第3页 共8页
- 3 -
扫一扫 分享到微信
点击收起全文
A- A+
email
|
※ 有关作品版权事宜请联系:0971-22128966 邮箱:admin@example.com
""".strip().split("\n")
TEXT = """
来源于东海市的帮扶资金达2.1亿元
来源：财政资金1.2亿元、社会捐赠3000万元
记者：您怎么看这项工作？
编者按：2023年，东海市援山工作队投入资金2.71亿元。
时间就是金钱，效率就是生命
版权保护工作取得新进展，登记作品52件。
打印店老板李强去年收入12万元
关闭小煤矿12座，退出产能300万吨
联系群众5200余户
电话回访群众3200人次
送医下乡惠及群众1.2万人
转发点赞超过10万次，青原名气越来越大
注明产地的农产品溢价30%
举报线索12条全部办结
阅读推广活动举办32场
扫码下单，青原土豆三天卖出20吨。
1.投入资金3000万元
2023年12月5日，两地签署协议12份
2021年 投入资金3200万元
浏览量突破100万次的直播间
主办招聘会12场，提供岗位3000个
协办单位达到36家
热线电话全年接听群众来电1.2万个
审核项目53个，核减资金120万元
编辑出版《青原民歌集》3000册
用手机卖山货 年销过千万
正在建设的医院明年投用
共建学校36所
本网络平台注册用户达到12万人
公安部门查处侵权案件12起，追究法律责任36人，为群众挽回损失260万元。
""".strip().split("\n")


class TestFurniture:
    @pytest.mark.parametrize("line", HEAD)
    def test_what_stands_above_the_text(self, line: str) -> None:
        assert verdict_on(line, 1).role in (Role.FURNITURE, Role.BYLINE)

    @pytest.mark.parametrize("line", TAIL)
    def test_what_stands_below_the_text(self, line: str) -> None:
        assert verdict_on(line, AT_END).role in (Role.FURNITURE, Role.BYLINE)

    @pytest.mark.parametrize("line", TEXT)
    @pytest.mark.parametrize("at", [MIDDLE, AT_END])
    def test_text_that_begins_as_furniture_does(self, line: str, at: int) -> None:
        assert verdict_on(line, at).role in CONTENT

    def test_lines_that_carry_publisher_date_or_author_are_bylines(self) -> None:
        for line in (
            "发布时间:2022-02-11 09:22:00来源: 东海新闻网",
            "（记者　沈一舟　通讯员　阿依努尔）",
            "文/图 林讯",
        ):
            assert verdict_on(line, 1).role is Role.BYLINE

    def test_the_numbered_paragraphs_of_a_notice(self) -> None:
        notice = [
            "东海经济网声明：",
            "1、本网站所登载之内容，不论原创或转载，皆以传播信息为主，不做任何商业用途，请在30日内与本网联系。",
            "2、本网原创之作品，欢迎有共同心声者转载分享，并请注明出处。",
        ]
        assert {verdict.role for verdict in verdicts([*PAGE, *notice])[-3:]} == {Role.FURNITURE}

    def test_numbered_paragraphs_that_are_no_notice(self) -> None:
        found = verdict_on(
            "1、投入援助资金3000万元，实施项目12个，惠及群众5000余人，各项工作进展顺利。", len(PAGE)
        )
        assert found.role is Role.BODY

    def test_headlines_of_other_pages(self) -> None:
        headlines = ["相关新闻", "东海市举行春耕现场会", "青原县新建公路36公里", "两地签署合作协议12份"]
        assert {verdict.role for verdict in verdicts([*PAGE[:-1], *headlines])[-4:]} == {Role.FURNITURE}

    def test_a_section_after_the_end_is_text(self) -> None:
        # given a page that goes on after its editor's line
        found = verdicts(
            [
                *PAGE,
                "链接",
                "医生妙手完成首例手术",
                "日前，青原县人民医院在帮扶专家带领下，成功完成全县首例腹腔镜手术，患者已经出院。",
            ]
        )
        # then its headings and its text are the report's
        assert [verdict.role for verdict in found[-3:]] == [Role.HEADING, Role.HEADING, Role.BODY]

    def test_short_lines_after_the_end_are_not(self) -> None:
        found = verdicts([*PAGE, "青原县新建公路36公里", "图为工作队员义诊，当天接诊186人。"])
        assert [verdict.role for verdict in found[-2:]] == [Role.FURNITURE, Role.CAPTION]

    def test_navigation_and_links_in_the_markup(self) -> None:
        text, lines = lines_of([*PAGE, "青原县新建公路36公里", BODY[3].replace("12家", "13家"), "县情概览"])
        lines[-3] = Line(lines[-3].start, lines[-3].end, linked=1.0)
        lines[-2] = Line(lines[-2].start, lines[-2].end, kind=BlockKind.NAVIGATION)
        lines[-1] = Line(lines[-1].start, lines[-1].end, kind=BlockKind.NAVIGATION)
        found = sift(text, lines)[-3:]
        # then prose stays text even inside navigation
        assert [verdict.role for verdict in found] == [Role.FURNITURE, Role.BODY, Role.FURNITURE]

    def test_hidden_lines(self) -> None:
        text, lines = lines_of(PAGE)
        lines[3] = Line(lines[3].start, lines[3].end, kind=BlockKind.HIDDEN)
        assert sift(text, lines)[3].role is Role.HIDDEN


class TestStructure:
    def test_the_roles_of_a_page(self) -> None:
        assert [verdict.role.value for verdict in verdicts(PAGE)] == [
            *("title", "byline", "body", "body", "heading", "body", "body"),
            *("heading", "body", "heading", "body", "body", "furniture"),
        ]

    def test_the_title_as_metadata_state_it(self) -> None:
        found = verdicts(["青原县融媒体中心携手东海日报", TITLE, BYLINE, *BODY], title=f"{TITLE}_东海网")
        assert [verdict.role for verdict in found[:2]] == [Role.HEADING, Role.TITLE]

    def test_the_name_of_the_site_is_no_title(self) -> None:
        found = verdicts(["青原县人民政府门户网站", "首页 > 新闻 > 正文", TITLE, BYLINE, *BODY])
        assert [verdict.role for verdict in found[:3]] == [Role.HEADING, Role.FURNITURE, Role.TITLE]

    def test_prose_has_no_title(self) -> None:
        assert Role.TITLE not in {verdict.role for verdict in verdicts(BODY[:2])}

    def test_the_title_again_and_a_paragraph_again(self) -> None:
        found = verdicts([*PAGE[:MIDDLE], f"　{TITLE}", *PAGE[MIDDLE:], BODY[1]])
        assert found[MIDDLE].role is Role.REPEAT
        assert found[-1].role is Role.REPEAT

    def test_captions(self) -> None:
        for line in (
            "图为工作队员义诊，当天接诊186人。",
            "▲两地干部走访农户",
            "2023年工作队进驻前合影",
            "冷链仓库项目全景图",
        ):
            assert verdict_on(line, MIDDLE).role is Role.CAPTION

    def test_captions_between_title_and_text(self) -> None:
        run = [
            "东海市青少年夏令营开营仪式现场。",
            "工作队员与小学师生一起庆祝儿童节。",
            "县人民医院新开儿科病房。",
        ]
        found = verdicts([TITLE, BYLINE, *run, *BODY])
        assert [verdict.role for verdict in found[2:5]] == [Role.CAPTION] * 3

    def test_a_line_among_empty_pictures_is_a_caption(self) -> None:
        text, lines = lines_of([*PAGE[:MIDDLE], "工作队召开专题会议", *PAGE[MIDDLE:]], blanks=1)
        lines[MIDDLE] = Line(lines[MIDDLE].start, lines[MIDDLE].end, blanks=5)
        assert sift(text, lines)[MIDDLE].role is Role.CAPTION

    def test_rows_and_marked_blocks(self) -> None:
        text, lines = lines_of(PAGE)
        lines[4] = Line(lines[4].start, lines[4].end, kind=BlockKind.CAPTION)
        lines[5] = Line(lines[5].start, lines[5].end, kind=BlockKind.ROW)
        found = sift(text, lines)
        assert [found[4].role, found[5].role] == [Role.CAPTION, Role.TABLE]

    def test_a_paragraph_with_its_author_at_the_end_is_body(self) -> None:
        assert verdict_on(BODY[3] + "（记者 王小明）", MIDDLE).role is Role.BODY

    def test_no_lines(self) -> None:
        assert sift("", []) == []


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            [
                *PAGE,
                *SPAM,
                *LIKE,
                *HEAD,
                *TAIL,
                *TEXT,
                "字",
                "1",
                "。",
                "|",
                "（" * 80,
                "文 " * 60,
                "记者 张三 " * 12,
            ]
        ),
        max_size=30,
    )
)
def test_whatever_the_lines_each_gets_a_verdict(texts: list[str]) -> None:
    found = verdicts(texts)
    assert len(found) == len(texts)
    assert sum(verdict.role is Role.TITLE for verdict in found) <= 1
    assert found == verdicts(texts)


def test_time_grows_with_the_lines_and_no_faster() -> None:
    # given pages of 4,000 and of 16,000 lines with furniture, headings and spam all over them
    lines = [*PAGE, *SPAM[:6], *LIKE[:6], *TAIL[:6]]
    small, large = lines_of(lines * 130), lines_of(lines * 520)
    timings = []
    for page in (small, large):
        started = time.process_time()
        sift(*page)
        timings.append(time.process_time() - started)
    # then four times as many take no more than some six times as long
    assert timings[1] < 6.5 * timings[0] + 0.5
