"""Cuts the marked text of a page into lines: paragraphs, headings, captions and rows."""

import re
from collections.abc import Callable

from shanhai.reading.extracted import BlockKind
from shanhai.reading.formats.html import marks
from shanhai.reading.formats.html.lines import Line, Region, settle
from shanhai.reading.formats.html.tables import Table

SHORT_CAPTION = 60
LINK_OPENS, LINK_CLOSES = marks.LINK[0], marks.LINK[1]
NO_MARK = f"[^{marks.ESCAPE}{marks.KEPT_SPACE}]"
LINK = re.compile(f"{marks.ESCAPE}{LINK_OPENS}( ?(?!\\s){NO_MARK}++){marks.ESCAPE}{LINK_CLOSES} ?")
"""A line that is one link, as most lines of most pages are."""


def lines_of(marked: str) -> list[Line]:
    """The lines of a page whose marked text is ``marked``, in document order, their kinds settled."""
    for space in "\t\n\r\f":
        marked = marked.replace(space, " ")
    cutter = _Cutter()
    for segment in _collapsed(marked).split(marks.LINE):
        if marks.ESCAPE not in segment:
            if segment and segment != " ":
                cutter.put(segment)
        elif link := LINK.fullmatch(segment):
            cutter.put_link(segment, link[1])
        else:
            cutter.take(segment)
            cutter.line_break()
    settle(cutter.lines, cutter.regions)
    return cutter.lines


def _collapsed(text: str) -> str:
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _joined(pieces: list[str]) -> str:
    text = _collapsed("".join(pieces)).strip()
    if marks.KEPT_SPACE in text:
        text = text.replace(marks.KEPT_SPACE, " ").rstrip()
        return text if text.strip() else ""
    return text


class _Cutter:
    """The state while the parts of a marked text go by.

    Shown text goes to the line that is being gathered, hidden text to a line beside it. That one is put down after
    it, so that the sentence around hidden text stays whole.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.target = self.lines
        self.pieces: list[str] = []
        self.beside: list[str] = []
        self.waiting: list[Line] = []
        self.links = self.linked = self.beside_linked = self.headings = self.captions = 0
        self.region = Region()
        self.regions = [self.region]
        self.tables: list[Table] = []
        self.numbered = 0
        self.hidden = 0
        self.sizes: list[bool] = []
        self.unseen = self.image = self.centred = self.main = False
        self.handlers: dict[str, Callable[[], None]] = {
            marks.IMAGE: self.see_image,
            marks.CENTRED: self.centre,
            marks.MAIN_HEADING[0]: self.open_main_heading,
            marks.MAIN_HEADING[1]: self.close_main_heading,
            marks.HEADING[0]: self.open_heading,
            marks.HEADING[1]: self.close_heading,
            marks.CAPTION[0]: self.open_caption,
            marks.CAPTION[1]: self.close_caption,
            marks.FURNITURE[0]: self.open_furniture,
            marks.FURNITURE[1]: self.leave,
            marks.HIDDEN[0]: self.open_hidden,
            marks.HIDDEN[1]: self.close_hidden,
            marks.ZERO_SIZE[0]: self.open_zero_size,
            marks.ZERO_SIZE[1]: self.close_zero_size,
            marks.OWN_SIZE[0]: self.open_own_size,
            marks.OWN_SIZE[1]: self.close_size,
            marks.TABLE[0]: self.open_table,
            marks.TABLE[1]: self.close_table,
            marks.ROW[0]: self.open_row,
            marks.ROW[1]: self.close_row,
            marks.CELL: self.open_cell,
        }

    def put(self, segment: str) -> None:
        """Take in a line without marks."""
        if self.unseen or self.waiting or marks.KEPT_SPACE in segment:
            self.add(segment)
            self.line_break()
        elif text := segment.strip():
            self.put_down(text, len(text) if self.links else 0)

    def put_link(self, segment: str, text: str) -> None:
        """Take in a line that is one link with the words ``text``."""
        if self.unseen or self.waiting:
            self.take(segment)
            self.line_break()
        else:
            self.put_down(text.strip(), len(text))

    def take(self, segment: str) -> None:
        """Take in a stretch of text that holds marks, but no line break."""
        first, *parts = segment.split(marks.ESCAPE)
        self.add(first)
        for part in parts:
            code = part[0]
            if code == LINK_OPENS:
                self.links += 1
            elif code == LINK_CLOSES:
                self.links -= 1
            else:
                self.handlers[code]()
            if len(part) > 1:
                self.add(part[1:])

    def add(self, text: str) -> None:
        """Add a piece of text to the line that it belongs to."""
        if self.unseen:
            self.beside.append(text)
            if self.links:
                self.beside_linked += len(text)
        elif text and (self.pieces or text != " "):
            self.pieces.append(text)
            if self.links:
                self.linked += len(text)

    def line_break(self) -> None:
        """End the line; inside hidden text, the one beside it."""
        if self.unseen:
            self.end_beside()
            return
        if self.pieces:
            self.end_line()
        elif not self.image:
            self.centred = False
        if self.waiting:
            (self.tables[-1].after if self.tables else self.target).extend(self.waiting)
            self.waiting = []

    def end_line(self) -> None:
        """Put down the line that was gathered, unless it is blank."""
        if text := _joined(self.pieces):
            self.put_down(text, self.linked)
        self.pieces = []
        self.linked = 0

    def put_down(self, text: str, linked: int) -> None:
        """Put down a line as what the state says that it is."""
        kind = BlockKind.PARAGRAPH
        if self.headings:
            kind = BlockKind.HEADING
        elif self.captions or (self.image and self.centred and len(text) <= SHORT_CAPTION):
            kind = BlockKind.CAPTION
        self.target.append(Line(text, kind, self.region, linked, (), -1, self.main))
        self.image = self.centred = False

    def end_beside(self) -> None:
        """Keep the hidden line that was gathered until the line around it ends."""
        text = _joined(self.beside)
        if text:
            self.waiting.append(Line(text, BlockKind.HIDDEN, self.region, self.beside_linked))
        self.beside = []
        self.beside_linked = 0

    def see_image(self) -> None:
        self.image = True

    def centre(self) -> None:
        self.centred = True

    def open_main_heading(self) -> None:
        self.headings += 1
        self.main = not self.links

    def close_main_heading(self) -> None:
        self.close_heading()
        self.main = False

    def open_heading(self) -> None:
        self.headings += 1

    def close_heading(self) -> None:
        self.line_break()
        self.headings -= 1

    def open_caption(self) -> None:
        self.captions += 1

    def close_caption(self) -> None:
        self.line_break()
        self.captions -= 1

    def enter(self, region: Region) -> None:
        self.regions.append(region)
        self.region = region

    def leave(self) -> None:
        self.line_break()
        self.region = self.region.parent or self.region

    def open_furniture(self) -> None:
        self.enter(Region(self.region, furniture=True))

    def open_hidden(self) -> None:
        self.hidden += 1
        self.enter(Region(self.region, hides=True))
        self.look()

    def close_hidden(self) -> None:
        self.leave()
        self.hidden -= 1
        self.look()

    def open_zero_size(self) -> None:
        self.sizes.append(True)
        self.enter(Region(self.region, hides=True))
        self.look()

    def close_zero_size(self) -> None:
        self.leave()
        self.close_size()

    def open_own_size(self) -> None:
        self.sizes.append(False)
        self.look()

    def close_size(self) -> None:
        self.sizes.pop()
        self.look()

    def look(self) -> None:
        """Settle whether what follows can be seen."""
        if self.unseen:
            self.end_beside()
        self.unseen = self.hidden > 0 or (bool(self.sizes) and self.sizes[-1])

    def open_table(self) -> None:
        self.line_break()
        if not self.unseen:
            self.tables.append(Table(self.target))
            self.target = self.tables[-1].between_rows()

    def close_table(self) -> None:
        self.line_break()
        if self.unseen or not self.tables:
            return
        table = self.tables.pop()
        lines = table.lines(self.numbered)
        self.numbered += any(line.table == self.numbered for line in lines)
        self.target = table.outer
        self.target += lines
        if lines and self.tables:
            self.tables[-1].nests = True

    def open_row(self) -> None:
        self.line_break()
        if self.tables and not self.unseen:
            self.tables[-1].open_row()

    def close_row(self) -> None:
        self.line_break()
        if self.tables and not self.unseen:
            self.target = self.tables[-1].between_rows()

    def open_cell(self) -> None:
        self.line_break()
        if self.tables and not self.unseen:
            self.target = self.tables[-1].open_cell()
