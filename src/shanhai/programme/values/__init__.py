"""What may stand in a field of a record, and how it is read from a form or a sheet: one class a sort of value.

Nothing is guessed: what cannot be read is refused with the reason and what to write instead.
"""

from shanhai.programme.values.choices import Choice, Option, YesNo, options_of
from shanhai.programme.values.counts import Counts
from shanhai.programme.values.days import Day, Month
from shanhai.programme.values.numbers import Amount, Count, Currency, Quantity, Share
from shanhai.programme.values.places import Places, code_of
from shanhai.programme.values.references import AreaKey, IndicatorCode, Reference
from shanhai.programme.values.text import Text
from shanhai.programme.values.value import Context, Told, Unreadable, Value, plain_text

__all__ = [
    "Amount",
    "AreaKey",
    "Choice",
    "Context",
    "Count",
    "Counts",
    "Currency",
    "Day",
    "IndicatorCode",
    "Month",
    "Option",
    "Places",
    "Quantity",
    "Reference",
    "Share",
    "Text",
    "Told",
    "Unreadable",
    "Value",
    "YesNo",
    "code_of",
    "options_of",
    "plain_text",
]
