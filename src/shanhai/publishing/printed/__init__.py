"""Documents to be printed and signed: A4, page numbers, room for signatures; one file without anything from elsewhere.

Both languages stand in each, so that it is the same wherever it is made: the same content, the same bytes.
"""

from shanhai.publishing.printed.handover import handover_page
from shanhai.publishing.printed.memo import memo_page
from shanhai.publishing.printed.memo_sheet import memo_sheet
from shanhai.publishing.printed.paper import STYLE_HASH

__all__ = ["STYLE_HASH", "handover_page", "memo_page", "memo_sheet"]
