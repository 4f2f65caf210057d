"""The charset that an HTML file says it is written in."""

import re

LOOK_AT = 4096
COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
XML_DECLARATION = re.compile(
    rb"""\A\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']\s*([\w.:-]+)""", re.IGNORECASE
)
META = re.compile(rb"""<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def declared_charset(data: bytes) -> str:
    """The label that the first 4 kB of ``data`` declare as their charset, in lower case; "" for none.

    An XML declaration, ``<meta charset>`` and ``<meta http-equiv>`` are read, in this order; comments are not.

    >>> declared_charset(b'<html><head><meta charset="GB2312">')
    'gb2312'
    """
    start = COMMENT.sub(b"", data[:LOOK_AT].removeprefix(BYTE_ORDER_MARK))
    found = XML_DECLARATION.match(start) or META.search(start)
    return found[1].decode("ascii", "replace").lower() if found else ""
