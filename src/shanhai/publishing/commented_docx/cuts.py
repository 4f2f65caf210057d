"""Opening a document at any character between two runs, or by parting one run in two, to put marks there.

Element names are those of ECMA-376 part 1, 17, without prefix.
"""

import re
from itertools import pairwise
from typing import Final

import msgspec

from shanhai.publishing.commented_docx.markup import Markup, xml_text

_INLINE: Final = frozenset(
    ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
)
"""What wraps runs and may hold the marks of a comment between them."""
_PROPERTIES: Final = frozenset(("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData", "pPr"))
_CONTROLS: Final = frozenset(
    ("text", "dataBinding", "date", "dropDownList", "comboBox", "checkbox", "picture")
)
"""Content controls whose content Word makes itself or keeps free of marks."""
_SPACE: Final = re.compile(rb"\bxml:space\b")


class Place(msgspec.Struct, frozen=True, order=True):
    """A place for marks.

    Attributes:
        at: the byte, of an element's beginning or end.
        run: the run that must be parted there; -1 between runs.
        text: the text that must be parted; -1 between texts.
        character: before which of its characters.
    """

    at: int
    run: int = -1
    text: int = -1
    character: int = 0


class Anchor(msgspec.Struct, frozen=True):
    """Where a comment begins and ends.

    Attributes:
        start, end: the places.
        exact: False where Word takes no mark at the characters themselves, so that they lie further inside.
    """

    start: Place
    end: Place
    exact: bool = True


def anchor(markup: Markup, element: int, start: int, end: int, length: int) -> Anchor:
    """The anchor for characters ``start`` to ``end`` of the ``length`` characters that ``element`` stands for."""
    unit, run = _unit(markup, element)
    if run < 0:
        return Anchor(Place(_out(markup, unit, 0)), Place(_out(markup, unit, -1)), False)
    inside = [child for child in markup.children(run) if markup.local(child) != "rPr"]
    node = markup.nodes[element]
    if start > 0:
        begins = Place(node.start, run, element, start)
    elif inside[0] != element:
        begins = Place(node.start, run)
    else:
        begins = Place(_out(markup, run, 0))
    if end < length:
        ends = Place(node.start, run, element, end)
    elif inside[-1] != element:
        ends = Place(node.end, run)
    else:
        ends = Place(_out(markup, run, -1))
    return Anchor(begins, ends)


def at_beginning(markup: Markup) -> Anchor | None:
    """An anchor around nothing in the first paragraph; None where there is none."""
    for number in range(len(markup.nodes)):
        if markup.local(number) == "p" and _outermost(markup, markup.around(number)) == number:
            first = next((c for c in markup.children(number) if markup.local(c) == "pPr"), None)
            node = markup.nodes[number]
            if node.close == node.end:
                continue
            at = markup.nodes[first].end if first is not None else markup.inner_of(node)
            return Anchor(Place(at), Place(at), False)
    return None


def _outermost(markup: Markup, around: list[int]) -> int:
    """The paragraph of the body itself, not of a box in it."""
    prefix = markup.prefix(0)
    return next(n for n in around if markup.local(n) == "p" and markup.prefix(n) == prefix)


def _unit(markup: Markup, element: int) -> tuple[int, int]:
    """What is marked as a whole, and the run if it can be parted at ``element`` (-1 if not)."""
    around = markup.around(element)
    prefix = markup.prefix(0)
    at = around.index(_outermost(markup, around)) + 1
    while at < len(around) - 1 and _open(markup, around[at], prefix):
        at += 1
    unit = around[at]
    parts = (
        markup.local(unit) == "r"
        and markup.prefix(unit) == prefix
        and around[at + 1 :] == [element]
        and not markup.children(element)
    )
    return unit, unit if parts else -1


def _open(markup: Markup, number: int, prefix: str) -> bool:
    """Whether marks may stand between the runs inside."""
    name = markup.local(number)
    if name not in _INLINE or markup.prefix(number) != prefix:
        return False
    if name != "sdt":
        return True
    told = [
        inner
        for child in markup.children(number)
        if markup.local(child) == "sdtPr"
        for inner in markup.within(child)
    ]
    locked = any(markup.told(inner, "val").lower().endswith("contentlocked") for inner in told)
    return not locked and _CONTROLS.isdisjoint(map(markup.local, told))


def _out(markup: Markup, unit: int, side: int) -> int:
    """The byte before (``side`` 0) or after (-1) a unit, outside of all wrappers that begin or end with it."""
    while markup.local(parent := markup.nodes[unit].parent) in _INLINE:
        beside = [n for n in markup.children(parent) if markup.local(n) not in _PROPERTIES]
        if beside[side] != unit:
            break
        unit = parent
    return markup.nodes[unit].end if side else markup.nodes[unit].start


class Marks:
    """Marks at places of a document.

    At one place what ends comes first, then references, then what starts.
    """

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._marks: dict[Place, tuple[list[str], list[str], list[str]]] = {}

    def put(self, anchor: Anchor, start: str, end: str, reference: str) -> None:
        """Put the marks of one comment around its anchor."""
        if anchor.start == anchor.end:
            self._at(anchor.start)[2].append(start + end + reference)
            return
        self._at(anchor.start)[2].append(start)
        ends, references, _ = self._at(anchor.end)
        ends.append(end)
        references.append(reference)

    def _at(self, place: Place) -> tuple[list[str], list[str], list[str]]:
        return self._marks.setdefault(place, ([], [], []))

    def edits(self, texts: dict[int, str]) -> list[tuple[int, int, bytes]]:
        """The edits of the document; ``texts`` holds what each element says whose text is parted."""
        found = []
        parted: dict[int, list[tuple[Place, bytes]]] = {}
        for place, marks in sorted(self._marks.items(), key=lambda item: item[0]):
            new = self._markup.encoded("".join("".join(some) for some in marks))
            if place.text >= 0:
                parted.setdefault(place.text, []).append((place, new))
            elif place.run >= 0:
                found.append((place.at, place.at, self._parted(place.run, new)))
            else:
                found.append((place.at, place.at, new))
        for text, marked in parted.items():
            node = self._markup.nodes[text]
            found.append((node.start, node.end, self._pieces(text, texts[text], marked)))
        return found

    def _parted(self, run: int, new: bytes) -> bytes:
        """The end of a run, ``new``, and the beginning of a run with the same properties."""
        markup = self._markup
        properties = b"".join(markup.source(c) for c in markup.children(run) if markup.local(c) == "rPr")
        return b"</%s>%s%s%s" % (
            markup.nodes[run].name.encode(),
            new,
            markup.start_tag(run),
            properties,
        )

    def _pieces(self, element: int, text: str, marked: list[tuple[Place, bytes]]) -> bytes:
        """A text in pieces, each in a run of its own, with what is put between them."""
        tag = self._markup.start_tag(element)
        closing = b"</%s>" % self._markup.nodes[element].name.encode()
        stops = [0, *(place.character for place, _ in marked), len(text)]
        found = []
        for number, (start, end) in enumerate(pairwise(stops)):
            if number:
                place, new = marked[number - 1]
                found.append(self._parted(place.run, new))
            piece = text[start:end]
            kept = piece == piece.strip() or _SPACE.search(tag)
            opening = tag if kept else tag[:-1] + b' xml:space="preserve">'
            found += [opening, self._markup.encoded(xml_text(piece)), closing]
        return b"".join(found)
