"""Photos lose their place and keep their pixels; what is no photo or document is refused."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from shanhai.programme.photos import taking

from .pictures import jpeg, png, webp

MOST = 10**7
MAKERS = pytest.mark.parametrize(
    "make", [jpeg, lambda: jpeg(progressive=True), lambda: jpeg(restart_marker_blocks=2), png, webp]
)


@MAKERS
def test_place_device_and_notes_go_and_pixels_stay(make: Callable[[], bytes]) -> None:
    data = make()
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)

    taken = taking.take(data, "photo", MOST)

    assert (taken.zh, taken.located) == ("", False)
    kept = Image.open(io.BytesIO(taken.data))
    assert not kept.getexif().get_ifd(0x8825)
    for word in (b"GPS", b"29.38N", b"Camera", b"a note", b"xmpmeta"):
        assert word not in taken.data
    assert kept.tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_a_jpeg_keeps_how_it_was_held_and_when_it_was_taken() -> None:
    told = Image.open(io.BytesIO(taking.take(jpeg(), "a.jpg", MOST).data)).getexif()

    assert told[0x0112] == 6
    assert dict(told.get_ifd(0x8769)) == {0x9003: "2024:05:01 10:00:00"}
    assert set(told) <= {0x0112, 0x8769}


def test_the_place_is_kept_on_purpose_only() -> None:
    data = jpeg()

    taken = taking.take(data, "a.jpg", MOST, keep_place=True)

    assert taken.data == data
    assert taken.located


@MAKERS
def test_a_thumbnail_is_small_upright_and_tells_nothing(make: Callable[[], bytes]) -> None:
    small = Image.open(io.BytesIO(taking.take(make(), "photo", MOST).thumbnail))

    assert small.format == "JPEG"
    assert max(small.size) <= taking.THUMBNAIL
    assert len(small.getexif()) == 0
    if make is jpeg:
        assert small.size == (48, 64)


def test_the_name_does_not_decide() -> None:
    assert taking.take(png(), "a.jpg", MOST).media_type == taking.PNG
    assert taking.take(jpeg(), "a.pdf", MOST).media_type == taking.JPEG


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return out.getvalue()


def bomb() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 10_000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "不能用作附件"),
        (b"<!doctype html><html><script>1</script></html>", "不能用作附件"),
        ("一段文字，没有格式。".encode() * 20, "不能用作附件"),
        (b"GIF89a" + b"\0" * 40, "不能用作附件"),
        (b"MZ\x90\0" + b"\0" * 400, "不能用作附件"),
        (b"\0\0\0\x20ftypheic" + b"\0" * 80, "HEIC"),
        (packed("a.exe"), "不能用作附件"),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "宏"),
        (jpeg()[:300], "损坏"),
        (png()[:-20], "损坏"),
        (webp()[:-9], "损坏"),
        (bomb(), "像素"),
        (jpeg((400, 300)) * 1000, "MB"),
    ],
)
def test_what_is_refused(data: bytes, word: str) -> None:
    taken = taking.take(data, "a.jpg", 1_000_000)

    assert word in taken.zh
    assert taken.en
    assert taken.data == b""


def test_documents_are_taken_as_they_are() -> None:
    data = packed("[Content_Types].xml", "word/document.xml")

    taken = taking.take(data, "验收单.docx", MOST)

    assert (taken.data, taken.thumbnail, taken.zh) == (data, b"", "")
    assert taken.media_type == taking.DOCUMENTS[taking.FileKind.DOCX]


def test_a_photo_behind_the_first_bytes_of_a_pdf_does_not_keep_its_place() -> None:
    taken = taking.take(b"%PDF-" + jpeg()[5:], "a.pdf", MOST)

    assert taken.data == b""
    assert "PDF 不完整" in taken.zh


@given(st.integers(0, 3), st.integers(min_value=0), st.binary(min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_damage_is_refused_or_harmless(which: int, where: int, what: bytes) -> None:
    data = bytearray((jpeg(), png(), webp(), jpeg(progressive=True))[which])
    at = where % len(data)
    data[at : at + len(what)] = what

    taken = taking.take(bytes(data), "a.jpg", MOST)

    assert bool(taken.zh) != bool(taken.data)
    assert b"29.38N" not in taken.data
    assert taking.told(taking.apart(bytes(data), "a.jpg", MOST, False)) == taken
