"""What if: a project more, one less, one classed otherwise. Nothing of it is stored."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from shanhai.ledger.errors import NotPossible
from shanhai.programme.models import Level, Livelihood
from shanhai.programme.shares.held import Held


class Added(msgspec.Struct, frozen=True, tag="add"):
    """A project more."""

    name: str
    amount: Decimal
    level: str = Level.UNCLASSIFIED
    livelihood: str = Livelihood.UNCLASSIFIED
    livelihood_share: Decimal | None = None
    currency: str = "CNY"


class Dropped(msgspec.Struct, frozen=True, tag="drop"):
    """A project less, by its number; its parts stay."""

    key: str


class Planned(msgspec.Struct, frozen=True, tag="plan"):
    """A project with another plan, by its number; what is None is empty."""

    key: str
    amount: Decimal | None
    level: str
    livelihood: str
    livelihood_share: Decimal | None = None


class Reclassified(msgspec.Struct, frozen=True, tag="reclassify"):
    """A project classed otherwise, by its number; what is None stays as it is."""

    key: str
    level: str | None = None
    livelihood: str | None = None
    livelihood_share: Decimal | None = None
    amount: Decimal | None = None


Change = Added | Dropped | Planned | Reclassified


def touched(changes: Iterable[Change]) -> set[str]:
    """The numbers of the projects that changes are of."""
    return {change.key for change in changes if not isinstance(change, Added)}


def changed(projects: Iterable[Held], changes: Sequence[Change], term: int | None = None) -> list[Held]:
    """The projects as they would be after the changes, in their order; a project more is of ``term``.

    Raises:
        NotPossible: a change is of a project that is not there.
    """
    told = {p.key: p for p in projects}
    added: list[Held] = []
    for change in changes:
        match change:
            case Added():
                added.append(_new(change, len(added), term))
            case Dropped():
                _of(told, change.key)
                del told[change.key]
            case Reclassified():
                told[change.key] = _otherwise(_of(told, change.key), change)
            case Planned(key, amount, level, livelihood, share):
                told[key] = msgspec.structs.replace(
                    _of(told, key), amount=amount, level=level, livelihood=livelihood, livelihood_share=share
                )
    return [*told.values(), *added]


def _new(change: Added, number: int, term: int | None) -> Held:
    return Held(
        -1 - number,
        f"+{number + 1}",
        change.name,
        change.amount,
        change.currency,
        level=change.level,
        livelihood=change.livelihood,
        livelihood_share=change.livelihood_share,
        term=term,
    )


def _otherwise(project: Held, change: Reclassified) -> Held:
    livelihood = change.livelihood or project.livelihood
    share = change.livelihood_share if change.livelihood else project.livelihood_share
    return msgspec.structs.replace(
        project,
        level=change.level or project.level,
        livelihood=livelihood,
        livelihood_share=share,
        amount=project.amount if change.amount is None else change.amount,
    )


def _of(told: dict[str, Held], key: str) -> Held:
    found = told.get(key)
    if found is None:
        raise NotPossible(
            f"试算的范围里没有编号为“{key[:24]}”的项目。请从列表中选。",
            f"There is no project “{key[:24]}” among those that are measured. Choose one of the list.",
        )
    return found
