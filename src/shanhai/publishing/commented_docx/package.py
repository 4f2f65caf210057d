"""The package of a Word document, written again with some of its parts changed and all others as they were."""

import io
import zipfile
from typing import Final

from shanhai.model import UnknownFormat
from shanhai.publishing.commented_docx.markup import STRICT, Markup, xml_text
from shanhai.reading.archives import Archive
from shanhai.reading.extracted import Limits
from shanhai.reading.formats.docx import MAIN_PART
from shanhai.reading.formats.xmlparts import main_part, related, tree
from shanhai.reading.kinds import FileKind, kind_of

_TIME: Final = (1980, 1, 1, 0, 0, 0)
_TYPES: Final = "[Content_Types].xml"
_TYPES_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_XML: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Package:
    """The parts of a Word document.

    Args:
        source: the document.
        name: what messages call it.
        limits: what it may cost.

    Raises:
        UnreadableInput: as reading does; ``UnknownFormat`` also for what is read but is no Word document.
    """

    def __init__(self, source: bytes, name: str, limits: Limits) -> None:
        if kind_of(source, name) is not FileKind.DOCX:
            raise UnknownFormat(name, "not a Word document", "give the draft as .docx to have it commented")
        self._source = source
        self._archive = Archive(source, name, limits)
        self._changed: dict[str, bytes] = {}
        self.name = name
        self.limits = limits
        self.main = main_part(self._archive, MAIN_PART)

    def fresh(self) -> Archive:
        """The package as received, with nothing unpacked yet."""
        return Archive(self._source, self.name, self.limits)

    def markup(self, part: str) -> Markup:
        """A part as received. Its XML is checked as reading does."""
        tree(self._archive, part)
        return Markup(self._archive.read(part))

    def change(self, part: str, content: bytes) -> None:
        """Give a part, new or known, this content."""
        self._changed[part] = content

    def add_comments(self, comments: str, space: str) -> None:
        """Put ``comments``, elements with the prefix ``w``, behind those that the document has.

        Args:
            comments: the elements.
            space: the namespace of the main part.
        """
        known = self._comments()
        if known in self._archive.names:
            markup = self.markup(known)
            own = comments.replace("<w:comment ", f'<w:comment xmlns:w="{markup.namespace}" ')
            self.change(known, markup.edited([markup.appended(0, own)]))
            return
        part = known or self._free("comments")
        written = f'<w:comments xmlns:w="{space}">{comments}</w:comments>'
        self.change(part, _XML + written.encode())
        self._name_type(part)
        if not known:
            self._relate(part, _STRICT_RELATION if space == STRICT else _RELATION)

    def highest_comment(self) -> int:
        """The highest id of a comment; -1 if there is none."""
        known = self._comments()
        if known not in self._archive.names:
            return -1
        ids = (comment.get("id", "") for comment in tree(self._archive, known).iter("comment"))
        return max((int(one) for one in ids if one.isdecimal()), default=-1)

    def written(self) -> bytes:
        """The package: parts in the order received, new ones behind; the same bytes whenever it is written."""
        archive = self.fresh()
        packed = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._source)) as received,
            zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            ways = {entry.filename: entry.compress_type for entry in received.infolist()}
            for part in dict.fromkeys([*ways, *self._changed]):
                entry = zipfile.ZipInfo(part, _TIME)
                entry.compress_type = ways.get(part, zipfile.ZIP_DEFLATED)
                entry.create_system = 0
                target.writestr(entry, self._changed[part] if part in self._changed else archive.read(part))
        return packed.getvalue()

    def _comments(self) -> str:
        """The part of the comments, "" if the main part refers to none."""
        return next((part for _, kind, part in related(self._archive, self.main) if kind == "comments"), "")

    def _free(self, stem: str) -> str:
        """A name for a part beside the main part that no part has."""
        folder, slash, _ = self.main.rpartition("/")
        names = (f"{folder}{slash}{stem}{number or ''}.xml" for number in range(len(self._archive.names) + 1))
        taken = {name.lower() for name in self._archive.names}
        return next(name for name in names if name.lower() not in taken)

    def _name_type(self, part: str) -> None:
        named = {one.get("PartName", "").lower() for one in tree(self._archive, _TYPES).iter("Override")}
        if f"/{part}".lower() in named:
            return
        markup = self.markup(_TYPES)
        override = (
            f'<Override xmlns="{_TYPES_SPACE}" PartName="/{xml_text(part)}" ContentType="{_COMMENTS_TYPE}"/>'
        )
        self.change(_TYPES, markup.edited([markup.appended(0, override)]))

    def _relate(self, part: str, kind: str) -> None:
        folder, slash, file = self.main.rpartition("/")
        listed = f"{folder}{slash}_rels/{file}.rels"
        target = part.rpartition("/")[2]
        if listed not in self._archive.names:
            relation = _relation("rId1", kind, target)
            self.change(
                listed,
                _XML + f'<Relationships xmlns="{_RELATIONS_SPACE}">{relation}</Relationships>'.encode(),
            )
            return
        taken = {one.get("Id", "") for one in tree(self._archive, listed)}
        free = next(name for n in range(1, len(taken) + 2) if (name := f"rId{n}") not in taken)
        markup = self.markup(listed)
        self.change(listed, markup.edited([markup.appended(0, _relation(free, kind, target))]))


def _relation(key: str, kind: str, target: str) -> str:
    return f'<Relationship xmlns="{_RELATIONS_SPACE}" Id="{key}" Type="{kind}" Target="{xml_text(target)}"/>'
