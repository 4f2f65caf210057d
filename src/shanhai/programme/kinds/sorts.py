"""How the sort of an activity, its counts and its stage are written: in the catalogue's words."""

from typing import Any

import msgspec

from shanhai.catalogue.activities import Counted, load_activities
from shanhai.programme.values import Choice, Context, Counts, Option, Told, Unreadable


def _sorts() -> Choice:
    return Choice(tuple(Option(key, s.name_zh, s.name_en) for key, s in load_activities().items()))


class SortKey(msgspec.Struct, frozen=True):
    """The sort of an activity, by its name or key."""

    @property
    def options(self) -> tuple[Option, ...]:
        """All sorts."""
        return _sorts().options

    def read(self, told: Told, context: Context) -> Any:
        """The sort's key."""
        return _sorts().read(told, context)

    def shown(self, value: Any, english: bool = False) -> str:
        """Its name."""
        return _sorts().shown(value, english)

    def plain(self, value: Any) -> Any:
        """Its key."""
        return value

    def note(self) -> tuple[str, str]:
        """The sorts."""
        return _sorts().note()


class SortCounts(Counts, frozen=True):
    """Counts of an activity by the catalogue's keys; written by their names, which mean the same in all sorts."""

    def read(self, told: Told, context: Context) -> dict[str, int] | None:
        """The counts by key."""
        found = super().read(told, context)
        if found is None:
            return None
        keys = {
            name.casefold(): key
            for key, counted in _counted().items()
            for name in (key, counted.name_zh, counted.name_en)
        }
        unknown = [name for name in found if name.casefold() not in keys]
        if unknown:
            raise Unreadable(
                f"没有“{unknown[0]}”这个数量。请用各类别的数量名称，如“参训人数”。",
                f"There is no count “{unknown[0]}”. Use the names of the sort's counts, such as “people trained”.",
            )
        return {keys[name.casefold()]: count for name, count in found.items()}

    def shown(self, value: Any, english: bool = False) -> str:
        """Name and count."""
        names = {key: (c.name_en if english else c.name_zh) for key, c in _counted().items()}
        return "；".join(f"{names.get(key, key)} {count}" for key, count in (value or {}).items())

    def note(self) -> tuple[str, str]:
        """How to write them."""
        return "如：参训人数 42；天数 3", "such as: people trained 42; days 3"


def _counted() -> dict[str, Counted]:
    return {key: counted for sort in load_activities().values() for key, counted in sort.counts.items()}


class SortStage(msgspec.Struct, frozen=True):
    """The stage of an activity, by its name or key; which stages a sort has, its check asks."""

    @property
    def options(self) -> tuple[Option, ...]:
        """The stages of all sorts."""
        return tuple(_stages())

    def read(self, told: Told, context: Context) -> Any:
        """The stage's key."""
        return Choice(tuple(_stages())).read(told, context)

    def shown(self, value: Any, english: bool = False) -> str:
        """Its name."""
        return Choice(tuple(_stages())).shown(value, english)

    def plain(self, value: Any) -> Any:
        """Its key."""
        return value

    def note(self) -> tuple[str, str]:
        """That it hangs on the sort."""
        return "按类别而定", "depends on the sort"


def _stages() -> list[Option]:
    found: dict[str, Option] = {}
    for sort in load_activities().values():
        for key, stage in sort.stages.items():
            found.setdefault(key, Option(key, stage.name_zh, stage.name_en))
    return list(found.values())
