"""Sifting: which lines of a page are the report, and which stand beside it."""

import bisect
import json
import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.catalogue.files import decode
from shanhai.catalogue.furniture import Cues, Furniture, check, load_furniture, names_caption, names_furniture
from shanhai.model import CONTENT, CatalogueError, Role
from shanhai.reading.extracted import BlockKind
from shanhai.reading.sift import Line, Verdict, sift

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
GOLD = sorted((ROOT / "gold" / "open").glob("*.txt"))
REQUIRE_ALL = os.environ.get("SHANHAI_REQUIRE_ALL") == "1"
GLOSS = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜɡńňǹ]+\)")

TITLE = "东海市援山工作队帮扶青原县纪实"
BYLINE = "来源：东海日报　　2024-03-05 10:22"
BODY = [
    "东海市援山工作队进驻青原县以来，坚持把产业帮扶摆在首位，与当地干部群众想在一起、干在一起。",
    "2023年，工作队投入资金2.71亿元，实施项目53个，帮助青原县建成冷链仓库4座，带动群众增收。",
    "一、产业帮扶结硕果",
    "工作队引进企业12家，落地高原蔬菜基地3600亩，8000余户农牧民通过土地流转、务工就业实现稳定增收，村集体收入增长15.5%。",
    "“以前种青稞只够自己吃，现在种蔬菜能卖到东海市的超市。”青原县柳林乡村民多吉说，去年他家靠大棚收入4.6万元。",
    "二、医疗帮扶惠民生",
    "东海市第一医院选派医疗队员28名，开展手术624例，接诊门诊病人1.2万人次，培训本地医生156人，填补县域技术空白17项。",
    "三、教育帮扶育新人",
    "工作队协调36所学校结对共建，选派教师64名，开设课后兴趣班，受益学生达到9300余人，中考上线率提高4.3个百分点。",
    "下一步，工作队将继续发挥后方优势，把更多好项目、好资源引到青原县，让两地群众在交往交流中越走越近。",
]
EDITOR = "责任编辑：王芳"
PAGE = [TITLE, BYLINE, *BODY, EDITOR]
MIDDLE = 7
"""Between two paragraphs of ``PAGE``."""
AT_END = len(PAGE) - 1
"""Before the editor's line."""


def lines_of(texts: Sequence[str], **hints: float) -> tuple[str, list[Line]]:
    text = "\n".join(texts)
    lines, at = [], 0
    for line in texts:
        lines.append(Line(at, at + len(line), **hints))  # type: ignore[arg-type]
        at += len(line) + 1
    return text, lines


def verdicts(texts: Sequence[str], title: str = "") -> list[Verdict]:
    return sift(*lines_of(texts), title=title)


def verdict_on(line: str, at: int, page: Sequence[str] = PAGE) -> Verdict:
    return verdicts([*page[:at], line, *page[at:]])[at]


# Spam, and real lines that look like it, side by side: the first must be set apart, the second kept.
SPAM_AND_LIKE = [
    (
        "防城港市| 闵行区| 民乐县| 鄄城县| 会昌县| 民丰县| 临沭县| 府谷县|",
        "青原县、柳林乡、石泉乡、白水镇、牧场乡、黑河镇",
    ),
    ("绥滨县,宁陕县,蓬莱市,汝阳县,金沙县,丹巴县,青川县,竹溪县,陆良县", "柳林乡，石泉乡，白水镇，牧场乡"),
    (
        "庆云县 新邱区 海原县 扎鲁特旗 孝义市 五常市 大余县 巴马 石城县",
        "北京 天津 河北 山西 辽宁 上海 江苏 浙江 安徽",
    ),
    (
        "泰和县| 新郑市| 体育365| 海门市| 棋牌88| 潮州市| 1元夺宝| 澳门500万| 彩票2元网",
        "项目 | 数量 | 资金（万元） | 完成率",
    ),
    (
        "时时彩平台|北京赛车pk10|重庆时时彩|彩票网站|幸运飞艇|腾讯分分彩|快三走势图",
        "教育帮扶 | 医疗帮扶 | 产业帮扶 | 就业帮扶",
    ),
    (
        "凯时娱乐_亚洲城ca88_必赢亚洲_博天堂918_龙8国际_尊龙官网",
        "项目编号 受援单位 建设内容 计划投资 到位资金",
    ),
    (
        "青原旅游攻略2024|青原二手房价格走势|青原天气预报15天查询|青原招聘网最新招聘58|今晚开奖一肖一码",
        "青原县|冷链仓库|蔬菜基地",
    ),
    (
        "国产精品久久久久久 亚洲欧美日韩一区二区 免费看成年人视频大全 久久99热这里只有精品",
        "缺氧不缺精神 艰苦不怕吃苦 海拔高境界更高",
    ),
    (
        "日韩在线无码一区,狼人香蕉在线28,日本福利片在线观看,欧美在线视频一区",
        "雪山巍巍，江水长长；山海同心，其利断金",
    ),
    (
        "正品万艾可|印度神油|延时喷剂|壮阳药排行榜|货到付款|增大增粗",
        "青稞、牦牛肉、藏香猪、松茸、虫草、核桃、苹果",
    ),
    (
        "小额贷款|无抵押贷款|身份证贷款|征信黑户贷款|秒下款口子|24小时放款",
        "县农信社发放无抵押小额贷款1200万元，惠及农户326户，利率低至3.85%。",
    ),
    (
        "急用钱找我！无抵押无担保，凭身份证当天放款1万-50万，利息低至0.3%，电话13800138000。",
        "求职群众可拨打县就业服务中心电话0971-4562345咨询，全年接听来电1.2万个。",
    ),
    (
        "澳门新葡京官方网站注册送58元，24小时在线客服，信誉第一，欢迎访问www.xpj88888.com！",
        "农产品商城（www.qingyuan-shop.com）上线以来，帮助农牧民销售青稞1200余吨。",
    ),
    (
        "威尼斯人娱乐城是最具公信力的线上博彩平台，注册即送88元彩金，提供二百余种游戏，千万玩家的共同选择。",
        "活动现场，优惠促销的青稞酒半小时卖出600箱，现场签下订单860万元。",
    ),
    (
        "祖传秘方专治牛皮癣、白癜风，无效退款，三个疗程包好，加微信 zmf88866 咨询，前100名半价。",
        "王医生说：“欢迎更多同行来高原看看，我们的微信群里每天都有人咨询手术方案。”",
    ),
    (
        "代开发票 代开增值税发票 住宿费发票 餐饮发票 建筑发票 电话：13912345678",
        "2021年 4650万元 2022年 5080万元 2023年 5570万元",
    ),
    (
        "黑客接单网站_24小时在线黑客_查开房记录_微信聊天记录恢复_盗号软件_手机定位",
        "一等奖3名，二等奖5名，三等奖10名，优秀奖20名",
    ),
    (
        "传奇私服发布网,新开1.76复古传奇,热血传奇手游,单职业传奇,变态版传奇sf",
        "干部28名，教师136名，医生97名，农技人员24名",
    ),
    (
        "总裁的替身前妻最新章节列表 斗破苍穹免费阅读全文 女婿小说全文免费 都市修真医圣下载",
        "编号 柳林小学 教学楼改扩建 1200 1080 90%",
    ),
    (
        "足球比分|NBA直播|欧洲杯投注|世界杯竞猜|篮球赛事直播|电竞下注",
        "参加单位：市教委、市卫健委、市农业农村委、市文旅委、市商务委",
    ),
    (
        "股票开户送VIP，牛股推荐群限时免费进，老师带你月赚30%，添加微信gp168888领取牛股。",
        "农牧民扫码进入小程序，即可参加线上培训，目前注册学员1.2万人。",
    ),
    (
        "娱乐城开户 娱乐城注册 娱乐城送彩金 娱乐城排名 现金娱乐城 真人娱乐城 网上娱乐城",
        "内科 外科 妇科 儿科 眼科 口腔科 麻醉科",
    ),
    (
        "cheap viagra online|buy cialis|best casino bonus|payday loans|replica watches",
        "张三 李四 王五 赵六 孙七 周八 吴九 郑十",
    ),
    (
        "★★★2024最新特码资料免费公开，期期必中，信誉至上，点击进入www.6hc888.cc★★★",
        "东海—青原 临江—柳林 海州—石泉 云港—白水",
    ),
]
SPAM = [spam for spam, _ in SPAM_AND_LIKE]
LIKE = [like for _, like in SPAM_AND_LIKE]


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


@settings(max_examples=200, deadline=None)
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


def read_lines(path: Path) -> list[tuple[str, Line]]:
    """The non-blank lines of a raw text, roughly mended, with the share of traditional script and blank lines above."""
    simplify = opencc.OpenCC("tw2s").convert
    mended, at, blanks = [], 0, 0
    for raw in path.read_text("utf-8").split("\n"):
        if not raw.strip():
            blanks += 1
            continue
        plain = GLOSS.sub("", raw)
        line = simplify(plain)
        letters = [pair for pair in zip(plain, line, strict=True) if "一" <= pair[0] <= "鿿"]
        share = sum(a != b for a, b in letters) / len(letters) if letters else 0.0
        mended.append((line, Line(at, at + len(line), traditional=share, blanks=blanks)))
        at += len(line) + 1
        blanks = 0
    return mended


def sift_file(path: Path) -> list[tuple[str, Verdict]]:
    mended = read_lines(path)
    found = sift("\n".join(line for line, _ in mended), [line for _, line in mended])
    return [(line, verdict) for (line, _), verdict in zip(mended, found, strict=True)]


needs_seeds = pytest.mark.skipif(
    not SEEDS and not REQUIRE_ALL, reason="the five seed texts are not beside the project"
)
SEED_SPAM = {"000": 1, "001": 1, "002": 0, "003": 2, "004": 0}
SEED_TITLES = {
    "000": "重庆市第九批援藏工作队2021年援藏工作回眸:躬耕雪域 情暖高原",
    "001": "对口支援结硕果 砥砺前行再出发",
    "002": "辽宁对口支援那曲——携手共谱新时代“山海情”",
    "003": "福建省泉州市第十批援藏工作队进藏两周年纪实",
    "004": "在雪域高原书写渝藏深情",
}


@needs_seeds
class TestSeeds:
    def test_all_five_are_there(self) -> None:
        assert len(SEEDS) == 5

    @pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
    def test_spam_is_set_apart_and_nothing_else(self, path: Path) -> None:
        spam = [line for line, verdict in sift_file(path) if verdict.role is Role.SPAM]
        assert len(spam) == SEED_SPAM[path.name[:3]]
        assert all(re.search(r"无码|县\||视频", line) for line in spam)

    @pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
    def test_no_prose_is_lost(self, path: Path) -> None:
        for line, verdict in sift_file(path):
            if len(line) >= 30 and "。" in line and not re.search("版权|本网", line):
                assert verdict.role in CONTENT, line

    @pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
    def test_the_title(self, path: Path) -> None:
        titles = [line.strip() for line, verdict in sift_file(path) if verdict.role is Role.TITLE]
        assert titles == [SEED_TITLES[path.name[:3]]]

    @pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
    def test_furniture_is_set_apart(self, path: Path) -> None:
        furniture = re.compile(
            r"版权|责编|编辑:|扫一扫|>|»|发布时间|来源:|原标题|副标题|正在加载|正在阅读|收起|手机看|A- A\+|^email|^home|tibet\.cn|本网|http|^\|"
        )
        for line, verdict in sift_file(path):
            if furniture.search(line) and "。" not in line.rstrip("。"):
                assert verdict.role not in CONTENT, line

    def test_captions_and_the_section_after_the_credit(self) -> None:
        found = {line.strip(): verdict.role for path in SEEDS for line, verdict in sift_file(path)}
        assert found["辽宁省就业援藏那曲高校毕业生专场招聘会现场。"] is Role.CAPTION
        assert found["投入1450万元建成洛隆县(泉洛)特色产业园标准化厂房"] is Role.CAPTION
        assert found["援藏医生妙手实施芒康县首例腹腔镜下胆囊切除术"] is Role.HEADING


@pytest.mark.skipif(not GOLD and not REQUIRE_ALL, reason="gold/open holds no texts")
@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_no_quote_of_the_open_gold_is_set_apart(path: Path) -> None:
    # given a text and the claims that were marked in it by hand
    raw = path.read_text("utf-8")
    starts, at = [], 0
    for line in raw.split("\n"):
        if line.strip():
            starts.append(at)
        at += len(line) + 1
    found = sift_file(path)
    for marked in path.with_suffix(".jsonl").read_text("utf-8").splitlines():
        claim = json.loads(marked)
        place = -1
        for _ in range(claim["n"]):
            place = raw.find(claim["quote"], place + 1)
        # then the line of each claim is content
        line, verdict = found[bisect.bisect_right(starts, place) - 1]
        assert verdict.role in CONTENT, (claim["quote"], line)


class TestCatalogue:
    def test_the_file_is_sound(self) -> None:
        assert check(load_furniture()) == []

    def test_a_role_that_is_content_is_refused(self) -> None:
        faulty = self.altered(role="body")
        assert "gives furniture or byline" in check(faulty)[0]

    def test_an_example_that_is_not_found_is_refused(self) -> None:
        assert "is not found" in check(self.altered(examples=["别的"]))[0]

    def test_a_faulty_expression_is_refused(self) -> None:
        assert "no regular expression" in check(self.altered(patterns=[{"signs": [], "forms": ["("]}]))[0]

    def test_an_unknown_key_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "furniture.yaml"
        path.write_text("groups: {}\nmenu: {words: [], examples: []}\nmeun: 1\n", "utf-8")
        with pytest.raises(CatalogueError, match="meun"):
            decode(path, Furniture)

    @staticmethod
    def altered(**changes: object) -> Furniture:
        import msgspec

        data = msgspec.to_builtins(load_furniture())
        data["groups"]["keywords"].update(changes)
        return msgspec.convert(data, Furniture)

    def test_cues_are_found_by_every_part_of_a_line(self) -> None:
        cues = Cues(load_furniture())
        assert cues.starting_group("（责 编：王芳）") is load_furniture().groups["editor"]
        assert cues.whole_group("第3页 共8页") is load_furniture().groups["page_number"]
        assert cues.starting_group("普通的句子") is None

    @pytest.mark.parametrize(
        "names", ["nav", "top-nav", "g-footer clearfix", "share_box", "footer2", "related-news"]
    )
    def test_names_of_furniture(self, names: str) -> None:
        assert names_furniture(names)

    @pytest.mark.parametrize(
        "names", ["content", "TRS_Editor", "article", "navy", "main-text", "article-header", ""]
    )
    def test_names_of_text(self, names: str) -> None:
        assert not names_furniture(names)
        assert not names_caption(names)
