"""Injected spam: stretches that are foreign to the page and built like lists or solicitations.

Nothing here knows a bad word. Each candidate line is scored by how it is built and by how little it shares with the
page's prose; the features that were decisive become the reason.
"""

import re
from functools import cache

import msgspec

from shanhai.catalogue.furniture import load_furniture
from shanhai.model import Role
from shanhai.reading.sift.page import Page, is_marked

THRESHOLD = 6.0
"""Points from which a line is spam."""

SEPARATORS = re.compile(r"[|｜,，、;；/_＿·•\s\-–—~>»【】\[\]]+")
BARS = re.compile(r"\s*[|｜]\s*")
CJK = re.compile(r"[㐀-鿿]")
RUN = re.compile(r"[㐀-鿿]{2,}")
MIXED = re.compile(r"[㐀-鿿][A-Za-z0-9]|[A-Za-z0-9][㐀-鿿]")
MEASURED = re.compile(r"\d[\d.,]*\s*(?:余|多|万|亿)*\s*(?:元|%|％|人|名|个|项|家|户|亩|吨|公里|米|年|月|日|次|批|所|台|例|场|期)")

FEW_ITEMS = 4
MANY_ITEMS = 8
LONGEST_ITEM = 16
"""Characters (median) up to which a list is one of names or titles."""
SMALL_REFERENCE = 120
"""Pairs of characters below which a page's prose is too short to call anything foreign to it."""
TRADITIONAL = 0.08
"""Share of traditional-only characters from which a text is in traditional script; real pages have 0.2 to 0.4."""
SIMPLIFIED = 0.01
LEAST_FOR_SCRIPT = 12


class Features(msgspec.Struct, frozen=True):
    """What a candidate line shows; shares run from 0 to 1."""

    items: int
    item_length: float
    stopped: bool
    function_words: float
    foreign: float
    known_items: float
    repeated: float
    mixed: float
    measured: float
    other_script: bool
    contact: bool
    linked: float
    in_tail: bool
    after_close: bool
    enumerated: bool
