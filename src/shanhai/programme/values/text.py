"""Text of one line."""

from typing import Any

import msgspec

from shanhai.ledger.unseen import is_unseen
from shanhai.programme.values.value import Context, Told, Unreadable


class Text(msgspec.Struct, frozen=True):
    """Text of one line, in the characters that were given.

    Attributes:
        longest: so many characters at most.
    """

    longest: int = 100

    def read(self, told: Told, context: Context) -> str | None:
        """The text with its blanks made single."""
        if isinstance(told, float) and told.is_integer():
            told = int(told)
        text = " ".join(str("" if told is None else told).split())
        unseen = next((c for c in text if is_unseen(c)), None)
        if unseen is not None:
            raise Unreadable(
                f"含有看不见的字符（U+{ord(unseen):04X}），请删去。",
                f"It holds a character that cannot be seen (U+{ord(unseen):04X}); delete it.",
            )
        if len(text) > self.longest:
            raise Unreadable(
                f"太长：{len(text)}个字，最多{self.longest}个。请缩短。",
                f"Too long: {len(text)} characters, at most {self.longest}. Shorten it.",
            )
        return text or None

    def shown(self, value: Any, english: bool = False) -> str:
        """The text itself."""
        return "" if value is None else str(value)

    def plain(self, value: Any) -> Any:
        """The text itself."""
        return value

    def note(self) -> tuple[str, str]:
        """How long it may be."""
        return f"最多{self.longest}个字", f"at most {self.longest} characters"
