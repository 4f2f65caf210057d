"""The XML inside Office packages, read so that no document can make the reader fetch, expand or swell.

The parser is expat. A document type declaration, which Office never writes and without which there are no
entities to expand or to fetch, ends the reading; so do a tree too deep or too large and a tag without end.
"""

import posixpath
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from shanhai.model import BrokenInput
from shanhai.reading.archives import Archive
from shanhai.reading.formats.assembly import too_large

MOST_DEPTH: Final = 200
"""Elements within elements; Word's own documents stay below 50."""
MOST_NODES: Final = 2_500_000
"""Elements and attributes of one tree, which keeps it under 500 MB."""
_LONGEST_TAG: Final = 16 * 1024 * 1024


def parse(archive: Archive, part: str, parser: expat.XMLParserType) -> None:
    """Feed ``part`` to ``parser``, whose handlers take what they need.

    Raises:
        BrokenInput: the part is missing or damaged, or holds what no Office program writes.
        TooLarge: it unpacks to more than the limit.
    """

    def refuse(*_: object) -> None:
        raise archive.broken(f"{part} declares a document type, as only forged files do")

    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    fed = 0
    try:
        for piece in archive.stream(part):
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise archive.broken(f"{part} holds a tag without end")
        parser.Parse(b"", True)
    except expat.ExpatError as fault:
        raise archive.broken(f"{part} is damaged ({fault})") from fault


def tree(archive: Archive, part: str) -> Element:
    """The elements of ``part``, all names in them without prefix; raises as ``parse`` does."""
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    depth = nodes = characters = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, nodes
        depth += 1
        nodes += 1 + len(attributes)
        if depth > MOST_DEPTH:
            raise archive.broken(f"{part} is nested too deeply")
        if nodes > MOST_NODES:
            raise too_large(archive.name, "its text is cut into too many pieces")
        builder.start(local(name), {local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(local(name))

    def text(piece: str) -> None:
        nonlocal characters
        characters += len(piece)
        if characters > archive.limits.characters:
            raise too_large(archive.name, f"more than {archive.limits.characters:,} characters")
        builder.data(piece)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parse(archive, part, parser)
    return builder.close()


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


def related(archive: Archive, part: str = "") -> Iterator[tuple[str, str, str]]:
    """What ``part`` refers to inside the package: id, kind and part of each; "" is the package itself."""
    folder, _, file = part.rpartition("/")
    listed = posixpath.join(folder, "_rels", f"{file}.rels")
    if listed not in archive.names:
        return
    for relation in tree(archive, listed):
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            yield relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], target


def main_part(archive: Archive, usual: str) -> str:
    """The part that the package is about."""
    for _, kind, part in related(archive):
        if kind == "officeDocument" and part in archive.names:
            return part
    if usual in archive.names:
        return usual
    raise archive.broken(f"{usual} is missing from the packed file")


def properties(archive: Archive) -> dict[str, str]:
    """Title, author and date (of the last change) as the core properties say; blank ones left out."""
    part = next(
        (part for _, kind, part in related(archive) if kind == "core-properties"), "docProps/core.xml"
    )
    try:
        stated = {element.tag: (element.text or "").strip() for element in tree(archive, part)}
    except BrokenInput:
        return {}  # a report is read even where what is said about it is damaged
    named = {
        "title": stated.get("title", ""),
        "author": stated.get("creator", ""),
        "published": stated.get("modified") or stated.get("created", ""),
    }
    return {key: value for key, value in named.items() if value}
