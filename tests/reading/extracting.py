"""What the tests of the formats share: taking a text out, and the promises that hold for every format."""

from shanhai.reading.extracted import Extracted, Limits
from shanhai.reading.formats.html import extract


def page(html: str, limits: Limits | None = None) -> Extracted:
    """What is taken out of an HTML page."""
    return extract(html, "页.html", limits or Limits())


def in_order(extracted: Extracted) -> Extracted:
    """The same, once its blocks are seen to stand one after the other, a line each."""
    at = 0
    for block in extracted.blocks:
        assert at <= block.start < block.end
        at = block.end
        assert "\n" not in extracted.text[block.start : block.end]
    return extracted
