"""Text of reports made safe to stand in a page: report text is never markup, attribute or script."""

import html
import json
import re

UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What no page may hold: control characters, halves of surrogate pairs, noncharacters."""

RESERVED = frozenset(
    {
        "bar",
        "brand",
        "card",
        "help",
        "index",
        "index-filter",
        "keys-on",
        "reports",
        "status",
        "totals",
        "unreadable",
        "words",
    }
)
"""The ids of the page itself, which no report may take."""


def escape(text: str) -> str:
    """``text`` for element content and for double-quoted attributes."""
    return html.escape(UNSHOWABLE.sub("\ufffd", text))


def json_block(value: object) -> str:
    """``value`` as JSON that can stand inside a ``script`` element of type ``application/json``."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = UNSHOWABLE.sub("\ufffd", text)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def anchor(doc: str, taken: set[str]) -> str:
    """A report's id in the page, also its hash link: its name without what a link cannot hold, once only.

    >>> taken = set()
    >>> anchor("昌都 2021", taken), anchor("昌都/2021", taken)
    ('昌都_2021', '昌都_2021-2')
    """
    name = "".join(c if c.isalnum() or c in "-_." else "_" for c in doc)[:80] or "report"
    found, number = name, 1
    while found in taken or found in RESERVED:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found
