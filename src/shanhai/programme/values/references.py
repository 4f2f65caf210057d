"""What names something else: another record, an indicator or an area of the catalogue."""

from typing import Any

import msgspec

from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.indicators import load_indicators
from shanhai.programme.values.value import Context, Told, Unreadable, plain_text


class Reference(msgspec.Struct, frozen=True):
    """Another record of the same pairing, named by its key.

    Attributes:
        kind: the name of its kind.
        zh, en: what a record of that kind is called.
    """

    kind: str
    zh: str
    en: str

    def read(self, told: Told, context: Context) -> Any:
        """The record."""
        key = plain_text(told)
        if not key:
            return None
        found = context.find(self.kind, key)
        if found is None:
            raise Unreadable(
                f"台账中没有编号为“{key[:40]}”的{self.zh}。请先登记它，或核对编号。",
                f"The register has no {self.en} with the number “{key[:40]}”. Enter it first, or check the number.",
            )
        return found

    def shown(self, value: Any, english: bool = False) -> str:
        """Its key."""
        return "" if value is None else str(value.key)

    def plain(self, value: Any) -> Any:
        """Its key."""
        return None if value is None else value.key

    def note(self) -> tuple[str, str]:
        """How to write it."""
        return f"{self.zh}编号", f"number of the {self.en}"


class AreaKey(msgspec.Struct, frozen=True):
    """One of the catalogue's areas, by its name or key."""

    def read(self, told: Told, context: Context) -> str | None:
        """The area's key."""
        text = plain_text(told)
        for key, area in load_areas().items():
            if text and text.casefold() in (key, area.name_zh, area.name_en.casefold()):
                return key
        if text:
            names = "、".join(area.name_zh for area in load_areas().values())
            raise Unreadable(
                f"没有“{text[:20]}”这个领域。可选：{names}。",
                f"There is no area “{text[:20]}”. Choose one of: {', '.join(load_areas())}.",
            )
        return None

    def shown(self, value: Any, english: bool = False) -> str:
        """Its name."""
        area = load_areas().get(value or "")
        return "" if area is None else area.name_en if english else area.name_zh

    def plain(self, value: Any) -> Any:
        """Its key."""
        return value

    def note(self) -> tuple[str, str]:
        """The areas."""
        return "、".join(a.name_zh for a in load_areas().values()), ", ".join(load_areas())


class IndicatorCode(msgspec.Struct, frozen=True):
    """An indicator of the catalogue, by its code or its name."""

    def read(self, told: Told, context: Context) -> str | None:
        """The indicator's code."""
        text = plain_text(told)
        if not text:
            return None
        if text in load_indicators():
            return text
        found = [
            c for c, i in load_indicators().items() if text.casefold() in (i.name_zh, i.name_en.casefold())
        ]
        if len(found) == 1:
            return found[0]
        listed = "、".join(found)
        raise Unreadable(
            f"“{text[:40]}”有几个指标：{listed}。请写代码。"
            if found
            else f"指标目录中没有“{text[:40]}”。请写目录中的名称或代码。",
            f"“{text[:40]}” names several indicators: {listed}. Write the code."
            if found
            else f"The catalogue has no indicator “{text[:40]}”. Write a name or code of the catalogue.",
        )

    def shown(self, value: Any, english: bool = False) -> str:
        """Its name, or its code where another has the same name."""
        indicator = load_indicators().get(value or "")
        if indicator is None:
            return value or ""
        name = indicator.name_en if english else indicator.name_zh
        others = [i for i in load_indicators().values() if name in (i.name_zh, i.name_en)]
        return name if len(others) == 1 else str(value)

    def plain(self, value: Any) -> Any:
        """Its code."""
        return value

    def note(self) -> tuple[str, str]:
        """How to write it."""
        return "指标目录中的名称或代码", "a name or code of the catalogue's indicators"
