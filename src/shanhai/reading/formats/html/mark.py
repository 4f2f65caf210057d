"""Writes marks into a parsed page, so that its text can be taken once and cut with string functions.

A mark is ``ESCAPE`` and one letter. Of a pair, the capital letter opens what the small letter closes.
"""

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from shanhai.catalogue.furniture import names_caption, names_furniture
from shanhai.reading.formats.html.styles import PLAIN, Style, hidden_by_rules, style_of

ESCAPE = "\x1b"
KEPT_SPACE = "\x1a"
"""Stands for a space of preformatted text, which is not collapsed."""
WRITTEN_ESCAPE = re.compile(r"&#(?:0*2[67](?![0-9])|[xX]0*1[aAbB](?![0-9a-fA-F]));?")

BREAK = "n"
IMAGE = "i"
CENTRED = "m"
HEADING = "Hh"
CAPTION = "Cc"
FURNITURE = "Ff"
HIDDEN = "Xx"
ZERO_SIZE = "Zz"
OWN_SIZE = "Yy"
LINK = "Aa"
TABLE = "Tt"
ROW = "Rr"
CELL = "D"
"""Opens a cell, which the next cell or the end of the row closes."""

LINE = ESCAPE + BREAK
MOST_ANCESTORS = 50


def without_escapes(text: str) -> str:
    """``text`` without the two control characters that marks are made of, which show nothing on a page."""
    if ESCAPE in text or KEPT_SPACE in text:
        text = text.replace(ESCAPE, "").replace(KEPT_SPACE, "")
    return WRITTEN_ESCAPE.sub("", text) if "&#" in text else text


class Marks(msgspec.Struct, frozen=True):
    """What is written right before and right after an element."""

    before: str
    after: str

    def within(self, pair: str) -> "Marks":
        """These marks, and inside them those of ``pair``."""
        return Marks(self.before + ESCAPE + pair[0], ESCAPE + pair[1] + self.after)


BLOCK = Marks(LINE, LINE)
INLINE = Marks("", "")
BY_TAG: dict[str, Marks] = dict.fromkeys(
    "address article blockquote center dd details dialog dir div dl dt fieldset figure hgroup hr legend li listing "
    "main ol optgroup option p pre section summary text textarea ul xmp".split(),
    BLOCK,
)
BY_TAG |= dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BLOCK.within(HEADING))
BY_TAG |= dict.fromkeys(("figcaption", "caption"), BLOCK.within(CAPTION))
BY_TAG |= dict.fromkeys(
    ("nav", "header", "footer", "aside", "form", "button", "select", "menu"), BLOCK.within(FURNITURE)
)
BY_TAG |= {
    "br": Marks("", LINE),
    "img": Marks("", ESCAPE + IMAGE),
    "a": INLINE.within(LINK),
    "table": INLINE.within(TABLE),
    "tr": INLINE.within(ROW),
    "td": Marks(ESCAPE + CELL, ""),
    "th": Marks(ESCAPE + CELL, ""),
    "datalist": BLOCK.within(HIDDEN),
    "rt": Marks("(", ")"),
}
DROPPED = frozenset(
    "script style noscript template iframe noembed noframes video audio canvas rp title desc metadata".split()
)
"""Elements whose content no page shows; ``title``, ``desc`` and ``metadata`` stand in drawings."""
KEEPS_SPACE = frozenset(("pre", "textarea", "listing", "xmp"))
OF_SECTION = frozenset(("article", "main", "section"))
"""A header or footer of these introduces the text, not the site."""
ROLES = frozenset(
    "navigation banner contentinfo search complementary menu menubar toolbar tablist dialog alert button".split()
)
TELLING = "[style],[class],[id],[hidden],[role],[align],dialog,marquee"


def mark(page: LexborHTMLParser) -> str:
    """Write marks into ``page`` and take its text; "" for a page without body. Spends the page's tree."""
    body = page.body
    if body is None:
        return ""
    nodes = body.css("*")[1:]
    hidden = hidden_by_rules(page, len(nodes))
    anchors = {node.mem_id for node in body.css("a:not([href])")}
    telling = {node.mem_id for node in body.css(TELLING)}
    for node in nodes:
        tag = node.tag or ""
        marks = BY_TAG.get(tag)
        if node.mem_id in telling:
            marks = _marks_of(node, tag, marks or INLINE, node.mem_id in hidden)
        if marks is None:
            if tag in DROPPED:
                node.decompose()
            continue
        if tag in KEEPS_SPACE:
            _keep_spaces(node)
        if tag == "a" and node.mem_id in anchors:
            continue
        if marks.before:
            node.insert_before(marks.before)
        if marks.after:
            node.insert_after(marks.after)
    return body.text()


def _marks_of(node: LexborNode, tag: str, marks: Marks, by_rule: bool) -> Marks | None:
    """The marks of an element whose attributes may say more than its name."""
    if tag in DROPPED:
        return None
    attributes = node.attributes
    declared = attributes.get("style")
    style = style_of(declared) if declared else PLAIN
    if style is not PLAIN:
        marks = _styled(node, marks, style)
    if attributes.get("align") == "center" or style.centred:
        marks = Marks(marks.before + ESCAPE + CENTRED, marks.after)
    if "hidden" in attributes or style.hidden or (by_rule and not style.shown) or _unopened(tag, attributes):
        return _around(tag, marks if tag not in CELLS else INLINE, HIDDEN)
    if tag in NAMED:
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if names_furniture(names) or attributes.get("role") in ROLES:
            return _around(tag, marks, FURNITURE)
        if names_caption(names):
            return marks.within(CAPTION)
    if tag in INTRODUCING and _introduces(node):
        return BLOCK
    return marks
