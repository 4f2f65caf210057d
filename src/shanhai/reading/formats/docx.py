"""Word documents (.docx): paragraphs and tables in reading order, then notes, then headers and footers."""

from collections.abc import Callable, Iterator
from typing import Final
from xml.etree.ElementTree import Element

from shanhai.reading.archives import Archive
from shanhai.reading.extracted import BlockKind, Extracted, Limits
from shanhai.reading.formats.assembly import Assembly
from shanhai.reading.formats.wordstyles import Style, styles
from shanhai.reading.formats.wordtext import Body
from shanhai.reading.formats.xmlparts import main_part, properties, related, tree

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIN_PART: Final = "word/document.xml"
NOTES: Final = {"footnotes": "footnote", "endnotes": "endnote"}
"""For each kind of part with notes, what one note is called in it."""
Load = Callable[[Archive, str], Element]


def extract(data: bytes, name: str, limits: Limits) -> Extracted:
    """The text of a Word document with all tracked changes accepted.

    Headings and captions are told by style or outline level; a table of contents, headers and footers are
    navigation; hidden text is marked as hidden. A merged cell holds its text in its first column and row,
    empty cells stand for the rest. A table inside a cell follows the row it stands in. Numbers that Word
    counts by itself (automatic lists) are not in the file and not in the text.

    Raises:
        BrokenInput: damaged, or forged.
        EmptyInput: no text.
        EncryptedInput: locked.
        TooLarge: more than one report may hold.
    """
    archive = Archive(data, name, limits)
    assembly = Assembly(name, limits)
    walk(archive, assembly)
    return assembly.extracted(DOCX, stated=properties(archive))


def walk(archive: Archive, assembly: Assembly, load: Load = tree) -> None:
    """Write the parts of a Word document into ``assembly`` in the order in which they are read.

    What is written, and in which order, depends on the elements, and of a text only on whether it is blank;
    so whoever replaces each text by a mark, in ``load``, learns from where each stretch of the source text
    comes. Raises as ``extract`` does.
    """
    main = main_part(archive, MAIN_PART)
    parts = [(kind, part) for _, kind, part in related(archive, main) if part in archive.names]
    known: dict[str, Style] = {}
    for kind, part in parts:
        if kind == "styles":
            known = styles(load(archive, part))
    body = Body(assembly, known)
    document = load(archive, main).find("body")
    if document is None:
        raise archive.broken(f"{main} has no body")
    body.write(document)
    del document
    for kind, part in parts:
        if kind in NOTES:
            for note in _notes(load(archive, part), NOTES[kind]):
                body.write(note)
    furniture = Body(assembly, known, BlockKind.NAVIGATION)
    for kind, part in sorted(set(parts)):
        if kind in ("header", "footer"):
            furniture.write(load(archive, part))


def _notes(part: Element, tag: str) -> Iterator[Element]:
    """The notes that someone wrote; those with a type are the rules drawn above them."""
    for note in part.iter(tag):
        if note.get("type", "normal") == "normal":
            yield note
