"""What of some projects may be added: no money twice, and none that is another's.

What is refused is told with its amount and the reason, so that who reads a total sees what is not in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from enum import StrEnum

import msgspec

from shanhai.programme.models import Status
from shanhai.programme.shares.held import Basis, Funder, Held

ONE, ZERO = Decimal(1), Decimal(0)
_DIGITS = 100


class Why(StrEnum):
    """Why an amount, or a part of it, is in no total."""

    UMBRELLA = "umbrella"
    PARENT = "parent"
    OTHERS_SHARE = "others_share"
    UNKNOWN_SHARE = "unknown_share"
    CURRENCY = "currency"
    CANCELLED = "cancelled"
    NO_AMOUNT = "no_amount"
    NO_PROJECT = "no_project"


class Refused(msgspec.Struct, frozen=True):
    """An amount that was not added.

    Attributes:
        key: the project's number; "" for money of no project.
        name: of the project.
        amount: what was not added; None where it is not known.
        currency: of the amount.
        why: the reason.
        by: the numbers of the projects, or the names of the funders, that it is because of.
    """

    key: str
    name: str
    amount: Decimal | None
    currency: str
    why: Why
    by: tuple[str, ...] = ()

    def said(self) -> tuple[str, str]:
        """The reason in Chinese and English."""
        by_zh, by_en = "、".join(self.by[:5]), ", ".join(self.by[:5])
        if len(self.by) > len(self.by[:5]):
            by_zh, by_en = f"{by_zh}等{len(self.by)}个", f"{by_en} and others, {len(self.by)} in all"
        return {
            Why.UMBRELLA: (
                "总项目只作汇总，金额由下属项目计。",
                "It only gathers its parts; their money is counted.",
            ),
            Why.PARENT: (
                f"下属项目（{by_zh}）已计，上级金额不再相加。",
                f"Its parts ({by_en}) are counted; its own amount is not added to theirs.",
            ),
            Why.OTHERS_SHARE: (f"其他出资方（{by_zh}）的份额。", f"The share of other funders ({by_en})."),
            Why.UNKNOWN_SHARE: (
                f"出资方（{by_zh}）的占比未登记，只计入可能的范围，不计入确定的部分。",
                f"The share of {by_en} is not known: it is in what is possible, not in what is certain.",
            ),
            Why.CURRENCY: (
                f"以{self.currency}计，不能与其他币种相加。",
                f"It is in {self.currency}, which is not added to another currency.",
            ),
            Why.CANCELLED: ("项目已取消。", "The project is cancelled."),
            Why.NO_AMOUNT: ("没有登记金额。", "No amount is entered."),
            Why.NO_PROJECT: (
                "资金没有归到项目，可能与项目的资金重复。",
                "The money belongs to no project and may be that of projects already counted.",
            ),
        }[self.why]


class Decided(msgspec.Struct, frozen=True):
    """What of a project's amount may be added.

    Attributes:
        project: whose it is.
        why: the reason why none of it is; None where it is. Another currency is no reason yet: a total has one currency.
        by: the numbers of the projects that it is because of.
        own: how much of it is the pairing's own at most, as a part of one.
        others: the other funders.
    """

    project: Held
    why: Why | None
    by: tuple[str, ...] = ()
    own: Decimal = ONE
    others: tuple[Funder, ...] = ()

    @property
    def unsure(self) -> bool:
        """Whether a funder's share is not known; then nothing is the pairing's own for certain."""
        return any(f.share is None for f in self.others)

    def refused(self, currency: str) -> tuple[Refused, ...]:
        """What a total in a currency does not add of it, or adds to what is possible only."""
        project = self.project
        why = self.why or (Why.CURRENCY if project.currency != currency else None)
        if why is not None:
            return (Refused(project.key, project.name, project.amount, project.currency, why, self.by),)
        amount = project.amount or ZERO
        with localcontext(prec=_DIGITS):
            high = amount * self.own
            found = []
            if high < amount:
                names = tuple(f.name for f in self.others if f.share)
                found.append(_part(project, amount - high, Why.OTHERS_SHARE, names))
            if self.unsure and high:
                names = tuple(f.name for f in self.others if f.share is None)
                found.append(_part(project, high, Why.UNKNOWN_SHARE, names))
        return tuple(found)


def decide(projects: Iterable[Held], basis: Basis) -> list[Decided]:
    """What of these projects may be added, in the order of their numbers.

    Of a project and its parts only the parts are counted, where any of them has an amount; a record that only gathers never
    is. A project that others fund as well counts with the pairing's own share, which its parts have from it where they tell
    none themselves.
    """
    told = {p.id: p for p in projects}
    carried = _carried(told, basis)
    return [_decided(told[n], told, basis, carried) for n in sorted(told, key=lambda n: (told[n].key, n))]


def _decided(
    project: Held, told: Mapping[int, Held], basis: Basis, carried: Mapping[int, Sequence[str]]
) -> Decided:
    others = project.others
    if not others and project.parent is not None:
        others = next((above.others for above in _above(project, told) if above.others), ())
    with localcontext(prec=_DIGITS):
        own = max(ONE - sum((f.share for f in others if f.share is not None), ZERO), ZERO) if others else ONE
    why, by = _refusal(project, basis, carried)
    return Decided(project, why, by, own, others)


def _refusal(
    project: Held, basis: Basis, carried: Mapping[int, Sequence[str]]
) -> tuple[Why | None, tuple[str, ...]]:
    if project.umbrella:
        return Why.UMBRELLA, ()
    if project.amount is None:
        return Why.NO_AMOUNT, ()
    if basis is Basis.PLANNED and project.status == Status.CANCELLED:
        return Why.CANCELLED, ()
    if parts := carried.get(project.id):
        return Why.PARENT, tuple(sorted(parts))
    return None, ()


def _carried(told: Mapping[int, Held], basis: Basis) -> dict[int, list[str]]:
    """For each project the parts below it, however deep, that carry money."""
    found: dict[int, list[str]] = {}
    for project in told.values():
        if project.parent is None or not project.amount or _refusal(project, basis, {})[0] is not None:
            continue
        for above in _above(project, told):
            found.setdefault(above.id, []).append(project.key)
    return found


def _above(project: Held, told: Mapping[int, Held]) -> Iterable[Held]:
    """The projects above one, nearest first; each once, even if they went round in a circle."""
    seen = {project.id}
    above = told.get(project.parent) if project.parent is not None else None
    while above is not None and above.id not in seen:
        seen.add(above.id)
        yield above
        above = told.get(above.parent) if above.parent is not None else None


def _part(project: Held, amount: Decimal, why: Why, by: tuple[str, ...]) -> Refused:
    return Refused(project.key, project.name, amount, project.currency, why, by)
