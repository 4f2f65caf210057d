"""Refuses markup that the parser would need minutes or gigabytes for.

The parser is quadratic in three things that no honest page has much of: the depth of nested elements, attributes on
one element, and formatting elements left open (each is cloned into every later block). Pages below the first bounds
cannot reach those costs, so that they are not looked at; all others are counted through once.
"""

import re
from collections import Counter, defaultdict

from shanhai.model import BrokenInput, TooLarge
from shanhai.reading.formats.html.tags import tags

MOST_ELEMENTS = 1_000_000
"""About 900 MB of tree, marks and blocks."""
MOST_STEPS = 100_000_000
"""Elements times the depth that they stand at: one to two seconds of parsing."""
MOST_CLONES = 1_000_000
MOST_ATTRIBUTES = 5_000

SAFE_ELEMENTS = 14_000
"""Even if each of them nested into the last, they would cost fewer than ``MOST_STEPS``."""
SAFE_FOR_CLONES = 1_500
SAFE_CHARACTERS = 20_000
"""Too few to hold ``MOST_ATTRIBUTES`` more than once."""
SEARCHED = 32
"""How many open elements an end tag is compared with; deeper ones count as never closed."""
TWINS = 3
"""The HTML standard keeps at most three open formatting elements that are alike."""

PASSED_OVER = r"<!--(?:[^-]++|-(?!->))*+|<script\b(?:[^<]++|<(?!/script))*+"
"""Comments and scripts, to their end or that of the page."""
ELEMENT = r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)"""
TAG = re.compile(f"{PASSED_OVER}|{ELEMENT}", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""[^\s/=>"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']*))?""")
FORMATTING_TAG = re.compile(r"<(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)[\s>/]", re.IGNORECASE)
FORMATTING = tags("b big code em font i s small strike strong tt u")
VOID = tags("area base br col embed hr img input link meta param source track wbr")
SCOPES = tags("td th caption button object applet marquee template")
"""Elements that end the reach of formatting left open inside them."""
MERGED = tags("html body")

BLOCKS = tags("p div ul ol dl table form pre section article h1 h2 h3 h4 h5 h6 blockquote center hr")
CLOSES = {tag: tags("p") for tag in BLOCKS} | {
    "a": tags("a"),
    "li": tags("li"),
    "dt": tags("dt dd"),
    "dd": tags("dt dd"),
    "option": tags("option"),
    "tr": tags("tr"),
    "td": tags("td th"),
    "th": tags("td th"),
    "tbody": tags("tbody thead tfoot"),
}
"""Elements that a start tag closes without an end tag of theirs."""
STOPS = tags("table ul ol dl div button object")
REMEDY = "open it in a browser and save it again, or save its text as a .txt file"


def refuse_costly(text: str, name: str) -> None:
    """Raise for a page that would take the parser too long or too much memory.

    Raises:
        TooLarge: for more than ``MOST_ELEMENTS`` elements.
        BrokenInput: for elements nested, left open or given attributes beyond the bounds above.
    """
    tags = text.count("<")
    if tags > MOST_ELEMENTS and tags > MOST_ELEMENTS + text.count("</"):
        raise TooLarge(name, f"it holds more than {MOST_ELEMENTS:,} elements", "split it into several files")
    if len(text) > SAFE_CHARACTERS:
        _refuse_attributes(text, name)
    if tags > SAFE_ELEMENTS or (tags > SAFE_FOR_CLONES and _could_clone(text, tags)):
        _refuse_nesting(text, name)


def _refuse_attributes(text: str, name: str) -> None:
    for tag in TAG.finditer(text):
        if tag[2] and tag.end() - tag.start() > 2 * MOST_ATTRIBUTES:
            count = sum(1 for _ in ATTRIBUTE.finditer(tag[3]))
            if count > MOST_ATTRIBUTES:
                reason = f"one of its elements has {count:,} attributes, more than {MOST_ATTRIBUTES:,}"
                raise BrokenInput(name, reason, REMEDY)


def _could_clone(text: str, tags: int) -> bool:
    formatting = len(FORMATTING_TAG.findall(text))
    return formatting * (tags - formatting) > MOST_CLONES


def _refuse_nesting(text: str, name: str) -> None:
    opened = _Opened()
    steps = clones = merged = 0
    for tag in TAG.finditer(text):
        if not tag[2]:
            continue
        element = tag[2].lower()
        if tag[1]:
            opened.close(element)
        else:
            merged += element in MERGED
            clones += opened.open(element, tag[3])
        steps += len(opened.stack) + merged
        if steps > MOST_STEPS:
            raise BrokenInput(name, f"its elements are nested {opened.deepest:,} deep", REMEDY)
        if clones > MOST_CLONES:
            raise BrokenInput(name, "it leaves too many formatting elements open", REMEDY)


class _Opened:
    """The open elements as the parser keeps them: rough, and never too few for what it must clone."""

    def __init__(self) -> None:
        self.stack: list[tuple[str, str]] = []
        self.deepest = 0
        self.alike: Counter[tuple[str, str]] = Counter()
        self.formatting = 0
        self.left: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)

    def open(self, element: str, attributes: str) -> int:
        """Open an element; how many formatting elements the parser may have to clone into it."""
        closes = CLOSES.get(element)
        if closes:
            self._pop_to(closes, STOPS)
        if element in VOID or attributes.endswith("/"):
            return 0
        entry = (element, attributes if element in FORMATTING else "")
        self.stack.append(entry)
        self.deepest = max(self.deepest, len(self.stack))
        if element not in FORMATTING:
            return self.formatting
        self.alike[entry] += 1
        self.formatting += self.alike[entry] <= TWINS
        return 0

    def close(self, element: str) -> None:
        """Close the innermost element of that name, and all that stand open inside it."""
        if not self._pop_to(frozenset((element,)), frozenset()) and self.left.get(element):
            self._forget(self.left[element].pop())

    def _pop_to(self, elements: frozenset[str], stops: frozenset[str]) -> bool:
        for at in range(len(self.stack) - 1, max(-1, len(self.stack) - 1 - SEARCHED), -1):
            found = self.stack[at][0]
            if found in elements:
                inner = self.stack[at + 1 :]
                if self.stack[at][0] in FORMATTING:
                    self._forget(self.stack[at])
                del self.stack[at:]
                for entry in inner:
                    if entry[0] in FORMATTING:
                        self._leave(entry, found)
                return True
            if found in stops:
                return False
        return False

    def _leave(self, entry: tuple[str, str], by: str) -> None:
        if by in SCOPES:
            self._forget(entry)
        else:
            self.left[entry[0]].append(entry)

    def _forget(self, entry: tuple[str, str]) -> None:
        self.formatting -= self.alike[entry] <= TWINS
        self.alike[entry] -= 1
