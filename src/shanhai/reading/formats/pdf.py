"""PDF files with a text layer: every line of every page a block."""

import re
from collections.abc import Iterator
from typing import Any, Final

from shanhai.model import BrokenInput, EncryptedInput, NoTextLayer, UnreadableInput
from shanhai.reading.extracted import BlockKind, Extracted, Limits
from shanhai.reading.formats.assembly import Assembly, too_large
from shanhai.reading.formats.pagefurniture import page_furniture
from shanhai.reading.formats.pdfstreams import check_streams
from shanhai.reading.plausibility import plausibility

PDF: Final = "application/pdf"
_LOCKED: Final = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_LOST: Final = re.compile("[\0\1\3-\x08\x0e-\x1f\x7f\uffff]")
_LINE_END_HYPHEN: Final = re.compile("[\2\ufffe]")
_DATE: Final = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_PROGRAM: Final = re.compile(r"^Microsoft Word - |\.(docx?|wps|pdf|xlsx?)$", re.IGNORECASE)
_UNREADABLE: Final = -0.5


def extract(data: bytes, name: str, limits: Limits) -> Extracted:
    """The text layer of a PDF, line by line; running heads, feet and page numbers are navigation.

    Lines are kept as they are broken on the page. Nothing is recognised in pictures.

    Raises:
        BrokenInput: damaged.
        EncryptedInput: locked with a password.
        NoTextLayer: pictures only, or fonts that do not say which characters they show.
        TooLarge: more pages or characters than one report may have.
    """
    import pypdfium2

    check_streams(data, name, limits)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise _unopened(name, fault.err_code) from fault
    try:
        if len(document) > limits.pages:
            raise too_large(name, f"more than {limits.pages:,} pages")
        pages = [
            [line for line in page.split("\n") if line.strip()] for page in _pages(document, name, limits)
        ]
        stated = _stated(document.get_metadata_dict())
    except pypdfium2.PdfiumError as fault:
        raise _broken(name, "a page is damaged") from fault
    finally:
        document.close()
    furniture = page_furniture(pages)
    text = [
        line for page, lines in enumerate(pages) for n, line in enumerate(lines) if (page, n) not in furniture
    ]
    if not text:
        raise NoTextLayer(
            name, "a PDF of pictures without text", "run text recognition (OCR) on it and save it again"
        )
    if plausibility("".join(text)) < _UNREADABLE:
        raise NoTextLayer(
            name,
            "its fonts do not say which characters they show",
            "run text recognition (OCR) on it or give the .docx",
        )
    assembly = Assembly(name, limits)
    for page, lines in enumerate(pages):
        for number, line in enumerate(lines):
            assembly.line(line, BlockKind.NAVIGATION if (page, number) in furniture else BlockKind.PARAGRAPH)
    return assembly.extracted(PDF, stated=stated)


def _pages(document: Any, name: str, limits: Limits) -> Iterator[str]:
    """The text of each page, lines ended by line feeds; U+FFFD for characters that the fonts do not tell."""
    characters = 0
    for number in range(len(document)):
        page = document[number]
        try:
            text_page = page.get_textpage()
            try:
                characters += text_page.count_chars()
                if characters > limits.characters:
                    raise too_large(name, f"more than {limits.characters:,} characters")
                text = text_page.get_text_bounded(errors="replace")
            finally:
                text_page.close()
        finally:
            page.close()
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        yield _LOST.sub("\ufffd", _LINE_END_HYPHEN.sub("-", text))


def _unopened(name: str, code: int | None) -> UnreadableInput:
    if code in _LOCKED:
        return EncryptedInput(
            name, "protected by a password", "open it and save or print a copy without the password"
        )
    return _broken(name, "not a whole PDF: cut short or damaged")


def _broken(name: str, reason: str) -> BrokenInput:
    return BrokenInput(name, reason, "get it again from where it came, or print it to a new PDF")


def _stated(metadata: dict[str, str]) -> dict[str, str]:
    """Title, author and date of making as the file states them; blank ones left out."""
    made = _DATE.match(metadata.get("CreationDate", ""))
    named = {
        "title": _PROGRAM.sub("", metadata.get("Title", "").strip("\0 ")),
        "author": metadata.get("Author", "").strip("\0 "),
        "published": "-".join(made.groups()) if made else "",
    }
    return {key: value for key, value in named.items() if value}
