"""Word documents for the tests of comments, and what another library (lxml) finds in them afterwards."""

import io
import re
import zipfile
from copy import deepcopy
from typing import Any

import docx
from docx.oxml import parse_xml
from lxml import etree

from shanhai import read
from shanhai.publishing.commented_docx import Note, Table, Text, Title, comment_at

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NS = {"w": W}
_DECLARED = f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
SUMMARY = (
    Title("核对结果"),
    Text("共3个数。"),
    Table((30, 70), (("原文", "结论"), ("35个\n第二行", "不符"))),
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def run(text: str, properties: str = "") -> str:
    props = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{text}</w:t></w:r>'


def draft(*paragraphs: str) -> bytes:
    """A document of python-docx with raw paragraphs or tables at its end."""
    document = docx.Document()
    body = document.element.body
    for paragraph in paragraphs:
        for element in parse_xml(f"<w:body {_DECLARED}>{paragraph}</w:body>"):
            body.insert(len(body) - 1, element)
    return saved(document)


def small_draft(*paragraphs: str) -> bytes:
    """The smallest document that holds these raw paragraphs or tables."""
    main = f"<w:document {_DECLARED}><w:body>{''.join(paragraphs)}</w:body></w:document>"
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("word/document.xml", main)
    return packed.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_parts(data: bytes, changed: dict[str, bytes | None]) -> bytes:
    """The package with these parts changed, added, or, where None, left out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**parts(data), **changed}.items():
            if content is not None:
                package.writestr(name, content)
    return packed.getvalue()


def with_related(data: bytes, kind: str, inside: str) -> bytes:
    """The package with a further part (``footnotes``, ``header``, …) that the main part refers to."""
    tag = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
    rels = parts(data)["word/_rels/document.xml.rels"]
    relation = f'<Relationship Id="rExtra{kind}" Type="{_RELATION}/{kind}" Target="extra_{kind}.xml"/></Relationships>'
    return with_parts(
        data,
        {
            f"word/extra_{kind}.xml": f"<w:{tag} {_DECLARED}>{inside}</w:{tag}>".encode(),
            "word/_rels/document.xml.rels": rels.replace(b"</Relationships>", relation.encode()),
        },
    )


def main_of(data: bytes) -> Any:
    return etree.fromstring(parts(data)["word/document.xml"])


def marked(data: bytes) -> dict[int, str]:
    """For each comment the text in its range; deleted text is none."""
    root = main_of(data)
    opened: list[int] = []
    found: dict[int, str] = {}
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name == "commentRangeStart":
            opened.append(_id(element))
            found[_id(element)] = ""
        elif name == "commentRangeEnd":
            opened.remove(_id(element))
        else:
            said = (element.text or "") if name == "t" else _SIGNS.get(name, "")
            if not element.xpath("ancestor::w:pPr", namespaces=_NS):
                for key in opened:
                    found[key] += said
    assert not opened
    found = dict(sorted(found.items()))
    assert list(found) == sorted(map(_id, root.iter(f"{{{W}}}commentReference")))
    return found


def _id(element: Any) -> int:
    return int(element.get(f"{{{W}}}id"))


def restored(data: bytes, from_id: int = 0, *, summary: bool = False) -> bytes:
    """The main part in canonical form with the comments from ``from_id`` on, and the summary, taken out again.

    Runs with the same properties that follow one another are joined, whether they were parted or not.
    """
    root = deepcopy(main_of(data))
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for element in list(root.iter(f"{{{W}}}{name}")):
            if _id(element) >= from_id:
                gone = element.getparent() if name == "commentReference" else element
                gone.getparent().remove(gone)
    if summary:
        body = root.find("w:body", _NS)
        title = next(p for p in body if p.find("w:pPr/w:pageBreakBefore", _NS) is not None)
        for element in list(body)[body.index(title) :]:
            if not element.tag.endswith("}sectPr"):
                body.remove(element)
    _join(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, method="c14n2")


def _join(root: Any) -> None:
    for parent in {id(run.getparent()): run.getparent() for run in root.iter(f"{{{W}}}r")}.values():
        last = None
        for child in list(parent):
            if last is not None and _alike(last, child):
                last.extend([inner for inner in child if not inner.tag.endswith("}rPr")])
                parent.remove(child)
            else:
                last = child if child.tag == f"{{{W}}}r" else None
    for element in list(root.iter(f"{{{W}}}t")):
        element.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
        before = element.getprevious()
        if before is not None and before.tag == element.tag:
            element.text = (before.text or "") + (element.text or "")
            before.getparent().remove(before)


def _alike(run: Any, other: Any) -> bool:
    return bool(
        run.tag == other.tag
        and dict(run.attrib) == dict(other.attrib)
        and _properties(run) == _properties(other)
    )


def _properties(element: Any) -> bytes:
    found = element.find("w:rPr", _NS)
    return b"" if found is None else etree.tostring(found, method="c14n", exclusive=True, with_tail=False)


def spaceless(text: str) -> str:
    return re.sub(r"\s+", "", text)


def source_text(data: bytes) -> str:
    """The text as it is read, in which places of comments count."""
    return read(data, name="稿.docx").source_text


def at(data: bytes, *quotes: str) -> list[Note]:
    """A note at the first place of each quote."""
    text = source_text(data)
    return [Note(text.index(q), text.index(q) + len(q), (f"关于{q}", "怎样处理")) for q in quotes]


def commented(data: bytes, *quotes: str, **more: Any) -> bytes:
    """The document with a comment at the first place of each quote."""
    return comment_at(data, at(data, *quotes), name="稿.docx", **more)


def comments_of(data: bytes) -> list[Any]:
    """The comments as python-docx reads them."""
    return list(docx.Document(io.BytesIO(data)).comments)
