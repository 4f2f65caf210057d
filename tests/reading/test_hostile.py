"""Hostile files: each is refused with its reason, in seconds, under 1 GB, without a look outside the file."""

import contextlib
import io
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from shanhai.model import BrokenInput, TooLarge, UnreadableInput
from shanhai.reading.archives import MOST_ENTRIES, Archive
from shanhai.reading.extracted import Limits
from shanhai.reading.formats import docx, pdf, plain, sheets
from shanhai.reading.kinds import kind_of

Package = Callable[[Mapping[str, str | bytes]], bytes]
ONE_GB = 1024**3
CELL = b"<c><v>1</v></c>"
BILLION_LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'

CHILD = """
import resource, sys
from pathlib import Path
from shanhai.model import UnreadableInput
from shanhai.reading.extracted import Limits
from shanhai.reading.formats import docx, pdf, plain, sheets
from shanhai.reading.inputs import Input, gather
from shanhai.reading.kinds import kind_of
import pypdfium2, charset_normalizer

def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "subprocess.", "os.exec", "os.system")) or event == "open":
        path = str(arguments[0]) if event == "open" else ""
        if watching and path != sys.argv[1] and not path.startswith(installed):
            print("looked outside:", event, arguments)

installed = tuple(filter(None, [sys.prefix, sys.base_prefix, *sys.path]))
watching = True
sys.addaudithook(watch)
readers = {"docx": docx, "pdf": pdf, "xlsx": sheets, "csv": sheets, "text": plain, "markdown": plain}
for one in gather([sys.argv[1]]):
    try:
        if not isinstance(one, Input):
            raise one
        data = one.load()
        kind = kind_of(data, one.name)
        extracted = readers[kind].extract(data, one.name, Limits())
        print("read", len(extracted.blocks))
    except UnreadableInput as error:
        print(type(error).__name__, error)
watching = False
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
status = Path("/proc/self/status")
if status.exists():  # Linux counts what the parent held when it started us as ours in ru_maxrss, but not in VmHWM
    peak = 1024 * int(status.read_text().split("VmHWM:")[1].split()[0])
print(peak)
"""


def read_apart(path: Path) -> tuple[str, int]:
    """What a process of its own says of the file at ``path``, and the most memory that it took, in bytes."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, env=environment, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    *said, memory = done.stdout.splitlines()
    assert len(said) == 1, said
    return said[0], int(memory)


def packed(path: Path, parts: Mapping[str, Iterator[bytes]]) -> Path:
    """A zip file at ``path``, written piece by piece."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in parts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                for piece in pieces:
                    part.write(piece)
    return path


def times(number: int, piece: bytes, before: bytes = b"", after: bytes = b"") -> Iterator[bytes]:
    """``piece`` very often, in handy portions."""
    yield before
    for _ in range(number // 1_000):
        yield piece * 1_000
    yield after


def refused(path: Path, error: str, reason: str) -> None:
    said, memory = read_apart(path)
    assert said.startswith(f"{error} {path}: ")
    assert reason in said
    assert memory < ONE_GB


def test_a_zip_bomb_as_docx(tmp_path: Path) -> None:
    bomb = packed(tmp_path / "炸弹.docx", {"word/document.xml": times(400_000, bytes(1_000))})
    assert bomb.stat().st_size < 1_000_000
    refused(bomb, "TooLarge", "unpacks to more than")


@pytest.mark.parametrize(
    ("before", "piece", "number"),
    [
        pytest.param(b"<document><body>", b"<p/>", 9_000_000, id="elements"),
        pytest.param(b"<document><body>", b"<p a='1' b='2'/>", 3_000_000, id="attributes"),
        pytest.param(b"<document><body>", b"<p><r><t>1</t></r></p>", 3_000_000, id="paragraphs"),
        pytest.param(b"<document><body><p><r><t>", "山".encode() * 10, 3_000_000, id="text"),
        pytest.param(b"<document><body><p x='", b"1234567890", 20_000_000, id="attribute-without-end"),
        pytest.param(b"<document><!--", b"1234567890", 20_000_000, id="comment-without-end"),
        pytest.param(b"", b"<a>", 20_000_000, id="depth"),
    ],
)
def test_a_docx_within_the_size_limit_that_swells_when_parsed(
    tmp_path: Path, before: bytes, piece: bytes, number: int
) -> None:
    path = packed(tmp_path / "a.docx", {"word/document.xml": times(number, piece, before)})
    said, memory = read_apart(path)
    assert said.split()[0] in ("TooLarge", "BrokenInput")
    assert memory < ONE_GB


def sheet_of(path: Path, pieces: Iterator[bytes], shared: bytes = b"") -> Path:
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = b'<Relationship Id="%s" Type="%s/%s" Target="%s.xml"/>'
    relations = b"".join(relation % (k, office, k, k) for k in (b"worksheet", b"sharedStrings"))
    parts = {
        "xl/workbook.xml": b'<workbook><sheets><sheet name="s" id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b"<Relationships>%s</Relationships>" % relations,
        "xl/sharedStrings.xml": b"<sst>%s</sst>" % shared,
    }
    whole: dict[str, Iterator[bytes]] = {name: iter([content]) for name, content in parts.items()}
    whole["xl/worksheet.xml"] = pieces
    return packed(path, whole)


@pytest.mark.parametrize("cells", [1, 3, 12])
def test_a_sheet_with_a_million_rows(tmp_path: Path, cells: int) -> None:
    rows = times(
        1_000_000, b"<row>%s</row>" % (CELL * cells), b"<worksheet><sheetData>", b"</sheetData></worksheet>"
    )
    refused(sheet_of(tmp_path / "百万行.xlsx", rows), "TooLarge", "more than")


def test_a_large_sheet_that_is_read(tmp_path: Path) -> None:
    row = b"<row>%s</row>" % (b"<c><v>12.5</v></c>" * 2)
    rows = times(300_000, row, b"<worksheet><sheetData>", b"</sheetData></worksheet>")
    said, memory = read_apart(sheet_of(tmp_path / "大.xlsx", rows))
    assert said == "read 300001"
    assert memory < ONE_GB


def test_two_cells_at_the_corners_of_a_sheet(tmp_path: Path) -> None:
    corners = (
        b'<worksheet><row><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>2</v></c></row></worksheet>'
    )
    said, memory = read_apart(sheet_of(tmp_path / "角.xlsx", iter([corners])))
    assert said == "read 3"
    assert memory < ONE_GB / 4


def test_a_long_text_shown_in_every_cell(tmp_path: Path) -> None:
    shown = times(400_000, b'<row><c t="s"><v>0</v></c></row>', b"<worksheet>", b"</worksheet>")
    long_text = b"<si><t>%s</t></si>" % ("长".encode() * 30_000)
    refused(sheet_of(tmp_path / "a.xlsx", shown, long_text), "TooLarge", "characters")


def test_a_file_of_200_mb(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024**2)
    refused(path, "TooLarge", "more than 64 MB")


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("a.txt", "一行。\n".encode()),
        ("b.txt", b"1\n"),
        ("a.csv", b"1,2,3\n"),
        ("a.md", b"|1|2\n"),
        ("b.csv", b","),
    ],
    ids=["lines", "short-lines", "cells", "markdown-cells", "empty-cells"],
)
def test_a_text_as_large_as_a_file_may_be(tmp_path: Path, name: str, piece: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(b"1,2\n3,4\n" + piece * (64_000_000 // len(piece)))
    refused(path, "TooLarge", "more than")


def test_pdf_streams_that_swell(tmp_path: Path, pdf: Callable[..., bytes]) -> None:
    stream = zlib.compress(b" " * 500_000_000)
    page = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream)
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.5\n1 0 obj\n" + page + b"\nendobj\n")
    refused(path, "TooLarge", "unpacks to more than")


def test_twice_packed_pdf_streams_are_refused(pdf: Callable[..., bytes]) -> None:
    twice = b"1 0 obj << /Filter [/FlateDecode/FlateDecode] >> stream\n" + zlib.compress(zlib.compress(b"x"))
    with pytest.raises(TooLarge, match="twice"):
        read_pdf(b"%PDF-1.5\n" + twice)


def read_pdf(data: bytes) -> None:
    pdf.extract(data, "a.pdf", Limits())


@pytest.mark.parametrize(
    "declaration",
    [
        BILLION_LAUGHS,
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
        '<!DOCTYPE a [<!ENTITY c SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_entity_is_expanded_or_fetched(
    tmp_path: Path, package: Package, declaration: str, encoding: str
) -> None:
    prolog = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}'
    word = f"{prolog}<document><body><p><r><t>&c;</t></r></p></body></document>".encode(encoding)
    styled = "<Relationships><Relationship Id='1' Type='x/styles' Target='styles.xml'/></Relationships>"
    book = f"{prolog}<workbook><sheets/>&c;</workbook>".encode(encoding)
    for n, parts in enumerate(
        [
            {"word/document.xml": word},
            {
                "word/document.xml": "<document><body><p/></body></document>",
                "word/_rels/document.xml.rels": styled,
                "word/styles.xml": word,
            },
            {"xl/workbook.xml": book},
        ]
    ):
        path = tmp_path / f"{n}.docx"
        path.write_bytes(package(parts))
        said, _ = read_apart(path)
        assert said.startswith("BrokenInput")
        assert "declares a document type" in said


def test_references_to_places_outside_the_package_are_not_followed(tmp_path: Path, package: Package) -> None:
    relations = """<Relationships>
        <Relationship Id="1" Type="x/header" Target="http://127.0.0.1:9/h.xml" TargetMode="External"/>
        <Relationship Id="2" Type="x/header" Target="../../../../etc/hostname"/>
        <Relationship Id="3" Type="x/footnotes" Target="file:///etc/hostname"/></Relationships>"""
    body = "<document><body><p><r><t>正文35个</t></r></p></body></document>"
    path = tmp_path / "a.docx"
    path.write_bytes(package({"word/document.xml": body, "word/_rels/document.xml.rels": relations}))
    assert read_apart(path)[0] == "read 1"


@pytest.mark.parametrize("depth", [60, 5_000])
def test_tables_within_tables(package: Package, depth: int) -> None:
    body = "<tbl><tr><tc><p><r><t>1</t></r></p></tc><tc>" * depth + "</tc></tr></tbl>" * depth
    data = package({"word/document.xml": f"<document><body>{body}</body></document>"})
    if depth == 60:
        assert len(docx.extract(data, "a.docx", Limits()).blocks) == depth
    else:
        with pytest.raises(BrokenInput, match="nested too deeply"):
            docx.extract(data, "a.docx", Limits())


def test_more_entries_than_a_document_has(package: Package) -> None:
    with pytest.raises(TooLarge, match="files packed inside"):
        kind_of(package({f"word/{n}": "" for n in range(MOST_ENTRIES + 1)}), "a.docx")


def test_what_an_archive_says_of_its_sizes_is_not_believed(package: Package) -> None:
    content = b"<a>" + bytes(100_000)
    data = package({"word/document.xml": content})
    lying = data.replace(len(content).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != data
    with pytest.raises(UnreadableInput):
        Archive(lying, "a.docx", Limits()).read("word/document.xml")
    with pytest.raises(TooLarge):
        Archive(data, "a.docx", Limits(unpacked_bytes=50_000))
    twice = Archive(data, "a.docx", Limits(unpacked_bytes=150_000))
    twice.read("word/document.xml")
    with pytest.raises(TooLarge):
        twice.read("word/document.xml")


def test_entries_packed_as_documents_never_are() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(BrokenInput, match="documents never are"):
        docx.extract(file.getvalue(), "a.docx", Limits())


@pytest.mark.parametrize("place", range(0, 1_000, 37))
def test_damage_anywhere_in_a_package_is_told_or_does_no_harm(package: Package, place: int) -> None:
    body = "<document><body>" + "<p><r><t>完成投资2.71亿元。</t></r></p>" * 50 + "</body></document>"
    data = bytearray(package({"[Content_Types].xml": "<Types/>", "word/document.xml": body}))
    data[place * len(data) // 1_000] ^= 0xFF
    with contextlib.suppress(UnreadableInput):
        extracted = docx.extract(bytes(data), "a.docx", Limits())
        assert extracted.text == "\n".join(["完成投资2.71亿元。"] * 50)


def test_readers_refuse_each_others_files(package: Package) -> None:
    word = package({"word/document.xml": "<document><body/></document>"})
    for extract in (sheets.extract, pdf.extract):
        with pytest.raises(UnreadableInput):
            extract(word, "a", Limits())
    with pytest.raises(UnreadableInput):
        docx.extract(b"%PDF-1.5", "a", Limits())
    assert plain.extract(b"35", "a", Limits()).text == "35"
