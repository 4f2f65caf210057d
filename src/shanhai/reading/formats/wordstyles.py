"""What a Word document's styles say of its paragraphs and runs."""

import re
from typing import Final
from xml.etree.ElementTree import Element

import msgspec

from shanhai.reading.extracted import BlockKind

_BY_NAME: Final = (  # a style's name in lower case without its number, what its paragraphs are
    (re.compile(r"(heading|title|subtitle|标题|副标题|大标题|小标题)\s*\d*"), BlockKind.HEADING),
    (re.compile(r"(caption|题注|图题|表题|图表标题|插图题注|表格题注)\s*\d*"), BlockKind.CAPTION),
    (re.compile(r"(toc|目录|table of figures|图表目录).*|header|footer|页眉|页脚"), BlockKind.NAVIGATION),
)
_BODY_LEVEL: Final = 9
_OFF: Final = ("0", "false", "off", "none")


class Style(msgspec.Struct, frozen=True):
    """What matters of one style: the kind of block that it makes, and whether it hides its text."""

    kind: BlockKind = BlockKind.PARAGRAPH
    hidden: bool = False


PLAIN: Final = Style()


def styles(part: Element) -> dict[str, Style]:
    """The styles of a styles part by their ids, what they inherit worked in."""
    written = {style.get("styleId", ""): style for style in part.iter("style")}
    known: dict[str, Style] = {}
    for key in written:
        chain: list[str] = []
        above: str | None = key
        while above in written and above not in known and above not in chain:
            chain.append(above)
            above = _value(written[above], "basedOn")
        style = known.get(above or "", PLAIN)
        for step in reversed(chain):
            known[step] = style = _derived(written[step], style)
    return known


def outline_kind(properties: Element | None) -> BlockKind | None:
    """HEADING or PARAGRAPH where paragraph properties give an outline level, None where they do not."""
    level = _value(properties, "outlineLvl")
    if level is None or not (level.isdecimal() and len(level) == 1):
        return None
    return BlockKind.HEADING if int(level) < _BODY_LEVEL else BlockKind.PARAGRAPH


def hides(properties: Element | None) -> bool | None:
    """Whether run properties hide the text; None where they say nothing of it."""
    return switched(properties, "vanish")


def switched(properties: Element | None, name: str) -> bool | None:
    """Whether the property ``name``, which is on or off, is on; None where it is not given."""
    found = properties.find(name) if properties is not None else None
    return None if found is None else found.get("val", "1").lower() not in _OFF


def _derived(style: Element, above: Style) -> Style:
    name = (_value(style, "name") or "").lower()
    kind = next((kind for pattern, kind in _BY_NAME if pattern.fullmatch(name)), None)
    if kind is None:
        kind = outline_kind(style.find("pPr")) or above.kind
    hidden = hides(style.find("rPr"))
    return Style(kind, above.hidden if hidden is None else hidden)


def _value(element: Element | None, name: str) -> str | None:
    found = element.find(name) if element is not None else None
    return None if found is None else found.get("val")
