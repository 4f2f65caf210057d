"""An XML part as its bytes with the place of every element in them, so that what is not changed stays as it is."""

import re
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

import msgspec

from shanhai.reading.formats.xmlparts import local

TRANSITIONAL: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_START_TAG: Final = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_DECLARED: Final = re.compile(r"(<\?xml[^>]*?)\s+encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_WIDE: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
"""How a part in UTF-16 begins."""
_TOLD: Final = frozenset(("footnoteReference", "endnoteReference", "lock"))
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node(msgspec.Struct, gc=False):
    """One element: where its start tag, its end tag and what follows it begin.

    ``close`` and ``end`` are the same for an element that is empty and written as one tag. ``parent`` is the
    number of the element around it, -1 for the root.
    """

    name: str
    parent: int
    start: int
    close: int = 0
    end: int = 0


class Markup:
    """The elements of a well-formed part without a document type, numbered in the order in which they begin.

    Args:
        raw: the part. One in UTF-16 is taken over into UTF-8.
    """

    def __init__(self, raw: bytes) -> None:
        if wide := _WIDE.get(raw[:2]):
            raw = _DECLARED.sub(r"\1", raw.decode(wide), count=1).encode()
        self.raw = raw
        self.nodes: list[Node] = []
        self.attributes: dict[int, dict[str, str]] = {}
        self._encoding = "utf-8"
        self._read()

    def _read(self) -> None:
        parser = expat.ParserCreate()
        raw, nodes = self.raw, self.nodes
        around = [-1]

        def declared(_version: str, encoding: str | None, _standalone: int) -> None:
            self._encoding = encoding or "utf-8"

        def start(name: str, attributes: dict[str, str]) -> None:
            if not nodes or local(name) in _TOLD:
                self.attributes[len(nodes)] = attributes
            nodes.append(Node(name, around[-1], parser.CurrentByteIndex))
            around.append(len(nodes) - 1)

        def end(name: str) -> None:
            node = nodes[around.pop()]
            node.close = node.end = parser.CurrentByteIndex
            if not raw.endswith(b"/>", node.start, self.inner_of(node)):
                node.end = raw.index(b">", node.close) + 1

        parser.XmlDeclHandler = declared
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.Parse(raw, True)

    def inner_of(self, node: Node) -> int:
        """Where the start tag of ``node`` ends."""
        found = _START_TAG.match(self.raw, node.start)
        assert found is not None, "the part is well-formed"
        return found.end()

    def local(self, number: int) -> str:
        """The element's name without its prefix."""
        return local(self.nodes[number].name)

    def prefix(self, number: int) -> str:
        """The prefix of the element's name, with its colon."""
        name = self.nodes[number].name
        return name.removesuffix(local(name))

    def around(self, number: int) -> list[int]:
        """The element and those around it, the outermost first."""
        found = [number]
        while (parent := self.nodes[found[-1]].parent) >= 0:
            found.append(parent)
        return found[::-1]

    def within(self, number: int) -> Iterator[int]:
        """All elements inside one, in the order in which they begin."""
        end = self.nodes[number].end
        for inner in range(number + 1, len(self.nodes)):
            if self.nodes[inner].start >= end:
                return
            yield inner

    def children(self, number: int) -> list[int]:
        """The elements directly inside one."""
        return [inner for inner in self.within(number) if self.nodes[inner].parent == number]

    def source(self, number: int) -> bytes:
        """The element as it is written."""
        return self.raw[self.nodes[number].start : self.nodes[number].end]

    def start_tag(self, number: int) -> bytes:
        """The element's start tag as it is written."""
        return self.raw[self.nodes[number].start : self.inner_of(self.nodes[number])]

    def told(self, number: int, name: str) -> str:
        """An attribute of the root, of a reference to a note or of a lock; "" where it is not given."""
        given = self.attributes.get(number, {})
        return next((value for key, value in given.items() if local(key) == name), "")

    @property
    def namespace(self) -> str:
        """The namespace of the root element."""
        key = f"xmlns:{self.prefix(0)[:-1]}" if self.prefix(0) else "xmlns"
        return self.attributes[0].get(key, TRANSITIONAL)

    def encoded(self, text: str) -> bytes:
        """``text``, which may hold tags, in the encoding of the part."""
        return text.encode(self._encoding, "xmlcharrefreplace")

    def edited(self, edits: list[tuple[int, int, bytes]]) -> bytes:
        """The part with stretches of its bytes replaced; an edit is start, end and what then stands there."""
        pieces, at = [], 0
        for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
            pieces += [self.raw[at:start], new]
            at = end
        return b"".join([*pieces, self.raw[at:]])

    def appended(self, number: int, inside: str) -> tuple[int, int, bytes]:
        """The edit that puts ``inside`` at the end of an element."""
        node, new = self.nodes[number], self.encoded(inside)
        if node.close < node.end:
            return node.close, node.close, new
        return node.end - 2, node.end, b">" + new + f"</{node.name}>".encode()


def xml_text(text: str) -> str:
    """``text`` between tags or in an attribute; what XML cannot hold becomes the sign for a lost character."""
    return escape(_NOT_XML.sub("\ufffd", text), {'"': "&quot;", "\r": "&#13;"})
