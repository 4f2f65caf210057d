"""One of a few words."""

from typing import Any

import msgspec
from django.db.models import TextChoices

from shanhai.programme.values.value import Context, Told, Unreadable, plain_text


class Option(msgspec.Struct, frozen=True):
    """One word that may be chosen: as it is kept, in Chinese, in English."""

    value: Any
    zh: str
    en: str


def options_of(choices: type[TextChoices], *english: str) -> tuple[Option, ...]:
    """The options of a closed set with its Chinese labels, and an English word for each, in the same order."""
    return tuple(Option(str(c.value), str(c.label), en) for c, en in zip(choices, english, strict=True))


class Choice(msgspec.Struct, frozen=True):
    """One of a few words, in Chinese or English, or as it is kept."""

    options: tuple[Option, ...]

    def read(self, told: Told, context: Context) -> Any:
        """The value of the option that was named."""
        text = plain_text(told)
        if not text:
            return None
        for option in self.options:
            if text.casefold() in (
                str(option.value).casefold(),
                plain_text(option.zh).casefold(),
                option.en.casefold(),
            ):
                return option.value
        zh = "、".join(o.zh for o in self.options)
        en = ", ".join(o.en for o in self.options)
        raise Unreadable(
            f"“{text[:40]}”不在可选之列。请从这些中选一个：{zh}。",
            f"“{text[:40]}” is no option. Choose one of: {en}.",
        )

    def shown(self, value: Any, english: bool = False) -> str:
        """The option's word."""
        found = next((o for o in self.options if o.value == value), None)
        return "" if found is None else found.en if english else found.zh

    def plain(self, value: Any) -> Any:
        """As it is kept."""
        return value

    def note(self) -> tuple[str, str]:
        """The words."""
        return "、".join(o.zh for o in self.options), ", ".join(o.en for o in self.options)


class YesNo(Choice, frozen=True):
    """Yes or no."""

    options: tuple[Option, ...] = (Option(True, "是", "yes"), Option(False, "否", "no"))

    def read(self, told: Told, context: Context) -> Any:
        """True or False; a sheet's own truth values are taken, too."""
        return told if isinstance(told, bool) else super().read(told, context)
