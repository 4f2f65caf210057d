"""What style declarations say about an element: hidden, centred, on lines of its own, its white space kept."""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

OFF_SCREEN = 999
"""Pixels or ems to the left of, or above, the page from which text counts as moved out of sight."""
SMALLEST_TEXT = 1.0
"""Pixels; text of this size and below cannot be read."""
BLOCK_DISPLAYS = frozenset(("block", "flex", "grid", "list-item", "table", "flow-root"))

LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|em|rem|pt|%|vw|vh)?")
RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*(?:[,/]\s*([\d.]+%?)\s*)?\)")
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})\b")
NAMED = {"white": "#ffffff", "black": "#000000", "red": "#ff0000", "gray": "#808080", "grey": "#808080"}
NAMED |= {"snow": "#fffafa", "ivory": "#fffff0", "silver": "#c0c0c0", "transparent": "transparent"}


class Style(msgspec.Struct, frozen=True):
    """What a declaration block means for the text of its element.

    Attributes:
        hidden: nothing of it can be seen.
        shown: it says itself that it is displayed, whatever rules say.
        zero_size, own_size: its letters have no size; or they have one of their own again.
        centred, inline, block, kept_space: as the words say.
    """

    hidden: bool = False
    shown: bool = False
    zero_size: bool = False
    own_size: bool = False
    centred: bool = False
    inline: bool = False
    block: bool = False
    kept_space: bool = False


PLAIN = Style()


@lru_cache(maxsize=4096)
def style_of(declarations: str) -> Style:
    """What ``declarations`` (the value of a ``style`` attribute, or the block of a rule) say.

    >>> style_of("position:absolute; left:-9999px").hidden
    True
    """
    values: dict[str, str] = {}
    for declaration in declarations.lower().split(";"):
        key, _, value = declaration.partition(":")
        values[key.strip()] = value.replace("!important", "").strip()
    display = values.get("display", "")
    size = _length(values.get("font-size", ""))
    style = Style(
        hidden=_invisible(values) or _off_screen(values) or _without_room(values) or _colourless(values),
        shown=display not in ("", "none"),
        zero_size=size is not None and size <= SMALLEST_TEXT,
        own_size=size is not None and size > SMALLEST_TEXT,
        centred=values.get("text-align") == "center",
        inline=display == "inline",
        block=display in BLOCK_DISPLAYS,
        kept_space=values.get("white-space", "").startswith("pre"),
    )
    return PLAIN if style == PLAIN else style


def _length(value: str) -> float | None:
    """The size of a length in pixels, roughly; None where it is not a number."""
    found = LENGTH.match(value)
    if not found:
        return None
    number = float(found[1])
    return number * 16 if found[2] in ("em", "rem") else number


def _invisible(values: dict[str, str]) -> bool:
    opacity = _length(values.get("opacity", ""))
    return (
        values.get("display") == "none"
        or values.get("visibility") in ("hidden", "collapse")
        or (opacity is not None and opacity <= 0)
        or "opacity=0)" in values.get("filter", "").replace(" ", "")
        or values.get("clip", "").replace(" ", "").startswith(("rect(0", "rect(1px"))
        or values.get("clip-path", "").startswith(("inset(50%", "inset(100%"))
        or values.get("transform", "").startswith("scale(0)")
    )


def _off_screen(values: dict[str, str]) -> bool:
    for key in ("text-indent", "left", "top", "margin", "margin-left", "margin-top"):
        value = values.get(key)
        if value and "-" in value:
            for number, unit in LENGTH.findall(value):
                if float(number) <= -OFF_SCREEN and unit != "%":
                    return True
    return False


def _without_room(values: dict[str, str]) -> bool:
    if "hidden" not in (values.get("overflow"), values.get("overflow-x"), values.get("overflow-y")):
        return False
    height = _length(values.get("height", "")), _length(values.get("max-height", ""))
    width = _length(values.get("width", "")), _length(values.get("max-width", ""))
    return 0 in height or 0 in width or (height[0] == 1 and width[0] == 1)


def _colourless(values: dict[str, str]) -> bool:
    colour = _colour(values.get("color", ""))
    if not colour:
        return False
    ground = _colour(values.get("background-color") or values.get("background") or "")
    return colour == "transparent" or colour == ground


def _colour(value: str) -> str:
    """The first colour that ``value`` names, as ``#rrggbb`` or ``transparent``; "" for none."""
    if found := RGB.search(value):
        if found[4] and float(found[4].rstrip("%")) == 0:
            return "transparent"
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in found.group(1, 2, 3))
    if found := HEX.search(value):
        digits = found[0][1:]
        return "#" + (digits if len(digits) == 6 else "".join(d + d for d in digits))
    return next((NAMED[word] for word in value.split() if word in NAMED), "")


COMMENT = re.compile(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)")
AT_RULE = re.compile(r"@[^{};@]*+(?:;|\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\})")
TELLING = re.compile(r"none|hidden|opacity|indent|-\d{3}|font-size|color|clip|display|visib", re.IGNORECASE)
COMPOUND = r"[a-zA-Z][\w-]*(?:[.#][\w-]+)*|(?:[.#][\w-]+)+"
SELECTOR = re.compile(rf"(?:{COMPOUND})(?:\s+(?:{COMPOUND})){{0,2}}")
MOST_STYLE = 200_000
MOST_MATCHES = 2_000_000
"""Rules times elements that are tried, so that a page cannot make the rules expensive."""


def hidden_by_rules(page: LexborHTMLParser, elements: int) -> set[int]:
    """The elements (by ``mem_id``) that a rule of the page's own ``<style>`` hides and no later one shows.

    Rules for other media, for states (``:hover``) and with combinators beyond descent are not followed.
    """
    hidden: set[int] = set()
    tries = MOST_MATCHES // (elements + 1)
    for selector, style in _telling_rules(page):
        if not style.hidden and not style.zero_size and not (style.shown and hidden):
            continue
        tries -= 1
        if tries < 0 or page.body is None:
            break
        try:
            found = {node.mem_id for node in page.body.css(selector)}
        except SelectolaxError:
            continue
        hidden = hidden - found if style.shown else hidden | found
    return hidden


def _telling_rules(page: LexborHTMLParser) -> Iterator[tuple[str, Style]]:
    for sheet in page.tags("style"):
        if "print" not in (sheet.attributes.get("media") or ""):
            yield from _rules(sheet.text()[:MOST_STYLE])


@lru_cache(maxsize=64)
def _rules(css: str) -> tuple[tuple[str, Style], ...]:
    """The rules of a style sheet that may hide something, one a selector."""
    found = []
    for rule in AT_RULE.sub("", COMMENT.sub("", css)).split("}"):
        selectors, _, declarations = rule.rpartition("{")
        if selectors and TELLING.search(declarations):
            style = style_of(declarations)
            for selector in selectors.split(","):
                if SELECTOR.fullmatch(selector.strip()):
                    found.append((selector.strip(), style))
    return tuple(found)
