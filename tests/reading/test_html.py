"""HTML: what a page shows, line by line, and what its markup says about each line."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.reading.extracted import BlockKind, Limits
from shanhai.reading.formats.html import declared_charset, extract

from .extracting import page

PARAGRAPH, HEADING, ROW = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ROW
CAPTION, NAVIGATION, HIDDEN = BlockKind.CAPTION, BlockKind.NAVIGATION, BlockKind.HIDDEN
PROSE = "工作队一年来走访了全县十二个乡镇。群众的满意度逐年上升。各项工作稳步推进。"


def kinds(html: str) -> list[tuple[BlockKind, str]]:
    found = page(html)
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("与<b>52</b>户<span>400</span>余名结对", "与52户400余名结对", id="inline elements join"),
        pytest.param("<p>资金<span>2.</span><span>71</span>亿元", "资金2.71亿元", id="decimal in two spans"),
        pytest.param(
            "<p>增长<font><em>1</em>5</font><sup>.</sup>5%", "增长15.5%", id="digits in four elements"
        ),
        pytest.param("<p>甲<p>乙<div>丙</div>丁", "甲\n乙\n丙\n丁", id="blocks separate"),
        pytest.param("甲<br>乙<br/><br>丙", "甲\n乙\n丙", id="breaks separate"),
        pytest.param("<ul><li>1项<li>2项<ul><li>3项</ul></ul>", "1项\n2项\n3项", id="list items separate"),
        pytest.param("<dl><dt>项目<dd>52个</dl>", "项目\n52个", id="definitions separate"),
        pytest.param("<p>  甲\n\t 乙  <b> 丙</b></p>", "甲 乙 丙", id="white space collapses"),
        pytest.param("<pre>甲  乙\n  丙</pre>", "甲  乙\n  丙", id="white space of pre is kept"),
        pytest.param("<p style='white-space:pre-line'>甲\n乙</p>", "甲\n乙", id="white space kept by style"),
        pytest.param("<p>&nbsp;&nbsp;　　甲&amp;乙&lt;5&#x4e19;", "甲&乙<5丙", id="entities and indents"),
        pytest.param("<div style='display:inline'>52</div>户", "52户", id="a block shown inline joins"),
        pytest.param(
            "<span style='display:block'>甲</span>乙", "甲\n乙", id="a span shown as block separates"
        ),
        pytest.param("<ruby>网<rp>(</rp><rt>wǎng</rt><rp>)</rp></ruby>", "网(wǎng)", id="ruby as a gloss"),
        pytest.param("<ruby>网<rt>wǎng</rt></ruby>站", "网(wǎng)站", id="ruby without brackets"),
        pytest.param(
            "<title>题</title><script>1</script><style>p{}</style><noscript>2</noscript>"
            "<template>3</template><iframe>4</iframe><video>5<p>6</p></video>甲",
            "甲",
            id="what no page shows is dropped",
        ),
        pytest.param("纯文本，没有标签。", "纯文本，没有标签。", id="no markup at all"),
        pytest.param("<frameset><frame></frameset>", "", id="frames show nothing"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_text_is_what_the_page_shows(html: str, text: str) -> None:
    assert page(html).text == text


def test_marks_of_our_own_cannot_be_forged() -> None:
    # given a page that holds our mark as a character and as a reference
    html = "<p>甲\x1bH乙&#27;X丙&#x1B;n丁\x1a戊&#26;己</p>"
    # when it is read
    found = page(html)
    # then they have no effect, and show nothing
    assert found.text == "甲H乙X丙n丁戊己"
    assert [block.kind for block in found.blocks] == [PARAGRAPH]


class TestTables:
    def test_rows_and_cells_of_one_character_are_kept(self) -> None:
        # given a table with one-character cells and an empty one
        html = "<table><caption>表1</caption><tr><th>县<th>数<th><tr><td>甲<td><p>12</p><td>无</table>后"
        # when it is read
        found = page(html)
        # then each row is a block, its cells set apart by tabs
        assert found.text == "表1\n县\t数\t\n甲\t12\t无\n后"
        assert [block.kind for block in found.blocks] == [CAPTION, ROW, ROW, PARAGRAPH]
        row = found.blocks[2]
        assert [found.text[cell.start : cell.end] for cell in row.cells] == ["甲", "12", "无"]
        assert [block.table for block in found.blocks] == [-1, 0, 0, -1]

    def test_lines_of_one_cell_do_not_run_together(self) -> None:
        assert page("<table><tr><td>5<br>2<td>户<tr><td>1<td>2</table>").text == "5 2\t户\n1\t2"

    def test_a_table_that_lays_out_the_page_is_no_table(self) -> None:
        # given a page of columns: a menu, and an article with a table of figures in it
        html = (
            "<table><tr><td>菜单<td><p>第一段。</p><p>第二段。</p>"
            "<table><tr><td>县<td>5<tr><td>乡<td>6</table></td></tr></table>"
        )
        # then only the inner one has rows
        assert kinds(html) == [
            (PARAGRAPH, "菜单"),
            (PARAGRAPH, "第一段。"),
            (PARAGRAPH, "第二段。"),
            (ROW, "县\t5"),
            (ROW, "乡\t6"),
        ]

    def test_tables_are_numbered(self) -> None:
        html = "<table><tr><td>1<td>2</table><p>中</p><table><tr><td>3<td>4<tr><td>5<td>6</table>"
        assert [block.table for block in page(html).blocks] == [0, -1, 1, 1]

    def test_hidden_rows_and_cells_are_no_cells(self) -> None:
        html = "<table><tr hidden><td>暗<td>9<tr><td>1<td style='display:none'>暗<td>2<tr><td>3<td>4</table>"
        assert kinds(html)[:2] == [(ROW, "1\t2"), (ROW, "3\t4")]
        assert {kind for kind, _ in kinds(html)[2:]} == {HIDDEN}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>甲</h1><h3>乙</h3>", [(HEADING, "甲"), (HEADING, "乙")]),
        ("<figure><img src=1><figcaption>甲</figcaption></figure>", [(CAPTION, "甲")]),
        (f"<p class='pic-desc'>甲</p><p>{PROSE}</p>", [(CAPTION, "甲"), (PARAGRAPH, PROSE)]),
        (
            f"<p style='text-align:center'><img src=1></p><p align=center>两地干部合影</p><p>{PROSE}</p>",
            [(CAPTION, "两地干部合影"), (PARAGRAPH, PROSE)],
        ),
        (f"<p align=center>标题</p><p>{PROSE}</p>", [(PARAGRAPH, "标题"), (PARAGRAPH, PROSE)]),
        (f"<nav>甲</nav><p>{PROSE}</p>", [(NAVIGATION, "甲"), (PARAGRAPH, PROSE)]),
        (f"<div role=navigation>甲</div><p>{PROSE}</p>", [(NAVIGATION, "甲"), (PARAGRAPH, PROSE)]),
        (f"<div class='footer_box'>甲</div><p>{PROSE}</p>", [(NAVIGATION, "甲"), (PARAGRAPH, PROSE)]),
        (f"<ul id=top-nav><li>甲</ul><p>{PROSE}</p>", [(NAVIGATION, "甲"), (PARAGRAPH, PROSE)]),
        (f"<p>{PROSE}<button>分享</button></p>", [(PARAGRAPH, PROSE), (NAVIGATION, "分享")]),
        (
            f"<select><option>甲<option>乙</select>{PROSE}",
            [(NAVIGATION, "甲"), (NAVIGATION, "乙"), (PARAGRAPH, PROSE)],
        ),
        (f"<form><p>{PROSE}</p></form>", [(PARAGRAPH, PROSE)]),
        (f"<form><nav>甲</nav><p>{PROSE}</p></form>", [(NAVIGATION, "甲"), (PARAGRAPH, PROSE)]),
        (
            f"<header><h1>题</h1>甲</header><p>{PROSE}</p>",
            [(HEADING, "题"), (NAVIGATION, "甲"), (PARAGRAPH, PROSE)],
        ),
        (
            f"<article><header><h1>题</h1>来源</header><p>{PROSE}</p></article>",
            [(HEADING, "题"), (PARAGRAPH, "来源"), (PARAGRAPH, PROSE)],
        ),
        (
            f"<aside><h3><a href=1>别的新闻</a></h3></aside><p>{PROSE}</p>",
            [(NAVIGATION, "别的新闻"), (PARAGRAPH, PROSE)],
        ),
    ],
)
def test_the_markup_tells_what_a_block_is(html: str, expected: list[tuple[BlockKind, str]]) -> None:
    assert kinds(html) == expected


def test_linked_is_the_share_of_characters_in_links() -> None:
    html = "<p><a href=1>全是链接</a></p><p>一半<a href=1>链接</a></p><p><a name=x>锚点不是链接</a></p>"
    assert [block.linked for block in page(html).blocks] == [1.0, 0.5, 0.0]


HIDING = [
    "<i hidden>暗</i>",
    "<i style='display:none'>暗</i>",
    "<i style='DISPLAY : none !important;'>暗</i>",
    "<i style='visibility: hidden'>暗</i>",
    "<i style='opacity:0'>暗</i>",
    "<i style='font-size:0'>暗</i>",
    "<i style='font-size: 0px; color:red'>暗</i>",
    "<i style='font-size:0em'>暗</i>",
    "<div style='text-indent:-9999px'>暗</div>",
    "<div style='position:absolute;left:-5000px'>暗</div>",
    "<div style='position:fixed; top:-1000em'>暗</div>",
    "<div style='margin:0 0 0 -9999px'>暗</div>",
    "<div style='margin-left:-1200px'>暗</div>",
    "<div style='height:0;overflow:hidden'>暗</div>",
    "<div style='overflow:hidden;width:0px'>暗</div>",
    "<div style='overflow:hidden;width:1px;height:1px'>暗</div>",
    "<i style='color:#fff;background:white'>暗</i>",
    "<i style='background-color:rgb(255, 255, 255);color:#FFFFFF'>暗</i>",
    "<i style='color:transparent'>暗</i>",
    "<div style='position:absolute;clip:rect(0 0 0 0)'>暗</div>",
    "<marquee width=1 height=1>暗</marquee>",
    "<dialog>暗</dialog>",
    "<style>.x9{display:none}</style><p class='a x9'>暗</p>",
    "<style>/* c */ div#q, .r .s { color:red; position:absolute; left:-3000px }</style><div class=r><p class=s>暗</p></div>",
]
SHOWING = [
    "<i aria-hidden=true>明</i>",
    "<i style='display:inline-block'>明</i>",
    "<div style='text-indent:-2em'>明</div>",
    "<div style='height:0'>明</div>",
    "<div style='overflow:hidden;height:100px'>明</div>",
    "<i style='color:#fff;background:#333'>明</i>",
    "<i style='opacity:0.9'>明</i>",
    "<i style='font-size:0.9em'>明</i>",
    "<div style='margin-left:-15px'>明</div>",
    "<div style='left:-100%'>明</div>",
    "<details><summary>明</summary></details>",
    "<dialog open>明</dialog>",
    "<style>@media print{.x9{display:none}}</style><p class=x9>明</p>",
    "<style media=print>.x9{display:none}</style><p class=x9>明</p>",
    "<style>.x9:hover{display:none}</style><p class=x9>明</p>",
    "<style>.x9{display:none} .x9{display:block}</style><p class=x9>明</p>",
    "<style>.x9{display:none}</style><p class=x9 style='display:block'>明</p>",
    "<div style='font-size:0'><i style='font-size:14px'>明</i></div>",
]


@pytest.mark.parametrize("html", HIDING)
def test_hidden_text_is_marked(html: str) -> None:
    assert (HIDDEN, "暗") in kinds(f"<p>{PROSE}</p>{html}<p>{PROSE}</p>")


@pytest.mark.parametrize("html", SHOWING)
def test_shown_text_is_not_taken_for_hidden(html: str) -> None:
    assert (PARAGRAPH, "明") in kinds(f"<p>{PROSE}</p>{html}<p>{PROSE}</p>")


def test_hidden_text_does_not_break_the_sentence_around_it() -> None:
    html = "<p>与5<i style='display:none'><a href=1>棋牌</a></i>2户群众结对。</p><p>后</p>"
    found = page(html)
    assert found.text == "与52户群众结对。\n棋牌\n后"
    assert [(block.kind, block.linked) for block in found.blocks] == [
        (PARAGRAPH, 0),
        (HIDDEN, 1),
        (PARAGRAPH, 0),
    ]


def test_an_article_that_a_script_will_show_is_not_hidden() -> None:
    # given a page whose article stands in an element that is hidden at first, as messengers serve them
    html = f"<h1>题</h1><div id=js_content style='visibility: hidden; opacity: 0;'><p>{PROSE}</p></div>"
    # then the article is text
    assert (PARAGRAPH, PROSE) in kinds(html)


def test_hidden_spam_stays_hidden_even_where_it_outgrows_the_article() -> None:
    spam = "注册送彩金。" * 60
    assert (HIDDEN, spam) in kinds(f"<p>{PROSE}</p><div hidden>{spam}</div>")


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<title> 甲\n 乙_某网 </title>", "title", "甲 乙_某网"),
        ("<title>甲_某网</title><meta name=ArticleTitle content=甲>", "title", "甲"),
        ("<meta property='og:title' content=甲>", "title", "甲"),
        ("<meta name=ContentSource content='西藏日报'>", "publisher", "西藏日报"),
        ("<meta property='article:publisher' content='https://example.com/x'>", "publisher", ""),
        ("<meta property='og:site_name' content=某网>", "publisher", "某网"),
        ("<meta name=Author content='张三'>", "author", "张三"),
        ("<meta name=PubDate content='2024-06-21 23:28'>", "published", "2024-06-21 23:28"),
        ("<meta name=pubdate content='2024年6月1日'>", "published", "2024-06-01"),
        (
            "<meta property='article:published_time' content='2024-06-21T08:00:00+08:00'>",
            "published",
            "2024-06-21T08:00:00+08:00",
        ),
        ("<meta name=publishdate content='20240621'>", "published", "2024-06-21"),
        ("<meta name=pubdate content='2024-13-41'><time datetime='2023-01-02'>", "published", "2023-01-02"),
        ("<meta name=pubdate content='昨天'>", "published", ""),
        ("<svg><title>图标</title></svg>", "title", ""),
    ],
)
def test_what_the_page_states_about_itself(head: str, field: str, value: str) -> None:
    assert getattr(page(f"<head>{head}</head><body>正文"), field) == value


def test_a_pixel_in_the_head_does_not_end_it() -> None:
    html = "<head><noscript><img src=1></noscript><meta name=ArticleTitle content=甲></head><body>乙"
    assert (page(html).title, page(html).text) == ("甲", "乙")


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b'<meta charset="GB2312">', "gb2312"),
        (b"<meta charset=gbk>", "gbk"),
        (b"<META http-equiv='Content-Type' content='text/html; charset=Big5'>", "big5"),
        (b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?><html>', "utf-8"),
        (b"<!-- <meta charset=big5> --><meta charset=gbk>", "gbk"),
        (b"<p>charset=gbk</p>", ""),
        (b" " * 5000 + b"<meta charset=gbk>", ""),
        (b"<!-- " + b"x" * 9000, ""),
        (b"", ""),
    ],
)
def test_declared_charset(data: bytes, charset: str) -> None:
    assert declared_charset(data) == charset


def test_encoding_and_its_fault_are_passed_on() -> None:
    found = extract("<p>甲", "x", Limits(), "gb18030", wrong_charset=True)
    assert (found.encoding, found.wrong_charset, found.media_type) == ("gb18030", True, "text/html")


MARKUP = (
    "<p> </p> <div> </div> <b> </b> <table> <tr> <td> </table> <br> <a href=1> </a> <h1> </h1> <nav> </nav> <pre> "
    "</pre> <i hidden> </i> <ul> <li> </ul> <select> <option> </select> <img> <figcaption> <form> </form> 甲 52 . 71 "
    "亿元 &nbsp; &#27; \x1b <!-- --> <svg> </svg> <ruby> <rt> </ruby> <template> </template> <center> "
    "<p/style='font-size:0'> <p/style='font-size:12px'> <span/style='display:none'> </span> <style>.a{opacity:0} "
    "</style> <b/class=a> <noscript> </noscript> <dialog> <marquee/width=1> <math> <th> <caption> <body> <frameset>"
)
FRAGMENTS = st.sampled_from(MARKUP.split())


@settings(max_examples=300)
@given(st.lists(FRAGMENTS, max_size=40))
def test_whatever_the_markup_blocks_cover_the_text(fragments: list[str]) -> None:
    # given any mixture of tags and text, well-formed or not
    found = page(
        " ".join(fragments)
        .replace("/style", " style")
        .replace("/class", " class")
        .replace("/width", " width")
    )
    # then blocks are in order, disjoint, without line feeds, and between them is nothing but white space
    end = 0
    for block in found.blocks:
        assert not found.text[end : block.start].strip()
        assert end <= block.start < block.end
        assert "\n" not in found.text[block.start : block.end]
        assert 0 <= block.linked <= 1
        for cell in block.cells:
            assert block.start <= cell.start <= cell.end <= block.end
        end = block.end
    assert end == len(found.text)
    assert not re.search("[\x1a\x1b]", found.text)
