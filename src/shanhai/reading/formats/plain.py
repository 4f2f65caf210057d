"""Plain text: the source text is the decoded text, unchanged, and every line that is not blank is a block."""

import re
from typing import Final

from shanhai.model import EmptyInput
from shanhai.reading.decode import decode
from shanhai.reading.extracted import Block, Extracted, Limits
from shanhai.reading.formats import markdown
from shanhai.reading.formats.assembly import MOST_BLOCKS, too_large
from shanhai.reading.kinds import BY_EXTENSION, FileKind, extension

TEXT: Final = "text/plain"
MARKDOWN: Final = "text/markdown"
_LINE: Final = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def extract(data: bytes, name: str, limits: Limits) -> Extracted:
    """The text of a plain text file, or of a Markdown file if its name says that it is one.

    Raises:
        EmptyInput: nothing but white space.
        TooLarge: more characters or lines than one report may have.
    """
    decoded = decode(data)
    text = decoded.text
    if len(text) > limits.characters:
        raise too_large(name, f"more than {limits.characters:,} characters")
    lines = _lines(text, name)
    if not lines:
        raise EmptyInput(name, "holds no text", "check that it is the right file")
    if BY_EXTENSION.get(extension(name)) is FileKind.MARKDOWN:
        blocks = tuple(markdown.blocks(text, lines, limits, name))
        stated = markdown.stated(text, lines)
        return Extracted(text, blocks, MARKDOWN, decoded.encoding, decoded.wrong_charset, **stated)
    blocks = tuple([Block(start, end) for start, end in lines])
    return Extracted(text, blocks, TEXT, decoded.encoding, decoded.wrong_charset)


def _lines(text: str, name: str) -> list[tuple[int, int]]:
    """Where the lines that are not blank begin and end, white space at their ends left out."""
    found = []
    for number, line in enumerate(_LINE.finditer(text)):
        if number >= MOST_BLOCKS:
            raise too_large(name, f"more than {MOST_BLOCKS:,} lines")
        written = line[0].strip()
        if written:
            start = line.start() + len(line[0]) - len(line[0].lstrip())
            found.append((start, start + len(written)))
    return found
