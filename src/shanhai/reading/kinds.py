"""What kind of file it is: its content decides, its name only where the content leaves a choice."""

import re
from enum import StrEnum
from typing import Final

from shanhai.model import BrokenInput, EmptyInput, EncryptedInput, UnknownFormat
from shanhai.reading.archives import Archive
from shanhai.reading.decode import decode, is_text
from shanhai.reading.extracted import Limits


class FileKind(StrEnum):
    """The kinds of file that are read."""

    HTML = "html"
    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"
    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"


BY_EXTENSION: Final = {
    ".html": FileKind.HTML,
    ".htm": FileKind.HTML,
    ".xhtml": FileKind.HTML,
    ".shtml": FileKind.HTML,
    ".txt": FileKind.TEXT,
    ".text": FileKind.TEXT,
    ".md": FileKind.MARKDOWN,
    ".markdown": FileKind.MARKDOWN,
    ".csv": FileKind.CSV,
    ".tsv": FileKind.CSV,
    ".docx": FileKind.DOCX,
    ".docm": FileKind.DOCX,
    ".pdf": FileKind.PDF,
    ".xlsx": FileKind.XLSX,
    ".xlsm": FileKind.XLSX,
}
"""The extensions that a folder is searched for, and what they promise."""

_HEAD: Final = 8_192
_BLANK: Final = (
    b"\t\n\v\f\r \0\xef\xbb\xbf\xff\xfe\x30\xe3\x80\xa1"  # of marks and white space in any charset
)
_MESSAGE: Final = (
    rb"(?i)(mime-version|from|subject|date|message-id|received|return-path): .{0,4000}?multipart/"
)
_TYPE_OUT: Final = "give the text that it shows as .txt or .docx"
_SIGNATURES: Final = tuple(  # how the bytes begin, what that is, what to do
    (re.compile(begin, re.DOTALL), reason, remedy)
    for begin, reason, remedy in (
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|BM.{4}\0{4}", "a picture", _TYPE_OUT),
        (rb"RIFF....WEBP|....ftyp(heic|mif1|avif)", "a picture", _TYPE_OUT),
        (
            rb"MZ.{0,4}\0|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|\0asm",
            "a program",
            "give a document instead",
        ),
        (rb"Rar!\x1a|7z\xbc\xaf|\x1f\x8b\x08|\xfd7zXZ|BZh[1-9]1AY", "a packed archive", "unpack it first"),
        (rb".{257}ustar", "a packed archive (.tar)", "unpack it first"),
        (rb"\{\\rtf", "a rich text file (.rtf)", "open it and save it as .docx"),
        (rb"%!PS", "a PostScript file", "save it as .pdf"),
        (rb"ID3[\2-\4]\0|OggS\0|fLaC\0|\x1aE\xdf\xa3", "sound or film", "give a written report"),
        (rb"RIFF....(WAVE|AVI )|....ftyp", "sound or film", "give a written report"),
        (rb"SQLite format 3\0|PAR1\x15", "a database file", "save the table as .xlsx or .csv"),
        (_MESSAGE, "a web page or message saved in one file (.mht, .eml)", "open it and save it as .html"),
        (
            rb"\s*<\?xml.{0,1000}progid=.Word\.Document",
            "a Word file in XML form",
            "open it and save it as .docx",
        ),
        (
            rb"\s*<\?xml.{0,1000}progid=.Excel\.Sheet",
            "an Excel file in XML form",
            "open it and save it as .xlsx",
        ),
    )
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final = (  # a stream inside, what it shows the file to be, what to do
    ("WordDocument", "an old Word or WPS file (.doc, .wps)", "open it and save it as .docx"),
    ("Workbook", "an old Excel or WPS file (.xls, .et)", "open it and save it as .xlsx"),
    ("Book", "an old Excel file (.xls)", "open it and save it as .xlsx"),
    ("PowerPoint Document", "a PowerPoint file (.ppt)", "save its text as .docx or .pdf"),
)
_PACKED: Final = (  # how an entry's name begins, what it shows the file to be, what to do
    ("xl/workbook.bin", "a binary Excel file (.xlsb)", "open it and save it as .xlsx"),
    ("ppt/", "a PowerPoint file (.pptx)", "save its text as .docx or .pdf"),
    ("OFD.xml", "an OFD file (.ofd)", "open it and save it as .pdf"),
    ("META-INF/container.xml", "an electronic book (.epub)", "save it as .html or .docx"),
    ("content.xml", "an OpenDocument file", "open it and save it as .docx or .xlsx"),
    ("META-INF/MANIFEST.MF", "a program", "give a document instead"),
)
_HTML_START: Final = re.compile(
    r"(?>\s+|<!--.*?-->|<\?.*?\?>)*+(<!doctype\s+html|<html\b"
    r"|(?P<part><(head|body|meta|title|script|style|link|base|table|div|p|h[1-6]|span|article|section|center|font)\b))",
    re.DOTALL | re.IGNORECASE,
)
_HTML: Final = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)


def kind_of(data: bytes, name: str) -> FileKind:
    """The kind of the file ``name`` with the content ``data``.

    Raises:
        EmptyInput: no bytes, or nothing but white space.
        UnknownFormat: a kind that is not read; the reason says which, the remedy how to get round it.
        EncryptedInput: an Office file locked with a password.
        BrokenInput: a damaged package, or nothing but zero bytes.
    """
    if _blank(data):
        raise EmptyInput(name, "the file is empty", "check that it was copied whole")
    head = data[:_HEAD]
    if not head.strip(b"\0"):
        raise BrokenInput(name, "it begins with nothing but zero bytes", "copy it again from where it came")
    if data.startswith(_OLE):
        raise _ole(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data, name)
    at = data.find(b"%PDF-", 0, 1024)
    if at == 0 or (at > 0 and b" obj" in data[at : at + _HEAD]):
        return FileKind.PDF
    for begin, reason, remedy in _SIGNATURES:
        if begin.match(head):
            raise UnknownFormat(name, reason, remedy)
    if not is_text(head):
        raise UnknownFormat(
            name, "not a text in any known charset", "give it as .txt, .html, .docx, .pdf or .xlsx"
        )
    return _written(_shown(head), name)


def extension(name: str) -> str:
    """The extension of a file's name in lower case with its dot; "" if it has none.

    >>> extension("年报.2024/简报.DOCX")
    '.docx'
    """
    stem, dot, last = re.split(r"[/\\]", name)[-1].rpartition(".")
    return f".{last.lower()}" if dot and stem else ""


def _blank(data: bytes) -> bool:
    if len(data) > _HEAD:
        return data.isspace()
    return not data.strip(_BLANK) and not decode(data).text.strip()


def _shown(head: bytes) -> str:
    """The beginning of a text with its ASCII signs right, which is all that tells the kinds apart."""
    if b"\0" in head:
        return decode(head).text
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _ole(data: bytes, name: str) -> EncryptedInput | UnknownFormat:
    """What is wrong with a file in the container of old Office files, which locked new ones use too."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return EncryptedInput(name, "protected by a password", "open it and save a copy without the password")
    for stream, reason, remedy in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\0\0" in data:
            return UnknownFormat(name, reason, remedy)
    return UnknownFormat(
        name, "an old Office file of an unknown kind", "open it and save it as .docx or .xlsx"
    )


def _packed(data: bytes, name: str) -> FileKind:
    names = Archive(data, name, Limits()).names
    for start, reason, remedy in _PACKED:
        if any(entry.startswith(start) for entry in names):
            raise UnknownFormat(name, reason, remedy)
    if any(entry.startswith("word/") for entry in names):
        return FileKind.DOCX
    if any(entry.startswith("xl/") for entry in names):
        return FileKind.XLSX
    raise UnknownFormat(name, "a packed archive (.zip)", "unpack it first and give the files inside")


def _written(head: str, name: str) -> FileKind:
    """The kind of a text; ``head`` is how it begins."""
    ending = extension(name)
    named = BY_EXTENSION.get(ending)
    if begins := _HTML_START.match(head):
        if not begins["part"] or ("</" in head and named is not FileKind.MARKDOWN):
            return FileKind.HTML
    elif head.lstrip().startswith("<?xml") and named is not FileKind.HTML:
        raise UnknownFormat(name, "XML data", "save the document as .html, .txt or .docx")
    if named in (FileKind.TEXT, FileKind.MARKDOWN, FileKind.CSV, FileKind.HTML):
        return named
    if _HTML.search(head):
        return FileKind.HTML
    return FileKind.CSV if ending in (".xls", ".xlsx") and "\t" in head else FileKind.TEXT
