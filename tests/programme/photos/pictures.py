"""Invented pictures with a place in them."""

import io

from PIL import Image
from PIL.PngImagePlugin import PngInfo

LATITUDE = (29.0, 38.0, 12.5)
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description exif:GPSLatitude="29,38.2N"/></rdf:RDF></x:xmpmeta>'
)


def picture(size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A picture whose corners differ."""
    made = Image.new("RGB", size, (40, 120, 90))
    made.paste((200, 60, 20), (0, 0, size[0] // 2, size[1] // 3))
    return made


def exif(turned: int = 6) -> Image.Exif:
    """EXIF with a place, a device, a time and how the camera was held."""
    told = Image.Exif()
    told[0x0112] = turned
    told[0x010F] = "Camera of a person"
    told.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "E", 4: LATITUDE})
    told.get_ifd(0x8769).update({0x9003: "2024:05:01 10:00:00", 0x9286: b"a note"})
    return told


def jpeg(size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    """A JPEG with EXIF, XMP, a comment, and a second picture behind its end."""
    out = io.BytesIO()
    picture(size).save(out, "JPEG", exif=exif(), xmp=XMP, comment=b"29.38N", quality=90, **options)
    return out.getvalue() + b"\xff\xd8 GPS of the preview \xff\xd9"


def png() -> bytes:
    """A PNG with EXIF and text."""
    out = io.BytesIO()
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    text.add_text("Comment", "29.38N")
    picture().save(out, "PNG", exif=exif(), pnginfo=text)
    return out.getvalue()


def webp() -> bytes:
    """A WebP with EXIF and XMP."""
    out = io.BytesIO()
    picture().save(out, "WEBP", exif=exif(), xmp=XMP, lossless=True)
    return out.getvalue()
