"""Word documents: what a reader of the page sees, in the order in which it is read."""

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.model import BrokenInput, EmptyInput, TooLarge
from shanhai.reading.extracted import BlockKind, Extracted, Limits
from shanhai.reading.formats.docx import extract

from .extracting import in_order

LIMITS = Limits()
Word = Callable[..., bytes]
P, H, R = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ROW


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def read(data: bytes, limits: Limits = LIMITS) -> Extracted:
    """What is taken out, with the promises of every format checked."""
    extracted = in_order(extract(data, "年报.docx", limits))
    for block in extracted.blocks:
        assert all(block.start <= cell.start <= cell.end <= block.end for cell in block.cells)
    return extracted


def said(extracted: Extracted) -> list[tuple[BlockKind, str]]:
    return [(block.kind, extracted.text[block.start : block.end]) for block in extracted.blocks]


def rows(extracted: Extracted) -> list[tuple[int, list[str]]]:
    return [
        (block.table, [extracted.text[cell.start : cell.end] for cell in block.cells])
        for block in extracted.blocks
        if block.kind is R
    ]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_and_tables_stay_in_their_order() -> None:
    document = docx.Document()
    document.add_heading("援藏工作年报", 0)
    document.add_heading("一、总述", 1)
    document.add_paragraph("实施项目35个。")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["项目", "万元", "学校", "120"], strict=True):
        cell.text = text
    document.add_paragraph("图1 新校舍", style="Caption")
    document.add_paragraph("完成投资2.71亿元。")
    extracted = read(saved(document))
    assert said(extracted) == [
        (H, "援藏工作年报"),
        (H, "一、总述"),
        (P, "实施项目35个。"),
        (R, "项目\t万元"),
        (R, "学校\t120"),
        (BlockKind.CAPTION, "图1 新校舍"),
        (P, "完成投资2.71亿元。"),
    ]
    assert extracted.media_type.endswith("wordprocessingml.document")


def test_runs_are_joined_so_that_no_number_is_broken() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("投资")
    for piece in ("2", ".", "71", "亿元"):
        paragraph.add_run(piece).bold = True
    assert said(read(saved(document))) == [(P, "投资2.71亿元")]


@settings(max_examples=30)
@given(st.lists(st.text("项目投资亿元0123456789.，。 ", min_size=1, max_size=30), min_size=1, max_size=8))
def test_what_is_written_is_read(paragraphs: list[str]) -> None:
    document = docx.Document()
    for text in ("总述", *paragraphs):
        document.add_paragraph(text)
    assert said(read(saved(document))) == [
        (P, text.strip()) for text in ("总述", *paragraphs) if text.strip()
    ]


def test_a_line_break_keeps_numbers_apart_and_ends_a_line_after_a_sentence() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("投资8亿元")
    paragraph.add_run().add_break()
    paragraph.add_run("3个项目。")
    paragraph.add_run().add_break()
    paragraph.add_run("惠及200人。")
    assert said(read(saved(document))) == [(P, "投资8亿元 3个项目。"), (P, "惠及200人。")]


def test_headings_by_chinese_style_by_inheritance_and_by_outline_level(word: Word) -> None:
    styles = """
        <w:style w:styleId="a1"><w:name w:val="标题 1"/></w:style>
        <w:style w:styleId="own"><w:name w:val="本单位样式"/><w:basedOn w:val="a1"/></w:style>
        <w:style w:styleId="cap"><w:name w:val="题注"/></w:style>
        <w:style w:styleId="toc"><w:name w:val="toc 1"/></w:style>
        <w:style w:styleId="x"><w:name w:val="x"/><w:basedOn w:val="y"/></w:style>
        <w:style w:styleId="y"><w:name w:val="y"/><w:basedOn w:val="x"/></w:style>
        <w:style w:styleId="outlined"><w:name w:val="z"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>"""
    names = ("a1", "own", "cap", "toc", "x", "outlined", "unknown")
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{n}"/></w:pPr>{run(n)}</w:p>' for n in names)
    body += f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{run("一")}</w:p>'
    body += f'<w:p><w:pPr><w:pStyle w:val="a1"/><w:outlineLvl w:val="9"/></w:pPr>{run("正文")}</w:p>'
    kinds = [kind for kind, _ in said(read(word(body, styles=styles)))]
    assert kinds == [H, H, BlockKind.CAPTION, BlockKind.NAVIGATION, P, H, P, H, P]


def test_tracked_changes_are_taken_as_accepted(word: Word) -> None:
    body = f"""
        <w:p>{run("投资")}<w:del><w:r><w:delText>1.9</w:delText></w:r></w:del><w:ins>{run("2.71")}</w:ins>{run("亿元")}
            <w:moveFrom>{run("旧处")}</w:moveFrom><w:moveTo>{run("新处")}</w:moveTo></w:p>
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run("前半")}</w:p><w:p>{run("后半")}</w:p>
        <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run("删去")}</w:p></w:tc></w:tr>
            <w:tr><w:tc><w:p>{run("留")}</w:p></w:tc><w:tc><w:p>{run("下")}</w:p></w:tc></w:tr></w:tbl>"""
    assert said(read(word(body))) == [(P, "投资2.71亿元新处"), (P, "前半后半"), (R, "留\t下")]


def test_hidden_text_stands_apart(word: Word) -> None:
    styles = '<w:style w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = f"""
        <w:p>{run("看得见")}{run("藏起来", "<w:vanish/>")}{run("的", '<w:vanish w:val="0"/>')}</w:p>
        <w:p><w:pPr><w:pStyle w:val="h"/></w:pPr>{run("整段")}</w:p>
        <w:p>{run("按字符样式", '<w:rStyle w:val="h"/>')}</w:p>"""
    assert said(read(word(body, styles=styles))) == [
        (P, "看得见的"),
        (BlockKind.HIDDEN, "藏起来"),
        (BlockKind.HIDDEN, "整段"),
        (BlockKind.HIDDEN, "按字符样式"),
    ]


def test_text_boxes_are_read_once(word: Word) -> None:
    box = f"<w:txbxContent><w:p>{run('框内35个')}</w:p></w:txbxContent>"
    body = f"""<w:p>{run("框外")}<w:r><AlternateContent>
        <Choice><w:drawing>{box}</w:drawing></Choice><Fallback><w:pict>{box}</w:pict></Fallback>
        </AlternateContent></w:r></w:p>"""
    assert said(read(word(body))) == [(P, "框外"), (P, "框内35个")]


def test_fields_show_their_results_and_not_their_instructions(word: Word) -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    body = f"""<w:p>{run("共")}{field("begin")}<w:r><w:instrText>SUM(A1)</w:instrText></w:r>{run("内层")}
        {field("separate")}{run("35")}{field("end")}{run("个")}</w:p><w:p>{run("后")}</w:p>"""
    assert said(read(word(body))) == [(P, "共35个"), (P, "后")]


def test_readings_above_characters_are_left_out_and_links_are_measured(word: Word) -> None:
    ruby = f"<w:ruby><w:rt>{run('zàng')}</w:rt><w:rubyBase>{run('藏')}</w:rubyBase></w:ruby>"
    body = f"""<w:p><w:r>{ruby}</w:r></w:p>
        <w:p><w:hyperlink>{run("首页")}</w:hyperlink>{run("正文")}</w:p>
        <w:p>{run("一")}<w:r><w:tab/></w:r>{run("二")}<w:r><w:noBreakHyphen/></w:r>{run("三")}</w:p>
        <w:p><w:r><w:sym w:char="2460"/></w:r><w:r><w:sym w:char="F0A7"/></w:r></w:p>"""
    extracted = read(word(body))
    assert said(extracted) == [(P, "藏"), (P, "首页正文"), (P, "一\t二-三"), (P, "①\ufffd")]
    assert extracted.blocks[1].linked == pytest.approx(0.5)


def test_notes_follow_the_body_and_page_furniture_comes_last(word: Word) -> None:
    notes = f"""<w:footnote w:type="separator"><w:p>{run("线")}</w:p></w:footnote>
        <w:footnote><w:p>{run("注：不含计划外资金。")}</w:p></w:footnote>"""
    extracted = read(
        word(
            f"<w:p>{run('正文')}</w:p>",
            header1=f"<w:p>{run('页眉')}</w:p>",
            footnotes=notes,
            footer1=f"<w:p>{run('第1页')}</w:p>",
        )
    )
    assert said(extracted) == [
        (P, "正文"),
        (P, "注：不含计划外资金。"),
        (BlockKind.NAVIGATION, "第1页"),
        (BlockKind.NAVIGATION, "页眉"),
    ]


def test_merged_cells_hold_their_text_once() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "资金"
    table.cell(0, 2).text = "备注"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "安多县"
    table.cell(1, 1).text = "120"
    table.cell(2, 1).text = "80\n万元"
    assert rows(read(saved(document))) == [
        (0, ["资金", "", "备注"]),
        (0, ["安多县", "120", ""]),
        (0, ["", "80 万元", ""]),
    ]


def test_a_table_in_a_cell_follows_its_row_and_a_frame_is_no_table() -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "外"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内1", "内2"
    document.add_table(1, 1).cell(0, 0).text = "框中一段话。"
    extracted = read(saved(document))
    assert rows(extracted) == [(0, ["外", ""]), (1, ["内1", "内2"])]
    assert said(extracted)[-1] == (P, "框中一段话。")


def test_properties_say_title_author_and_date() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.core_properties.title = "2023年工作总结"
    document.core_properties.author = "援藏工作队办公室"
    extracted = read(saved(document))
    assert (extracted.title, extracted.author) == ("2023年工作总结", "援藏工作队办公室")
    assert extracted.published.startswith("2013-12-23")  # of the template that python-docx starts from


def test_a_document_without_text_is_empty() -> None:
    with pytest.raises(EmptyInput):
        read(saved(docx.Document()))


@pytest.mark.parametrize("body", ["<w:p>", "</w:body>", "&nbsp;", "\x01"])
def test_damaged_xml_is_told(word: Word, body: str) -> None:
    with pytest.raises(BrokenInput, match=r"word/document\.xml"):
        read(word(body))


def test_a_package_without_its_main_part_is_broken(package: Callable[..., bytes]) -> None:
    with pytest.raises(BrokenInput, match="missing"):
        read(package({"word/styles.xml": "<styles/>"}))


@pytest.mark.parametrize("limits", [Limits(characters=100), Limits(cells=50), Limits(unpacked_bytes=1_000)])
def test_limits_are_kept(limits: Limits) -> None:
    document = docx.Document()
    table = document.add_table(30, 5)
    for cell in table._cells:
        cell.text = "120"
    with pytest.raises(TooLarge):
        read(saved(document), limits)
