"""Smaller pictures: a screenshot with 256 colours, the rarer ones as the nearest of the common ones.

The browser that took the picture reads its pixels; colours are chosen by how many pixels have them, then by value.
"""

import base64
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_READ = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const drawing = canvas.getContext("2d");
  drawing.drawImage(image, 0, 0);
  const { data } = drawing.getImageData(0, 0, image.width, image.height);
  const pixels = data.length / 4, colours = new Uint32Array(pixels), counts = new Map();
  for (let i = 0; i < pixels; i++) {
    const colour = (data[4 * i] << 16) | (data[4 * i + 1] << 8) | data[4 * i + 2];
    colours[i] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const kept = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 256).map(([colour]) => colour);
  const far = (a, b) => [16, 8, 0].reduce((sum, s) => sum + (((a >> s) & 255) - ((b >> s) & 255)) ** 2, 0);
  const places = new Map();
  for (const colour of counts.keys()) {
    let best = 0;
    kept.forEach((one, i) => { if (far(one, colour) < far(kept[best], colour)) best = i; });
    places.set(colour, best);
  }
  let text = "";
  for (let i = 0; i < pixels; i += 8192)
    text += String.fromCharCode(...colours.subarray(i, i + 8192).values().map((c) => places.get(c)));
  return [image.width, image.height, kept, btoa(text)];
}"""


def reduced(png: bytes, page: "Page") -> bytes:
    """A PNG with a palette of at most 256 colours; ``page`` is an empty one of the browser."""
    width, height, kept, pixels = page.evaluate(_READ, base64.b64encode(png).decode())
    rows = base64.b64decode(pixels)
    raw = b"".join(b"\0" + rows[at : at + width] for at in range(0, width * height, width))
    palette = b"".join(colour.to_bytes(3, "big") for colour in kept)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
