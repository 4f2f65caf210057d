"""PDF files: the text layer line by line, with what belongs to the pages set apart."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from shanhai.model import BrokenInput, EncryptedInput, NoTextLayer, TooLarge
from shanhai.reading.extracted import BlockKind, Extracted, Limits
from shanhai.reading.formats.pagefurniture import page_furniture
from shanhai.reading.formats.pdf import extract

Pdf = Callable[..., bytes]
P, NAVIGATION = BlockKind.PARAGRAPH, BlockKind.NAVIGATION


def said(extracted: Extracted) -> list[tuple[BlockKind, str]]:
    at = 0
    for block in extracted.blocks:
        assert at <= block.start < block.end
        at = block.end
        assert not set("\r\n") & set(extracted.text[block.start : block.end])
    return [(block.kind, extracted.text[block.start : block.end]) for block in extracted.blocks]


def test_lines_of_chinese_text_stay_as_they_are_broken(pdf: Pdf) -> None:
    file = pdf(
        [
            [(780, "山南市援藏工作简报"), (740, "完成投资2.71亿元，惠及"), (720, "12345人次，𠀀生。")],
            [(780, "第二页。")],
        ]
    )
    extracted = extract(file, "简报.pdf", Limits())
    assert said(extracted) == [
        (P, "山南市援藏工作简报"),
        (P, "完成投资2.71亿元，惠及"),
        (P, "12345人次，𠀀生。"),
        (P, "第二页。"),
    ]
    assert extracted.text == "山南市援藏工作简报\n完成投资2.71亿元，惠及\n12345人次，𠀀生。\n第二页。"
    assert extracted.media_type == "application/pdf"


def test_metadata(pdf: Pdf) -> None:
    info = {
        "Title": "Microsoft Word - 2023年总结.docx",
        "Author": "办公室",
        "CreationDate": "D:20240301120000+08'00'",
    }
    extracted = extract(pdf([[(700, "正文")]], info), "a.pdf", Limits())
    assert (extracted.title, extracted.author, extracted.published) == ("2023年总结", "办公室", "2024-03-01")


def test_running_heads_and_page_numbers_are_navigation(pdf: Pdf) -> None:
    pages = [
        [
            (800, f"援藏工作简报 第{n}期" if n % 2 else "山南工作队"),
            (700, f"第{n}章完成项目{n * 7}个"),
            (40, f"- {n} -"),
        ]
        for n in range(1, 7)
    ]
    for n, page in enumerate(pages):
        page[0] = (800, "援藏工作简报 2024年第3期" if n % 2 else "山南市援藏工作队")
    kinds = [kind for kind, _ in said(extract(pdf(pages), "a.pdf", Limits()))]
    assert kinds == [NAVIGATION, P, NAVIGATION] * 6


@pytest.mark.parametrize(
    "number", ["3", "- 3 -", "—3—", "第3页", "第 3 页 共 10 页", "第三页", "Page 3 of 10", "3/10"]
)
def test_page_numbers_by_their_form(number: str) -> None:
    pages = [["正文", "完成35个项目"], ["正文续", "投资2.71亿元"], ["正文再续", number]]
    assert page_furniture(pages) == {(2, 1)}


@pytest.mark.parametrize(
    "pages",
    [
        [
            ["项目", "35"],
            ["项目二", "120"],
            ["项目三", "7"],
        ],  # bare figures at the foot that do not count pages
        [["-35"], ["-120"], ["-7"]],
        [["第35批"], ["第3页目"], ["3个"]],
        [["安多 120", "合计120人35户"], ["索县 7", "合计7人3户"], ["聂荣 9", "合计9人12户"]],
        [["单位：万元", "一 120"], ["单位：万元", "二 12"], ["单位：万元", "三 9"]],
        [["一二三四", "甲乙丙丁"], ["五六七八", "戊己庚辛"]],
        [],
        [[], ["只有一行"]],
    ],
)
def test_lines_of_the_report_are_not_taken_for_furniture(pages: list[list[str]]) -> None:
    assert page_furniture(pages) == set()


@pytest.mark.parametrize(
    ("pages", "furniture"),
    [
        ([["简报", "一"], ["简报", "二"]], {(0, 0), (1, 0)}),
        ([["年报 1", "甲"], ["年报 2", "乙"], ["年报 3", "丙"]], {(0, 0), (1, 0), (2, 0)}),
        ([["甲", "5"], ["乙", "6"], ["丙", "7"]], {(0, 1), (1, 1), (2, 1)}),
        ([["甲", "1"]], {(0, 1)}),
    ],
)
def test_furniture_is_the_same_or_goes_up_with_the_pages(
    pages: list[list[str]], furniture: set[tuple[int, int]]
) -> None:
    assert page_furniture(pages) == furniture


def test_a_pdf_of_pictures_has_no_text_layer(pdf: Pdf) -> None:
    with pytest.raises(NoTextLayer, match="OCR"):
        extract(pdf([[], []]), "扫描.pdf", Limits())
    scanned = [[(800, "扫描全能王创建"), (30, f"- {n} -")] for n in range(1, 5)]
    with pytest.raises(NoTextLayer):
        extract(pdf(scanned), "扫描.pdf", Limits())


def test_a_text_layer_of_unknown_characters_is_no_text_layer(pdf: Pdf) -> None:
    with pytest.raises(NoTextLayer, match="fonts"):
        extract(pdf([[(700, "\ue123\ue124\ue125\ue126 12")]]), "a.pdf", Limits())


def test_a_password_is_told(pdf: Pdf) -> None:
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"ab" * 32, b"cd" * 32)
    file = pdf([[(700, "正文")]], trailer=b" /ID [<00> <00>] /Encrypt " + lock)
    with pytest.raises(EncryptedInput, match="password"):
        extract(file, "a.pdf", Limits())


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.8])
def test_a_pdf_cut_short_is_broken_or_read_as_far_as_it_goes(pdf: Pdf, keep: float) -> None:
    whole = pdf([[(700, f"第{n}段")] for n in range(3)])
    with pytest.raises(BrokenInput, match="cut short or damaged"):
        extract(whole[: int(len(whole) * keep)], "a.pdf", Limits())


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    code = """import sys, shanhai.reading.inputs, shanhai.reading.formats.docx, shanhai.reading.formats.pdf
import shanhai.reading.formats.plain, shanhai.reading.formats.sheets
print(sorted({"pypdfium2", "charset_normalizer", "docx", "openpyxl"} & set(sys.modules)))"""
    environment = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout == "[]\n"


def test_limits_are_kept(pdf: Pdf) -> None:
    file = pdf([[(700, "一二三四五六七八九十")]] * 3)
    for limits in (Limits(pages=2), Limits(characters=20)):
        with pytest.raises(TooLarge):
            extract(file, "a.pdf", limits)
