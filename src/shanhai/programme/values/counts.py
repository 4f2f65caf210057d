"""Several counts in one field: ``女 12；男 20``. People are counted, never listed."""

import re
from typing import Any

import msgspec

from shanhai.programme.values.value import Context, Told, Unreadable, plain_text

_PARTS = re.compile(r"[;,、\n]")
_PART = re.compile(r"(?P<name>[^\d:=]{1,20}?)\s*[:=]?\s*(?P<count>\d{1,12})")
_ABOUT = re.compile(r"(约|近|超|超过|逾|不足|不到|about|over|nearly|almost)\s*[:=]?\s*\d")


class Counts(msgspec.Struct, frozen=True):
    """Counts by name.

    Attributes:
        names: the names that may stand; any where empty.
    """

    names: tuple[str, ...] = ()

    def read(self, told: Told, context: Context) -> dict[str, int] | None:
        """The counts by name."""
        found: dict[str, int] = {}
        for part in _PARTS.split(plain_text(told)):
            if not part.strip():
                continue
            match = None if _ABOUT.search(part) else _PART.fullmatch(part.strip())
            if match is None or (self.names and match["name"].strip() not in self.names):
                known = "、".join(self.names) or "名称"
                raise Unreadable(
                    f"“{part.strip()[:40]}”读不懂。请写成“名称 个数”，几项用分号隔开；名称：{known}。",
                    f"“{part.strip()[:40]}” cannot be read. Write name and count, semicolons between: {known}.",
                )
            name = match["name"].strip()
            if name in found:
                raise Unreadable(f"“{name}”写了两次。", f"“{name}” stands there twice.")
            found[name] = int(match["count"])
        return found or None

    def shown(self, value: Any, english: bool = False) -> str:
        """Name and count, semicolons between."""
        return "；".join(f"{name} {count}" for name, count in (value or {}).items())

    def plain(self, value: Any) -> Any:
        """As they are kept."""
        return value

    def note(self) -> tuple[str, str]:
        """How to write them."""
        return "如：女 12；男 20", "such as: 女 12; 男 20"
