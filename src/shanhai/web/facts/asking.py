"""What the address of a list asks for: filters with what is wrong about each, and the order."""

import re
from collections.abc import Iterable, Mapping

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext as _

from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.grading import load_grading
from shanhai.catalogue.indicators import load_indicators
from shanhai.catalogue.place_records import PlaceRecord
from shanhai.catalogue.places import load_gazetteer
from shanhai.ledger.queries.fact_lists import ORDERS
from shanhai.ledger.queries.facts import FactFilter
from shanhai.web.facts.wording import place_name

_CODE = re.compile(r"(?:^|\s)(\d{6}|\d{9})$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_CHOICES = 12
FIELDS = ("pairing", "place", "party", "area", "indicator", "since", "until", "grade", "clash")


class Asked(msgspec.Struct, frozen=True):
    """What an address asks for.

    Attributes:
        wanted: the filter; it stands only where there are no ``faults``.
        order: as ``fact_lists.listed`` takes it.
        told: the fields as written, for the form.
        faults: what is wrong, by field.
        choices: places that the written name may mean, where it means several.
    """

    wanted: FactFilter
    order: str
    told: Mapping[str, str]
    faults: Mapping[str, str]
    choices: tuple[PlaceRecord, ...] = ()


def asked(address: QueryDict) -> Asked:
    """The filters of an address."""
    told = {name: address.get(name, "").strip()[:200] for name in FIELDS}
    faults: dict[str, str] = {}
    code, choices = place_of(told["place"])
    if told["place"] and not code:
        faults["place"] = (
            _("有几个同名的地方，请选一个。") if choices else _("没有这个地方。请写全名，或从提示中选。")
        )
    known: dict[str, Mapping[str, object]] = {
        "area": load_areas(),
        "indicator": load_indicators(),
        "grade": load_grading().letters,
    }
    for name, names in known.items():
        if told[name] and told[name] not in names:
            faults[name] = _("没有“%(value)s”。请从列表中选。") % {"value": told[name][:30]}
    years = {name: _year(name, told[name], faults) for name in ("since", "until")}
    if years["since"] and years["until"] and years["since"] > years["until"]:
        faults["until"] = _("止年早于起年。")
    wanted = FactFilter(
        pairing=told["pairing"],
        place=code,
        party=told["party"],
        **{name: "" if name in faults else told[name] for name in known},
        since=years["since"],
        until=years["until"],
        clash=bool(told["clash"]),
    )
    order = address.get("order", "")
    return Asked(wanted, order if order.removeprefix("-") in ORDERS else "", told, faults, choices)


def place_of(written: str) -> tuple[str, tuple[PlaceRecord, ...]]:
    """The code that a field names: at its end, or by a name that means one place; with what it may mean where several."""
    if not written:
        return "", ()
    gazetteer = load_gazetteer()
    if (code := _CODE.search(written)) and gazetteer.by_code(code[1]):
        return code[1], ()
    found = gazetteer.named(written)
    meant = {r.code for r in found if r.is_current} or {r.code for r in found}
    if len(meant) == 1:
        return meant.pop(), ()
    return "", tuple(r for r in found if r.code in meant)[:_MOST_CHOICES]


def places_like(begin: str, most: int = 10) -> list[str]:
    """Places to choose from while someone types: those whose name begins so first, then those that hold it."""
    begin = begin.strip()
    if not begin or _CODE.search(begin):
        return []
    first: dict[str, PlaceRecord] = {}
    second: dict[str, PlaceRecord] = {}
    for record in load_gazetteer().records:
        if record.name.startswith(begin) or record.code.startswith(begin):
            first[record.code] = record
        elif begin in record.name:
            second[record.code] = record
    found = [*sorted(first.values(), key=_nearest), *sorted(second.values(), key=_nearest)]
    return [place_name(record.code) for record in found[:most]]


def _nearest(record: PlaceRecord) -> tuple[bool, int, str]:
    """Places in force first, then short names."""
    return not record.is_current, len(record.name), record.code


def years_of(address: QueryDict) -> tuple[int | None, int | None]:
    """First and last year of an address; None where none is told, or none that can be read."""
    return _year("since", address.get("since", ""), {}), _year("until", address.get("until", ""), {})


def faults_of(address: QueryDict, unknown: Iterable[str] = ()) -> dict[str, str]:
    """What is wrong in an address of a series or a comparison, by field.

    Args:
        address: what was asked.
        unknown: what was written for a place and names none, or several.
    """
    faults: dict[str, str] = {}
    years = [_year(name, address.get(name, ""), faults) for name in ("since", "until")]
    if years[0] and years[1] and years[0] > years[1]:
        faults["until"] = _("止年早于起年。")
    if named := "、".join(unknown):
        faults["place"] = _("“%(place)s”不是一个地方的名称，或有几个同名。请写全名，或从提示中选。") % {
            "place": named
        }
    if (code := address.get("indicator", "")) and code not in load_indicators():
        faults["indicator"] = _("没有“%(value)s”。请从列表中选。") % {"value": code[:30]}
    return faults


def _year(name: str, told: str, faults: dict[str, str]) -> int | None:
    if not told:
        return None
    if not _YEAR.fullmatch(told):
        faults[name] = _("请写四位年份，如 2023。")
        return None
    return int(told)
