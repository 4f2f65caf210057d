"""Quantities of any text, damaged or not."""

import msgspec

from shanhai.claims.quantities import quantities_in
from shanhai.model import Quantity
from shanhai.reading.mend import mend


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of ``text``, in order; spans and quotes are those of ``text`` as it was given.

    >>> [q.quote for q in find_quantities("近5億元，落實項目５３个")]
    ['近5億元', '５３个']
    """
    mended = mend(text)
    found: list[Quantity] = []
    at = 0
    for line in mended.text.split("\n"):
        for quantity in quantities_in(mended.text, at, at + len(line)):
            span = mended.map.to_source_span(quantity.start, quantity.end)
            quote = text[span.start : span.end]
            found.append(msgspec.structs.replace(quantity, start=span.start, end=span.end, quote=quote))
        at += len(line) + 1
    return found
