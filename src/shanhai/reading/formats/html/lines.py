"""The lines that a page is cut into, and the regions that settle what they are."""

import msgspec

from shanhai.reading.extracted import BlockKind

MOST_SHARE = 0.5
PROSE = 3
"""Sentences from which text is an article. A page of which only a hidden part is one shows it by a script."""


class Region(msgspec.Struct):
    """An element that holds furniture, or that hides what it holds.

    Attributes:
        parent: the region around it.
        furniture, hides: which of the two it is.
        characters, stops: of all lines inside it, and their full stops.
    """

    parent: "Region | None" = None
    furniture: bool = False
    hides: bool = False
    characters: int = 0
    stops: int = 0


class Line(msgspec.Struct, gc=False):
    """A line of the source text.

    Attributes:
        text: its characters.
        kind: what the markup says that it is.
        region: where it stands.
        linked: how many of its characters stand in links.
        cells: for a row, its cells' texts.
        table: for a row, the number of its table; -1 elsewhere.
        main: whether it is the page's own heading, in whatever region.
    """

    text: str
    kind: BlockKind
    region: Region
    linked: int = 0
    cells: tuple[str, ...] = ()
    table: int = -1
    main: bool = False


def settle(lines: list[Line], regions: list[Region]) -> None:
    """Settle which lines are navigation and which are hidden.

    No region that holds most of the page's text is furniture: pages wrap everything in a form or an aside. Nor does
    one hide its text when nearly all of the page's prose stands in it: a script shows it.

    Args:
        lines: of the whole page, in order.
        regions: in the order in which they opened, the page itself first.
    """
    if len(regions) == 1:
        return
    page = regions[0]
    for line in lines:
        line.region.characters += len(line.text)
        line.region.stops += line.text.count("。")
    for region in reversed(regions):
        if region.parent:
            region.parent.characters += region.characters
            region.parent.stops += region.stops
    most = page.characters * MOST_SHARE
    for region in regions[1:]:
        outer = region.parent or page
        article = region.stops >= PROSE > page.stops - region.stops and region.characters > most
        region.furniture = (region.furniture and region.characters <= most) or outer.furniture
        region.hides = (region.hides and not article) or outer.hides
    for line in lines:
        if line.kind is BlockKind.HIDDEN:
            if not line.region.hides:
                line.kind = BlockKind.PARAGRAPH
        elif line.region.furniture and not line.main:
            line.kind = BlockKind.NAVIGATION
