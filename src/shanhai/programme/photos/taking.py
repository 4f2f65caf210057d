"""A file that is put to a record: what it is by its content, a photo without its place, its thumbnail."""

import hashlib
import io
import struct
import warnings
import zipfile
from typing import Final

import msgspec
from PIL import Image, ImageOps

from shanhai.model import UnreadableInput
from shanhai.programme.photos import containers
from shanhai.reading.kinds import FileKind, kind_of

MOST_PIXELS: Final = 80_000_000
THUMBNAIL: Final = 480
"""The longer side of a thumbnail, in pixels."""
JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
PHOTOS: Final = frozenset((JPEG, PNG, WEBP))
DOCUMENTS: Final = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FORMATS: Final = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_ORIENTATION, _EXIF_PART, _GPS_PART = 0x0112, 0x8769, 0x8825
_TAKEN_AT: Final = (0x9003, 0x9011)
"""When a photo was taken, and in which time zone: with its orientation all that is kept of its EXIF."""
_DAMAGED: Final = (
    OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError, AttributeError, ArithmeticError, struct.error,
)  # fmt: skip
"""What the picture library raises on damaged files."""
_TAKEN_ZH = "可用：JPEG、PNG、WebP 照片，PDF、DOCX、XLSX 文件。"
_TAKEN_EN = "Taken are photos (JPEG, PNG, WebP) and documents (PDF, DOCX, XLSX)."


class Taken(msgspec.Struct, frozen=True):
    """A file as it is kept, or why it is not taken.

    Attributes:
        data: its bytes, of a photo without what tells where it was taken.
        media_type: by its content.
        sha256: of ``data``.
        thumbnail: a small JPEG of a photo; empty for a document.
        located: the photo says where it was taken, and keeps that on purpose.
        zh, en: why it is not taken; "" where it is.
    """

    data: bytes = b""
    media_type: str = ""
    sha256: str = ""
    thumbnail: bytes = b""
    located: bool = False
    zh: str = ""
    en: str = ""


_PDF_END, _PDF_TAIL = b"%%EOF", 2048


class _Refused(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def take(data: bytes, name: str, most: int, *, keep_place: bool = False) -> Taken:
    """A file made ready.

    Args:
        data, name: the file; the name decides nothing where the content tells.
        most: bytes that it may have.
        keep_place: a photo stays as it was taken, with its place.
    """
    try:
        if not data:
            raise _Refused(
                "文件是空的。请检查是否完整复制。", "The file is empty. Check that it was copied whole."
            )
        if len(data) > most:
            mb = most // 1024 // 1024
            raise _Refused(f"超过{mb} MB。请缩小后再上传。", f"It has more than {mb} MB. Make it smaller.")
        photo = _photo_type(data)
        if photo:
            return _photo(data, photo, keep_place)
        kept, media_type = data, _document_type(data, name)
        return Taken(kept, media_type, hashlib.sha256(kept).hexdigest())
    except _Refused as e:
        return Taken(zh=e.zh, en=e.en)


def apart(data: bytes, name: str, most: int, keep_place: bool) -> bytes:
    """``take`` for another process: what it makes, as MessagePack (``told``)."""
    return msgspec.msgpack.encode(take(data, name, most, keep_place=keep_place))


def _photo_type(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif"):
        raise _Refused(
            "不能直接用 HEIC/AVIF 照片：读取这种格式的程序遇到损坏的文件会崩溃，不够安全。请在手机上把照片另存或分享为 JPEG，再上传；"
            "以后要手机直接拍成 JPEG，请在相机设置里选“兼容性最佳”。",
            "HEIC and AVIF photos cannot be taken: what reads that format breaks down on damaged files and is not safe "
            "enough. Save or share the photo as JPEG on the phone, then send that; to have the phone take JPEG from now on, "
            "choose “most compatible” in its camera settings.",
        )
    return ""


def _photo(data: bytes, media_type: str, keep_place: bool) -> Taken:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged EXIF, which is left out
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[_FORMATS[media_type]]) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    raise _too_many(width, height)
                exif = picture.getexif()
                located = bool(exif.get_ifd(_GPS_PART)) and keep_place
            kept = data if keep_place else _without_place(data, media_type, exif)
            with Image.open(io.BytesIO(kept), formats=[_FORMATS[media_type]]) as picture:
                picture.draft("RGB", (THUMBNAIL * 2, THUMBNAIL * 2))
                thumbnail = _thumbnail(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many(0, 0) from None
    except containers.Broken:
        raise _broken() from None
    except _DAMAGED as e:
        raise _broken() from e
    return Taken(kept, media_type, hashlib.sha256(kept).hexdigest(), thumbnail, located)


def _without_place(data: bytes, media_type: str, exif: Image.Exif) -> bytes:
    if media_type == PNG:
        return containers.png(data)
    if media_type == WEBP:
        return containers.webp(data)
    kept = Image.Exif()
    if (turned := exif.get(_ORIENTATION)) in range(2, 9):
        kept[_ORIENTATION] = turned
    taken = {tag: value for tag, value in exif.get_ifd(_EXIF_PART).items() if tag in _TAKEN_AT}
    if taken and all(isinstance(value, str) and len(value) < 40 for value in taken.values()):
        kept.get_ifd(_EXIF_PART).update(taken)
    return containers.jpeg(data, kept.tobytes() if len(kept) or taken else b"")


def _thumbnail(picture: Image.Image) -> bytes:
    picture.load()
    upright = ImageOps.exif_transpose(picture) or picture
    upright.thumbnail((THUMBNAIL, THUMBNAIL))
    if upright.mode not in ("RGB", "L"):
        with_alpha = upright.convert("RGBA")
        paper = Image.new("RGBA", with_alpha.size, "white")
        upright = Image.alpha_composite(paper, with_alpha).convert("RGB")
    out = io.BytesIO()
    Image.frombytes(upright.mode, upright.size, upright.tobytes()).save(
        out, "JPEG", quality=80, optimize=True
    )
    return out.getvalue()


def _document_type(data: bytes, name: str) -> str:
    try:
        kind = kind_of(data, name)
    except UnreadableInput as e:
        raise _Refused(f"不能用作附件。{_TAKEN_ZH}", f"It cannot be attached: {e.reason}. {_TAKEN_EN}") from e
    if kind not in DOCUMENTS:
        raise _Refused(f"不能用作附件。{_TAKEN_ZH}", f"It cannot be attached: a {kind} file. {_TAKEN_EN}")
    if kind is FileKind.PDF:
        if _PDF_END not in data[-_PDF_TAIL:]:  # a photo behind the first bytes of a PDF would keep its place
            raise _Refused(
                "PDF 不完整。请重新复制，或另存一份再上传。",
                "The PDF is not whole. Copy it again, or save it anew.",
            )
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if any(entry.lower().endswith("vbaproject.bin") for entry in package.namelist()):
                raise _Refused(
                    "文件含有宏。请另存为不带宏的 .docx 或 .xlsx，再上传。",
                    "The file holds macros. Save it as .docx or .xlsx without them.",
                )
    return DOCUMENTS[kind]


def _too_many(width: int, height: int) -> _Refused:
    size = f"{width}×{height}" if width else ""
    return _Refused(
        f"照片{size}像素太多，最多{MOST_PIXELS // 10**4:,}万。请缩小后再上传。",
        f"The photo has too many pixels {size}: at most {MOST_PIXELS // 10**6} million. Make it smaller.",
    )


def _broken() -> _Refused:
    return _Refused(
        "照片已损坏，或不是完整的图片。请重新复制，或用看图软件打开后另存。",
        "The photo is damaged or not whole. Copy it again, or open it in a viewer and save it anew.",
    )


def told(answer: bytes) -> Taken:
    """What ``apart`` says."""
    return msgspec.msgpack.decode(answer, type=Taken)
