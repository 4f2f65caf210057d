"""Writes marks into a parsed page, so that its text can be taken once and cut with string functions.

A mark is ``ESCAPE`` and one letter. Of a pair, the capital letter opens what the small letter closes.
"""

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from shanhai.catalogue.furniture import names_caption, names_furniture
from shanhai.reading.formats.html.styles import PLAIN, Style, hidden_by_rules, style_of
from shanhai.reading.formats.html.tags import tags

ESCAPE = "\x1b"
KEPT_SPACE = "\x1a"
"""Stands for a space of preformatted text, which is not collapsed."""
WRITTEN_ESCAPE = re.compile(r"&#(?:0*2[67](?![0-9])|[xX]0*1[aAbB](?![0-9a-fA-F]));?")

BREAK = "n"
IMAGE = "i"
CENTRED = "m"
MAIN_HEADING = "Uu"
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


class Marks(Struct, frozen=True):
    """What is written right before and right after an element.

    Attributes:
        before, after: the marks.
        keeps_space: whether its white space is kept.
        own_size: whether its letters have a size of their own; said only on pages that hide text by size.
    """

    before: str
    after: str
    keeps_space: bool = False
    own_size: bool = False

    def within(self, pair: str) -> "Marks":
        """These marks, and inside them those of ``pair``."""
        return replace(self, before=self.before + ESCAPE + pair[0], after=ESCAPE + pair[1] + self.after)


BLOCK = Marks(LINE, LINE)
INLINE = Marks("", "")
BY_TAG: dict[str, Marks] = dict.fromkeys(
    tags(
        "address article blockquote dd details dialog dir div dl dt fieldset figure hgroup hr legend li main ol "
        "optgroup option p section summary text ul"
    ),
    BLOCK,
)
BY_TAG |= dict.fromkeys(tags("pre textarea listing xmp"), Marks(LINE, LINE, keeps_space=True))
BY_TAG |= dict.fromkeys(tags("h2 h3 h4 h5 h6"), BLOCK.within(HEADING))
BY_TAG |= dict.fromkeys(tags("figcaption caption"), BLOCK.within(CAPTION))
BY_TAG |= dict.fromkeys(tags("nav header footer aside form button select menu"), BLOCK.within(FURNITURE))
BY_TAG |= {
    "h1": BLOCK.within(MAIN_HEADING),
    "br": Marks("", LINE),
    "img": Marks("", ESCAPE + IMAGE),
    "a": INLINE.within(LINK),
    "table": INLINE.within(TABLE),
    "tr": INLINE.within(ROW),
    "td": Marks(ESCAPE + CELL, ""),
    "th": Marks(ESCAPE + CELL, ""),
    "datalist": BLOCK.within(HIDDEN),
    "center": Marks(LINE + ESCAPE + CENTRED, LINE),
    "rt": Marks("(", ")"),
}
DROPPED = tags(
    "script style noscript template iframe noembed noframes video audio canvas rp title desc metadata"
)
"""Elements whose content no page shows; ``title``, ``desc`` and ``metadata`` stand in drawings."""
OF_SECTION = tags("article main section")
"""A header or footer of these introduces the text, not the site."""
ROLES = tags(
    "navigation banner contentinfo search complementary menu menubar toolbar tablist dialog alert button"
)
NAMED = tags("div ul ol dl p section table tr td")
"""Elements whose class and id names are read; the site's templates name these."""
CELLS = tags("td th")
TELLING = (
    "[style],[class],[id],[hidden],[role],[align],marquee,a:not([href]),dialog:not([open]),header,footer"
)
SELDOM_KEYS = ("role", "align", "width", "height")
SELDOM = frozenset(SELDOM_KEYS)


def marked_text(page: LexborHTMLParser) -> str:
    """Write marks into ``page`` and take its text; "" for a page without body. Spends the page's tree."""
    body = page.body
    if body is None:
        return ""
    nodes = body.css("*")[1:]
    special = _special(page, body, len(nodes))
    if any(ZERO_SIZE[0] in marks.before for marks in special.values()):
        special = {at: m.within(OWN_SIZE) if m.own_size else m for at, m in special.items()}
    for node in nodes:
        tag = node.tag or ""
        marks = special.get(node.mem_id) or BY_TAG.get(tag)
        if marks is None:
            if tag in DROPPED:
                node.decompose()
            continue
        if marks.keeps_space:
            _keep_spaces(node)
        if before := marks.before:
            node.insert_before(before)
        if after := marks.after:
            node.insert_after(after)
    return body.text()


def _special(page: LexborHTMLParser, body: LexborNode, elements: int) -> dict[int, Marks]:
    """The marks of the elements (by ``mem_id``) whose attributes or place say more than their name."""
    hidden = hidden_by_rules(page, elements)
    special = {}
    for node in body.css(TELLING):
        tag = node.tag or ""
        attributes = node.attributes
        names = (attributes.get("class"), attributes.get("id")) if tag in NAMED else ()
        seldom = () if SELDOM.isdisjoint(attributes) else tuple(map(attributes.get, SELDOM_KEYS))
        at = node.mem_id
        marks = _marks_for(tag, attributes.get("style"), names, seldom, "hidden" in attributes, at in hidden)
        if tag == "a" and "href" not in attributes:
            marks = INLINE
        elif tag == "dialog" and "open" not in attributes:
            marks = BLOCK.within(HIDDEN)
        elif tag in ("header", "footer") and _introduces(node):
            marks = BLOCK
        if marks is not BY_TAG.get(tag, INLINE):
            special[at] = marks
    return special


@lru_cache(maxsize=8192)
def _marks_for(
    tag: str,
    declared: str | None,
    names: tuple[str | None, ...],
    seldom: tuple[str | None, ...],
    hidden: bool,
    by_rule: bool,
) -> Marks:
    """The marks of an element with these attributes; ``seldom`` are those of ``SELDOM_KEYS``, or empty."""
    marks = BY_TAG.get(tag, INLINE)
    if tag in DROPPED:
        return marks
    role, align, width, height = seldom or (None,) * len(SELDOM_KEYS)
    style = style_of(declared) if declared else PLAIN
    if style is not PLAIN:
        marks = _styled(marks, style)
    if align == "center" or style.centred:
        marks = replace(marks, before=marks.before + ESCAPE + CENTRED)
    pointless = tag == "marquee" and "1" in (width, height)
    if hidden or pointless or style.hidden or (by_rule and not style.shown):
        return _around(tag, marks if tag not in CELLS else INLINE, HIDDEN)
    named = " ".join(filter(None, names))
    if role in ROLES or (named and names_furniture(named)):
        return _around(tag, marks, FURNITURE)
    if named and BREAK in marks.before and names_caption(named):
        return marks.within(CAPTION)
    return marks


def _styled(marks: Marks, style: Style) -> Marks:
    if style.inline and marks is BLOCK:
        marks = INLINE
    elif style.block and marks is INLINE:
        marks = BLOCK
    if style.kept_space or style.own_size:
        marks = replace(marks, keeps_space=style.kept_space, own_size=style.own_size)
    return marks.within(ZERO_SIZE) if style.zero_size else marks


def _around(tag: str, marks: Marks, pair: str) -> Marks:
    """``marks`` with ``pair``: outside them for what holds the parts of a table, inside them for all else."""
    if tag in ("table", "tr"):
        return Marks(LINE + ESCAPE + pair[0] + marks.before, marks.after + ESCAPE + pair[1] + LINE)
    if pair is FURNITURE and tag not in CELLS and LINE not in marks.before:
        marks = replace(marks, before=LINE + marks.before, after=marks.after + LINE)
    return marks.within(pair)


def _introduces(node: LexborNode) -> bool:
    """Whether a header or footer belongs to an article rather than to the site."""
    above = node.parent
    for _ in range(MOST_ANCESTORS):
        if above is None or above.tag == "body":
            return False
        if above.tag in OF_SECTION:
            return True
        above = above.parent
    return False


def _keep_spaces(node: LexborNode) -> None:
    for text in [inner for inner in node.traverse(include_text=True) if inner.is_text_node]:
        content = text.text_content or ""
        if "\n" in content or "  " in content or "\t" in content:
            kept = content.replace("\r\n", "\n").replace(" ", KEPT_SPACE).replace("\t", 4 * KEPT_SPACE)
            text.replace_with(kept.replace("\n", LINE))
