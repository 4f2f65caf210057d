"""The effect of a version on both shares, money, targets and neighbours, as pages show it: ranges before and after."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.catalogue.rules import Must, load_rules
from shanhai.ledger.models import Pairing
from shanhai.programme.models import Project
from shanhai.reasoning.rules.meter import Standing
from shanhai.web.frame.templatetags.frame import both
from shanhai.web.links import record_path

_PLACES = Decimal("0.01")
_MOST_DECIDING = 20
_STANDINGS: "dict[str, str | Promise]" = {
    Standing.MET: gettext_lazy("达到"),
    Standing.BROKEN: gettext_lazy("未达到"),
    Standing.OPEN: gettext_lazy("尚不能定"),
}


class Named(msgspec.Struct, frozen=True):
    """A project with its page."""

    key: str
    name: str
    path: str


class Reading(msgspec.Struct, frozen=True):
    """One share at one time.

    Attributes:
        text: from certain to possible, in per cent: the certain one never rounded up, nor the possible one down.
        certain, open: the lengths on a line, as parts of it.
        standing, word: to its rule; "" where no rule is known or there is no money.
        deciding: the fewest projects that settle it; ``more`` is how many of them are not listed.
    """

    text: str
    certain: str
    open: str
    standing: str
    word: "str | Promise"
    deciding: tuple[Named, ...]
    more: int


class Share(msgspec.Struct, frozen=True):
    """One rule's share before and after."""

    name: str
    asks: str
    threshold: str
    before: Reading
    after: Reading
    moved: bool


class Effect(msgspec.Struct, frozen=True):
    """What a version would do, as templates take it.

    Attributes:
        currency: of the amounts.
        project, all: planned money before and after: of the project, of all that the shares are measured over.
        targets, neighbours: rows as ``plans.effect`` tells them, with names and pages.
        neighbours_more: how many neighbours are not listed.
        concurrent: the numbers of versions made side by side with it.
        term: over whose projects the shares are measured; "" for all of the pairing's.
    """

    shares: tuple[Share, ...]
    currency: str
    project: tuple[str, ...]
    all: tuple[str, ...]
    targets: tuple[Mapping[str, Any], ...]
    neighbours: tuple[Mapping[str, Any], ...]
    neighbours_more: int
    concurrent: tuple[int, ...]
    term: str


def effect_told(pairing: Pairing, effect: Mapping[str, Any]) -> Effect | None:
    """An effect in words; None where none is kept."""
    if "shares" not in effect:
        return None
    named = _named(pairing, effect["shares"])
    money, neighbours = effect["money"], effect["neighbours"]
    return Effect(
        tuple(_share(one, named) for one in effect["shares"]),
        money["currency"],
        tuple(_amount(one) for one in money["project"]),
        tuple(_range([Decimal(end) for end in ends]) for ends in money["all"]),
        tuple(_target(pairing, one) for one in effect["targets"]),
        tuple(_neighbour(pairing, one) for one in neighbours),
        max(effect.get("neighbours_in_all", len(neighbours)) - len(neighbours), 0),
        tuple(effect.get("concurrent", ())),
        effect.get("term", ""),
    )


def _named(pairing: Pairing, shares: Sequence[Mapping[str, Any]]) -> dict[str, Named]:
    """The projects that decide, by number."""
    keys = {
        key
        for one in shares
        for time in ("before", "after")
        for key in one[time]["deciding"][:_MOST_DECIDING]
    }
    found = Project.objects.filter(pairing=pairing, key__in=keys).values_list("key", "name")
    return {key: Named(key, name, record_path(pairing.key, "project", key)) for key, name in found}


def _share(one: Mapping[str, Any], named: Mapping[str, Named]) -> Share:
    rule, threshold = load_rules().get(one["rule"]), one["threshold"]
    before, after = (_reading(one[time], named) for time in ("before", "after"))
    if threshold is None:
        asks = _("该地此时适用的比例未见规定，只列范围，不作判断。")
    elif one["must"] == Must.OVER:
        asks = _("须高于%s%%") % threshold
    else:
        asks = _("不低于%s%%") % threshold
    name = both(rule.name_zh, rule.name_en) if rule else one["rule"]
    moved = (before.text, before.standing, before.deciding) != (after.text, after.standing, after.deciding)
    return Share(name, asks, threshold or "", before, after, moved)


def _reading(one: Mapping[str, Any], named: Mapping[str, Named]) -> Reading:
    if one["certain"] is None or one["possible"] is None:
        return Reading("—", "0%", "0%", "", "", (), 0)
    low = Decimal(one["certain"]).quantize(_PLACES, ROUND_FLOOR)
    high = Decimal(one["possible"]).quantize(_PLACES, ROUND_CEILING)
    shown = dict.fromkeys(f"{end.normalize():f}%" for end in (low, high))
    keys = one["deciding"][:_MOST_DECIDING]
    standing = one["standing"] or ""
    return Reading(
        " – ".join(shown),
        f"{low}%",
        f"{high - low}%",
        standing,
        _STANDINGS.get(standing, ""),
        tuple(named.get(key, Named(key, "", "")) for key in keys),
        len(one["deciding"]) - len(keys),
    )


def _target(pairing: Pairing, one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **one,
        "path": record_path(pairing.key, "target", one["key"]),
        "project_path": record_path(pairing.key, "project", one["project"]) if one["project"] else "",
        "name": both(one["name_zh"], one["name_en"]),
    }


def _neighbour(pairing: Pairing, one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **one,
        "path": record_path(pairing.key, "project", one["key"]),
        "planned": _amount(one["planned"]),
        "because": _("同一上级项目") if one["why"] == "parent" else _("同一领域、同一县"),
    }


def _amount(told: str | None) -> str:
    return "—" if told is None else f"{Decimal(told):,.2f}"


def _range(ends: Sequence[Decimal]) -> str:
    return " – ".join(dict.fromkeys(f"{end:,.2f}" for end in ends))
