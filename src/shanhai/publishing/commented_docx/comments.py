"""Comments at places of a Word document's source text, and pages at its end; nothing else in it changes."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from shanhai.model import InvariantBroken
from shanhai.publishing.commented_docx import blocks
from shanhai.publishing.commented_docx.cuts import Anchor, Marks, anchor, at_beginning
from shanhai.publishing.commented_docx.markup import STRICT, Markup
from shanhai.publishing.commented_docx.origins import Held, Origins
from shanhai.publishing.commented_docx.package import Package
from shanhai.publishing.commented_docx.words import BESIDE_BOX, BESIDE_FURNITURE, BESIDE_NOTE
from shanhai.reading.extracted import Limits

AUTHOR: Final = "山海 Shanhai"
INITIALS: Final = "SH"
_DEFAULT: Final = Limits()


class Note(msgspec.Struct, frozen=True):
    """A comment to be made.

    Attributes:
        start, end: the characters of the source text that it is about.
        paragraphs: what it says; the first is its heading.
    """

    start: int
    end: int
    paragraphs: tuple[str, ...]


def comment_at(
    source: bytes,
    notes: Sequence[Note],
    summary: Iterable[blocks.Block] = (),
    *,
    name: str = "",
    date: datetime.datetime | None = None,
    limits: Limits = _DEFAULT,
) -> bytes:
    """The Word document ``source`` with a comment at each of ``notes`` and ``summary`` at its end.

    A comment lies around exactly the characters of its note. Word takes no comments in text boxes, notes, headers
    and footers: there it lies around the box or the sign of the note, or at the beginning of the document, and
    says so. In the main part nothing is changed but that runs are parted and marks put between them; apart from
    it, the comments and where a package lists its parts, every part keeps its bytes.

    Args:
        source: the document as it was read.
        notes: in text order.
        summary: paragraphs and tables for the end, before the last section's settings.
        name: what messages call the document.
        date: what the comments state as their date; none by default.
        limits: what reading may cost.

    Raises:
        UnreadableInput: the document cannot be read.
        InvariantBroken: a note names characters that the document's text does not have.
    """
    package = Package(source, name, limits)
    origins = Origins(package.fresh(), limits)
    markup = package.markup(package.main)
    places = _Places(markup, package.main, origins)
    space = (
        "" if markup.attributes[0].get("xmlns:w") == markup.namespace else f' xmlns:w="{markup.namespace}"'
    )
    strict = markup.namespace == STRICT
    marks = Marks(markup)
    comments = []
    for number, one in enumerate(notes, package.highest_comment() + 1):
        found, told = places.of(one)
        marks.put(
            found,
            f'<w:commentRangeStart{space} w:id="{number}"/>',
            f'<w:commentRangeEnd{space} w:id="{number}"/>',
            f'<w:r{space}><w:commentReference w:id="{number}"/></w:r>',
        )
        comments.append(_comment(number, blocks.note((*one.paragraphs, *told), strict=strict), date))
    edits = marks.edits(places.texts)
    if pages := blocks.body(summary, strict=strict):
        edits.append(_last(markup, _declared(pages, space)))
    package.change(package.main, markup.edited(edits))
    if comments:
        package.add_comments("".join(comments), markup.namespace)
    return package.written()


def _comment(number: int, content: str, date: datetime.datetime | None) -> str:
    when = f' w:date="{_written(date)}"' if date else ""
    return (
        f'<w:comment w:id="{number}" w:author="{AUTHOR}"{when} w:initials="{INITIALS}">{content}</w:comment>'
    )


def _written(date: datetime.datetime) -> str:
    """A time as Word writes it: universal time with a Z, or local time where no zone is given."""
    if date.tzinfo is None:
        return date.isoformat(timespec="seconds")
    return date.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _declared(pages: str, space: str) -> str:
    """The blocks of ``pages`` with the namespace that they need, where the document does not call it ``w``."""
    if not space:
        return pages
    return pages.replace("<w:p>", f"<w:p{space}>").replace("<w:tbl>", f"<w:tbl{space}>")


def _last(markup: Markup, pages: str) -> tuple[int, int, bytes]:
    """The edit that puts ``pages`` at the end of the body, before the settings of its last section."""
    body = next(number for number in markup.children(0) if markup.local(number) == "body")
    inside = markup.children(body)
    if inside and markup.local(inside[-1]) == "sectPr":
        at = markup.nodes[inside[-1]].start
        return at, at, markup.encoded(pages)
    return markup.appended(body, pages)


class _Places:
    """From notes to places of the main part."""

    def __init__(self, markup: Markup, main: str, origins: Origins) -> None:
        self._markup = markup
        self._main = main
        self._origins = origins
        self.texts: dict[int, str] = {}

    def of(self, note: Note) -> tuple[Anchor, tuple[str, ...]]:
        """The anchor of a note, and what must be said of it."""
        if not 0 <= note.start < note.end <= len(self._origins.text):
            raise InvariantBroken(
                f"characters {note.start}–{note.end} are not in the text, which has {len(self._origins.text)}"
            )
        held = list(self._origins.of(note.start, note.end))
        if not held:
            raise InvariantBroken(f"characters {note.start}–{note.end} of the text are white space")
        if found := [self._anchor(one) for one in held if one.written.part == self._main]:
            around = _around(found)
            return around, () if around.exact else BESIDE_BOX
        if found := [mark for one in held for mark in self._reference(one)]:
            return _around(found), BESIDE_NOTE
        beginning = at_beginning(self._markup)
        if beginning is None:
            raise InvariantBroken("the document's body holds no paragraph that could take a comment")
        return beginning, BESIDE_FURNITURE

    def _anchor(self, held: Held) -> Anchor:
        written = held.written
        self.texts[written.element] = written.text
        return anchor(self._markup, written.element, held.start, held.end, len(written.text))

    def _reference(self, held: Held) -> Iterator[Anchor]:
        """Where the body refers to the note that holds this."""
        if held.written.note is None:
            return
        kind, key = held.written.note
        for element in self._markup.attributes:
            if self._markup.local(element) == f"{kind}Reference" and self._markup.told(element, "id") == key:
                yield anchor(self._markup, element, 0, 1, 1)


def _around(anchors: Sequence[Anchor]) -> Anchor:
    """What reaches from the first to the last of ``anchors``."""
    return Anchor(
        min(one.start for one in anchors), max(one.end for one in anchors), all(one.exact for one in anchors)
    )
