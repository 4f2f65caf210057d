"""Real files, made in the test that needs them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import pytest

Lines = Sequence[tuple[int, str]]
"""The lines of a page: how far above its foot each stands, and what it says."""

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


@pytest.fixture
def package() -> Callable[[Mapping[str, str | bytes]], bytes]:
    """Packs parts into a zip file."""

    def make(parts: Mapping[str, str | bytes]) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return packed.getvalue()

    return make


@pytest.fixture
def word(package: Callable[[Mapping[str, str | bytes]], bytes]) -> Callable[..., bytes]:
    """Makes a Word document from the inside of its body and of further parts, such as ``styles``."""

    def make(body: str, **parts: str) -> bytes:
        written = {
            f"word/{name}.xml": f"<w:{name} {_W}>{inside}</w:{name}>" for name, inside in parts.items()
        }
        relations = "".join(
            f'<Relationship Id="r{n}" Type="{_RELATIONS}/{name.rstrip("123")}" Target="{name}.xml"/>'
            for n, name in enumerate(parts)
        )
        return package(
            {
                "[Content_Types].xml": "<Types/>",
                "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
                "word/_rels/document.xml.rels": _RELS.format(relations),
                **written,
            }
        )

    return make


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """Makes a PDF with a Chinese text layer."""
    return _pdf


def _pdf(pages: Sequence[Lines], info: Mapping[str, str] | None = None, trailer: bytes = b"") -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    kids = []
    for lines in pages:
        drawn = b"\n".join(
            b"BT /F1 12 Tf 1 0 0 1 72 %d Tm <%s> Tj ET" % (y, text.encode("utf-16-be").hex().encode())
            for y, text in lines
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            b" /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    if info:
        entries = (
            b"/%s <feff%s>" % (k.encode(), v.encode("utf-16-be").hex().encode()) for k, v in info.items()
        )
        objects.append(b"<< %s >>" % b" ".join(entries))
        trailer += b" /Info %d 0 R" % len(objects)
    return _assembled(objects, trailer)


def _assembled(objects: Sequence[bytes], trailer: bytes) -> bytes:
    file = b"%PDF-1.5\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(places)
    end = b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n"
    return file + table + end % (len(objects) + 1, trailer, len(file))
