"""Kinds of files: the content decides, the name only where the content leaves a choice."""

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

from shanhai.model import BrokenInput, EmptyInput, EncryptedInput, UnknownFormat
from shanhai.reading.kinds import FileKind, extension, kind_of

Package = Callable[[Mapping[str, str | bytes]], bytes]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT = "2023年实施项目35个，完成投资2.71亿元。"
HTML = f"<html><body><p>{TEXT}</p></body></html>"


def ole(stream: str) -> bytes:
    """An old Office container as far as it is looked at."""
    return OLE + bytes(600) + f"{stream}\0".encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (TEXT.encode(), "简报.txt", FileKind.TEXT),
        (TEXT.encode("gbk"), "简报.txt", FileKind.TEXT),
        (TEXT.encode("utf-16-le"), "简报.txt", FileKind.TEXT),
        (TEXT.encode(), "-", FileKind.TEXT),
        (TEXT.encode(), "简报", FileKind.TEXT),
        (TEXT.encode(), "其实是文字.docx", FileKind.TEXT),
        (b"MZ" + TEXT.encode(), "a.txt", FileKind.TEXT),
        (TEXT.encode(), "年报.MD", FileKind.MARKDOWN),
        (b"<div align=center></div>\n# \xe4\xb8\x80", "年报.md", FileKind.MARKDOWN),
        ("项目,金额\n学校,12\n".encode("gbk"), "表.csv", FileKind.CSV),
        ("项目\t金额\n学校\t12\n".encode("gbk"), "其实是文字.xls", FileKind.CSV),
        (HTML.encode(), "页.html", FileKind.HTML),
        (HTML.encode(), "页.txt", FileKind.HTML),
        (HTML.encode(), "-", FileKind.HTML),
        (HTML.encode(), "网页另存.doc", FileKind.HTML),
        (HTML.encode("utf-16"), "页.htm", FileKind.HTML),
        (f"\n<!-- 页 -->\n<!DOCTYPE html>{TEXT}".encode(), "页", FileKind.HTML),
        (f'<?xml version="1.0"?>\n{HTML}'.encode(), "页", FileKind.HTML),
        (TEXT.encode(), "没有标记.html", FileKind.HTML),
        (f"文中提到<html>标记，{TEXT}".encode(), "说明.txt", FileKind.TEXT),
        (b"%PDF-1.7\n1 0 obj\n", "x", FileKind.PDF),
        (b"\r\n\r\n%PDF-1.4\n1 0 obj\n", "年报.txt", FileKind.PDF),
        (f"文件头是%PDF-1.4，{TEXT}".encode(), "说明.txt", FileKind.TEXT),
    ],
)
def test_files_that_are_read(data: bytes, name: str, kind: FileKind) -> None:
    assert kind_of(data, name) is kind


@pytest.mark.parametrize(
    ("part", "kind"),
    [("word/document.xml", FileKind.DOCX), ("xl/workbook.xml", FileKind.XLSX)],
)
def test_packages_are_told_by_what_is_inside(package: Package, part: str, kind: FileKind) -> None:
    assert kind_of(package({"[Content_Types].xml": "", part: ""}), "名字不作数.zip") is kind


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        (ole("WordDocument"), "old Word", ".docx"),
        (ole("Workbook"), "old Excel", ".xlsx"),
        (ole("PowerPoint Document"), "PowerPoint", ".docx"),
        (ole("Something"), "old Office", ".docx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture", "text"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "picture", "text"),
        (b"\x7fELF" + bytes(40), "program", "document"),
        (b"MZ\x90\0\3" + bytes(80), "program", "document"),
        (b"Rar!\x1a\x07\0" + bytes(40), "archive", "unpack"),
        (b"\x1f\x8b\x08" + bytes(40), "archive", "unpack"),
        (b"{\\rtf1\\ansi text}", "rich text", ".docx"),
        (b"From: <Saved by WebKit>\r\nContent-Type: multipart/related;\r\n\r\n", ".mht", ".html"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Word", ".docx"),
        (b'<?xml version="1.0"?><data/>', "XML", ".txt"),
        (bytes(range(256)) * 40, "not a text", ".txt"),
    ],
)
def test_files_that_are_refused_say_why_and_what_to_do(data: bytes, reason: str, remedy: str) -> None:
    with pytest.raises(UnknownFormat) as refused:
        kind_of(data, "文件.dat")
    assert reason in refused.value.reason
    assert remedy in refused.value.remedy
    assert str(refused.value).startswith("文件.dat: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("ppt/presentation.xml", "PowerPoint"),
        ("xl/workbook.bin", ".xlsb"),
        ("content.xml", "OpenDocument"),
        ("OFD.xml", "OFD"),
        ("照片.jpg", "packed archive"),
    ],
)
def test_other_packages_are_refused(package: Package, part: str, reason: str) -> None:
    with pytest.raises(UnknownFormat, match=reason):
        kind_of(package({part: "x"}), "a.docx")


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", "\u3000\n".encode()])
def test_empty_files(data: bytes) -> None:
    with pytest.raises(EmptyInput):
        kind_of(data, "空.txt")


def test_a_file_of_zero_bytes_was_not_copied_whole() -> None:
    with pytest.raises(BrokenInput, match="zero bytes"):
        kind_of(bytes(100_000), "年报.docx")


def test_a_package_cut_short_is_broken(package: Package) -> None:
    whole = package({"word/document.xml": TEXT * 100})
    with pytest.raises(BrokenInput, match="cut short"):
        kind_of(whole[:-30], "年报.docx")


def test_office_files_with_a_password_are_told(package: Package) -> None:
    with pytest.raises(EncryptedInput, match="password"):
        kind_of(ole("EncryptedPackage"), "年报.docx")
    locked = bytearray(package({"word/document.xml": TEXT}))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(header) + flags] |= 1
    assert zipfile.ZipFile(io.BytesIO(bytes(locked))).infolist()[0].flag_bits & 1
    with pytest.raises(EncryptedInput, match="password"):
        kind_of(bytes(locked), "年报.docx")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.DOCX", ".docx"),
        ("年报.2024/简报", ""),
        ("目录\\表.Csv", ".csv"),
        (".hidden", ""),
        ("-", ""),
        ("a.", "."),
    ],
)
def test_extensions(name: str, expected: str) -> None:
    assert extension(name) == expected
