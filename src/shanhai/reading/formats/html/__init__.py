"""HTML: the text that a page shows, with what its markup says about each block. Nothing is ever loaded.

A page passes four hands: ``cost`` refuses what would take the parser too long, ``marks`` writes marks into the parsed
tree, ``cut`` cuts the marked text into lines and rows, ``meta`` reads what the page says about itself.
"""

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from shanhai.model import BrokenInput, TooLarge
from shanhai.reading.extracted import Extracted, Limits
from shanhai.reading.formats.html.charset import declared_charset
from shanhai.reading.formats.html.cost import refuse_costly
from shanhai.reading.formats.html.cut import lines_of
from shanhai.reading.formats.html.layout import lay_out
from shanhai.reading.formats.html.lines import Line
from shanhai.reading.formats.html.marks import marked_text, without_escapes
from shanhai.reading.formats.html.meta import stated

__all__ = ["declared_charset", "extract"]

MEDIA_TYPE = "text/html"
WITHOUT_EVENTS = 1
"""``lxb_dom_document_opt``: the parser runs no mutation hooks, so no element can multiply another's content."""


def extract(
    text: str, name: str, limits: Limits, encoding: str = "", wrong_charset: bool = False
) -> Extracted:
    """The text of an HTML page as a reader sees it, furniture and hidden text included, in document order.

    Hidden text that stands inside a paragraph follows that paragraph as a block of its own, so that the sentence
    around it stays whole.

    Args:
        text: the decoded page.
        name: the file's name as the user gave it, for error messages.
        limits: what one input may cost.
        encoding: the charset that the page was decoded with.
        wrong_charset: whether the page declares another one.

    Raises:
        BrokenInput: when the markup is nested too deeply, or cannot be parsed.
        TooLarge: when the page holds more elements, cells or characters than one report may.
    """
    refuse_costly(text, name)
    page = _parsed(text, name)
    statement = stated(page)
    lines = lines_of(marked_text(page))
    _refuse_large(lines, name, limits)
    laid, blocks = lay_out(lines)
    return Extracted(
        text=laid,
        blocks=blocks,
        media_type=MEDIA_TYPE,
        encoding=encoding,
        wrong_charset=wrong_charset,
        title=statement.title,
        publisher=statement.publisher,
        author=statement.author,
        published=statement.published,
    )


def _parsed(text: str, name: str) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(
            without_escapes(text).encode("utf-8", "replace"), options=WITHOUT_EVENTS, scripting=True
        )
    except SelectolaxError as e:
        raise BrokenInput(
            name,
            f"its HTML cannot be taken apart ({e})",
            "open it in a browser and save it again, or save its text as a .txt file",
        ) from None


def _refuse_large(lines: list[Line], name: str, limits: Limits) -> None:
    characters = sum([len(line.text) for line in lines]) + len(lines)
    if characters > limits.characters:
        raise TooLarge(
            name,
            f"it holds {characters:,} characters of text, more than {limits.characters:,}",
            "split it into several files",
        )
    cells = sum([len(line.cells) for line in lines if line.cells])
    if cells > limits.cells:
        raise TooLarge(
            name,
            f"its tables hold {cells:,} cells, more than {limits.cells:,}",
            "split it into several files",
        )
