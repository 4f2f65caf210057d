"""Make the examples that are not plain text: a page in the wrong charset, a DOCX, a PDF, an XLSX, a draft.

Their words stand in ``examples/sources``; the other files of ``examples`` are kept by hand. Needs
python-docx, openpyxl, pyyaml and weasyprint, and the font "Noto Serif CJK SC" (Debian: fonts-noto-cjk):

    pip install python-docx openpyxl pyyaml weasyprint
    python tools/make_examples.py

No network, no clock: the same sources, packages and font give the same bytes. ``--check`` writes nothing and
fails when a made file differs from the kept one. The kept files were made with python-docx 1.2.0,
openpyxl 3.1.5, weasyprint 70.0 and fonts-noto-cjk 20220127.
"""

import argparse
import base64
import datetime
import io
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl  # type: ignore[import-untyped,import-not-found,unused-ignore] # it has no stubs
import weasyprint  # type: ignore[import-untyped,import-not-found,unused-ignore] # nor has it; only used here
import yaml
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from fontTools.subset import (  # type: ignore[import-untyped,import-not-found,unused-ignore] # nor has it
    Options,
    Subsetter,
)
from fontTools.ttLib import (  # type: ignore[import-untyped,import-not-found,unused-ignore] # nor has it
    TTCollection,
)

EXAMPLES = Path(__file__).parents[1] / "examples"
MADE = datetime.datetime(2025, 1, 1)
"""The date that all made files carry."""

FONT = "Noto Serif CJK SC"
FONT_FILE = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
AUTHOR = "山海示例"
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def page_in_wrong_charset(source: Path) -> bytes:
    """The page in GB18030, while its meta element goes on saying utf-8."""
    return source.read_text("utf-8").encode("gb18030")


def brief(source: Path) -> bytes:
    """The work brief as DOCX: header, headings, numbered items, a table with its caption, page numbers."""
    content = yaml.safe_load(source.read_text("utf-8"))
    document: Any = docx.Document()
    for name in ("Normal", "Title", "Heading 1", "List Number", "Caption", "Header", "Footer"):
        set_font(document.styles[name])
    document.styles["Normal"].font.size = Pt(12)
    document.styles["Normal"].paragraph_format.line_spacing = 1.5
    document.core_properties.author = AUTHOR
    document.core_properties.title = content["title"]
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = MADE

    section = document.sections[0]
    section.header.paragraphs[0].text = content["header"]
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_page_number(section.footer.paragraphs[0])
    section.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER

    document.add_paragraph(content["title"], style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(content["note"]).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in content["blocks"]:
        ((kind, value),) = block.items()
        if kind == "table":
            add_table(document, value)
        else:
            add_paragraph(document, kind, value)
    return packed(document.save)


def set_font(style: Any) -> None:
    """One black font for Latin letters and for Chinese characters; Word keeps them apart."""
    style.font.name = FONT
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:eastAsia"), FONT)


def add_page_number(paragraph: Any) -> None:
    """A field that shows the page's number, with "1" stored as its last shown text."""
    paragraph.add_run("第 ")
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
    paragraph.add_run(" 页")


def add_paragraph(document: Any, kind: str, text: str) -> None:
    """One block of the brief; the spaces that YAML puts where it joins lines are taken out again."""
    style = {"heading": "Heading 1", "item": "List Number", "caption": "Caption"}.get(kind, "Normal")
    paragraph = document.add_paragraph(text.replace(" ", ""), style=style)
    if kind == "caption":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
    elif kind == "text":
        paragraph.paragraph_format.first_line_indent = Pt(24)


def add_table(document: Any, rows: list[list[str]]) -> None:
    """A ruled table in the middle of the page."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph()


def review(source: Path) -> bytes:
    """The yearly review as PDF, with a text layer and the characters it uses embedded."""
    text = source.read_text("utf-8")
    font = base64.b64encode(font_of(text)).decode()
    face = f'@font-face {{ font-family: "Review"; src: url("data:font/otf;base64,{font}"); }}'
    fonts = weasyprint.text.fonts.FontConfiguration()
    style = weasyprint.CSS(string=face, font_config=fonts)
    made: bytes = weasyprint.HTML(string=text).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_identifier=b"shanhai example"
    )
    return made


def font_of(text: str) -> bytes:
    """The font with the characters of ``text`` alone, which keeps the PDF small."""
    face = next(face for face in TTCollection(FONT_FILE, lazy=True) if face["name"].getDebugName(4) == FONT)
    face.recalcTimestamp = False
    subsetter = Subsetter(Options(layout_features=[], hinting=False))
    subsetter.populate(text=text)
    subsetter.subset(face)
    written = io.BytesIO()
    face.save(written)
    return written.getvalue()


def sheets(source: Path) -> bytes:
    """The workbook: on each sheet a title over all columns, a header, rows, a total, a note."""
    styles: Any = openpyxl.styles
    workbook: Any = openpyxl.Workbook()
    workbook.remove(workbook.active)
    workbook.properties.creator = AUTHOR
    workbook.properties.created = MADE
    line = styles.Side(style="thin", color="888888")
    for content in yaml.safe_load(source.read_text("utf-8")):
        sheet = workbook.create_sheet(content["name"])
        columns = len(content["header"])
        ruled = [content["header"], *content["rows"], content["total"], *content["after"]]
        sheet.append([content["title"]])
        for row in ruled:
            sheet.append(row)
        sheet.append([content["note"]])

        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
        sheet["A1"].font = styles.Font(name=FONT, size=14, bold=True)
        sheet["A1"].alignment = styles.Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.row_dimensions[1].height = 40
        for cells in sheet.iter_rows(min_row=2, max_row=1 + len(ruled)):
            for cell in cells:
                cell.font = styles.Font(name=FONT, bold=cell.row == 2)
                cell.border = styles.Border(left=line, right=line, top=line, bottom=line)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
        for letter, width in zip("ABCD", (20, 38, 16, 20), strict=True):
            sheet.column_dimensions[letter].width = width
    return packed(workbook.save)


def packed(save: Callable[[io.BytesIO], None]) -> bytes:
    """What ``save`` writes, a zip, without its clock: every member and the time of change bear ``MADE``."""
    written, clean = io.BytesIO(), io.BytesIO()
    save(written)
    stamp = MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(clean, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = MODIFIED.sub(rb"\g<1>" + stamp, data)
            member = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            new.writestr(member, data)
    return clean.getvalue()


MADE_OF: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "reports/fujian-ningxia-2011.html": ("fujian-ningxia-2011.html", page_in_wrong_charset),
    "reports/shanghai-dayao-2023.docx": ("shanghai-dayao-2023.yaml", brief),
    "reports/east-west-2023.pdf": ("east-west-2023.html", review),
    "reports/xinjiang-projects.xlsx": ("xinjiang-projects.yaml", sheets),
    "drafts/minning-2012.docx": ("minning-2012-draft.yaml", brief),
}
"""Each made file, its source, and what makes it."""


def main() -> None:
    """Make the examples of examples/sources, and write them or compare them with the kept ones."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a kept file differs")
    check = parser.parse_args().check

    differing = []
    for name, (source, make) in MADE_OF.items():
        data = make(EXAMPLES / "sources" / source)
        target = EXAMPLES / name
        if not check:
            target.write_bytes(data)
            print(f"{name}: {len(data)} bytes")
        elif not target.is_file() or target.read_bytes() != data:
            differing.append(name)
    if differing:
        sys.exit(f"not as made from examples/sources: {', '.join(differing)}; run tools/make_examples.py")


if __name__ == "__main__":
    main()
