"""Counts, amounts of money, shares and quantities: exact, never rounded in silence."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from shanhai.programme.models.fields import FEN, LARGEST
from shanhai.programme.values.value import Context, Told, Unreadable, plain_text

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_NOISE = Decimal("0.000001")
"""Sheets keep numbers as floating point: 0.1 + 0.2 is there 0.30000000000000004."""
_LARGEST_COUNT = 10**15
_SIGNS = {
    "¥": "CNY",
    "￥": "CNY",
    "元": "CNY",
    "$": "USD",
    "美元": "USD",
    "€": "EUR",
    "欧元": "EUR",
    "港元": "HKD",
}
_MONEY = re.compile(
    r"(?P<before>[¥$€]?)(?P<number>[-+\d,.]+)(?P<scale>[万亿]?)(?P<after>元|美元|欧元|港元|[A-Z]{3})?"
)
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}


def _number(told: Told) -> Decimal | None:
    """The number that was told, as written; None where nothing was."""
    if isinstance(told, bool):
        raise _no_number(str(told))
    if isinstance(told, int | Decimal):
        return Decimal(told)
    if isinstance(told, float):
        return Decimal(repr(told))
    text = plain_text(told).replace(" ", "")
    if not text:
        return None
    if not _NUMBER.fullmatch(text) and not _GROUPED.fullmatch(text):
        raise _no_number(text)
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise _no_number(text) from None


def _no_number(text: str) -> Unreadable:
    return Unreadable(
        f"“{text[:40]}”不是确切的数。请只写数字，不带“约”“余”和单位。",
        f"“{text[:40]}” is no exact number. Write digits only, without about, over or a unit.",
    )


class Count(msgspec.Struct, frozen=True):
    """A count: a whole number, zero or more."""

    def read(self, told: Told, context: Context) -> int | None:
        """The count."""
        number = _number(told)
        if number is None:
            return None
        if not number.is_finite() or number != number.to_integral_value() or not 0 <= number < _LARGEST_COUNT:
            raise Unreadable(
                f"“{told}”不是个数。请写0或正整数。",
                f"“{told}” is no count. Write a whole number, zero or more.",
            )
        return int(number)

    def shown(self, value: Any, english: bool = False) -> str:
        """Its digits."""
        return "" if value is None else str(value)

    def plain(self, value: Any) -> Any:
        """The number itself."""
        return value

    def note(self) -> tuple[str, str]:
        """How to write it."""
        return "整数", "whole number"


class Amount(msgspec.Struct, frozen=True):
    """An amount of money, zero or more, in 元 with two decimal places; its currency stands in a field of its own."""

    def read(self, told: Told, context: Context) -> Decimal | None:
        """The amount: a number, also one such as ``1,200.50`` or ``12万元``; in the sheet's unit where none is written."""
        scale = context.scale
        if isinstance(told, str):
            text = plain_text(told).replace(" ", "")
            found = _MONEY.fullmatch(text)
            if found and (found["before"] or found["after"] or found["scale"]):
                named = {_SIGNS.get(word, word) for word in (found["before"], found["after"]) if word}
                if not named <= {"CNY"}:
                    raise Unreadable(
                        f"“{text[:40]}”写了别的币种。金额只写数字，币种写在“币种”一栏。",
                        f"“{text[:40]}” names another currency. Write digits only; the currency has a field of its own.",
                    )
                scale, told = _SCALES[found["scale"]], found["number"]
        number = _number(told)
        if number is None:
            return None
        amount = number * scale
        rounded = amount.quantize(FEN) if amount.is_finite() and abs(amount) < LARGEST else None
        if rounded is None or rounded < 0 or abs(rounded - amount) > _NOISE:
            raise Unreadable(
                f"“{told}”不能作金额。请写0或正数，最多到分。",
                f"“{told}” is no amount. Write zero or more, with two decimal places at most.",
            )
        return rounded

    def shown(self, value: Any, english: bool = False) -> str:
        """With two places."""
        return "" if value is None else f"{value:.2f}"

    def plain(self, value: Any) -> Any:
        """With two places, as text."""
        return None if value is None else f"{value:.2f}"

    def note(self) -> tuple[str, str]:
        """How to write it."""
        return "元，最多两位小数", "yuan, two decimal places at most"


class Quantity(msgspec.Struct, frozen=True):
    """Any exact number, such as a target."""

    def read(self, told: Told, context: Context) -> Decimal | None:
        """The number."""
        number = _number(told)
        if number is not None and (not number.is_finite() or len(f"{number:f}") > 38):
            raise _no_number(str(told))
        return number

    def shown(self, value: Any, english: bool = False) -> str:
        """Without an exponent and without zeros at the end."""
        if value is None:
            return ""
        text = f"{value:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"

    def plain(self, value: Any) -> Any:
        """As ``shown``."""
        return None if value is None else self.shown(value)

    def note(self) -> tuple[str, str]:
        """How to write it."""
        return "数字", "number"


class Share(Quantity, frozen=True):
    """A share of one, kept as 0 to 1; written as ``35%`` or ``0.35``."""

    def read(self, told: Told, context: Context) -> Decimal | None:
        """The share."""
        text = plain_text(told).replace(" ", "")
        number = _number(text[:-1]) if text.endswith("%") else _number(told)
        if number is None:
            return None
        share = number / 100 if text.endswith("%") else number
        if not share.is_finite() or not 0 <= share <= 1:
            raise Unreadable(
                f"“{text[:40]}”不是0至100%之间的比例。请写成35%或0.35。",
                f"“{text[:40]}” is no share from 0 to 100 %. Write 35% or 0.35.",
            )
        return share.normalize() if share else Decimal(0)

    def shown(self, value: Any, english: bool = False) -> str:
        """In per cent."""
        return "" if value is None else f"{super().shown(value * 100)}%"

    def plain(self, value: Any) -> Any:
        """As part of one."""
        return None if value is None else super().shown(value)

    def note(self) -> tuple[str, str]:
        """How to write it."""
        return "如35%", "such as 35%"


class Currency(msgspec.Struct, frozen=True):
    """A currency by its three letters (ISO 4217)."""

    def read(self, told: Told, context: Context) -> str | None:
        """The letters; 人民币, 美元 and a few others may be named."""
        text = plain_text(told).upper()
        text = {"人民币": "CNY", "RMB": "CNY", **_SIGNS}.get(text, text)
        if text and not re.fullmatch("[A-Z]{3}", text):
            raise Unreadable(
                f"“{text[:20]}”不是币种。请写三个字母的代码，如CNY、USD。",
                f"“{text[:20]}” is no currency. Write its three letters, such as CNY or USD.",
            )
        return text or None

    def shown(self, value: Any, english: bool = False) -> str:
        """The letters."""
        return value or ""

    def plain(self, value: Any) -> Any:
        """The letters."""
        return value

    def note(self) -> tuple[str, str]:
        """How to write it."""
        return "三个字母，如CNY", "three letters, such as CNY"
